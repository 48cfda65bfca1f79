"""The same story handed in before, or nearly the same, by anyone; and what is none."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.near_duplicates import WITHIN, Shelf
from bulletins import workflow
from bulletins.models import Article, Revision, Stage, TextBand
from bulletins.models.revision import content_of
from bulletins.readiness import Severity, alike
from bulletins.readiness.alike import Other
from bulletins.readiness.checks.duplicates import check, copies
from bulletins.readiness.sketches import BANDS, LONGEST, Likeness, Text, bands, likeness
from bulletins.readiness.wording import advice, sentence
from tests.factories import Newsroom
from tests.readiness.asking import content, findings
from tests.readiness.stories import WAYS, Story, edited, stories, weekly

MADE = list(stories(40, seed=7))
REPORT = next(story for story in MADE if len(story.paragraphs) > 3 and not story.form)
BRIEF = next(story for story in MADE if len(story.text) < 100)
THESE = st.sampled_from(MADE)
quickly = settings(max_examples=40, deadline=None)
HOSTILE = st.text(alphabet="一二某1２9 。\u200b\n😀ａ", max_size=400)


def share(one: str, other: str) -> float:
    return likeness(Text.of(one), Text.of(other)).share


def is_copy(one: Story, other: Story) -> bool:
    return likeness(Text.of(one.text), Text.of(other.text)).is_copy()


@quickly
@given(THESE)
def test_a_story_is_wholly_its_own_copy(story: Story) -> None:
    assert (share(story.text, story.text), is_copy(story, story)) == (1.0, True)


@quickly
@given(THESE, THESE)
def test_two_have_in_common_what_the_two_have_in_common(one: Story, other: Story) -> None:
    assert share(one.text, other.text) == share(other.text, one.text)


@quickly
@given(HOSTILE, HOSTILE)
def test_the_share_is_a_share_of_any_two_texts(one: str, other: str) -> None:
    assert 0 <= share(one, other) <= 1
    assert len(bands(Text.of(one))) <= BANDS and bands(Text.of(one)) == sorted(set(bands(Text.of(one))))


@quickly
@given(THESE, st.randoms(use_true_random=False))
def test_the_order_of_its_paragraphs_makes_no_other_story(story: Story, chance: Random) -> None:
    paragraphs = list(story.paragraphs)
    chance.shuffle(paragraphs)
    moved = "\n".join(paragraphs)
    assert share(story.text, moved) == 1 and bands(Text.of(story.text)) == bands(Text.of(moved))


@quickly
@given(THESE, st.integers(0, 10_000), st.sampled_from(WAYS), st.floats(0.05, 0.15))
def test_a_copy_with_a_little_of_it_changed_is_found(
    story: Story, seed: int, way: str, changed: float
) -> None:
    copy = edited(story, changed, Random(seed), way=way)
    assert share(story.text, copy.text) > 0.6
    assert set(bands(Text.of(story.text))) & set(bands(Text.of(copy.text)))


def test_marks_widths_and_what_cannot_be_seen_make_no_other_story() -> None:
    dressed = BRIEF.text.replace("，", ", ").replace("1", "１").replace("派出所", "派\u200b出所")
    assert share(BRIEF.text, dressed) == 1


@pytest.mark.parametrize("station", ["洸河派出所", "王因派出所", "小孟派出所"])
def test_two_weeks_of_one_station_on_one_form_are_two_stories(station: str) -> None:
    weeks = [weekly(Random(week), station) for week in range(6)]
    pairs = [(one, other) for one in weeks for other in weeks if one is not other]
    assert all(share(one.text, other.text) > 0.75 for one, other in pairs)
    assert not any(is_copy(one, other) for one, other in pairs)


def test_one_week_with_two_figures_put_right_is_the_same_story() -> None:
    week = weekly(Random(1), "洸河派出所")
    mended = week.text.replace("一、", "（一）", 1).replace("1", "7", 2)
    assert likeness(Text.of(week.text), Text.of(mended)).is_copy()


def test_what_two_stations_write_of_one_campaign_is_not_the_same_story() -> None:
    opening = "为进一步提升辖区群众的安全感和满意度，扎实推进冬季社会治安整治“雷霆行动”，"
    ending = "下一步，派出所将持续加大工作力度，不断提升群众的获得感、幸福感、安全感。"
    one = (
        f"{opening}洸河派出所走访烟花爆竹零售点，查获没有标识的爆竹三箱，"
        f"对店主当场批评教育，要求把存货交回厂家，并请左邻右舍互相监督。{ending}"
    )
    other = (
        f"{opening}王因派出所在集市路口设卡，夜间盘查过往货车，劝返酒后驾车的司机，"
        f"提醒赶早集的村民给三轮车贴上反光条，靠右慢行。{ending}"
    )
    found = likeness(Text.of(one), Text.of(other))
    assert found.share > 0.4 and not found.is_copy()


def test_less_than_a_sentence_is_not_compared() -> None:
    assert bands(Text.of("近日，民警接到求助。")) == []
    assert share("近日，民警接到求助。", "近日，民警接到求助。") == 0


def test_of_a_very_long_text_the_beginning_is_compared() -> None:
    long = "\n".join(story.text for story in stories(60, seed=3))
    assert len(Text.of(long).whole) > LONGEST
    assert len(Text.of(long).compared.whole) == LONGEST and share(long, long) == 1


def named_for(text: str, *others: str) -> list[str]:
    return [one for _found, one in copies(Text.of(text), [(one, one) for one in others])]


def other(text: str, number: str = "JN-2021-000007") -> Other:
    return Other(number, "王因派出所", date(2021, 12, 3), text)


def body(text: str) -> dict[str, object]:
    return content(body="".join(f"<p>{line}</p>" for line in text.split("\n")))


def test_the_same_story_is_told_with_its_number_and_share_and_not_with_what_it_says() -> None:
    (finding,) = findings(check, body(REPORT.text), alike=[other(REPORT.text)])
    assert (finding.key, finding.severity, finding.about) == (
        "story_the_same",
        Severity.WARN,
        "JN-2021-000007",
    )
    assert dict(finding.context) == {
        "number": "JN-2021-000007", "unit": "王因派出所", "day": "2021-12-03", "share": "100",
    }  # fmt: skip
    assert (finding.passage, finding.start, finding.end) == ("body", 0, len(REPORT.text))


def test_nearly_the_same_story_is_told_with_its_share() -> None:
    copy = edited(REPORT, 0.2, Random(1))
    (finding,) = findings(check, body(copy.text), alike=[other(REPORT.text)])
    assert finding.key == "story_alike" and 60 < int(finding.context["share"]) < 95
    assert "JN-2021-000007" in sentence(finding) and advice(finding)


def test_a_whole_hundred_is_said_of_nothing_that_differs() -> None:
    (finding,) = findings(check, body(REPORT.text), alike=[other(REPORT.text + "完")])
    assert finding.context["share"] == "99"


def test_the_three_nearest_are_named() -> None:
    amounts = (0.25, 0.05, 0.2, 0.1, 0.08)
    others = [other(edited(REPORT, amount, Random(2)).text, str(amount)) for amount in amounts]
    found = findings(check, body(REPORT.text), alike=others)
    assert [finding.about for finding in found] == ["0.05", "0.08", "0.1"]


def test_without_a_body_or_without_others_nothing_is_said() -> None:
    assert findings(check, content(body=""), alike=[other(REPORT.text)]) == []
    assert findings(check, REPORT.text) == []


def test_of_a_form_that_everybody_fills_in_the_one_that_stands_out_is_a_copy() -> None:
    """The same share is much among stories that have little in common, and little among those of one form."""
    found = Likeness(0.7, agreeing=2, contradicting=0, length=300)
    assert found.is_copy(usual=0.4) and not found.is_copy(usual=0.66)
    denied = Likeness(0.75, agreeing=0, contradicting=2, length=300)
    assert denied.is_copy(usual=0.3) and not denied.is_copy(usual=0.4)


def test_two_names_that_agree_by_chance_make_no_copy_of_a_brief_that_is_like_all_others() -> None:
    found = Likeness(0.58, agreeing=4, contradicting=0, length=53)
    assert found.is_copy(usual=0.4) and not found.is_copy(usual=0.58)


def test_beside_the_nearest_is_named_what_tells_its_facts_and_not_what_is_on_its_form_only() -> None:
    copy, again = (edited(REPORT, amount, Random(3)).text for amount in (0.05, 0.08))
    assert named_for(REPORT.text, copy, again) == [copy, again]
    told = "{}，湖滨派出所民警在集市上向过往的商户讲解灭火器的用法，并请大家互相提醒，注意用火用电安全。{}"
    nearest, other = told.format("近日", "有问题请当场提出。"), told.format("昨天", "大家都说讲得很明白。")
    assert share(nearest, other) > 0.75
    assert named_for(nearest, nearest, other) == [nearest]
    assert named_for(nearest, nearest, nearest) == [nearest, nearest]


@pytest.mark.parametrize(
    ("agreeing", "contradicting", "share", "is_copy"),
    [
        (4, 0, 0.5, True),
        (4, 0, 0.46, False),
        (2, 0, 0.7, True),
        (2, 0, 0.6, False),
        (2, 2, 0.68, False),
        (2, 2, 0.8, True),
        (4, 4, 0.8, True),
        (0, 2, 0.72, False),
        (0, 2, 0.8, True),
        (0, 4, 0.9, False),
    ],
)
def test_of_a_brief_the_more_must_be_common_the_less_its_facts_agree(
    agreeing: int, contradicting: int, share: float, is_copy: bool
) -> None:
    assert Likeness(share, agreeing, contradicting, length=50).is_copy() is is_copy


@pytest.mark.parametrize(
    ("one", "other", "agreeing", "contradicting"),
    [
        ("3月5日", "3月5日", 2, 0),
        ("3月15日", "3月5日", 0, 0),
        ("12月15日", "2月5日", 0, 2),
        ("查处盗窃27起", "查处盗窃27起", 2, 0),
        ("查处盗窃27起", "查处盗窃31起", 0, 2),
        ("村民张某某", "村民张某", 2, 0),
        ("村民张某", "村民李某", 0, 2),
        ("走访傅河村", "走访傅河村", 2, 0),
        ("走访傅河村", "走访康里村", 0, 2),
        ("走访王家庄", "走访李家庄", 0, 2),
        ("服务农村", "走访农村", 0, 0),
        ("拨打110报警", "拨打110报警", 0, 0),
    ],
)
def test_dates_numbers_names_and_villages_agree_or_contradict(
    one: str, other: str, agreeing: int, contradicting: int
) -> None:
    around = "民警冒着严寒在集市上向过往的商户讲解灭火器的用法，并请大家互相提醒。"
    found = likeness(Text.of(one + around), Text.of(other + around))
    assert (found.agreeing, found.contradicting) == (agreeing, contradicting)


def test_copies_are_found_among_many_and_nothing_else_is() -> None:
    """A small one of `benchmarks.near_duplicates`, in the same words."""
    shelf = Shelf(list(stories(400, seed=9)))
    found = 0
    for turn in range(120):
        chance = Random(turn)
        one = chance.randrange(len(shelf.stories))
        copy = edited(shelf.stories[one], WITHIN, chance, way=WAYS[turn % len(WAYS)])
        found += one in shelf.copies(Text.of(copy.text))
    assert found >= 0.97 * 120
    assert [n for n, text in enumerate(shelf.texts) if shelf.copies(text, n)] == []


def test_of_long_stories_no_more_are_compared_than_can_be_read_at_once() -> None:
    long = "\n".join(story.text for story in stories(40, seed=3))[:5_000]
    read: list[int] = []

    def handed_over() -> Iterator[tuple[str, int]]:
        for number in range(10):
            read.append(number)
            yield long, number

    assert len(copies(Text.of(long), handed_over())) == 1 and read == [0, 1]


# In the database.


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()


def html(story: Story) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)


def remembered(article: Article) -> Article:
    alike.remember(article, content_of(article))
    return article


def numbers(newsroom: Newsroom, story: Story = REPORT, article: Article | None = None) -> list[str]:
    return [
        one.number
        for one in alike.candidates(content_of(article or newsroom.draft(body=html(story))), article)
    ]


@pytest.mark.parametrize(
    "stage", [Stage.UNIT_REVIEW, Stage.RETURNED, Stage.REFUSED, Stage.APPROVED, Stage.SETTLED]
)
def test_what_was_ever_handed_in_counts_whatever_became_of_it(newsroom: Newsroom, stage: str) -> None:
    article = remembered(newsroom.at_stage(stage, body=html(REPORT)))
    (found,) = alike.candidates(content_of(newsroom.draft(body=html(REPORT))), None)
    assert (found.number, found.unit, found.text) == (article.number, "湖滨派出所", REPORT.text)


def test_a_draft_of_another_does_not_count(newsroom: Newsroom) -> None:
    newsroom.draft(body=html(REPORT))
    assert numbers(newsroom) == []


def test_a_withdrawn_story_counts(newsroom: Newsroom) -> None:
    article = remembered(newsroom.withdrawn(body=html(REPORT)).article)
    assert numbers(newsroom) == [article.number]


def test_an_article_is_no_copy_of_itself_nor_of_its_release(newsroom: Newsroom) -> None:
    article = remembered(newsroom.released(body=html(REPORT)).article)
    workflow.perform("revise", article, actor=newsroom.correspondent)
    assert numbers(newsroom, article=article) == []


def test_what_is_typed_before_it_is_begun_is_compared(newsroom: Newsroom) -> None:
    article = remembered(newsroom.submitted(body=html(REPORT)))
    unsaved = Article(unit=newsroom.station)
    assert [one.number for one in alike.candidates(content_of(article), unsaved)] == [article.number]


def test_what_is_handed_in_anew_takes_the_place_of_what_was(newsroom: Newsroom) -> None:
    article = remembered(newsroom.at_stage(Stage.RETURNED, body=html(REPORT)))

    def write(locked: Article) -> None:
        locked.body = html(MADE[0])
        locked.save(update_fields=["body"])

    workflow.perform("edit", article, actor=newsroom.correspondent, write=write)
    # An edit alone is nobody's business yet.
    assert [one.text for one in alike.candidates(content_of(newsroom.draft(body=html(REPORT))), None)] == [
        REPORT.text
    ]
    workflow.perform("submit", article, actor=newsroom.correspondent)
    remembered(article)
    assert [one.text for one in alike.candidates(content_of(article), None)] == [MADE[0].text]
    assert set(TextBand.objects.values_list("value", flat=True)) == set(bands(Text.of(MADE[0].text)))


def test_remembering_twice_writes_once(newsroom: Newsroom) -> None:
    article = remembered(newsroom.submitted(body=html(REPORT)))
    before = list(TextBand.objects.order_by("pk").values())
    with CaptureQueriesContext(connection) as asked:
        remembered(article)
    assert list(TextBand.objects.order_by("pk").values()) == before
    assert not any(query["sql"].startswith(("INSERT", "DELETE")) for query in asked)


def test_an_edited_copy_is_the_first_of_many_candidates(newsroom: Newsroom) -> None:
    articles = [remembered(newsroom.submitted(body=html(story))) for story in MADE]
    for at in (0, 4, 6, 9):
        copy = edited(MADE[at], 0.3, Random(at))
        assert numbers(newsroom, copy)[0] == articles[at].number


def test_a_band_that_everybody_shares_is_not_read_to_its_end(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "HOLDERS", 3)
    articles = [remembered(newsroom.submitted(body=html(REPORT))) for _ in range(5)]
    assert set(numbers(newsroom)) == {article.number for article in articles[2:]}


def test_asking_takes_three_queries_however_many_there_are(newsroom: Newsroom) -> None:
    asked_for = content_of(newsroom.draft(body=html(REPORT)))
    for _ in range(3):
        remembered(newsroom.submitted(body=html(REPORT)))
    with CaptureQueriesContext(connection) as few:
        assert len(alike.candidates(asked_for, None)) == 3
    for _ in range(3):
        remembered(newsroom.submitted(body=html(REPORT)))
    with CaptureQueriesContext(connection) as more:
        assert len(alike.candidates(asked_for, None)) == 6
    assert len(few) == len(more) == 3


def test_stories_from_before_are_sketched_by_a_command(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    article = newsroom.submitted(body=html(REPORT))
    newsroom.draft(body=html(MADE[0]))
    TextBand.objects.all().delete()
    call_command("rebuild_sketches")
    assert "1 " in capsys.readouterr().out
    assert numbers(newsroom) == [article.number]


@pytest.mark.django_db
def test_what_is_loaded_is_remembered() -> None:
    call_command("loaddata", "sample_page", verbosity=0)
    for article in Article.objects.all():
        current = Revision.objects.current(article)
        assert current is not None
        assert [one.number for one in alike.candidates(current.content, None)][:1] == [article.number]
