"""Markup from anywhere: what reaches the database, and what a reader sees of it."""

from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.models.body import TAGS, clean, photo_references, reader_text, with_photos

SHA = "a" * 64
ALLOWED = {
    "a": {"href", "rel"},
    "img": {"src", "alt"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}


class Inspector(HTMLParser):
    """Reads markup as a browser would and notes what the allow-list does not hold."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.foreign: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.foreign.append(tag)
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()):
                self.foreign.append(f"{tag} {name}")
            scheme = "".join((value or "").split()).lower().partition(":")[0]
            if scheme in {"javascript", "vbscript", "data", "file", "blob"}:
                self.foreign.append(f"{tag} {name}={value}")
            if tag == "img" and name == "src" and not (value or "").startswith("photo:"):
                self.foreign.append(f"img {value}")

    def handle_comment(self, data: str) -> None:
        self.foreign.append(f"comment {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment  # type: ignore[assignment]


def foreign_in(html: str) -> list[str]:
    return Inspector(html).foreign


HOSTILE = [
    "<script>alert(1)</script><p>x</p>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<p onclick=alert(1) ONMOUSEOVER='alert(1)'>x</p>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<style>p{display:none}</style><p>x</p>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href=" &#106;avascript:alert(1)">x</a>',
    '<a href="&#x6A;&#x61;vascript&colon;alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="vbscript:x">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<img src="data:image/png;base64,AAAA">',
    '<img src="https://evil.example/p.gif">',
    '<img src="photo:short" onerror=alert(1)>',
    f'<img src="photo:{SHA}" onerror="alert(1)" srcset="https://evil.example/p.gif">',
    f'<img src="photo:{SHA}" alt="x><script>alert(1)</script>">',
    '<img alt="x><script>alert(1)</script>">',
    "<img src=x onerror=alert(1)//",
    "<iframe src=https://evil.example></iframe><p>x</p>",
    "<svg><script>alert(1)</script><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<object data=x></object><embed src=x><applet code=x></applet>",
    "<form action=//evil.example><input name=q><button>x</button></form>",
    "<base href=//evil.example><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script></textarea>",
    "<!--[if mso]><xml><o:p>x</o:p></xml><![endif]--><p class=MsoNormal><o:p>字</o:p></p>",
    "<?xml:namespace prefix = o /><p>x</p><![CDATA[<script>alert(1)</script>]]>",
    "<p title=x lang=en id=x class=y data-x=1>x</p>",
    "<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_outside_the_allow_list_is_left_of_hostile_markup(html: str) -> None:
    assert foreign_in(clean(html)) == []


@pytest.mark.parametrize("html", HOSTILE)
def test_what_was_cleaned_stays_as_it_is(html: str) -> None:
    assert clean(clean(html)) == clean(html)


PIECES = [
    "<div>", "</div>", "<B>", "</B>", "<button>", "</button>", "<svg>", "</svg>", "<math>", "<style>",
    "</style>", "<script>", "</script>", "<!--", "-->", "<p onclick=x>", '<a href="javascript:x">',
        '<a href="/x" title="<p>">', f'<img src="photo:{SHA}" alt=">">', "<img alt='<em>'>", "<caption>", "<select>",
    "<option>", "<template>", "<section>", "<font color=red>", "<o:p>", "&nbsp;", "&lt;", "&amp;lt;", "&#0;", "\x00",
    "字", "　", " ", "x", "<", ">", '"', "'", "\r\n",
]  # fmt: skip
FRAGMENTS = st.sampled_from(
    PIECES + [f"<{tag}>" for tag in sorted(TAGS)] + [f"</{tag}>" for tag in sorted(TAGS)]
)
MARKUP = st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=25).map("".join))


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_any_markup_comes_out_clean_and_stays_so(html: str) -> None:
    cleaned = clean(html)
    assert foreign_in(cleaned) == []
    assert clean(cleaned) == cleaned


PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="<>&"), max_size=80)


@settings(max_examples=200, deadline=None)
@given(st.lists(PLAIN, max_size=4))
def test_no_character_of_plain_text_is_lost(paragraphs: list[str]) -> None:
    body = clean("".join(f"<div><span style='color:red'>{text}</span></div>" for text in paragraphs))
    assert "".join(reader_text(body).split()) == "".join("".join(paragraphs).split())


def test_what_office_programs_write_becomes_our_own_markup() -> None:
    assert clean("<H1>甲</H1><DIV><B>乙</B><I>丙</I></DIV><h5>丁</h5>") == (
        "<h2>甲</h2><p><strong>乙</strong><em>丙</em></p><h3>丁</h3>"
    )


def test_sections_pasted_from_wechat_become_paragraphs() -> None:
    assert reader_text(clean("<section>甲</section><section><span>乙</span></section>")) == "甲\n乙"


def test_an_empty_paragraph_is_dropped_and_a_space_between_words_is_kept() -> None:
    assert clean("<p>&nbsp;<br></p><p>a<strong> </strong>b</p><ul><li></li></ul>") == "<p>a b</p>"


def test_the_blanks_with_which_a_typist_indents_a_paragraph_are_dropped() -> None:
    html = "<p>　　近日，民警 巡逻。</p><p>&nbsp;&nbsp;<strong>　一、</strong> 发放传单。</p>"
    assert clean(html) == "<p>近日，民警 巡逻。</p><p><strong>一、</strong> 发放传单。</p>"


def test_a_table_keeps_its_empty_cells() -> None:
    table = "<table><tbody><tr><td></td><td>一</td></tr></tbody></table>"
    assert clean(table) == table


def test_a_link_says_that_it_leads_away() -> None:
    assert clean('<a href="https://example.org/">x</a>') == (
        '<a href="https://example.org/" rel="noopener noreferrer">x</a>'
    )


def test_a_picture_is_not_the_target_of_a_link() -> None:
    assert "photo:" not in clean(f'<p><a href="Photo:{SHA}">x</a></p>')


def test_ten_times_as_many_empty_elements_take_about_ten_times_as_long() -> None:
    def seconds(elements: int) -> float:
        began = process_time()
        assert clean("<em>" * elements) == ""
        return process_time() - began

    # Going over the text once for each element would take a hundred times.
    assert seconds(100_000) < 40 * seconds(10_000)


def test_a_reader_sees_a_line_a_paragraph_and_none_of_the_markup() -> None:
    html = "<h2>题</h2><p>甲<br>乙 &amp; <em>丙</em></p><ul><li>丁</li></ul><table><tr><td>1</td><td>2</td></tr></table>"
    assert reader_text(html) == "题\n甲\n乙 & 丙\n丁\n1\t2"


def test_the_photos_of_a_text_are_found_in_order() -> None:
    other = "b" * 64
    assert photo_references(f'<img src="photo:{other}"><p>x</p><img src="photo:{SHA}">') == [other, SHA]


def test_a_photo_is_replaced_with_the_paragraph_that_holds_nothing_else() -> None:
    body = clean(f'<p>甲</p><p><img src="photo:{SHA}" alt="a > b"></p>')
    assert with_photos(body, lambda sha: f"[{sha[:3]}]") == "<p>甲</p>[aaa]"
