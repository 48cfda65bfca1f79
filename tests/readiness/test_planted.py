"""What is planted is found, whatever hides it; ordinary texts are left alone."""

import random
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.models.body import clean
from bulletins.readiness.checks.personal_data import CHECKS
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Passage, Subject
from tests.readiness import planted
from tests.readiness.asking import content, photo

AROUND = Around(day=date(2022, 1, 1))


def findings(subject: Subject) -> list[Finding]:
    return [finding for _name, check in CHECKS for finding in check(subject, AROUND)]


def blocks(subject: Subject) -> list[Finding]:
    return [finding for finding in findings(subject) if finding.severity == Severity.BLOCK]


def test_everything_planted_is_blocked_under_its_own_name() -> None:
    missed = Counter()
    examples = []
    for case in planted.planted(4_250):
        if not any(finding.key in case.keys for finding in blocks(case.subject)):
            missed[case.kind, case.disguise] += 1
            examples.append(case.subject.passages[0].text)
    assert not missed, (missed, examples[:10])


def test_one_thing_planted_is_one_finding_that_blocks() -> None:
    several = [
        (case.subject.passages[0].text, [finding.text for finding in blocks(case.subject)])
        for case in planted.planted(2_125, seed=2)
        if len(blocks(case.subject)) != 1
    ]
    assert several == []


def test_ordinary_texts_are_not_blocked() -> None:
    blocked = [
        (finding.key, finding.text, subject.passages[0].text)
        for subject in planted.ordinary(3_200)
        for finding in blocks(subject)
    ]
    assert blocked == []


def test_ordinary_texts_are_hardly_warned_of() -> None:
    warned = [
        (finding.key, finding.text, subject.passages[0].text)
        for subject in planted.ordinary(320)
        for finding in findings(subject)
        if finding.severity == Severity.WARN
    ]
    assert warned == []


@given(
    st.sampled_from(sorted(planted.KINDS)),
    st.lists(st.sampled_from(sorted(planted.DISGUISES.keys() - {"markup", "marks anywhere"})), max_size=1),
    st.integers(0, 2**32),
    st.lists(st.sampled_from("\u200b\u200d\u2060\ufeff\u00ad\u061c\u180e\ufe0f\u3164"), max_size=3),
)
def test_no_disguise_upon_a_disguise_hides_it(
    kind: str, names: list[str], seed: int, more: list[str]
) -> None:
    chance = random.Random(seed)
    make, keys, sentences = planted.KINDS[kind]
    hidden = make(chance)
    for name in names:
        hidden = planted.DISGUISES[name](hidden, chance)
    for letter in more:
        place = chance.randrange(1, len(hidden))
        hidden = hidden[:place] + letter + hidden[place:]
    hidden = planted.some_full_width(hidden, chance)
    subject = Subject((Passage("body", sentences[seed % len(sentences)].format(hidden)),))
    assert any(finding.key in keys for finding in blocks(subject)), subject


@given(st.sampled_from(sorted(planted.KINDS)), st.integers(0, 2**32))
def test_what_was_masked_is_not_found_again(kind: str, seed: int) -> None:
    make, _keys, sentences = planted.KINDS[kind]
    text = sentences[seed % len(sentences)].format(make(random.Random(seed)))
    (found,) = blocks(Subject((Passage("body", text),)))
    masked = text[: found.start] + found.suggestion + text[found.end :]
    assert findings(Subject((Passage("body", masked),))) == []


@given(st.text(alphabet="0123456789 -.Xx×京鲁AHD挂警张某伟护照微信:：，\n\u200b０９①", max_size=60))
def test_any_text_gets_findings_that_stand_where_they_say(text: str) -> None:
    for finding in findings(Subject((Passage("body", text),))):
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text


# What stands between two letters in the markup and leaves no trace, or hardly one, in the text a reader sees.
MARKUP = ("", "<strong></strong>", "<!-- -->", "<em> </em>", "&nbsp;", "&#8203;", "&zwj;", "</strong><strong>", "</em><em>",
          "<script>1</script>", "<span style='display:none'></span>")  # fmt: skip


@given(
    st.sampled_from(sorted(planted.KINDS)),
    st.integers(0, 2**32),
    st.lists(st.sampled_from(MARKUP), min_size=1, max_size=24),
    st.booleans(),
)
def test_no_markup_hides_it(kind: str, seed: int, between: list[str], in_numbers: bool) -> None:
    make, keys, sentences = planted.KINDS[kind]
    number = make(random.Random(seed))
    letters = [f"&#{ord(letter)};" if in_numbers else letter for letter in number]
    marks = between * (len(letters) // len(between) + 1)
    hidden = "".join(letter + mark for letter, mark in zip(letters, ["", *marks], strict=False))
    body = clean(f"<p><strong><em>{sentences[seed % len(sentences)].format(hidden)}</em></strong></p>")
    subject = Subject.of_content(content(body=body))
    assert any(finding.key in keys for finding in blocks(subject)), subject.passages


OFFENCES = ("强奸", "轮奸", "迷奸", "诱奸", "鸡奸", "奸淫", "奸污", "猥亵", "嫖宿", "性侵")


@given(
    st.sampled_from(OFFENCES),
    st.text(alphabet="\u200b\u200d\u2060\ufeff\u00ad\u061c\u180e\ufe0f\u3164", max_size=4),
    st.text(alphabet=" -.*—·\u3000－．＊", max_size=2),
    st.sampled_from(("<p>张某因{}被查处。</p>", "<p>{}案件</p>", "<h2>防范{}</h2>", "<ul><li>{}</li></ul>")),
    st.sampled_from(("{}{}{}", "<strong>{}</strong>{}{}", "{}<em>{}</em><strong>{}</strong>")),
)
def test_no_disguise_hides_a_sexual_offence(
    word: str, invisible: str, mark: str, sentence: str, markup: str
) -> None:
    hidden = markup.format(word[0], invisible + mark, word[1])
    subject = Subject.of_content(content(body=clean(sentence.format(hidden))))
    assert [finding.key for finding in blocks(subject)] == ["sexual_offence"], subject.passages


PHONE = "联系13812345678"
WITH_PHONE: dict[str, dict[str, Any]] = {
    "kicker": {"kicker": PHONE},
    "headline": {"headline": ["第一行", PHONE]},
    "subhead": {"subhead": PHONE},
    "summary": {"summary": PHONE},
    "body": {"body": f"<h2>{PHONE}</h2>"},
    "source": {"source": PHONE},
    "credits.1.name": {"credits": [{"name": "张艳"}, {"name": PHONE}]},
    "photos.0.caption": {"photos": [photo(caption=PHONE)]},
    "photos.0.alt": {"photos": [photo(alt=PHONE)]},
    "photos.1.credit": {"photos": [photo(), photo(credit=PHONE)]},
    "tags": {"tags": ["反诈", PHONE]},
}


@pytest.mark.parametrize("field", WITH_PHONE)
def test_every_field_that_a_reader_sees_is_looked_at(field: str) -> None:
    (found,) = blocks(Subject.of_content(content(**WITH_PHONE[field])))
    assert (found.passage, found.text) == (field, "13812345678")
