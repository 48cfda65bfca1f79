"""What somebody is told, as the desk shows it; how one chooses to hear of it; the robots that an administrator keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Channel, Delivery, Notice, NoticeChoice, Robot
from tests.factories import Newsroom
from tests.notices.conftest import robot_of
from tests.shown import error_of

pytestmark = pytest.mark.django_db
NOTICES = reverse("admin:notices")


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.unit_reviewer)


@pytest.fixture
def office(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    """The administrator's browser."""
    return desk_of(newsroom.administrator)


def many(newsroom: Newsroom, number: int, **fields: Any) -> list[Notice]:
    """So many notices of one story for the unit's reviewer."""
    values = {"person": newsroom.unit_reviewer, "event": "mentioned", "article": newsroom.draft()} | fields
    made = [Notice(at=timezone.now(), key=str(n), **values) for n in range(number)]
    return Notice.objects.bulk_create(made, batch_size=1000)


def unread() -> int:
    return Notice.objects.filter(read_at=None).count()


# --- The page --------------------------------------------------------------------------------------------------------


def test_the_newest_stands_first_with_what_happened_who_did_it_and_whose_turn_it_is(
    desk: Client, newsroom: Newsroom
) -> None:
    newsroom.submitted(headline="头一篇")
    newsroom.submitted(headline="第二篇🚓")
    page = desk.get(NOTICES).text
    assert page.index("第二篇🚓") < page.index("头一篇")
    for words in ("已提交", "通讯员甲", "轮到您处理", "湖滨派出所"):
        assert words in page


def test_what_somebody_else_has_done_meanwhile_is_nobodys_turn(desk: Client, newsroom: Newsroom) -> None:
    newsroom.at_stage("desk_review")
    page = desk.get(NOTICES).text
    assert "已提交" in page and "轮到您处理" not in page


def test_a_notice_leads_to_its_story_and_has_been_read_then(desk: Client, newsroom: Newsroom) -> None:
    article = newsroom.submitted()
    notice = Notice.objects.get()
    answer = desk.get(reverse("admin:notice", args=[notice.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:article", args=[article.number]))
    assert unread() == 0


def test_a_notice_of_somebody_else_is_not_there(newsroom: Newsroom, desk_of: Callable[..., Client]) -> None:
    newsroom.submitted()
    stranger = desk_of(newsroom.chief)
    assert stranger.get(reverse("admin:notice", args=[Notice.objects.get().pk])).status_code == 404
    assert stranger.get(f"{NOTICES}{2**70}/").status_code == 404
    assert unread() == 1


def test_all_that_the_page_showed_is_marked_as_read_and_what_came_in_meanwhile_is_not(
    desk: Client, newsroom: Newsroom
) -> None:
    newsroom.submitted()
    shown = re.search(r'name="until" value="(\d+)"', desk.get(NOTICES).text)
    assert shown
    newsroom.submitted()
    for _click in range(2):
        assert desk.post(reverse("admin:notices_read"), {"until": shown[1]}).status_code == 302
    assert unread() == 1


@pytest.mark.parametrize("until", ["", "x", "²", "9" * 30, "-1"])
def test_a_broken_form_marks_nothing(desk: Client, newsroom: Newsroom, until: str) -> None:
    newsroom.submitted()
    assert desk.post(reverse("admin:notices_read"), {"until": until}).status_code == 302
    assert desk.get(NOTICES, {"before": until}).status_code == 200
    assert unread() == 1


def test_a_story_that_one_may_not_read_any_more_is_neither_shown_nor_counted(
    desk: Client, newsroom: Newsroom
) -> None:
    article = newsroom.submitted(headline="不再可读")
    assert "不再可读" in desk.get(NOTICES).text
    article.unit = newsroom.other_station
    article.save()
    page = desk.get(NOTICES).text
    assert "不再可读" not in page and "bell-rings" not in page
    assert desk.get(reverse("admin:notice", args=[Notice.objects.get().pk])).status_code == 404


@pytest.mark.parametrize(("number", "shown"), [(1, "1"), (9, "9"), (10, "9+"), (40, "9+")])
def test_the_bell_counts_to_nine(desk: Client, newsroom: Newsroom, number: int, shown: str) -> None:
    many(newsroom, number)
    assert f"</span>{shown}</b>" in desk.get(reverse("admin:profile")).text


def test_a_thousand_notices_are_paged_without_counting(
    desk: Client, newsroom: Newsroom, django_assert_max_num_queries: Any
) -> None:
    made = many(newsroom, 1000)
    with django_assert_max_num_queries(25) as caught:
        page = desk.get(NOTICES).text
    statements = " ".join(query["sql"].upper() for query in caught.captured_queries)
    assert "COUNT(" not in statements and "OFFSET" not in statements
    older = made[-30].pk
    assert f"?before={older}" in page
    assert f"?before={older - 30}" in desk.get(NOTICES, {"before": older}).text


# --- One's choice ----------------------------------------------------------------------------------------------------


def test_one_chooses_on_ones_own_page(desk: Client, newsroom: Newsroom) -> None:
    for hour in ("7", "21"):
        chosen = {"mail": "digest", "digest_hour": hour}
        assert desk.post(reverse("admin:notices_choice"), chosen).status_code == 302
    choice = NoticeChoice.objects.get()
    assert (choice.person, choice.mail, choice.digest_hour) == (newsroom.unit_reviewer, "digest", 21)
    assert '<option value="21" selected>' in desk.get(reverse("admin:profile")).text


def test_what_is_not_offered_is_not_chosen(desk: Client) -> None:
    forged = {"mail": "fax", "digest_hour": "8"}
    assert "请从列出的方式中选择" in desk.post(reverse("admin:notices_choice"), forged, follow=True).text
    assert not NoticeChoice.objects.exists()


def test_the_page_says_why_no_mail_can_come(desk: Client, settings: Any) -> None:
    assert "请先在上面填写电子邮箱" in desk.get(reverse("admin:profile")).text
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "本站尚未配置邮件服务器" in desk.get(reverse("admin:profile")).text


# --- Robots and messages that did not arrive -------------------------------------------------------------------------


def robot_as_written(newsroom: Newsroom) -> dict[str, Any]:
    """What stands in the form of a robot, without its secrets."""
    return {
        "name": "值班群",
        "kind": "feishu",
        "unit": newsroom.bureau.pk,
        "events": ["returned"],
        "is_on": "on",
    }


def test_secrets_go_in_and_never_come_out(office: Client, newsroom: Newsroom) -> None:
    address = reverse("admin:bulletins_robot_add")
    secrets = {"new_address": "https://www.example.cn/hook/TOKEN", "new_secret": "SECRET"}
    fields = robot_as_written(newsroom)
    assert office.post(address, fields | secrets).status_code == 302
    robot = Robot.objects.get()
    change = reverse("admin:bulletins_robot_change", args=[robot.pk])
    assert (
        office.post(change, fields | {"name": "宣传群", "new_address": "", "new_secret": ""}).status_code
        == 302
    )
    robot.refresh_from_db()
    assert (robot.name, robot.address, robot.secret) == ("宣传群", *secrets.values())
    pages = [
        change,
        reverse("admin:bulletins_robot_history", args=[robot.pk]),
        reverse("admin:bulletins_robot_changelist"),
    ]
    shown = " ".join(office.get(page).text for page in pages)
    assert "宣传群" in shown and "TOKEN" not in shown and "SECRET" not in shown


def test_a_key_is_taken_away_from_a_robot_that_signs_no_more(office: Client, newsroom: Newsroom) -> None:
    robot = Robot.objects.create(
        name="值班群", kind="feishu", unit=newsroom.bureau, events=["returned"], address="https://www.example.cn/TOKEN",
        secret="SECRET",
    )  # fmt: skip
    change = reverse("admin:bulletins_robot_change", args=[robot.pk])
    fields = robot_as_written(newsroom)
    assert 'name="without_secret"' in office.get(change).text
    assert office.post(change, fields | {"without_secret": "on"}).status_code == 302
    robot.refresh_from_db()
    assert (robot.secret, robot.address) == ("", "https://www.example.cn/TOKEN")
    assert 'name="without_secret"' not in office.get(change).text
    assert office.post(change, fields | {"without_secret": "on", "new_secret": "NEW"}).status_code == 302
    robot.refresh_from_db()
    assert robot.secret == "NEW"


@pytest.mark.parametrize(
    "address", ["", "http://www.example.cn/", "https://10.0.0.1/", "https://desk.local/"]
)
def test_a_robot_stands_outside_and_is_spoken_to_in_secret(
    office: Client, newsroom: Newsroom, address: str
) -> None:
    fields = {
        "name": "群",
        "kind": "wecom",
        "unit": newsroom.bureau.pk,
        "events": ["returned"],
        "new_address": address,
    }
    answer = office.post(reverse("admin:bulletins_robot_add"), fields)
    assert error_of(answer, "new_address")
    assert not Robot.objects.exists()


def test_an_auditor_sees_no_field_of_a_secret(newsroom: Newsroom, desk_of: Callable[..., Client]) -> None:
    robot = robot_of(newsroom)
    page = desk_of(newsroom.auditor).get(reverse("admin:bulletins_robot_change", args=[robot.pk])).text
    assert "已提交、已退回" in page
    assert robot.address not in page and "签名密钥" not in page and "发送测试" not in page


def test_a_test_is_sent_once_however_often_one_clicks(office: Client, newsroom: Newsroom) -> None:
    robot = robot_of(newsroom)
    for _click in range(2):
        assert office.post(reverse("admin:robot_test", args=[robot.pk])).status_code == 302
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.robot) == (Channel.TEST, robot)
    assert "等待发送" in office.get(reverse("admin:bulletins_robot_change", args=[robot.pk])).text


def test_what_did_not_arrive_is_shown_and_sent_again_or_let_be(office: Client, newsroom: Newsroom) -> None:
    robot, now = robot_of(newsroom), timezone.now()
    again, drop, sent = (
        Delivery.objects.create(
            channel="robot",
            robot=robot,
            state=state,
            fault="killed",
            attempts=7,
            created_at=now,
            next_try=now,
        )
        for state in ("unsure", "failed", "sent")
    )
    page = office.get(reverse("admin:deliveries")).text
    assert (
        "发送途中后台进程被终止" in page
        and f"/{again.pk}/again/" in page
        and f"/{sent.pk}/again/" not in page
    )
    for delivery, what in ((again, "again"), (drop, "drop"), (sent, "again")):
        address = reverse("admin:delivery_decide", args=[delivery.pk, what])
        assert office.post(address).status_code == 302
    states = Delivery.objects.order_by("pk").values_list("state", "attempts")
    assert list(states) == [("waiting", 0), ("dropped", 7), ("sent", 7)]
    assert "全部送达" in office.get(reverse("admin:deliveries")).text


@pytest.mark.parametrize("person", ["auditor", "chief", "correspondent"])
def test_nobody_else_sends_or_decides(
    newsroom: Newsroom, desk_of: Callable[..., Client], person: str
) -> None:
    robot, now = robot_of(newsroom), timezone.now()
    failed = Delivery.objects.create(
        channel="robot", robot=robot, state="failed", created_at=now, next_try=now
    )
    browser = desk_of(getattr(newsroom, person))
    assert browser.get(reverse("admin:deliveries")).status_code == (200 if person == "auditor" else 403)
    for address in (
        reverse("admin:robot_test", args=[robot.pk]), reverse("admin:delivery_decide", args=[failed.pk, "again"])
    ):  # fmt: skip
        assert browser.post(address).status_code == 403
    assert list(Delivery.objects.values_list("state", flat=True)) == ["failed"]
