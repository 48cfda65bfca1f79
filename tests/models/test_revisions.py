"""What is frozen of an article, and its hash."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Correspondent
from bulletins.models import Article, Photo, Revision
from bulletins.models.revision import content_of, hash_of
from bulletins.models.tags import split_tags
from tests.factories import Newsroom, make_campaign, make_correspondent, make_unit

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
CONTENT = st.dictionaries(st.text(max_size=8), JSON, max_size=6)


@given(CONTENT)
def test_a_hash_does_not_depend_on_the_order_of_keys(content: dict[str, Any]) -> None:
    assert hash_of(dict(reversed(content.items()))) == hash_of(content)


def test_a_hash_is_the_sha256_of_canonical_json() -> None:
    assert hash_of({"b": "字", "a": [1, None]}) == (
        "bd052d9b8085d1596085bc3c7571605c88fc6351df68678663685f4781edc8bc"
    )


def shown(article: Article) -> dict[str, Any]:
    """What the database holds of it, as the next request would freeze it."""
    return content_of(Article.objects.get(pk=article.pk))


def full(newsroom: Newsroom) -> Article:
    article = newsroom.draft(campaigns=[make_campaign("禁毒")], tags=["反诈"], kicker="眉题", subhead="副题")
    article.credits.create(
        position=2, correspondent=make_correspondent("李四", newsroom.station), role="photo"
    )
    article.photos.create(sha256="a" * 64, caption="护学岗", alt="民警", width=3, height=2)
    return article


def of_photo(**fields: Any) -> Callable[[Article], Any]:
    return lambda article: article.photos.update(**fields)


CHANGES: dict[str, Callable[[Article], Any]] = {
    **{
        name: lambda article, name=name: Article.objects.update(**{name: "改"})  # type: ignore[misc]
        for name in ("kicker", "headline", "subhead", "summary", "body", "source", "correction")
    },
    "kind": lambda article: Article.objects.update(kind="brief"),
    "headline_join": lambda article: Article.objects.update(headline_join="nothing"),
    "unit": lambda article: Article.objects.update(unit=make_unit("别所")),
    "name of unit": lambda article: type(article.unit).objects.filter(pk=article.unit_id).update(name="新名"),
    "campaigns": lambda article: article.campaigns.add(make_campaign()),
    "tags": lambda article: article.tags.add("护校"),
    "name of credit": lambda article: article.credits.filter(position=1).update(name="王五"),
    "order of credits": lambda article: article.credits.filter(position=1).update(position=3),
    "role of credit": lambda article: article.credits.update(role="video"),
    "name of correspondent": lambda article: Correspondent.objects.update(name="李肆"),
    "photo": of_photo(sha256="b" * 64),
    "caption": of_photo(caption="改"),
    "alt": of_photo(alt="改"),
    "credit of photo": of_photo(credit="改"),
    "point of photo": of_photo(focus_x=30, focus_y=70),
    "no photo": lambda article: Photo.objects.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_reader_would_see_changes_the_hash(newsroom: Newsroom, change: str) -> None:
    article = full(newsroom)
    before = hash_of(shown(article))
    CHANGES[change](article)
    assert hash_of(shown(article)) != before


@pytest.mark.parametrize(
    "aside",
    [
        {"stage": "approved"},
        {"cycle": 5},
        {"round": 5},
        {"number": "JN-2021-999999"},
        {"headline": " 民警雪夜送归走失老人 \n\n"},
    ],
)
def test_what_no_reader_sees_does_not_change_the_hash(newsroom: Newsroom, aside: dict[str, Any]) -> None:
    article = full(newsroom)
    before = hash_of(shown(article))
    Article.objects.update(**aside)
    assert hash_of(shown(article)) == before


def test_a_photo_without_a_point_is_frozen_as_it_was_before_one_could_be_chosen(newsroom: Newsroom) -> None:
    article = full(newsroom)
    [photo] = shown(article)["photos"]
    assert list(photo) == ["sha256", "caption", "alt", "credit", "width", "height", "is_missing"]
    article.photos.update(focus_x=0, focus_y=100)
    [photo] = shown(article)["photos"]
    assert photo["focus"] == [0, 100]


def test_what_was_frozen_comes_back_from_the_database_with_the_same_hash(newsroom: Newsroom) -> None:
    revision = Revision.objects.get(article=newsroom.draft(tags=["反诈", "a-b", "ab"]))
    assert hash_of(revision.content) == revision.content_hash


def test_no_id_of_the_database_is_frozen(newsroom: Newsroom) -> None:
    keys: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            keys.update(value)
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(shown(full(newsroom)))
    assert not {key for key in keys if key in {"id", "pk"} or key.endswith("_id")}


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("反诈，禁毒", ["反诈", "禁毒"]),
        ("反诈、禁毒; 护校；平安 枫桥\n一线", ["反诈", "禁毒", "护校", "平安", "枫桥", "一线"]),
        ("反诈,,反诈　,", ["反诈"]),
        ("", []),
        (" ，、 ", []),
    ],
)
def test_tags_are_split_as_people_type_them_in_chinese(typed: str, tags: list[str]) -> None:
    assert split_tags(typed) == tags
