"""A story for WeChat: inline styles only, nothing that its editor takes out, and its limits told."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins import wechat
from bulletins.models.body import TAGS, clean, reader_text

SHA = "a" * 64
OTHER = "b" * 64
BODY = "<p>民警迅速赶到现场。</p>"


def content(**fields: Any) -> dict[str, Any]:
    plain = {
        "kind": "news", "unit": {"slug": "hubin", "name": "湖滨派出所"}, "kicker": "", "headline": ["民警雪夜送归走失老人"],
        "headline_join": "none", "subhead": "", "summary": "", "body": BODY, "source": "", "credits": [], "campaigns": [],
        "tags": [], "photos": [],
    }  # fmt: skip
    return plain | fields


def credit(name: str, role: str = "text") -> dict[str, Any]:
    return {"name": name, "role": role, "correspondent": None, "capacity": "correspondent", "unit": ""}


def photo(sha256: str = SHA, **fields: Any) -> dict[str, Any]:
    return {
        "sha256": sha256,
        "caption": "雪夜",
        "alt": "",
        "credit": "",
        "width": 640,
        "height": 420,
    } | fields


def draft(picture_at: wechat.PictureAt | None = None, **fields: Any) -> wechat.Draft:
    return wechat.draft_of(content(**fields), picture_at)


class Elements(HTMLParser):
    """Every start tag with its attributes, and whether all that was opened was closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


bodies = st.lists(
    st.tuples(
        st.sampled_from(sorted(TAGS | {"script", "style", "div"})), st.text("民警<>&\"'=; a", max_size=12)
    ),
    max_size=12,
).map(
    lambda parts: "".join(
        f'<{tag} class="x" style="color:red" onclick="x()" colspan="2">{text}</{tag}>' for tag, text in parts
    )
)


@given(bodies)
def test_of_any_body_the_words_stay_and_only_styles_of_ours_are_in_it(html: str) -> None:
    body = clean(html)
    made = draft(body=body).content
    elements = Elements(made)
    assert elements.open == []
    for tag, attributes in elements.found:
        assert tag in TAGS - {"a", "img"}
        assert set(attributes) <= {"style", "colspan", "rowspan"}
        assert "red" not in (attributes.get("style") or "")
    assert reader_text(made) == "\n".join([*reader_text(body).splitlines(), "（湖滨派出所）"])


def test_every_element_of_a_body_has_a_style_but_those_without_a_look() -> None:
    unstyled = TAGS - set(wechat.STYLES)
    assert unstyled == {"a", "br", "img", "thead", "tbody", "tr"}


def test_links_are_left_out_and_counted_and_their_words_stay() -> None:
    made = draft(
        body='<p>见<a href="https://www.gov.cn/">通知</a>和<a href="mailto:a@example.cn">邮箱</a>。</p>'
    )
    assert made.links == 2
    assert "见通知和邮箱。" in made.content
    assert "gov.cn" not in made.content


def test_pictures_stand_where_they_stood_with_their_public_address() -> None:
    made = draft(
        lambda sha256: f"https://news.example/photos/{sha256}.jpg",
        body=f'<p>一</p><img src="photo:{SHA}"><p>二</p>',
        photos=[photo(credit="张三 摄"), photo(OTHER, caption='他说"好"&<b>')],
    )
    tags = [(tag, attributes.get("src")) for tag, attributes in Elements(made.content).found if tag == "img"]
    assert tags == [
        ("img", f"https://news.example/photos/{OTHER}.jpg"),
        ("img", f"https://news.example/photos/{SHA}.jpg"),
    ]
    assert made.content.index("一") < made.content.index(f"{SHA}.jpg") < made.content.index("二")
    assert "雪夜 张三 摄" in made.content
    assert "他说&quot;好&quot;&amp;&lt;b&gt;" in made.content
    assert made.pictures_to_add == 0


def test_where_pictures_have_no_public_address_their_places_are_named() -> None:
    made = draft(body=f'<img src="photo:{SHA}"><p>二</p>', photos=[photo()])
    assert made.pictures_to_add == 1
    assert "<img" not in made.content
    assert "雪夜" in made.content


def test_a_picture_that_is_missing_or_not_of_the_story_leaves_nothing() -> None:
    made = draft(
        lambda sha256: sha256, body=f'<p>一</p><img src="photo:{OTHER}">', photos=[photo("", is_missing=True)]
    )
    assert "<img" not in made.content and "figure" not in made.content


@pytest.mark.parametrize(
    ("kicker", "headline", "title"),
    [
        ("洸河派出所", ["荣膺“全国一级公安派出所”"], "洸河派出所 荣膺“全国一级公安派出所”"),
        ("", ["严打非法运输"], "严打非法运输"),
        (
            "某某某某市公安局某某某某分局",
            ["护学岗织密校园安全网护学岗织密校园安全网"],
            "护学岗织密校园安全网护学岗织密校园安全网",
        ),
    ],
)
def test_the_kicker_stands_before_the_headline_where_both_fit(
    kicker: str, headline: list[str], title: str
) -> None:
    assert draft(kicker=kicker, headline=headline).title == title


def test_authors_are_those_who_wrote_or_else_whoever_is_named() -> None:
    wrote = [credit("侯宪锋"), credit("卢飞", "photo"), credit("牛文县"), credit("侯宪锋")]
    assert draft(credits=wrote).author == "侯宪锋、牛文县"
    assert draft(credits=[credit("卢飞", "photo")]).author == "卢飞"
    assert draft().author == ""


def test_who_signs_stands_at_the_end() -> None:
    assert draft(credits=[credit("宋敏")]).content.endswith("（湖滨派出所 宋敏）</p>")
    assert draft(source="济宁晚报").content.endswith("（济宁晚报）</p>")


@pytest.mark.parametrize(
    ("field", "limit", "fields"),
    [
        ("title", 32, lambda n: {"headline": ["字" * n]}),
        ("author", 16, lambda n: {"credits": [credit("字" * n)]}),
        ("digest", 128, lambda n: {"summary": "字" * n}),
    ],
)
def test_a_field_may_be_as_long_as_its_limit_and_no_longer(field: str, limit: int, fields: Any) -> None:
    assert draft(**fields(limit)).too_long == []
    assert draft(**fields(limit + 1)).too_long == [(field, limit + 1, limit)]


def test_the_text_has_fewer_than_20000_characters_with_its_markup() -> None:
    room = 19_999 - len(draft(body="<p></p>").content)
    assert draft(body=f"<p>{'字' * room}</p>").too_long == []
    assert draft(body=f"<p>{'字' * (room + 1)}</p>").too_long == [("content", 20_000, 19_999)]


def test_without_a_summary_the_digest_is_the_beginning_in_whole_sentences_and_fits() -> None:
    made = draft(body=f"<p>{'民警迅速赶到现场。' * 60}</p>")
    assert made.digest.endswith("。")
    assert re.fullmatch("(民警迅速赶到现场。)+", made.digest)
    assert draft(body=f"<p>{'字' * 5000}</p>").too_long == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [("2", ' colspan="2"'), ("0", ""), ("9" * 5000, ""), ("２", ""), ('2" onclick="x()', "")],
)
def test_a_cell_keeps_how_many_columns_it_spans_and_no_nonsense(written: str, kept: str) -> None:
    made = draft(body=f"<table><tr><td colspan='{written}'>甲</td></tr></table>").content
    assert f'<td{kept} style="' in made
