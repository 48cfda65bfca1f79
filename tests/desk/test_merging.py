"""What two people changed is put together where it does not collide, and nothing of either is lost where it does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.desk.merging import elements, three_ways
from bulletins.models.body import clean

TEXTS = st.lists(st.sampled_from("一二三四五"), max_size=8)


def merged(base, theirs, mine):
    stretches = list(three_ways(base, theirs, mine))
    return "".join("".join(s.settled) for s in stretches), [s for s in stretches if s.collides]


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "result"),
    [
        ("一二三", "一二三", "一改三", "一改三"),
        ("一二三", "一改三", "一二三", "一改三"),
        ("一二三", "改二三", "一二变", "改二变"),
        ("一二三", "改二三", "一变三", "改变三"),  # neighbours
        ("一二三", "一二三新", "旧一二三", "旧一二三新"),
        ("一二三", "一三", "一二三新", "一三新"),
        ("一二三", "改二三", "改二三", "改二三"),
        ("", "", "新", "新"),
    ],
)
def test_what_does_not_collide_is_put_together(base, theirs, mine, result):
    assert merged(base, theirs, mine) == (result, [])


def test_the_same_paragraph_changed_by_both_collides_alone():
    result, (stretch,) = merged("一二三四", "一改三新", "一变三四")
    assert result == "一变三新"
    assert (stretch.theirs, stretch.mine, stretch.both) == (("改",), ("变",), ("改", "变"))


def test_what_both_added_at_the_same_place_collides_and_can_both_stay():
    _result, (stretch,) = merged("一", "一新", "一增")
    assert stretch.both == ("新", "增") and stretch.base == ()


def test_what_one_took_out_and_the_other_changed_collides():
    _result, (stretch,) = merged("一二三", "一三", "一变三")
    assert (stretch.theirs, stretch.mine) == ((), ("变",))


@given(TEXTS, TEXTS, TEXTS)
def test_every_item_of_the_three_stands_in_one_stretch(base, theirs, mine):
    stretches = list(three_ways(base, theirs, mine))
    for side, whole in (("base", base), ("theirs", theirs), ("mine", mine)):
        assert [item for stretch in stretches for item in getattr(stretch, side)] == whole


@given(TEXTS, TEXTS)
def test_who_changed_nothing_takes_over_all_of_the_other(base, other):
    assert merged(base, other, base) == ("".join(other), [])
    assert merged(base, base, other) == ("".join(other), [])


@given(TEXTS, TEXTS, TEXTS)
def test_it_does_not_matter_who_was_first_but_for_what_collides(base, one, other):
    (first, clashes), (second, same) = merged(base, one, other), merged(base, other, one)
    assert len(clashes) == len(same) and (clashes or first == second)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>一</p><p>二 &amp; <strong>三</strong></p><hr><ul><li><p>四</p></li></ul>",
        "五<em>六</em><p>七<br>八</p>",
        f'<p>图</p><img src="photo:{"a" * 64}" alt="&lt;"><table><tbody><tr><td>九</td></tr></tbody></table>',
        "",
    ],
)
def test_a_body_is_its_outermost_elements(markup):
    found = elements(clean(markup))
    assert "".join(found) == clean(markup)
    assert len(found) == clean(markup).count("<p>") - markup.count("<li><p>") + sum(
        clean(markup).count(tag) for tag in ("<hr>", "<ul>", "<img", "<table>")
    ) + markup.startswith("五")


@given(st.text("<>/pulimgahr &;b=\"'", max_size=60))
def test_nothing_of_a_body_is_lost_in_elements(text):
    assert "".join(elements(clean(text))) == clean(text)
