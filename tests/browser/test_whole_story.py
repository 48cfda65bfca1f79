"""One story from the correspondent's first word to the notice of its withdrawal, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from bulletins.models import Article
from tests.browser.people import Person, photo_file
from tests.factories import Newsroom, make_campaign, make_correspondent

HEADLINE = "民警雪夜送归走失老人"
FIRST = "近日，湖滨派出所民警接到求助，一位老人在雪夜中走失。"
MENDED = (
    "12月28日晚，湖滨派出所民警接到求助，一位老人在雪夜中走失。\n民警沿湖寻找两小时，将老人平安送回家中。"
)
REVISED = "12月28日晚，湖滨派出所民警和群众一道，沿湖寻找两小时，将走失老人平安送回家中。"
ALT = "民警搀扶老人走在雪地里"
NOTICE = "因内容需要核实，本稿已撤下。"


class Story:
    """The people of a newsroom at their browsers, and a visitor who never signs in."""

    def __init__(self, newsroom: Newsroom, new_context: Callable[..., BrowserContext], host: str) -> None:
        self.newsroom, self.new_context, self.host = newsroom, new_context, host
        self.campaign = make_campaign("护校安园")
        make_correspondent("李卫东", self.newsroom.station)
        self.at_desk: dict[int, Person] = {}
        self.visitor = new_context().new_page()

    def person(self, user: User) -> Person:
        """Everybody signs in once."""
        if user.pk not in self.at_desk:
            self.at_desk[user.pk] = Person.arrives(self.new_context(), user, self.host)
        return self.at_desk[user.pk]

    @property
    def article(self) -> Article:
        return Article.objects.get()

    @property
    def lists(self) -> list[str]:
        return [
            "/",
            f"/units/{self.newsroom.station.slug}/",
            f"/units/{self.newsroom.bureau.slug}/",
            f"/campaigns/{self.campaign.slug}/",
        ]

    def visit(self, path: str, status: int = 200) -> Page:
        answer = self.visitor.goto(f"{self.host}{path}")
        assert answer is not None and answer.status == status, path
        return self.visitor

    def visitor_finds_it_everywhere(self, *texts: str) -> None:
        """In each list, and from there by its headline to the text."""
        for path in self.lists:
            page = self.visit(path)
            page.get_by_role("link", name=HEADLINE).first.click()
            expect(page.get_by_role("heading", name=HEADLINE, level=1)).to_be_visible()
            for text in texts:
                expect(page.get_by_text(text).first).to_be_visible()

    def visitor_finds_it_nowhere(self) -> None:
        for path in self.lists:
            expect(self.visit(path).get_by_text(HEADLINE)).to_have_count(0)

    def passes(self, user: User) -> None:
        person = self.person(user)
        person.opens_from_the_queue(HEADLINE)
        person.presses("通过")
        person.reads("已通过")
        person.goes_to("/desk/queue/")
        expect(person.page.get_by_text(HEADLINE)).to_have_count(0 if user != self.newsroom.chief else 1)

    def passes_all_three(self) -> None:
        for user in (self.newsroom.unit_reviewer, self.newsroom.desk_editor, self.newsroom.chief):
            self.passes(user)

    def is_released(self) -> None:
        chief = self.person(self.newsroom.chief)
        chief.opens_from_the_queue(HEADLINE)
        chief.presses("签发")
        chief.reads("已签发")


@pytest.fixture
def story(
    screen: str, newsroom: Newsroom, live_server: Any, new_context: Callable[..., BrowserContext]
) -> Story:
    return Story(newsroom, new_context, live_server.url)


def test_a_story_from_the_first_word_to_its_withdrawal(story: Story) -> None:
    a_correspondent_writes_and_submits(story)
    the_unit_reviewer_returns_it(story)
    it_is_mended_and_submitted_again(story)
    story.visitor_finds_it_nowhere()
    story.passes_all_three()
    story.is_released()
    story.visitor_finds_it_everywhere("将老人平安送回家中")
    the_visitor_sees_the_photo(story)
    it_is_revised_while_readers_go_on_reading_the_old_text(story)
    story.is_released()
    story.visitor_finds_it_everywhere("和群众一道")
    two_people_withdraw_it(story)


def a_correspondent_writes_and_submits(story: Story) -> None:
    author = story.person(story.newsroom.correspondent)
    author.page.get_by_role("link", name="写稿").first.click()
    page = author.page
    page.get_by_label("眉题").fill("湖滨派出所")
    page.get_by_label("标题", exact=True).fill(HEADLINE)
    author.writes(FIRST)
    page.get_by_label("添加照片").set_input_files(photo_file())
    page.get_by_label("图片说明").fill("民警将老人送回家中")
    page.get_by_label("画面描述").fill(ALT)
    page.get_by_label("摄影者").fill("李卫东")
    page.get_by_label("姓名").first.fill("李卫东")
    page.get_by_role("option", name="李卫东").click()
    page.get_by_label("护校安园").check()
    author.presses("投稿")
    author.reads("已投稿", HEADLINE)
    expect(page.get_by_role("img", name=ALT)).to_be_visible()
    assert story.article.credits.get().correspondent is not None


def the_unit_reviewer_returns_it(story: Story) -> None:
    reviewer = story.person(story.newsroom.unit_reviewer)
    reviewer.opens_from_the_queue(HEADLINE)
    reviewer.reads(FIRST)
    reviewer.page.locator("summary", has_text="退回修改").click()
    reviewer.page.get_by_label("修改意见").fill("请写明具体日期")
    reviewer.presses("退回修改")
    reviewer.reads("已退回")


def it_is_mended_and_submitted_again(story: Story) -> None:
    author = story.person(story.newsroom.correspondent)
    author.goes_to("/desk/")
    author.reads("退回给我的稿件", "请写明具体日期")
    author.follows(HEADLINE)
    author.reads("请写明具体日期")
    author.follows("修改稿件")
    author.reads("请写明具体日期")
    author.writes(MENDED)
    author.presses("投稿")
    author.reads("已投稿")


def the_visitor_sees_the_photo(story: Story) -> None:
    page = story.visit(f"/articles/{story.article.number}/")
    photo = page.get_by_role("img", name=ALT)
    photo.scroll_into_view_if_needed()
    expect(photo).to_be_visible()
    # Of a picture in several widths a browser tells the width by the density of the one that it chose.
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert photo.evaluate("image => new URL(image.currentSrc).pathname").startswith("/photos/")
    assert not page.context.cookies()


def it_is_revised_while_readers_go_on_reading_the_old_text(story: Story) -> None:
    author = story.person(story.newsroom.correspondent)
    author.goes_to(f"/desk/articles/{story.article.number}/")
    author.presses("修订")
    author.follows("修改稿件")
    author.writes(REVISED)
    author.presses("投稿")
    author.reads("已投稿")
    story.passes_all_three()
    story.visitor_finds_it_everywhere("将老人平安送回家中")
    expect(story.visitor.get_by_text("和群众一道")).to_have_count(0)


def two_people_withdraw_it(story: Story) -> None:
    editor, chief = story.person(story.newsroom.desk_editor), story.person(story.newsroom.chief)
    address = f"/articles/{story.article.number}/"
    editor.goes_to(f"/desk{address}")
    editor.page.locator("summary", has_text="申请撤稿").click()
    editor.page.get_by_label("撤稿理由").fill("时间地点有误")
    editor.page.get_by_label("对读者的说明").fill(NOTICE)
    editor.presses("申请撤稿")
    editor.reads("时间地点有误")
    story.visit(address)
    chief.goes_to("/desk/")
    chief.reads("待另一人确认")
    chief.follows(HEADLINE)
    chief.presses("确认撤稿")
    chief.reads("已撤稿")
    page = story.visit(address, status=410)
    expect(page.get_by_text(NOTICE)).to_be_visible()
    expect(page.get_by_text("将老人平安送回家中")).to_have_count(0)
    story.visitor_finds_it_nowhere()
