"""What changed, letter by letter and paragraph by paragraph, as somebody who knows the old text would tell it."""

import time
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletins.desk.difference import GONE, NEW, SAME, Piece, between, characters
from bulletins.desk.difference.blocks import blocks_of
from bulletins.desk.difference.passages import passages

WALK = "近日，湖滨派出所民警走访辖区商户，逐户检查消防通道，讲解灭火器的用法。"
NIGHT = "夜里，民警在广场巡逻时遇到一名走失的老人，把他送回家中。"
THANKS = "老人的家属次日把一面锦旗送到派出所，连声向值班民警道谢。"


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


def told(old, new):
    return [(piece.how, piece.text) for piece in characters(old, new)]


def p(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def changed(old, new):
    return [line for line in passages(old, new) if not line.is_same]


def text_of(pieces, without):
    return "".join(piece.text for piece in pieces if piece.how != without)


# --- Letters ---------------------------------------------------------------------------------------------------


def test_one_changed_character_is_marked_alone():
    assert characters("正下大雪", "正下暴雪") == [
        Piece(SAME, "正下"),
        Piece(GONE, "大"),
        Piece(NEW, "暴"),
        Piece(SAME, "雪"),
    ]


def test_a_letter_or_a_comma_in_common_between_two_changes_is_chance():
    assert told("民警当天上午，立即出警处置完毕", "民警次日下午，迅速赶到处置完毕") == [
        (SAME, "民警"),
        (GONE, "当天上午，立即出警"),
        (NEW, "次日下午，迅速赶到"),
        (SAME, "处置完毕"),
    ]


def test_numbers_and_latin_words_are_not_torn_apart():
    assert told("共计2026人乘坐G1024次", "共计2016人乘坐G1034次") == [
        (SAME, "共计"), (GONE, "2026"), (NEW, "2016"), (SAME, "人乘坐G"), (GONE, "1024"), (NEW, "1034"), (SAME, "次"),
    ]  # fmt: skip


def test_an_added_sentence_is_told_as_a_sentence():
    assert told("他说完了。谢谢。", "他说完了。他走了。谢谢。") == [
        (SAME, "他说完了。"),
        (NEW, "他走了。"),
        (SAME, "谢谢。"),
    ]


def test_texts_with_nothing_but_chance_in_common_are_told_whole():
    assert told(WALK, THANKS) == [(GONE, WALK), (NEW, THANKS)]


@given(st.text("一二三，。\n a1😀", max_size=60), st.text("一二三，。\n a1😀", max_size=60))
def test_what_is_not_new_is_the_old_text_and_what_is_not_gone_the_new_one(old, new):
    pieces = characters(old, new)
    assert (text_of(pieces, NEW), text_of(pieces, GONE)) == (old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.how != other.how for one, other in pairwise(pieces))


@given(st.text(max_size=200))
def test_the_same_text_has_no_changes(text):
    assert all(piece.how == SAME for piece in characters(text, text))


@pytest.mark.parametrize(
    ("old", "new"),
    [("长" * 50_000, "长" * 49_000 + "。短" * 500), ("一二三四五" * 20_000, "五四三二一" * 20_000)],
)
def test_hostile_texts_are_answered_in_bounded_time(old, new):
    started = time.monotonic()
    pieces = characters(old, new)
    assert (text_of(pieces, NEW), text_of(pieces, GONE)) == (old, new)
    assert time.monotonic() - started < 10  # less than 1 s on a machine at rest


# --- Paragraphs ------------------------------------------------------------------------------------------------


def test_a_moved_paragraph_is_told_at_both_places_and_its_words_are_not_marked():
    away, moved = changed(p(WALK, NIGHT, THANKS), p(NIGHT, THANKS, WALK))
    assert away.is_away and away.notes == ["原第 1 段已移为第 3 段。"]
    assert (moved.old, moved.new, moved.notes) == ((1,), (3,), ["由第 1 段移到此处。"])
    assert [piece.how for piece in moved.pieces] == [SAME]


def test_a_paragraph_that_was_moved_and_changed_is_still_known():
    _away, moved = changed(p(WALK, NIGHT, THANKS), p(NIGHT, THANKS, WALK.replace("商户", "学校")))
    assert moved.old == (1,) and ("gone", "商户") in [(piece.how, piece.text) for piece in moved.pieces]


def test_a_split_paragraph_is_told_as_one_that_was_split():
    (line,) = changed(p(WALK + NIGHT, THANKS), p(WALK, NIGHT, THANKS))
    assert (line.old, line.new, line.notes) == ((1,), (1, 2), ["拆成 2 段。"])
    assert line.pieces == [Piece(SAME, WALK), Piece(NEW, "\n"), Piece(SAME, NIGHT)]


def test_joined_paragraphs_are_told_as_joined():
    (line,) = changed(p(WALK, NIGHT, THANKS), p(WALK + NIGHT, THANKS))
    assert (line.old, line.new, line.notes) == ((1, 2), (1,), ["由 2 段合并。"])


def test_an_added_and_a_removed_paragraph_are_whole():
    assert [line.pieces for line in changed(p(WALK), p(WALK, NIGHT))] == [[Piece(NEW, NIGHT)]]
    assert [line.pieces for line in changed(p(WALK, NIGHT), p(NIGHT))] == [[Piece(GONE, WALK)]]


def test_a_heading_made_of_a_paragraph_is_told_and_its_words_are_not_marked():
    (line,) = changed("<p>雪夜寻人</p>" + p(WALK), "<h2>雪夜寻人</h2>" + p(WALK))
    assert line.notes == ["段落改为小标题。"] and [piece.how for piece in line.pieces] == [SAME]


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("<p>民警提醒</p>", "<p>民警<strong>提醒</strong></p>", "加粗：“提醒”"),
        ("<p><em>民警</em>提醒</p>", "<p>民警提醒</p>", "取消强调：“民警”"),
        (
            "<p>见通告</p>",
            '<p>见<a href="https://a.example/?a=%20">通告</a></p>',
            "链接到 https://a.example/?a=%20：“通告”",
        ),
        ("<p>民警提醒</p>", "<ul><li><p>民警提醒</p></li></ul>", "段落改为列表项。"),
        ("<p>民警提醒</p>", "<blockquote><p>民警提醒</p></blockquote>", "段落改为引文。"),
    ],
)
def test_what_is_set_another_way_is_told(old, new, note):
    (line,) = changed(old, new)
    assert line.notes == [note]


def test_a_picture_in_the_text_is_replaced_or_moved():
    one, other = (f'<img src="photo:{letter * 64}">' for letter in "ab")
    (line,) = changed(p(WALK) + one, p(WALK) + other)
    assert (line.was, line.now, line.notes) == ("a" * 64, "b" * 64, ["换了图片。"])
    _away, moved = changed(one + p(WALK, NIGHT), p(WALK, NIGHT) + one)
    assert moved.now == "a" * 64 and moved.notes == ["由第 1 段移到此处。"]


def test_tables_and_lists_are_read_row_by_row():
    table = "<table><tbody><tr><td><p>日期</p></td><td><p>{}</p></td></tr></tbody></table>"
    (line,) = changed(table.format("3 月 1 日晚"), table.format("3 月 2 日晚"))
    assert text_of(line.pieces, GONE) == "日期\t3 月 2 日晚"


BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["p", "h2", "blockquote", "img", "hr"]),
        st.sampled_from([WALK, NIGHT, THANKS, WALK + NIGHT, "一", WALK[:20], NIGHT.replace("老人", "孩子")]),
    ),
    max_size=7,
)


def markup(blocks):
    tags = {"img": f'<img src="photo:{"c" * 64}">', "hr": "<hr>"}
    return "".join(tags.get(tag, f"<{tag}>{text}</{tag}>") for tag, text in blocks)


def assert_makes(old, new):
    """The difference, applied, gives each of the two texts, and every block of both is told exactly once."""
    lines = passages(old, new)
    for blocks, numbers, without in ((blocks_of(old), "old", NEW), (blocks_of(new), "new", GONE)):
        told = sorted(
            (line for line in lines if getattr(line, numbers)), key=lambda line: getattr(line, numbers)
        )
        assert [n for line in told for n in getattr(line, numbers)] == list(range(1, len(blocks) + 1))
        made = "\n".join(text_of(line.pieces, without) for line in told)
        assert made == "\n".join(block.text for block in blocks)


@settings(max_examples=80, deadline=None)
@given(BLOCKS, BLOCKS)
def test_the_difference_applied_gives_both_texts(old, new):
    assert_makes(markup(old), markup(new))


@settings(max_examples=50, deadline=None)
@given(BLOCKS)
def test_identical_versions_give_nothing(blocks):
    assert changed(markup(blocks), markup(blocks)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (p(*"一二三四五六七八九十" * 500), p(*"十九八七六五四三二一" * 500)),
        (p(*[WALK + str(n) for n in range(1500)]), p(*[str(n) + NIGHT for n in range(1500)])),
    ],
)
def test_hostile_bodies_are_answered_in_bounded_time(old, new):
    started = time.monotonic()
    assert_makes(old, new)
    assert time.monotonic() - started < 20  # 2 s on a machine at rest


def test_markup_that_no_editor_wrote_is_read_to_its_end():
    assert_makes("<p>a<ul><li>b", "b</p></li>c<td>d</td><strong>e")


# --- The other parts ---------------------------------------------------------------------------------------------


def content(**parts):
    empty = {
        "kind": "news", "unit": {"slug": "a", "name": "湖滨派出所"}, "kicker": "", "headline": ["标题"],
        "headline_join": "space", "subhead": "", "summary": "", "body": "<p>正文</p>", "source": "",
        "credits": [], "campaigns": [], "tags": [], "photos": [],
    }  # fmt: skip
    return empty | parts


def credit(name, **fields):
    return {
        "name": name,
        "correspondent": None,
        "role": "text",
        "capacity": "correspondent",
        "unit": "",
    } | fields


def photo(letter, **fields):
    return {"sha256": letter * 64, "caption": "", "alt": "", "credit": "", "width": 9, "height": 9} | fields


def lines_of(key, old, new):
    (found,) = between(content(**{key: old}), content(**{key: new}))
    assert found.key == key
    return found.lines


def test_only_the_parts_that_differ_are_named():
    found = between(content(), content(kicker="眉题", tags=["反诈"], headline_join="none"))
    assert [part.key for part in found] == ["kicker", "headline_join", "tags"]


def test_unchanged_paragraphs_far_from_a_change_are_left_out():
    old = p(*[f"{WALK}第{n}段" for n in range(9)])
    lines = lines_of("body", old, old.replace("第8段", "第八段"))
    assert [line.skipped for line in lines] == [7, 0, 0]


def test_the_same_content_has_no_difference():
    assert between(content(), content()) == []


def test_a_name_that_was_added_removed_or_moved_is_told():
    assert [line.notes for line in lines_of("credits", [credit("张三")], [credit("张三"), credit("李四")])] == [
        [], ["已添加。"]
    ]  # fmt: skip
    assert lines_of("credits", [credit("张三")], [])[0].notes == ["已移除。"]
    moved = lines_of("credits", [credit("张三"), credit("李四")], [credit("李四"), credit("张三")])
    assert sum(bool(line.notes) for line in moved) == 1
    changed_part = lines_of("credits", [credit("张三")], [credit("张三", role="photo")])
    assert [piece.how for piece in changed_part[0].pieces][:2] == [GONE, NEW]


def test_a_replaced_photo_shows_the_old_and_the_new_one():
    (line,) = lines_of("photos", [photo("a")], [photo("b")])
    assert (line.was, line.now, line.notes) == ("a" * 64, "b" * 64, ["换了图片。"])


def test_a_photo_that_was_moved_said_otherwise_or_cut_otherwise_is_told():
    one, other = photo("a", caption="雪夜"), photo("b")
    assert any(line.notes for line in lines_of("photos", [one, other], [other, one]))
    head, caption, point = lines_of("photos", [one], [photo("a", caption="雪夜寻人", focus=[30, 75])])
    assert head.now == "a" * 64 and caption.label == "图片说明"
    assert text_of(caption.pieces, GONE) == "雪夜寻人"
    assert text_of(point.pieces, GONE) == "横 30%，纵 75%"


def test_tags_and_campaigns_are_told_by_name():
    lines = lines_of("tags", ["反诈", "禁毒"], ["反诈", "平安"])
    assert [(line.pieces[0].how, line.pieces[0].text) for line in lines] == [
        (SAME, "反诈"), (NEW, "平安"), (GONE, "禁毒"),
    ]  # fmt: skip
