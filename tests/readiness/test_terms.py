"""Terms of the list are found wherever they stand, and nowhere else."""

import random
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.readiness import Around, Severity, Subject
from bulletins.readiness.checks import terms as terms_check
from bulletins.readiness.subject import Folded, Passage
from bulletins.readiness.terms import ALWAYS_ALLOWED, LETTERS_A_PLACE, Hit, Matcher, Term, TooManyPlaces

DAY = date(2026, 11, 24)
PAGE = Path(__file__).parents[2] / "fixtures" / "sample-page.txt"


def places(text: str, *terms: Term, day: date = DAY) -> list[tuple[int, int, str]]:
    return [(hit.start, hit.end, hit.term.match) for hit in Matcher(terms).hits(Passage("body", text), day)]


def test_a_term_is_found_at_each_of_its_places() -> None:
    assert places("样版小区是样版。", Term("样版")) == [(0, 2, "样版"), (5, 7, "样版")]


def test_a_longer_word_of_the_exceptions_is_not_hit() -> None:
    short = Term("政部", exceptions=("市政部门", "民政部"))
    assert places("市政部门和民政部发文，政部有误。", short) == [(11, 13, "政部")]


def test_an_exception_protects_only_the_term_that_names_it() -> None:
    assert places("市政部门", Term("政部", exceptions=("市政部门",)), Term("市政")) == [(0, 2, "市政")]


def test_an_exception_beside_a_term_does_not_protect_it() -> None:
    assert places("市政部门政部", Term("政部", exceptions=("市政部门",))) == [(4, 6, "政部")]


def test_a_term_is_found_through_invisible_letters_and_full_width() -> None:
    assert places("见样\u200b版和ＡＰＰ。", Term("样版"), Term("APP")) == [(1, 4, "样版"), (5, 8, "APP")]


def test_an_exception_holds_through_invisible_letters() -> None:
    assert places("市\u200b政部\u200b门", Term("政部", exceptions=("市政部门",))) == []


def test_a_term_written_full_width_finds_the_plain_one() -> None:
    assert places("ABC", Term("ＡＢＣ")) == [(0, 3, "ＡＢＣ")]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2026, 3, 1), True),
        (date(2026, 3, 2), False),
    ],
)
def test_a_term_holds_from_its_first_day_to_its_last(day: date, found: bool) -> None:
    term = Term("旧称", valid_from=date(2026, 2, 1), valid_to=date(2026, 3, 1))
    assert bool(places("旧称", term, day=day)) is found


def test_the_longer_of_two_terms_speaks() -> None:
    assert places("登陆网站", Term("登陆"), Term("登陆网站")) == [(0, 4, "登陆网站")]


def test_a_shorter_term_that_blocks_is_not_hidden_by_a_longer_one_that_does_not() -> None:
    found = places("登陆网站", Term("登陆", severity=Severity.BLOCK), Term("登陆网站"))
    assert found == [(0, 4, "登陆网站"), (0, 2, "登陆")]


def test_the_first_of_two_terms_with_the_same_match_speaks() -> None:
    first, second = Term("样版", note="ours"), Term("样版", note="shipped")
    assert [hit.term.note for hit in Matcher([first, second]).hits(Passage("body", "样版"), DAY)] == ["ours"]


def test_the_second_speaks_once_the_first_no_longer_holds() -> None:
    first, second = Term("样版", note="ours", valid_to=date(2026, 1, 1)), Term("样版", note="shipped")
    assert [hit.term.note for hit in Matcher([first, second]).hits(Passage("body", "样版"), DAY)] == [
        "shipped"
    ]


def test_a_doubled_word_is_counted_without_overlap() -> None:
    assert places("哈哈哈哈哈", Term("哈哈")) == [(0, 2, "哈哈"), (2, 4, "哈哈")]


def test_a_place_that_overlaps_a_protected_one_is_still_found() -> None:
    assert places("甲哈哈哈", Term("哈哈", exceptions=("甲哈哈",))) == [(2, 4, "哈哈")]


@pytest.mark.parametrize("terms", [[], [Term("")], [Term("\u200b")]])
def test_a_list_without_words_finds_nothing(terms: list[Term]) -> None:
    assert places("样版", *terms) == []


def plainly(text: str, term: Term) -> list[tuple[int, int]]:
    """What should be found, by looking at every place one after the other."""
    spans = [
        (start, start + len(term.match)) for start in range(len(text)) if text.startswith(term.match, start)
    ]
    covers = [
        (start, start + len(word))
        for word in term.exceptions
        if term.match in word
        for start in range(len(text))
        if text.startswith(word, start)
    ]
    found: list[tuple[int, int]] = []
    for start, end in spans:
        covered = any(first <= start and end <= last for first, last in covers)
        if not covered and (not found or found[-1][1] <= start):
            found.append((start, end))
    return found


@given(
    st.text("甲乙丙", max_size=60),
    st.text("甲乙丙", min_size=1, max_size=3),
    st.lists(st.text("甲乙丙", min_size=1, max_size=5), max_size=4),
)
def test_one_pass_finds_what_looking_at_every_place_finds(text: str, match: str, words: list[str]) -> None:
    term = Term(match, exceptions=tuple(words))
    assert [(start, end) for start, end, _match in places(text, term)] == plainly(text, term)


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_hit_is_a_place_of_the_text_whatever_is_in_it(text: str, words: list[str]) -> None:
    passage = Passage("body", text)
    for hit in Matcher(map(Term, words)).hits(passage, DAY):
        assert isinstance(hit, Hit)
        assert 0 <= hit.start < hit.end <= len(text)


def test_a_finding_says_what_stands_there_and_what_could() -> None:
    subject = Subject((Passage("headline", "样\u200b版"),))
    around = Around(DAY, Matcher([Term("样版", suggestion="样板", severity=Severity.BLOCK, note="why")]))
    (finding,) = terms_check.check(subject, around)
    assert (finding.passage, finding.start, finding.end) == ("headline", 0, 3)
    assert (finding.key, finding.severity) == ("term_with_suggestion", Severity.BLOCK)
    assert (finding.text, finding.suggestion) == ("样\u200b版", "样板")
    assert finding.context == {"match": "样版", "note": "why"}


def test_a_term_without_a_suggestion_is_a_question() -> None:
    (finding,) = terms_check.check(Subject.of_text("做了"), Around(DAY, Matcher([Term("做了")])))
    assert finding.key == "term_to_reconsider"


def test_without_a_list_the_check_is_silent() -> None:
    assert list(terms_check.check(Subject.of_text("样版"), Around(DAY))) == []


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("09AZaz"), max_size=9)
)
def test_a_word_that_is_taken_as_it_stands_is_one_that_folding_leaves_alone(word: str) -> None:
    assert Folded.of(word).text == word


def test_ten_thousand_terms_are_found_in_a_long_article_within_twenty_milliseconds() -> None:
    chance = random.Random(1)
    letters = [letter for letter in PAGE.read_text(encoding="utf-8") if "\u4e00" <= letter <= "\u9fff"]
    words = {"".join(chance.choices(letters, k=chance.randrange(2, 7))) for _ in range(10_100)}
    matcher = Matcher(map(Term, list(words)[:10_000]))
    text = "".join(chance.choices(letters, k=5_000))
    took = []
    for _ in range(7):
        begun = time.process_time()
        assert list(matcher.hits(Passage("body", text), DAY))
        took.append(time.process_time() - begun)
    assert len(matcher.terms) == 10_000
    assert sorted(took)[3] < 0.020


@pytest.mark.parametrize(
    "terms",
    [
        [Term("的")],
        [Term("的", exceptions=("的的",))],
        [Term("的" * length) for length in range(1, 22)],
        [Term("的" * length, exceptions=("的" * (length + 1),)) for length in range(1, 100)],
    ],
    ids=[
        "a hit at each letter",
        "an exception at each letter",
        "the deepest nesting that is let in",
        "a table that nothing was kept out of",
    ],
)
def test_a_hostile_text_is_not_gone_through_to_its_end(terms: list[Term]) -> None:
    passage = Passage("body", "的" * 200_000)
    matcher = Matcher(terms)
    begun = time.process_time()
    with pytest.raises(TooManyPlaces):
        list(matcher.hits(passage, DAY))
    assert time.process_time() - begun < 1


def test_what_was_found_before_it_became_too_much_is_said() -> None:
    found = []
    with pytest.raises(TooManyPlaces):
        for hit in Matcher([Term("的")]).hits(Passage("body", "的" * 500), DAY):
            found.append(hit.start)
    assert found == list(range(ALWAYS_ALLOWED + 500 // LETTERS_A_PLACE))


def test_a_passage_that_has_just_as_many_places_as_it_may_is_gone_through() -> None:
    most = ALWAYS_ALLOWED + 200 // LETTERS_A_PLACE
    text = "的" * most + "。" * (200 - most)
    assert len(list(Matcher([Term("的")]).hits(Passage("body", text), DAY))) == most


def test_a_passage_full_of_terms_blocks_and_says_so_once() -> None:
    around = Around(DAY, Matcher([Term("的")]))
    subject = Subject((Passage("headline", "的"), Passage("body", "的" * 2000)))
    found = list(terms_check.check(subject, around))
    assert [(f.passage, f.severity.value) for f in found if f.key == "too_many_terms"] == [("body", "block")]
    assert [f.passage for f in found].count("headline") == 1


def test_the_sample_page_is_far_from_full_even_of_a_common_letter() -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = list(Matcher([Term("的"), Term("民警"), Term("，")]).hits(Passage("body", page), DAY))
    assert len(found) < (ALWAYS_ALLOWED + len(page) // LETTERS_A_PLACE) / 2
