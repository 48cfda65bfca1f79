"""People at a browser, who do what a person does: read labels, press buttons by their names, type."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accounts.models import User

PASSWORD = "correct horse"


def photo_file(name: str = "雪夜.jpg", colour: str = "steelblue") -> dict[str, Any]:
    """A small JPEG, as a file input takes it."""
    picture = Image.new("RGB", (640, 420), colour)
    ImageDraw.Draw(picture).ellipse((220, 110, 420, 310), fill="white")
    kept = io.BytesIO()
    picture.save(kept, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": kept.getvalue()}


@dataclass
class Person:
    """Somebody of the desk in a browser of their own."""

    page: Page
    user: User
    host: str

    @classmethod
    def arrives(cls, context: BrowserContext, user: User, host: str) -> Person:
        """Opens the desk and signs in with name and password."""
        person = cls(context.new_page(), user, host)
        person.page.goto(f"{host}/desk/")
        person.page.get_by_label("登录名").fill(user.username)
        person.page.get_by_label("密码").fill(PASSWORD)
        person.page.get_by_role("button", name="登录").click()
        expect(person.page.get_by_role("button", name="退出")).to_be_visible()
        return person

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.host}{path}")

    def presses(self, name: str) -> None:
        """The one button, or what looks like one, of that name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def writes(self, text: str) -> None:
        """The whole text anew, a paragraph a line."""
        body = self.editor
        body.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text.split("\n")[0])
        for line in text.split("\n")[1:]:
            self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(line)
        expect(body).to_contain_text(text.split("\n")[-1])

    @property
    def editor(self) -> Locator:
        """Not the plain text field, which stands in its place until the script is there."""
        return self.page.get_by_role("textbox", name="正文").and_(self.page.locator("[contenteditable=true]"))

    def reads(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()

    def opens_from_the_queue(self, headline: str) -> None:
        self.goes_to("/desk/queue/")
        self.page.get_by_role("main").get_by_role("link", name=headline).click()
