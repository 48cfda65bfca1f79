"""Whom “@name” means, and that only those are told who may read the article."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.roles import Role
from bulletins.models import Article
from bulletins.remarks.mentions import Mentions, mentions_in, pieces, readers_of
from tests.factories import Newsroom, make_user
from tests.workflow.states import NOW, World

pytestmark = pytest.mark.django_db
DAY = date(2021, 12, 24)


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return newsroom.draft()


def of(text: str, article: Article) -> Mentions:
    return mentions_in(text, article, on=DAY)


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_readers_are_those_who_may_read(state: str) -> None:
    world = World()
    article = world.at_stage(state, at=NOW)
    found = set(readers_of(article, on=DAY))
    for name, user in world.people.items():
        may = Article.objects.readable_by(user, on=DAY).filter(pk=article.pk).exists()
        assert (name, user in found) == (name, may)


def test_an_author_whose_role_is_elsewhere_by_now_reads_on(newsroom: Newsroom) -> None:
    article = newsroom.draft()
    newsroom.correspondent.memberships.update(unit=newsroom.other_station)
    assert newsroom.correspondent in readers_of(article, on=DAY)


def test_a_name_ends_where_it_ends_without_a_blank(newsroom: Newsroom, article: Article) -> None:
    longer = make_user(Role.DESK_EDITOR, newsroom.bureau, name="编辑丙丁")
    found = of("@编辑丙请核对，＠编辑丙丁也看一下。", article)
    assert (found.people, found.names) == ([newsroom.desk_editor, longer], ["编辑丙", "编辑丙丁"])


def test_a_sign_in_name_is_not_taken_out_of_a_longer_word(newsroom: Newsroom, article: Article) -> None:
    editor = make_user(Role.DESK_EDITOR, newsroom.bureau, username="liu")
    assert of("@liu请看", article).people == [editor]
    assert of("@liuyi 请看", article).unknown == ["liuyi"]
    assert of("写信给 news@liu.example", article) == Mentions()


def test_somebody_who_may_not_read_it_is_refused_with_a_sentence(
    newsroom: Newsroom, article: Article
) -> None:
    make_user(Role.CORRESPONDENT, newsroom.other_station, name="山前通讯员")
    found = of("@山前通讯员 来看看", article)
    assert (found.people, found.refused) == ([], ["山前通讯员无权阅读这篇稿件，不能被提及。"])
    assert of("@管理员己", article).refused


def test_of_namesakes_the_one_who_may_read_is_meant_and_else_one_has_to_say(
    newsroom: Newsroom, article: Article
) -> None:
    make_user(Role.CORRESPONDENT, newsroom.other_station, name="编辑丙")
    assert of("@编辑丙", article).people == [newsroom.desk_editor]
    second = make_user(Role.DESK_EDITOR, newsroom.bureau, name="编辑丙")
    [said] = of("@编辑丙", article).refused
    assert f"@{second.username}" in said and f"@{newsroom.desk_editor.username}" in said
    assert of(f"@{second.username}", article).people == [second]


def test_nobody_and_those_who_left_are_no_names(article: Article) -> None:
    make_user(Role.DESK_EDITOR, article.unit, name="离职者", is_active=False)
    assert of("@离职者、@没有这人，@ @@ 🚓@", article).unknown[:2] == ["离职者", "没有这人"]


def test_a_text_is_shown_with_the_names_that_were_told() -> None:
    assert list(pieces("请@编辑丙看，@某某也看", ["编辑丙"])) == [
        ("请", False), ("@编辑丙", True), ("看，@某某也看", False),
    ]  # fmt: skip


def test_a_text_full_of_signs_asks_three_times_at_most(
    article: Article, django_assert_max_num_queries: object
) -> None:
    article = Article.objects.select_related("unit").get(pk=article.pk)
    with django_assert_max_num_queries(5):  # type: ignore[operator]  # two for the units above
        of("@民警" * 500 + "@编辑丙", article)
