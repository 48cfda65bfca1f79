"""The point of a photo that stays in sight where it is cut: pressed, dragged, typed, and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from bulletins.models import Article, Photo
from tests.browser.people import Person, photo_file
from tests.factories import Newsroom

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.seen_once]


@pytest.fixture
def writer(newsroom: Newsroom, at_desk: Any) -> Person:
    """Somebody who has just added a photo to a new story."""
    person = at_desk(newsroom.correspondent)
    person.goes_to("/desk/articles/new/")
    person.writes("第一段。")
    person.page.get_by_label("添加照片").set_input_files([photo_file()])
    expect(picture_of(person)).to_be_visible()
    return person


def picture_of(person: Person) -> Locator:
    return person.page.locator(".photo-row .focus img")


def expect_point(person: Person, across: str, down: str) -> None:
    expect(person.page.get_by_label("横向")).to_have_value(across)
    expect(person.page.get_by_label("纵向")).to_have_value(down)


def place_of_the_ring(person: Person) -> tuple[int, int]:
    """Where the middle of the ring stands on the picture, in percent."""
    picture = picture_of(person).bounding_box()
    ring = person.page.locator(".photo-row .focus-point").bounding_box()
    assert picture and ring
    return (
        round((ring["x"] + ring["width"] / 2 - picture["x"]) / picture["width"] * 100),
        round((ring["y"] + ring["height"] / 2 - picture["y"]) / picture["height"] * 100),
    )


def at(person: Person, across: float, down: float) -> dict[str, float]:
    # Before it is there it has another size.
    expect(picture_of(person)).not_to_have_js_property("naturalWidth", 0)
    box = picture_of(person).bounding_box()
    assert box
    return {"x": box["width"] * across, "y": box["height"] * down}


def test_pressing_on_the_picture_chooses_the_point_and_it_is_kept(writer: Person) -> None:
    assert place_of_the_ring(writer) == (50, 50)
    picture_of(writer).click(position=at(writer, 0.21, 0.79))
    expect_point(writer, "20", "80")
    assert place_of_the_ring(writer) == (20, 80)
    writer.presses("保存草稿")
    writer.reads("已保存为第 1 版")
    assert Photo.objects.get().focus == (20, 80)
    expect_point(writer, "20", "80")
    assert place_of_the_ring(writer) == (20, 80)


def test_the_ring_is_dragged_and_does_not_leave_the_picture(writer: Person) -> None:
    picture_of(writer).scroll_into_view_if_needed()
    box = picture_of(writer).bounding_box()
    assert box
    mouse = writer.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.3, steps=4)
    expect_point(writer, "70", "30")
    mouse.move(box["x"] + box["width"] + 300, box["y"] - 200, steps=4)
    mouse.up()
    expect_point(writer, "100", "0")
    mouse.move(box["x"] + 5, box["y"] + 5)
    expect_point(writer, "100", "0")


def test_the_keyboard_alone_moves_it(writer: Person) -> None:
    field = writer.page.get_by_label("横向")
    field.focus()
    field.press("ArrowUp")
    expect_point(writer, "5", "")
    assert place_of_the_ring(writer) == (5, 50)
    field.fill("")
    assert place_of_the_ring(writer) == (50, 50)


def test_without_a_script_it_is_typed(newsroom: Newsroom, at_desk: Any) -> None:
    person = at_desk(newsroom.correspondent, java_script_enabled=False)
    person.goes_to("/desk/articles/new/")
    person.page.locator("[name=body]").fill("第一段。")
    person.page.locator("[name=new_photos]").set_input_files([photo_file()])
    person.presses("保存草稿")
    expect(person.page.locator(".focus-point")).to_be_hidden()
    person.page.get_by_label("横向").fill("35")
    person.page.get_by_label("纵向").fill("65")
    person.presses("保存草稿")
    assert Photo.objects.get().focus == (35, 65)
    assert Article.objects.get().revision_number == 2


@pytest.mark.parametrize("width", [320, 1440])
def test_a_finger_chooses_it_too_and_nothing_stands_over_the_edge(
    newsroom: Newsroom, at_desk: Any, width: int
) -> None:
    person = at_desk(newsroom.correspondent, has_touch=True)
    person.page.set_viewport_size({"width": width, "height": 700})
    person.goes_to("/desk/articles/new/")
    person.page.get_by_label("添加照片").set_input_files([photo_file()])
    picture_of(person).tap(position=at(person, 0.9, 0.1))
    expect_point(person, "90", "10")
    assert person.page.evaluate("document.documentElement.scrollWidth") == width
