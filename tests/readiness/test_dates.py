"""Dates that cannot be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletins.readiness.checks.dates import WEEKDAYS, check
from tests.readiness.asking import keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年2月30日，接到报警。", [("date_does_not_exist", "2021年2月30日")]),
        ("2021年2月29日，接到报警。", [("date_does_not_exist", "2021年2月29日")]),
        ("11月31日，接到报警。", [("date_does_not_exist", "11月31日")]),
        ("２０２１年１３月５日，接到报警。", [("month_does_not_exist", "２０２１年１３月５日")]),
        ("2021 年 2 月 30 日，接到报警。", [("date_does_not_exist", "2021 年 2 月 30 日")]),
        ("发布时间：2021-02-30", [("date_does_not_exist", "2021-02-30")]),
        ("0月5日，接到报警。", [("month_does_not_exist", "0月5日")]),
        ("2021年12月23日（星期一）上午召开会议。", [("weekday_does_not_match", "2021年12月23日（星期一")]),
        ("12月23日周五上午召开会议。", [("weekday_does_not_match", "12月23日周五")]),
        ("2022年12月23日，民警接到报警。", [("date_lies_ahead", "2022年12月23日")]),
        ("今年12月31日，民警接到报警。", [("date_lies_ahead", "今年12月31日")]),
        ("二〇二一年二月三十日，接到报警。", [("date_does_not_exist", "二〇二一年二月三十日")]),
        ("二零二一年十一月三十一日立案。", [("date_does_not_exist", "二零二一年十一月三十一日")]),
        ("十二月二十三日（星期五）召开会议。", [("weekday_does_not_match", "十二月二十三日（星期五")]),
        ("12月23日，星期五，召开会议。", [("weekday_does_not_match", "12月23日，星期五")]),
        ("2021-12-23 星期五", [("weekday_does_not_match", "2021-12-23 星期五")]),
    ],
)
def test_a_date_that_cannot_be_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert keys(check, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "此次专项行动自 2021 年 12 月 23 日起，将持续到2022年3月5日。",
        "活动定于2022年1月10日举行，报名截至2022年1月5日。",
        "请于2022年1月31日前到派出所办理。",
        "新修订的条例2022年3月1日起施行。",
        "2021年12月23日（星期四）上午召开会议，12月23日星期四下午部署。",
        "2020年2月29日，2月29日出生，今年4月被命名，12月被命名为先行区。",
        "累计走访3个月30日，24小时值守，版本1.13.5，12.13.2021。",
        "12月20日周一至周五开放，每周一例会。",
        "9999年12月31日前长期有效。",
        "报名时间为2022年1月10日9时至1月14日16时。",
        "农历二月三十日，二〇二一年十二月二十三日（星期四），十二月三十一日。",
        "12月23日，周一至周五值班，12月23日，周三某报警。",
    ],
)
def test_dates_that_can_be_are_let_pass(text: str) -> None:
    assert keys(check, text) == []


def test_a_weekday_without_a_year_is_read_in_the_year_nearest_to_publication() -> None:
    text = "12月30日（星期四）晚召开会议。"
    assert keys(check, text, day=date(2022, 1, 3)) == []


def test_the_29th_of_february_is_read_in_the_leap_year_nearest_to_publication() -> None:
    # 2020-02-29 was a Saturday; neither 2021 nor 2022 nor 2023 has that day.
    assert keys(check, "2月29日（星期六）立案。", day=date(2022, 1, 3)) == []
    assert keys(check, "2月29日（星期一）立案。", day=date(2022, 1, 3)) == [
        ("weekday_does_not_match", "2月29日（星期一")
    ]


def test_no_year_is_too_far_away_to_be_looked_at() -> None:
    assert keys(check, "9999年2月29日（星期一）") == [("date_does_not_exist", "9999年2月29日（星期一")]
    assert keys(check, "0000年2月29日（星期一）") == [("date_does_not_exist", "0000年2月29日（星期一")]
    for day in (date.min, date.max):
        weekday = WEEKDAYS[date(day.year, 12, 31).weekday()]
        assert keys(check, f"2月29日立案，12月31日星期{weekday}结案。", day=day) == []


def test_a_story_that_is_scheduled_is_read_on_the_day_it_comes_out() -> None:
    text = "2022年1月10日，民警接到报警。"
    assert keys(check, text, day=date(2022, 1, 9)) == [("date_lies_ahead", "2022年1月10日")]
    assert keys(check, text, day=date(2022, 1, 10)) == []


def test_december_is_told_of_in_january() -> None:
    january = date(2022, 1, 4)
    assert keys(check, "12月28日，去年12月28日，2021年12月28日，民警接到报警。", day=january) == []
    assert keys(check, "今年12月28日，民警接到报警。", day=january) == [("date_lies_ahead", "今年12月28日")]


@given(st.dates(date(2000, 1, 1), date(2021, 12, 30)))
def test_every_real_date_with_its_weekday_is_let_pass(day: date) -> None:
    weekday = WEEKDAYS[day.weekday()]
    assert keys(check, f"{day.year}年{day.month}月{day.day}日（星期{weekday}），接到报警。") == []


@given(st.dates(date(2000, 1, 1), date(2021, 12, 30)), st.integers(1, 6))
def test_every_wrong_weekday_is_found(day: date, off: int) -> None:
    weekday = WEEKDAYS[(day + timedelta(days=off)).weekday()]
    found = keys(check, f"{day.year}年{day.month}月{day.day}日（星期{weekday}），接到报警。")
    assert [key for key, _ in found] == ["weekday_does_not_match"]
