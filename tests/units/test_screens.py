"""Units in the desk: the list in the order of the tree, the form, and what a change of it sets off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bulletins.models import Release
from bulletins.models.listing import unit_shelf
from tests.factories import Newsroom, make_unit
from tests.shown import as_shown, error_of, sentences
from units.models import Unit, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.administrator)


def change(desk: Client, unit: Unit, **fields: Any) -> HttpResponse:
    address = reverse("admin:units_unit_change", args=[unit.pk])
    return desk.post(address, as_shown(desk.get(address), **fields))


def add(desk: Client, **fields: Any) -> HttpResponse:
    address = reverse("admin:units_unit_add")
    given = {"name": "柳行派出所", "short_name": "柳行所", "slug": "liuhang", "kind": "station"} | fields
    return desk.post(address, as_shown(desk.get(address), **given))


def listed(desk: Client, **query: str) -> list[str]:
    response = desk.get(reverse("admin:units_unit_changelist"), query)
    return [unit.name for unit in response.context["cl"].result_list]


def test_the_list_stands_in_the_order_of_the_tree(desk: Client, newsroom: Newsroom) -> None:
    make_unit("湖滨警务室", parent=newsroom.station)
    make_unit("第一大队", parent=newsroom.bureau, position=9)
    assert listed(desk) == ["市公安局", "山前派出所", "湖滨派出所", "湖滨警务室", "第一大队"]


def test_each_unit_is_set_in_below_the_one_it_belongs_to(desk: Client, newsroom: Newsroom) -> None:
    make_unit("湖滨警务室", parent=newsroom.station)
    page = desk.get(reverse("admin:units_unit_changelist")).content.decode()
    assert '<span class="tree-0">市公安局</span>' in page
    assert '<span class="tree-2">湖滨警务室</span>' in page


@pytest.mark.parametrize("asked", ["柳行派出", "柳行所", "柳家", "37081100000a", "３７０８１１", "Liu"])
def test_a_unit_is_found_by_any_of_its_names_and_its_code(desk: Client, asked: str) -> None:
    make_unit(
        "柳行派出所", short_name="柳行所", aliases=["柳家堡派出所", "LIUHANG"], code="37081100000A", slug="l"
    )
    assert listed(desk, q=asked) == ["柳行派出所"]


def test_a_closed_unit_is_marked_in_the_list(desk: Client, newsroom: Newsroom) -> None:
    newsroom.station.closed_on = date(2020, 1, 1)
    newsroom.station.save()
    assert "已撤销" in desk.get(reverse("admin:units_unit_changelist")).content.decode()


def test_a_new_unit_has_its_other_names_one_a_line(desk: Client) -> None:
    add(desk, aliases=" 柳家堡派出所 \n\n柳行治安所\n柳家堡派出所")
    assert Unit.objects.get(slug="liuhang").aliases == ["柳家堡派出所", "柳行治安所"]


def test_other_names_are_shown_one_a_line(desk: Client) -> None:
    unit = make_unit(aliases=["甲所", "乙所"])
    response = desk.get(reverse("admin:units_unit_change", args=[unit.pk]))
    assert "甲所\n乙所</textarea>" in response.content.decode()


def test_a_code_typed_small_and_full_width_is_stored_as_it_is_meant(desk: Client) -> None:
    add(desk, code=" ３７０８１１ 00000a ")
    assert Unit.objects.get(slug="liuhang").code == "37081100000A"


@pytest.mark.parametrize("code", ["123", "99081100000A", "3708110000-A", "370811000000A"])
def test_what_is_no_code_is_refused_beside_the_field(desk: Client, code: str) -> None:
    assert error_of(add(desk, code=code), "code")
    assert not Unit.objects.filter(slug="liuhang").exists()


def test_units_without_a_code_do_not_stand_in_each_other_s_way(desk: Client) -> None:
    add(desk, code="")
    add(desk, name="柳林派出所", slug="liulin", code="")
    assert Unit.objects.filter(slug__in=["liuhang", "liulin"], code=None).count() == 2


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "湖滨派出所", "已有同名单位"),
        ("code", "370811000001", "该代码已属于另一单位"),
        ("slug", "hubin", "该网址已被占用"),
    ],
)
def test_what_another_unit_has_is_refused_beside_the_field(
    desk: Client, newsroom: Newsroom, field: str, value: str, sentence: str
) -> None:
    newsroom.station.code, newsroom.station.slug = "370811000001", "hubin"
    newsroom.station.save()
    assert sentence in error_of(add(desk, **{field: value}), field)


def test_a_unit_that_closed_before_it_opened_is_refused_beside_the_day_once(desk: Client) -> None:
    response = add(desk, opened_on="2026-05-01", closed_on="2026-04-30")
    assert "撤销日期" in error_of(response, "closed_on")
    assert sentences(response).count("撤销日期不能早于设立日期") == 1


def test_the_choice_of_a_parent_leaves_out_the_unit_and_what_is_below_it(
    desk: Client, newsroom: Newsroom
) -> None:
    below = make_unit("湖滨警务室", parent=newsroom.station)
    response = desk.get(reverse("admin:units_unit_change", args=[newsroom.station.pk]))
    select = str(response.context["adminform"].form["parent"])
    assert f'value="{newsroom.bureau.pk}"' in select
    assert f'value="{newsroom.other_station.pk}"' in select
    assert f'value="{newsroom.station.pk}"' not in select
    assert f'value="{below.pk}"' not in select


def test_a_parent_below_the_unit_is_refused_with_a_sentence_however_it_was_sent(
    desk: Client, newsroom: Newsroom
) -> None:
    below = make_unit("湖滨警务室", parent=newsroom.station)
    for parent in (below, newsroom.station):
        response = change(desk, newsroom.station, parent=parent.pk)
        assert "不能隶属于自身或其下级单位" in error_of(response, "parent")
    newsroom.station.refresh_from_db()
    assert newsroom.station.parent == newsroom.bureau


def test_a_changed_address_goes_on_leading_to_the_unit(desk: Client, newsroom: Newsroom) -> None:
    old = newsroom.station.slug
    change(desk, newsroom.station, slug="hubin")
    assert Unit.objects.at_address(old) == (newsroom.station, False)
    assert Unit.objects.at_address("hubin") == (newsroom.station, True)


def test_no_address_is_made_up_from_a_name(desk: Client) -> None:
    response = add(desk, slug="")
    assert error_of(response, "slug")


def test_what_a_unit_released_moves_into_the_lists_above_its_new_place(
    desk: Client, newsroom: Newsroom
) -> None:
    county = make_unit("嘉祥县公安局", parent=newsroom.bureau)
    release = newsroom.released()
    shelf = unit_shelf(county)
    at = release.published_at
    assert list(Release.objects.on_shelf(shelf, at=at)) == []
    change(desk, newsroom.station, parent=county.pk)
    assert list(Release.objects.on_shelf(shelf, at=at)) == [release]


def test_nobody_is_woken_when_the_place_stays(desk: Client, newsroom: Newsroom) -> None:
    woken = []

    def listener(**_: Any) -> None:
        woken.append(1)

    moved.connect(listener)
    try:
        change(desk, newsroom.station, phone="0537-110")
    finally:
        moved.disconnect(listener)
    assert woken == []


def test_who_changed_what_stands_in_the_history(desk: Client, newsroom: Newsroom) -> None:
    change(desk, newsroom.station, short_name="湖滨所", closed_on="2026-05-01")
    page = desk.get(reverse("admin:units_unit_history", args=[newsroom.station.pk])).content.decode()
    assert "管理员己" in page
    assert "<ins>湖滨所</ins>" in page
    assert "<ins>2026年5月1日</ins>" in page


def test_a_form_sent_back_unchanged_leaves_no_trace(desk: Client, newsroom: Newsroom) -> None:
    before = newsroom.station.history.count()
    change(desk, newsroom.station)
    assert newsroom.station.history.count() == before


def test_a_broken_page_of_the_history_is_the_first_page(desk: Client, newsroom: Newsroom) -> None:
    address = reverse("admin:units_unit_history", args=[newsroom.station.pk])
    for before in ("x", "2026-99-99T00:00", "\0"):
        assert desk.get(address, {"before": before}).status_code == 200


@pytest.mark.parametrize("pk", ["999999", "x", "1%00"])
def test_the_history_of_nothing_is_a_404(desk: Client, pk: str) -> None:
    assert desk.get(f"/desk/units/unit/{pk}/history/").status_code == 404
