"""Things for tests, in the states that tests speak of. Every state is reached through the workflow."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from accounts.models import Correspondent, Membership, User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Campaign, Credit, Kind, Release, Stage
from units import telling
from units.models import Unit, UnitKind

_serial = count(1)


def make_unit(name: str = "", *, parent: Unit | None = None, **fields: Any) -> Unit:
    n = next(_serial)
    name = name or f"第{n}派出所"
    fields = {"short_name": name[-8:], "slug": f"unit-{n}", "kind": UnitKind.STATION} | fields
    return Unit.objects.create(name=name, parent=parent, **fields)


def make_user(role: Role | None = None, unit: Unit | None = None, **fields: Any) -> User:
    n = next(_serial)
    user = User.objects.create_user(
        fields.pop("username", f"user{n}"), "correct horse", **({"name": f"民警{n}"} | fields)
    )
    if role:
        Membership.objects.create(user=user, role=role, unit=unit)
    return user


def make_correspondent(name: str = "张三", unit: Unit | None = None, **fields: Any) -> Correspondent:
    return Correspondent.objects.create(
        name=name, unit=unit, **({"slug": f"person-{next(_serial)}"} | fields)
    )


def make_campaign(name: str = "", **fields: Any) -> Campaign:
    n = next(_serial)
    return Campaign.objects.create(name=name or f"第{n}号专项行动", **({"slug": f"campaign-{n}"} | fields))


class Newsroom:
    """A bureau with a station and another one beside it, and one person for each role (two chiefs)."""

    def __init__(self) -> None:
        with telling.together():  # or the log would be locked and written for each of them
            self._take_up()

    def _take_up(self) -> None:
        self.bureau = make_unit("市公安局", kind=UnitKind.BUREAU)
        self.station = make_unit("湖滨派出所", parent=self.bureau)
        self.other_station = make_unit("山前派出所", parent=self.bureau)
        self.correspondent = make_user(Role.CORRESPONDENT, self.station, name="通讯员甲")
        self.unit_reviewer = make_user(Role.UNIT_REVIEWER, self.station, name="所长乙")
        self.desk_editor = make_user(Role.DESK_EDITOR, self.bureau, name="编辑丙")
        self.chief = make_user(Role.CHIEF_EDITOR, self.bureau, name="主任丁")
        self.second_chief = make_user(Role.CHIEF_EDITOR, self.bureau, name="主任戊")
        self.administrator = make_user(Role.ADMINISTRATOR, name="管理员己")
        self.auditor = make_user(Role.AUDITOR, self.bureau, name="督察庚")

    def reviewer_at(self, stage: str) -> User:
        return {
            Stage.UNIT_REVIEW: self.unit_reviewer,
            Stage.DESK_REVIEW: self.desk_editor,
            Stage.FINAL_REVIEW: self.chief,
        }[Stage(stage)]

    def draft(
        self, *, unit: Unit | None = None, actor: User | None = None, at: datetime | None = None, **text: Any
    ) -> Article:
        """An article with headline, body and a credit, begun by the correspondent."""
        campaigns, tags = text.pop("campaigns", []), text.pop("tags", [])
        text = {
            "kind": Kind.NEWS,
            "headline": "民警雪夜送归走失老人",
            "body": "<p>近日，民警接到求助。</p>",
        } | text
        article = Article(unit=unit or self.station, **text)

        def write(article: Article) -> None:
            Credit.objects.create(article=article, name="张三")
            article.campaigns.set(campaigns)
            article.tags.set(tags)

        workflow.perform("start", article, actor=actor or self.correspondent, at=at, write=write)
        return article

    def submitted(self, *, at: datetime | None = None, **text: Any) -> Article:
        article = self.draft(at=at, **text)
        workflow.perform("submit", article, actor=article.author, at=at)
        return article

    def at_stage(self, stage: str, *, at: datetime | None = None, **text: Any) -> Article:
        """An article that went the usual way until that stage."""
        if stage == Stage.DRAFT:
            return self.draft(at=at, **text)
        article = self.submitted(at=at, **text)
        if stage == Stage.RETURNED:
            workflow.perform("return", article, actor=self.unit_reviewer, at=at, reason="请补充时间地点")
        elif stage == Stage.REFUSED:
            workflow.perform("refuse", article, actor=self.desk_editor, at=at, reason_code="not_news")
        while article.stage not in {stage, Stage.APPROVED, Stage.RETURNED, Stage.REFUSED}:
            workflow.perform("pass", article, actor=self.reviewer_at(article.stage), at=at)
        if stage == Stage.SETTLED:
            workflow.perform("release", article, actor=self.chief, at=at)
        return article

    def released(self, *, at: datetime | None = None, **text: Any) -> Release:
        return self.at_stage(Stage.SETTLED, at=at, **text).releases.get()

    def withdrawn(
        self, *, at: datetime | None = None, notice: str = "因内容更正，已撤下。", **text: Any
    ) -> Release:
        release = self.released(at=at, **text)
        article = release.article
        workflow.perform("withdraw", article, actor=self.desk_editor, at=at, reason="有误", notice=notice)
        workflow.perform("confirm_withdrawal", article, actor=self.chief, at=at)
        release.refresh_from_db()
        return release
