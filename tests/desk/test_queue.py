"""What waits for whom: the queue, the start page and the list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from bulletins import arranging, remarks, workflow
from bulletins.desk import queue
from bulletins.models import Arranged, Deed, SiteProfile, Stage
from bulletins.models.revision import content_of
from bulletins.workflow.findings import standing
from tests.factories import make_campaign, make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def numbers(waits):
    return [one.article.number for one in waits.items]


def queue_of(user, **options):
    return queue.waiting_for(user, at=timezone.now(), **options)


@pytest.mark.parametrize(
    ("person", "stage"),
    [
        ("unit_reviewer", Stage.UNIT_REVIEW),
        ("desk_editor", Stage.DESK_REVIEW),
        ("chief", Stage.FINAL_REVIEW),
        ("second_chief", Stage.APPROVED),
    ],
)
def test_each_reviewer_is_shown_what_is_at_their_step(newsroom, person, stage):
    articles = {s: newsroom.at_stage(s) for s in (Stage.DRAFT, Stage.UNIT_REVIEW, Stage.DESK_REVIEW)}
    articles |= {s: newsroom.at_stage(s) for s in (Stage.RETURNED, Stage.REFUSED, Stage.SETTLED)}
    articles.setdefault(stage, None)
    wanted = articles[stage] or newsroom.at_stage(stage)
    assert numbers(queue_of(getattr(newsroom, person))) == [wanted.number]


@pytest.mark.parametrize("person", ["correspondent", "administrator", "auditor"])
def test_nothing_waits_for_those_who_review_nothing(newsroom, person):
    newsroom.submitted()
    assert queue_of(getattr(newsroom, person)).items == []


def test_another_stations_reviewer_is_not_asked(newsroom):
    newsroom.submitted()
    other = make_user(Role.UNIT_REVIEWER, newsroom.other_station)
    assert queue_of(other).items == []


def test_ones_own_story_does_not_wait_for_oneself(newsroom):
    make_user(Role.UNIT_REVIEWER, newsroom.station)
    article = newsroom.draft(actor=newsroom.unit_reviewer)
    workflow.perform("submit", article, actor=newsroom.unit_reviewer)
    assert queue_of(newsroom.unit_reviewer).items == []


def test_whoever_did_another_step_is_not_asked_again(newsroom):
    both = make_user(Role.UNIT_REVIEWER, newsroom.bureau)
    both.memberships.create(role=Role.DESK_EDITOR, unit=newsroom.bureau)
    article = newsroom.submitted()
    workflow.perform("pass", article, actor=both)
    assert queue_of(both).items == []
    assert numbers(queue_of(newsroom.desk_editor)) == [article.number]


def test_the_oldest_comes_first_and_every_one_comes_once(newsroom):
    articles = [newsroom.submitted(at=NOW - timedelta(hours=n)) for n in (1, 5, 3, 2, 4)]
    oldest_first = [a.number for a in sorted(articles, key=lambda a: a.stage_since)]
    seen, after = [], ""
    for _page in range(3):
        waits = queue_of(newsroom.unit_reviewer, after=after, limit=2)
        seen += numbers(waits)
        after = waits.more
    assert seen == oldest_first and after == ""


def test_the_queue_says_what_must_be_mended_until_somebody_answers_for_it(newsroom, desk_of):
    SiteProfile.objects.update_or_create(defaults={"stops_before": Stage.APPROVED})
    clean, article = newsroom.submitted(), newsroom.submitted(body="<p>联系人手机13812345678，群众李某。</p>")
    assert [one.to_mend for one in queue_of(newsroom.unit_reviewer).items] == [0, 1]
    page = desk_of(newsroom.unit_reviewer).get("/desk/queue/")
    assert page.text.count("必须修改 1 处") == 1
    for one in (clean, article):
        workflow.perform("pass", one, actor=newsroom.unit_reviewer)
    found = standing(content_of(article), article=article, day=timezone.localdate())
    (mark,) = (one.mark for one in found if one.blocks)
    workflow.perform("override", article, actor=newsroom.desk_editor, finding=mark, reason="家属同意公开")
    assert [one.to_mend for one in queue_of(newsroom.desk_editor).items] == [0, 0]


def test_an_answered_article_leads_to_the_one_that_followed_it_and_the_last_to_the_oldest(newsroom, desk_of):
    first, second, third = (newsroom.submitted(at=NOW - timedelta(hours=n)) for n in (3, 2, 1))
    desk = desk_of(newsroom.unit_reviewer)

    def follows(article):
        return desk.get(f"/desk/articles/{article.number}/").context["next"]

    assert [follows(article) for article in (first, second, third)] == [second, third, first]
    workflow.perform("return", second, actor=newsroom.unit_reviewer, reason="请补充")
    assert follows(second) == third and third.number in desk.get(f"/desk/articles/{second.number}/").text
    workflow.perform("pass", third, actor=newsroom.unit_reviewer)
    assert follows(third) == first
    workflow.perform("pass", first, actor=newsroom.unit_reviewer)
    assert follows(first) is None


def test_whoever_only_reads_an_article_is_not_sent_on(newsroom, desk_of):
    newsroom.submitted()
    draft = newsroom.draft()
    assert desk_of(newsroom.unit_reviewer).get(f"/desk/articles/{draft.number}/").context["next"] is None


def test_the_queue_tells_whose_hands_it_has_passed_and_what_is_to_be_looked_at(newsroom, desk_of):
    article = newsroom.at_stage(Stage.FINAL_REVIEW, body="<p>民警接到求助求助求助，立即出发。</p>")
    (one,) = queue_of(newsroom.chief).items
    assert [(review.step, review.reviewer) for review in one.hands] == [
        ("unit_review", newsroom.unit_reviewer), ("desk_review", newsroom.desk_editor),
    ]  # fmt: skip
    assert one.to_look_at == sum(
        found.finding.severity == "warn"
        for found in standing(content_of(article), article=article, day=timezone.localdate())
    )
    assert "复审 编辑丙" in desk_of(newsroom.chief).get("/desk/queue/").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "brief"}, ["简讯一则"]),
        ({"stage": "unit_review"}, ["初审的", "山前的"]),
        ({"campaign": "{campaign}"}, ["行动中"]),
        ({"unit": "{other_station}"}, ["山前的"]),
        ({"unit": "{bureau}"}, ["行动中", "简讯一则", "初审的", "山前的"]),
        ({"age": "3"}, ["行动中"]),
        ({"person": "通讯员"}, ["行动中", "简讯一则", "初审的"]),
        ({"person": "编辑丙"}, ["简讯一则", "山前的"]),
        ({"hands": "mine"}, ["简讯一则"]),
        ({"hands": "nobody"}, ["行动中", "初审的", "山前的"]),
        ({"hands": "overdue"}, ["初审的"]),
        ({"kind": "brief", "stage": "unit_review"}, []),
        ({"person": "\0"}, ["行动中", "简讯一则", "初审的", "山前的"]),
        (
            {"unit": "x", "campaign": "9" * 30, "kind": "?", "age": "x"},
            ["行动中", "简讯一则", "初审的", "山前的"],
        ),
    ],
)
def test_the_queue_is_narrowed_by_what_is_asked(newsroom, desk_of, asked, found):
    both = newsroom.desk_editor
    both.memberships.create(role=Role.UNIT_REVIEWER, unit=newsroom.bureau)
    campaign = make_campaign("夏季行动")
    old = newsroom.submitted(headline="行动中", campaigns=[campaign], at=NOW - timedelta(days=5))
    brief = newsroom.submitted(headline="简讯一则", kind="brief", at=NOW - timedelta(days=2))
    for article in (old, brief):
        workflow.perform("pass", article, actor=newsroom.unit_reviewer, at=article.stage_since)
    late = newsroom.submitted(headline="初审的", at=NOW - timedelta(days=1))
    other = make_user(Role.DESK_EDITOR, newsroom.bureau, name="编辑丙二")
    newsroom.submitted(headline="山前的", unit=newsroom.other_station, actor=other)
    arranging.claim(brief, actor=both, seen_stage="desk_review")
    arranging.set_due(late, NOW - timedelta(hours=1), actor=both, at=NOW - timedelta(hours=2))
    keys = {"campaign": campaign.pk, "other_station": newsroom.other_station.pk, "bureau": newsroom.bureau.pk}
    page = desk_of(both).get("/desk/queue/", {name: value.format(**keys) for name, value in asked.items()})
    assert [one.article.title for one in page.context["waits"].items] == found


def test_filters_stay_from_page_to_page(newsroom, desk_of, monkeypatch):
    monkeypatch.setattr(queue.waiting_for, "__kwdefaults__", queue.waiting_for.__kwdefaults__ | {"limit": 2})
    briefs = [newsroom.submitted(kind="brief", at=NOW - timedelta(hours=9 - n)) for n in range(3)]
    newsroom.submitted(at=NOW - timedelta(hours=8, minutes=30))
    desk = desk_of(newsroom.unit_reviewer)
    first = desk.get("/desk/queue/?kind=brief")
    second = desk.get("/desk/queue/?" + first.context["more"])
    assert numbers(first.context["waits"]) == [briefs[0].number, briefs[1].number]
    assert numbers(second.context["waits"]) == [briefs[2].number]
    assert second.context["more"] == "" and second.context["anew"] == "kind=brief"


def test_a_claim_and_a_due_time_are_seen_in_the_queue_and_told_to_the_second(newsroom, desk_of):
    article = newsroom.at_stage(Stage.FINAL_REVIEW)
    form = {"seen_stage": "final_review", "next": "/desk/queue/?kind=news"}
    address = f"/desk/articles/{article.number}/arrange/claim/"
    assert desk_of(newsroom.chief).post(address, form).url == "/desk/queue/?kind=news"
    arranging.set_due(article, NOW + timedelta(days=1), actor=newsroom.chief)
    other = desk_of(newsroom.second_chief)
    said = other.post(address, form | {"next": "https://elsewhere.example/"}, follow=True)
    assert "主任丁已先认领处理" in said.text and said.redirect_chain[0][0] == address.split("arrange")[0]
    page = other.get("/desk/queue/").text
    assert "处理人：主任丁" in page and "期限" in page
    assert "由您处理" in desk_of(newsroom.chief).get("/desk/queue/").text


@pytest.mark.parametrize(
    ("what", "form", "said"),
    [
        ("assign", {"to": "x"}, "请选择处理人"),
        ("assign", {"to": "9" * 18}, "请选择处理人"),
        ("due", {"when": "\0"}, "2021-12-31 08:30"),
        ("due", {"when": ""}, "请填写日期和时间"),
        ("due", {"when": "2000-01-01T00:00"}, "该时间已过"),
        ("embargo", {"when": "2000-01-01T00:00"}, "该时间已过"),
        ("claim", {}, "稿件已经流转"),
    ],
)
def test_what_cannot_be_arranged_is_told(newsroom, desk_of, what, form, said):
    article = newsroom.at_stage(Stage.DESK_REVIEW)
    desk = desk_of(newsroom.desk_editor)
    assert said in desk.post(f"/desk/articles/{article.number}/arrange/{what}/", form, follow=True).text
    assert not Arranged.objects.exists()


def test_what_is_arranged_stands_beside_the_article_with_who_did_it(newsroom, desk_of):
    article = newsroom.at_stage(Stage.FINAL_REVIEW)
    desk, address = desk_of(newsroom.desk_editor), f"/desk/articles/{article.number}/"
    seen = {"seen_stage": "final_review", "to": newsroom.second_chief.pk}
    desk.post(f"{address}arrange/assign/", seen)
    desk.post(f"{address}arrange/due/", {"when": "2199-12-31T08:30"})
    desk.post(f"{address}arrange/embargo/", {"when": "2199-12-30T08:30"})
    page = desk.get(address).text
    assert "主任戊" in page and "2199年12月31日" in page and "2199年12月30日" in page
    desk.post(f"{address}arrange/embargo/", {"when": "2199-12-30T08:30", "lift": "1"})
    assert [line.what for line in Arranged.objects.all()] == ["handler", "due_at", "not_before", "not_before"]


@pytest.mark.parametrize("what", ["claim", "lay_down", "assign", "due", "embargo", "publish"])
def test_nothing_is_arranged_about_what_one_may_not_read(newsroom, desk_of, what):
    article = newsroom.submitted()
    other = make_user(Role.UNIT_REVIEWER, newsroom.other_station)
    for person in (other, newsroom.administrator):
        assert desk_of(person).post(f"/desk/articles/{article.number}/arrange/{what}/").status_code == 404


@pytest.mark.parametrize("after", ["x", "2021-13-99~1", "2021-01-01~1", "~", "2021-01-01T00:00:00+08:00~x"])
def test_a_broken_position_begins_anew(newsroom, desk_of, after):
    newsroom.submitted()
    page = desk_of(newsroom.unit_reviewer).get("/desk/queue/", {"after": after})
    assert len(page.context["waits"].items) == 1


def test_the_start_page_costs_no_more_when_more_waits(newsroom, desk_of):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            desk_of(newsroom.unit_reviewer).get("/desk/")
        return len(asked)

    for _ in range(7):
        newsroom.submitted()
    at_seven = queries()
    for _ in range(7):
        newsroom.submitted()
    assert queries() == at_seven


def test_the_start_page_of_a_correspondent_shows_returned_ones_with_their_reasons(newsroom, desk_of):
    newsroom.at_stage(Stage.RETURNED, headline="退回的一篇")
    newsroom.draft(headline="草稿一篇")
    page = desk_of(newsroom.correspondent).get("/desk/")
    assert "退回的一篇" in page.text and "请补充时间地点" in page.text and "草稿一篇" in page.text


def test_the_start_page_of_a_chief_shows_what_waits_is_approved_and_scheduled(newsroom, desk_of):
    newsroom.at_stage(Stage.FINAL_REVIEW, headline="待终审的")
    newsroom.at_stage(Stage.APPROVED, headline="待签发的")
    scheduled = newsroom.at_stage(Stage.APPROVED, headline="已定时的")
    workflow.perform(
        "release", scheduled, actor=newsroom.chief, public_from=timezone.now() + timedelta(days=1)
    )
    context = desk_of(newsroom.chief).get("/desk/").context
    assert [one.article.title for one in context["reviews"].items] == ["待终审的"]
    assert [one.article.title for one in context["approved"].items] == ["待签发的"]
    assert [release.title for release in context["scheduled"]] == ["已定时的"]


def test_an_emergency_withdrawal_cannot_be_missed_by_whoever_may_sign_it_off(newsroom, desk_of):
    article = newsroom.released(headline="紧急撤下的").article
    workflow.perform("withdraw_at_once", article, actor=newsroom.chief, reason="有误")
    mine = desk_of(newsroom.second_chief).get("/desk/")
    assert "待您补签" in mine.text and mine.text.index("紧急撤下的") < mine.text.index("待我审核")
    assert "待另一人补签" in desk_of(newsroom.chief).get("/desk/").text
    assert "紧急撤下的" not in desk_of(newsroom.administrator).get("/desk/").text


def test_a_proposal_waits_for_another_person(newsroom, desk_of):
    article = newsroom.released().article
    workflow.perform("withdraw", article, actor=newsroom.unit_reviewer, reason="数字有误")
    (asked,) = desk_of(newsroom.desk_editor).get("/desk/").context["asked"]
    assert asked.is_mine_to_answer
    (asked,) = desk_of(newsroom.unit_reviewer).get("/desk/").context["asked"]
    assert asked.is_my_own and not asked.is_mine_to_answer


def test_the_list_shows_what_one_may_read_and_nothing_else(newsroom, desk_of):
    mine = newsroom.draft()
    newsroom.draft(unit=newsroom.other_station, actor=newsroom.desk_editor)
    page = desk_of(newsroom.correspondent).get("/desk/articles/")
    assert [article.number for article in page.context["articles"]] == [mine.number]
    assert desk_of(newsroom.administrator).get("/desk/articles/").context["articles"] == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "雪夜"}, ["雪夜寻人"]),
        ({"q": "%"}, []),
        ({"stage": "unit_review"}, ["护学岗"]),
        ({"kind": "feature"}, ["护学岗"]),
        ({"mine": "on"}, []),
        ({"stage": "nonsense"}, ["护学岗", "雪夜寻人"]),
        ({"before": "abc"}, ["护学岗", "雪夜寻人"]),
        ({"q": "\0"}, ["护学岗", "雪夜寻人"]),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked(newsroom, desk_of, asked, found):
    newsroom.draft(headline="雪夜寻人")
    newsroom.submitted(headline="护学岗", kind="feature")
    page = desk_of(newsroom.desk_editor).get("/desk/articles/", asked)
    assert [article.title for article in page.context["articles"]] == found


def test_a_number_leads_to_its_article(newsroom, desk_of):
    newsroom.draft()
    article = newsroom.draft()
    page = desk_of(newsroom.desk_editor).get("/desk/articles/", {"q": article.number.lower()})
    assert [found.pk for found in page.context["articles"]] == [article.pk]


@pytest.mark.parametrize("asked", ["老人走失 民警雪夜送归", "湖滨派出所", "通讯员甲 雪夜", "{end}"])
def test_an_article_is_found_as_it_is_spoken_of(newsroom, desk_of, asked):
    article = newsroom.draft(headline="老人走失\n民警雪夜送归", kicker="湖滨派出所")
    newsroom.draft(headline="护学岗", actor=newsroom.desk_editor)
    asked = asked.format(end=article.number[-6:])
    page = desk_of(newsroom.desk_editor).get("/desk/articles/", {"q": asked})
    assert [found.pk for found in page.context["articles"]] == [article.pk]


def test_a_unit_in_the_list_means_everything_below_it(newsroom, desk_of):
    article = newsroom.draft()
    desk = desk_of(newsroom.desk_editor)
    below = desk.get("/desk/articles/", {"unit": newsroom.bureau.pk}).context["articles"]
    beside = desk.get("/desk/articles/", {"unit": newsroom.other_station.pk}).context["articles"]
    assert ([a.pk for a in below], beside) == ([article.pk], [])


def test_the_list_is_paged_without_counting(newsroom, desk_of, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("bulletins.desk.catalogue.PAGE", 2)
    articles = [newsroom.draft() for _ in range(3)]
    desk = desk_of(newsroom.desk_editor)
    first = desk.get("/desk/articles/")
    second = desk.get("/desk/articles/?" + first.context["more"])
    assert [a.pk for a in first.context["articles"]] == [articles[2].pk, articles[1].pk]
    assert [a.pk for a in second.context["articles"]] == [articles[0].pk]


def test_a_word_that_is_nowhere_is_looked_for_in_an_index_alone(newsroom, desk_of):
    """PostgreSQL needs none: it keeps long texts apart from their rows."""
    with CaptureQueriesContext(connection) as queries:
        desk_of(newsroom.desk_editor).get("/desk/articles/?q=无此一说")
    (looked,) = (query["sql"] for query in queries.captured_queries if "无此一说" in query["sql"])
    assert '"body"' not in looked
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'article_catalogue'")
            assert "headline, kicker, author_id" in cursor.fetchone()[0]


def test_a_remark_that_holds_an_article_back_is_told_in_the_queue_until_it_is_answered(newsroom, desk_of):
    article = newsroom.submitted()
    remark, _told = remarks.write(
        article, actor=newsroom.desk_editor, text="请核实时间", ticket="1", revision=1, must_be_answered=True
    )
    queue_page = desk_of(newsroom.unit_reviewer)
    assert "1 条批注待答复" in queue_page.get("/desk/queue/").text
    remarks.reply(remark, Deed.ANSWER, actor=newsroom.correspondent, text="已核实", ticket="2")
    assert "批注待答复" not in queue_page.get("/desk/queue/").text
