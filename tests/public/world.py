"""A site with one public story on every list, and a story in each state that readers must not see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bulletins import workflow
from bulletins.models import Article, Credit, Kind, Page, Placement, Release, Stage
from tests.factories import Newsroom, make_campaign, make_correspondent

THEN = datetime(2021, 12, 30, 16, 30, tzinfo=UTC)  # half past midnight of the 31st in Shanghai
NOW = datetime(2022, 1, 10, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
DAY = date(2021, 12, 31)

# Where the public story stands: every kind of address there is, by the name of its view.
ADDRESSES = {
    "home": "/",
    "earlier": "/?before=9999999999999999-1",
    "article": "/articles/{number}/",
    "units": "/units/",
    "unit": "/units/hubin/",
    "unit_own": "/units/hubin/?scope=own",
    "unit_above": "/units/shiju/",
    "campaigns": "/campaigns/",
    "campaign": "/campaigns/winter/",
    "kind": "/kinds/news/",
    "tags": "/tags/",
    "tag": "/tags/平安/",
    "correspondents": "/correspondents/",
    "correspondent": "/correspondents/zhangsan/",
    "pages": "/pages/",
    "page": "/pages/2021-12-31/1/",
    "months": "/archive/",
    "archive": "/archive/2021/12/",
    "archive_earlier": "/archive/2021/12/?before=9999999999999999-1",
    "campaign_earlier": "/campaigns/winter/?before=9999999999999999-1",
    "tag_earlier": "/tags/平安/?before=9999999999999999-1",
    "correspondent_earlier": "/correspondents/zhangsan/?before=9999999999999999-1",
    "unit_earlier": "/units/hubin/?before=9999999999999999-1",
    "about": "/about/",
    "map": "/map/",
    "search": "/search/?q=平安",
    "search_newest": "/search/?q=平安&order=newest",
    "search_narrowed": "/search/?q=平安&unit=shiju&campaign=winter&kind=news&year=2021",
    "search_nothing": "/search/?q=无此词语 也无",
}
# What machines ask for, in no language.
FOR_MACHINES = {
    "sitemap": "/sitemap.xml",
    "sitemap_of_lists": "/sitemaps/lists.xml",
    "sitemap_of_month": "/sitemaps/2021-12.xml",
    "sitemap_of_news": "/sitemaps/news.xml",
    "robots": "/robots.txt",
    "manifest": "/manifest.webmanifest",
}
# Those of them that tell of the public story.
TELLING = set(ADDRESSES) - {"units", "tags", "pages", "about", "map", "months", "search_nothing"}


class Site(Newsroom):
    """Everything of the newsroom, with addresses that a test can write down."""

    story: Release  # the public one, where a fixture made it

    def __init__(self) -> None:
        super().__init__()
        for unit, slug in ((self.bureau, "shiju"), (self.station, "hubin"), (self.other_station, "shanqian")):
            type(unit).objects.filter(pk=unit.pk).update(slug=slug)
            unit.slug = slug
        self.campaign = make_campaign("冬季行动", slug="winter")
        self.person = make_correspondent("张三丰", self.station, slug="zhangsan")
        self.page = Page.objects.create(date=DAY, number=1, title="公安专版", is_public=True)
        self.places = 0

    def text(self, mark: str) -> dict[str, Any]:
        """What an article says, each part bearing the mark."""
        return {
            "kicker": f"{mark}眉题",
            "headline": f"{mark}标题",
            "summary": f"{mark}提要",
            "body": f"<p>{mark}正文。</p>",
            "campaigns": [self.campaign],
            "tags": ["平安", f"{mark}标签"],
        }

    def at(self, stage: str, mark: str) -> Article:
        """An article in that stage, placed on the page and signed by our correspondent and by one of its own."""
        article = self.draft(at=THEN, kind=Kind.NEWS, **self.text(mark))
        unknown = make_correspondent(f"{mark}作者", self.station)

        def sign(article: Article) -> None:
            Credit.objects.create(article=article, position=2, correspondent=self.person)
            Credit.objects.create(article=article, position=3, correspondent=unknown)

        workflow.perform("edit", article, actor=self.correspondent, at=THEN, write=sign)
        self.places += 1
        Placement.objects.create(page=self.page, article=article, position=self.places, row=self.places)
        return self.led(article, stage)

    def led(self, article: Article, stage: str) -> Article:
        """Take the article on, the usual way, from where it is."""
        if stage in {Stage.DRAFT, article.stage}:
            return article
        workflow.perform("submit", article, actor=self.correspondent, at=THEN)
        if stage == Stage.RETURNED:
            workflow.perform("return", article, actor=self.unit_reviewer, at=THEN, reason="请补充")
        elif stage == Stage.REFUSED:
            workflow.perform("refuse", article, actor=self.desk_editor, at=THEN, reason_code="not_news")
        while article.stage not in {stage, Stage.APPROVED, Stage.RETURNED, Stage.REFUSED}:
            workflow.perform("pass", article, actor=self.reviewer_at(article.stage), at=THEN)
        return article

    def release(self, article: Article, *, public_from: datetime | None = None) -> Release:
        workflow.perform("release", article, actor=self.chief, at=THEN, public_from=public_from)
        return article.releases.order_by("-sequence")[0]

    def published(self, mark: str) -> Release:
        return self.release(self.at(Stage.APPROVED, mark))

    def revised(self, release: Release, mark: str) -> Article:
        """A new text beside the live one, approved but not released."""
        article = Article.objects.get(number=release.number)
        workflow.perform("revise", article, actor=self.correspondent, at=THEN)
        unknown = make_correspondent(f"{mark}作者", self.station)

        def rewrite(article: Article) -> None:
            Article.objects.filter(pk=article.pk).update(
                kicker=f"{mark}眉题",
                headline=f"{mark}标题",
                summary=f"{mark}提要",
                body=f"<p>{mark}正文。</p>",
            )
            article.tags.set(["平安", f"{mark}标签"])
            article.credits.filter(position=3).update(correspondent=unknown)

        workflow.perform("edit", article, actor=self.correspondent, at=THEN, write=rewrite)
        return self.led(article, Stage.APPROVED)

    def withdraw(self, release: Release, *, notice: str = "因内容更正，已撤下。") -> None:
        article = release.article
        workflow.perform("withdraw", article, actor=self.desk_editor, at=THEN, reason="有误", notice=notice)
        workflow.perform("confirm_withdrawal", article, actor=self.chief, at=THEN)


def _superseded(site: Site, mark: str) -> Article:
    release = site.published(mark)
    site.release(site.revised(release, "后来的"))
    return release.article


def _revision(site: Site, mark: str) -> Article:
    return site.revised(site.published("先前的"), mark)


def _withdrawn(site: Site, mark: str) -> Article:
    release = site.published(mark)
    site.withdraw(release)
    return release.article


def _scheduled(site: Site, mark: str) -> Article:
    return site.release(site.at(Stage.APPROVED, mark), public_from=LATER).article


def _called_off(site: Site, mark: str) -> Article:
    article = _scheduled(site, mark)
    workflow.perform("unschedule", article, actor=site.chief, at=THEN)
    return article


# Whatever readers must not see, and what its own address answers.
HIDDEN: dict[str, tuple[Callable[[Site, str], Article], int]] = {
    **{
        stage: (lambda site, mark, stage=stage: site.at(stage, mark), 404)  # type: ignore[misc]
        for stage in Stage.values
        if stage != Stage.SETTLED
    },
    "scheduled": (_scheduled, 404),
    "called_off": (_called_off, 404),
    "superseded": (_superseded, 200),
    "revision_beside_live": (_revision, 200),
    "withdrawn": (_withdrawn, 410),
}
