"""Two stories side by side: who sees what of them, and what is marked."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from bulletins import workflow
from bulletins.desk.beside import side_by_side
from bulletins.desk.difference import SAME
from bulletins.models import Stage
from tests.desk.conftest import filled_in
from tests.factories import make_user

FIRST = "近日，湖滨派出所民警走访辖区商户，逐户检查消防通道，讲解灭火器的用法。"
SECOND = "夜里，民警在广场巡逻时遇到一名走失的老人，把他送回家中。"
CLOSED = "只有本单位和编辑部可以查看这篇稿件"


def shown(paragraph):
    return "".join(piece.text for piece in paragraph.pieces)


def marked(paragraph):
    return [piece.text for piece in paragraph.pieces if piece.how != SAME]


def test_what_only_one_says_is_marked_on_its_side():
    (left,), (right,) = side_by_side(FIRST, FIRST.replace("商户", "学校门口"))
    assert (marked(left), marked(right)) == (["商户"], ["学校门口"])


def test_a_moved_paragraph_is_found_where_it_stands_and_told():
    left, right = side_by_side(f"{FIRST}\n{SECOND}", f"{SECOND}\n{FIRST}")
    assert [(p.there, p.is_moved, marked(p)) for p in left] == [(2, True, []), (1, True, [])]
    assert [p.there for p in right] == [2, 1]


def test_a_paragraph_that_the_other_has_not_is_marked_whole():
    (_same, more), _right = side_by_side(f"{FIRST}\n{SECOND}", FIRST)
    assert (marked(more), more.there, more.is_moved) == ([SECOND], 0, False)


def test_a_letter_in_common_between_two_changes_is_no_common_text():
    (left,), _right = side_by_side(FIRST, FIRST.replace("逐户检查消防", "上门查看用电"))
    assert "查" in "".join(marked(left)) or "检查" in "".join(marked(left))


@pytest.mark.parametrize(
    ("one", "other"), [("", ""), ("", FIRST), ("\n".join([FIRST] * 300), SECOND), ("😀" * 50, "😀" * 49)]
)
def test_nothing_is_lost_of_either_text(one, other):
    left, right = side_by_side(one, other)
    assert ("\n".join(map(shown, left)), "\n".join(map(shown, right))) == (one, other)


def address(article, other):
    return reverse("admin:article_beside", args=[article.number, other.number])


@pytest.fixture
def pair(newsroom):
    """One's own draft, and a story of the station beside that was handed in."""
    make_user(Role.UNIT_REVIEWER, newsroom.other_station)
    author = make_user(Role.CORRESPONDENT, newsroom.other_station, name="通讯员辛")
    theirs = newsroom.submitted(
        unit=newsroom.other_station,
        actor=author,
        body=f"<p>{SECOND}</p><p>{FIRST}</p>",
        headline="老人平安到家",
    )
    return newsroom.draft(body=f"<p>{FIRST}</p>"), theirs


@pytest.mark.django_db
def test_whoever_reads_both_sees_both_with_their_share_and_a_way_to_each(newsroom, desk_of, pair):
    mine, theirs = pair
    page = desk_of(newsroom.chief).get(address(mine, theirs))
    assert page.status_code == 200 and f"{page.context['share']}%" in page.text
    for article in pair:
        assert article.number in page.text and reverse("admin:article", args=[article.number]) in page.text
    assert "湖滨派出所" in page.text and "山前派出所" in page.text and "通讯员辛" in page.text
    assert f"<mark>{SECOND}</mark>" in page.text and f"<mark>{FIRST}</mark>" not in page.text


@pytest.mark.django_db
def test_whoever_may_not_read_the_other_learns_its_number_and_unit_and_no_more(newsroom, desk_of, pair):
    mine, theirs = pair
    page = desk_of(newsroom.correspondent).get(address(mine, theirs))
    assert page.status_code == 200 and CLOSED in page.text
    assert theirs.number in page.text and "山前派出所" in page.text
    for secret in (SECOND, theirs.headline, "通讯员辛", "%", FIRST):
        assert secret not in page.text.split('id="content"')[1].split("<footer")[0], secret


@pytest.mark.django_db
def test_that_anothers_draft_exists_is_not_told(newsroom, desk_of):
    theirs = newsroom.draft(unit=newsroom.other_station, actor=newsroom.desk_editor, body=f"<p>{FIRST}</p>")
    mine = newsroom.draft(body=f"<p>{FIRST}</p>")
    assert desk_of(newsroom.correspondent).get(address(mine, theirs)).status_code == 404


@pytest.mark.django_db
def test_what_is_public_is_seen_as_the_public_sees_it(newsroom, desk_of):

    release = newsroom.released(body=f"<p>{FIRST}</p>")
    theirs = release.article
    workflow.perform("revise", theirs, actor=newsroom.correspondent)

    def write(locked):
        locked.body = f"<p>{SECOND}</p>"
        locked.save(update_fields=["body"])

    workflow.perform("edit", theirs, actor=newsroom.correspondent, write=write)
    workflow.perform("submit", theirs, actor=newsroom.correspondent)
    beside = make_user(Role.CORRESPONDENT, newsroom.other_station)
    mine = newsroom.draft(unit=newsroom.other_station, actor=beside, body=f"<p>{FIRST}</p>")
    page = desk_of(beside).get(address(mine, theirs))
    assert page.status_code == 200 and FIRST in page.text and SECOND not in page.text
    assert "通讯员甲" not in page.text and f"/articles/{theirs.number}/" in page.text
    # Those who may read it see what was handed in since.
    assert SECOND in desk_of(newsroom.chief).get(address(mine, theirs)).text


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["administrator", "correspondent"])
def test_whoever_may_not_read_the_first_is_told_nothing(newsroom, desk_of, pair, who):
    mine, theirs = pair
    assert desk_of(getattr(newsroom, who)).get(address(theirs, mine)).status_code == 404


@pytest.mark.django_db
def test_a_story_is_not_put_beside_itself_or_beside_none(newsroom, desk_of, pair):
    mine, _theirs = pair
    desk = desk_of(newsroom.chief)
    assert desk.get(address(mine, mine)).status_code == 404
    assert desk.get(reverse("admin:article_beside", args=[mine.number, "JN-1999-000001"])).status_code == 404


@pytest.mark.django_db
def test_what_somebody_wrote_is_shown_and_not_run(newsroom, desk_of):
    refused = newsroom.at_stage(Stage.REFUSED, headline="<script>x</script>", body="<p>a &lt;b&gt; c</p>")
    page = desk_of(newsroom.chief).get(address(newsroom.draft(), refused))
    assert "<script>x" not in page.text and "a &lt;b&gt; c" in page.text


@pytest.mark.django_db
def test_ones_own_side_tells_the_version_that_is_shown_and_a_moved_paragraph_leads_to_its_place(
    newsroom, desk_of
):
    mine = newsroom.released(body=f"<p>{FIRST}</p><p>{SECOND}</p>").article
    theirs = newsroom.at_stage(Stage.REFUSED, body=f"<p>{SECOND}</p><p>{FIRST}</p>")
    page = desk_of(newsroom.chief).get(address(mine, theirs))
    assert [side.state for side in page.context["sides"]] == ["live", Stage.REFUSED]
    assert f'href="#p-{theirs.number}-2"' in page.text and f'href="#p-{mine.number}-2"' in page.text
    workflow.perform("revise", mine, actor=newsroom.correspondent)

    def write(locked):
        locked.body = f"<p>{FIRST}</p>"
        locked.save(update_fields=["body"])

    workflow.perform("edit", mine, actor=newsroom.correspondent, write=write)
    own, _theirs = desk_of(newsroom.chief).get(address(mine, theirs)).context["sides"]
    assert (own.state, own.known_since) == (Stage.DRAFT, None)


LINK = "并排对照"


@pytest.fixture
def copied(newsroom):
    """One's own draft of what the station beside handed in."""
    other = make_user(Role.CORRESPONDENT, newsroom.other_station)
    make_user(Role.UNIT_REVIEWER, newsroom.other_station)
    theirs = newsroom.submitted(unit=newsroom.other_station, actor=other, body=f"<p>{FIRST}</p>")
    return newsroom.draft(body=f"<p>{FIRST}</p>"), theirs


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["article", "article_edit"])
def test_a_finding_leads_to_both_side_by_side(newsroom, desk_of, copied, page):
    mine, theirs = copied
    shown_page = desk_of(newsroom.correspondent).get(reverse(f"admin:{page}", args=[mine.number]))
    assert f'href="{address(mine, theirs)}"' in shown_page.text and LINK in shown_page.text


@pytest.mark.django_db
def test_as_one_types_it_leads_there_once_the_story_is_begun(newsroom, desk_of, copied):
    mine, theirs = copied
    desk = desk_of(newsroom.correspondent)
    form = filled_in(mine, body=f"<p>{FIRST}</p>")
    begun = desk.post(reverse("admin:article_check"), form | {"article": mine.number})
    assert f'href="{address(mine, theirs)}"' in begun.text
    new = desk.post(reverse("admin:article_check"), form)
    assert theirs.number in new.text and LINK not in new.text
