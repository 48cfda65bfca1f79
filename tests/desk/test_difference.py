"""What changed, character by character, since Chinese has no words to go by."""

from bulletins.desk.difference import GONE, NEW, SAME, Piece, between, characters, lines


def test_one_changed_character_is_marked_alone():
    assert characters("正下大雪", "正下暴雪") == [
        Piece(SAME, "正下"),
        Piece(GONE, "大"),
        Piece(NEW, "暴"),
        Piece(SAME, "雪"),
    ]


def test_unchanged_paragraphs_far_from_a_change_are_left_out():
    old = "\n".join(f"第{n}段" for n in range(9))
    found = lines(old, old.replace("第8段", "第八段"))
    assert [line.skipped for line in found] == [7, 0, 0]


def test_a_new_paragraph_is_new_as_a_whole():
    (_same, new) = lines("一", "一\n二")
    assert new.pieces == [Piece(NEW, "二")]


def test_very_long_paragraphs_are_compared_as_a_whole():
    assert [piece.how for piece in characters("长" * 5000, "长" * 5000 + "。")] == [GONE, NEW]


def content(**parts):
    empty = {
        "kind": "news", "unit": {"slug": "a", "name": "湖滨派出所"}, "kicker": "", "headline": ["标题"],
        "headline_join": "space", "subhead": "", "summary": "", "body": "<p>正文</p>", "source": "",
        "credits": [], "campaigns": [], "tags": [], "photos": [],
    }  # fmt: skip
    return empty | parts


def test_only_the_parts_that_differ_are_named():
    found = between(content(), content(kicker="眉题", tags=["反诈"]))
    assert [part.key for part in found] == ["kicker", "tags"]


def test_a_heading_made_of_a_paragraph_is_told_though_the_words_are_the_same():
    (found,) = between(content(), content(body="<h2>正文</h2>"))
    assert found.key == "body" and "文字未变" in found.lines[0].pieces[0].text


def test_the_same_content_has_no_difference():
    assert between(content(), content()) == []
