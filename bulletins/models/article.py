"""The article: identity, number, unit, kind, stage and the working text. Its history is in other files."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import count
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from accounts import roles
from accounts.models import Correspondent, Membership, User
from bulletins.models.body import BodyField
from bulletins.models.campaign import Campaign
from bulletins.models.tags import TaggedArticle
from units.models import Unit


class Kind(models.TextChoices):
    NEWS = "news", _("news")
    MEETING = "meeting", _("meeting report")
    BRIEF = "brief", _("brief")
    PHOTO = "photo", _("photo story")
    FEATURE = "feature", _("feature")
    CASE = "case", _("case")
    INCIDENT = "incident", _("incident notice")
    WANTED = "wanted", _("wanted notice")
    WARNING = "warning", _("public warning")
    PROFILE = "profile", _("profile")
    COMMENT = "comment", _("comment")


class Stage(models.TextChoices):
    DRAFT = "draft", _("draft")
    UNIT_REVIEW = "unit_review", _("unit review")
    DESK_REVIEW = "desk_review", _("desk review")
    FINAL_REVIEW = "final_review", _("final review")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    REFUSED = "refused", _("refused")
    # What was approved has been signed for release: nothing is in the making.
    SETTLED = "settled", _("signed off")


REVIEW_STEPS = (Stage.UNIT_REVIEW, Stage.DESK_REVIEW, Stage.FINAL_REVIEW)


class HeadlineJoin(models.TextChoices):
    NOTHING = "nothing", _("one sentence: join with nothing")
    SPACE = "space", _("parallel clauses: join with a space")


class NumberSeries(models.Model):
    """The last number given in a year under a prefix. Its row is locked while a number is taken."""

    prefix = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            # One counter a prefix and year, or a number could be given twice.
            models.UniqueConstraint(fields=["prefix", "year"], name="one_series_a_prefix_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"

    @classmethod
    def take(cls, prefix: str, year: int) -> str:
        """A number that was never given before, as `JN-2021-000123`. Gaps are possible."""

        def printed(last: int) -> str:
            return f"{prefix}-{year}-{last:06d}"

        with transaction.atomic():
            series = cls.objects.filter(prefix=prefix, year=year)
            if not series.exists():
                try:
                    with transaction.atomic():
                        cls.objects.create(prefix=prefix, year=year)
                except IntegrityError:
                    pass  # another writer was first; its row is the one to count on
            series.update(last=F("last") + 1)  # takes the row lock until this transaction ends
            counted = last = series.values_list("last", flat=True).get()
            if Article.objects.filter(number=printed(last)).exists():
                # Fixtures and imports bring numbers of their own past the counter.
                alike = Article.objects.filter(number__startswith=f"{prefix}-{year}-")
                taken = set(alike.values_list("number", flat=True))
                last = next(n for n in count(counted) if printed(n) not in taken)
                series.update(last=last)
        return printed(last)


class ArticleQuerySet(models.QuerySet["Article"]):
    def readable_by(self, user: User, *, on: date) -> ArticleQuerySet:
        """What this user may read of what is in the making: one's own, and those of the units one's roles cover.
        `Article.readers_among` says the same of one article and many users.
        """
        if not user.is_active:
            return self.none()
        own = Q(author=user) if roles.holds(user, roles.WRITERS, None, on=on) else Q(pk__in=[])
        return self.filter(own | Q(unit__in=roles.covered_units(user, roles.READERS, on=on)))

    def get_by_natural_key(self, number: str) -> Article:
        return self.get(number=number)


class Article(models.Model):
    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.NEWS)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="articles")
    author = models.ForeignKey(
        User, verbose_name=_("author"), on_delete=models.PROTECT, related_name="articles", editable=False
    )

    kicker = models.CharField(
        _("kicker"), max_length=60, blank=True, help_text=_("The line above the headline, often its subject.")
    )
    headline = models.TextField(
        _("headline"), max_length=200, blank=True, help_text=_("One or more lines, as they are to be set.")
    )
    headline_join = models.CharField(
        _("when set on one line"), max_length=10, choices=HeadlineJoin.choices, default=HeadlineJoin.SPACE
    )
    subhead = models.CharField(_("subhead"), max_length=100, blank=True)
    summary = models.TextField(_("summary"), max_length=500, blank=True)
    body = BodyField(_("body"), blank=True)
    source = models.CharField(
        _("source"), max_length=100, blank=True, help_text=_("Where it was published first, if not here.")
    )
    correction = models.TextField(
        _("correction"),
        max_length=500,
        blank=True,
        help_text=_(
            "What was wrong and is right now. Readers see it, with the day on which this text becomes public."
        ),
    )
    campaigns = models.ManyToManyField(
        Campaign, verbose_name=_("campaigns"), blank=True, related_name="articles"
    )
    tags = TaggableManager(
        _("tags"), through=TaggedArticle, blank=True, help_text=_("Separate them with commas or spaces.")
    )

    # Changed by `bulletins.workflow` and by nothing else.
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage.choices, default=Stage.DRAFT, editable=False
    )
    # How often it was begun anew by `revise`: four eyes are counted within a cycle.
    cycle = models.PositiveIntegerField(default=1, editable=False)
    # How often it was submitted: `recall` asks whether anybody reviewed since.
    round = models.PositiveIntegerField(default=0, editable=False)
    # Number of the newest revision; a form that was opened on another one is stale.
    revision_number = models.PositiveIntegerField(default=0, editable=False)
    stage_since = models.DateTimeField(_("at this stage since"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            # The queue: what waits at a stage, oldest first.
            models.Index(fields=["stage", "stage_since", "id"], name="article_queue"),
            # "My stories": an author's own, newest first.
            models.Index(fields=["author", "-id"], name="article_by_author"),
            # The desk's list of a unit, newest first.
            models.Index(fields=["unit", "-id"], name="article_by_unit"),
            # The same of a stage.
            models.Index(fields=["stage", "-id"], name="article_by_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def natural_key(self) -> tuple[str]:
        return (self.number,)

    natural_key.dependencies = ["units.unit", "accounts.user"]  # type: ignore[attr-defined]

    def readers_among(self, people: Collection[int], *, above: Collection[int], on: date) -> set[int]:
        """Which of these users (ids) may read it while it is in the making, as `readable_by` says of each. `above`: ids of
        its unit and of those above that. One query.
        """
        of_unit = Q(role__in=roles.READERS, unit__in=above)
        own = Q(role__in=roles.WRITERS, user=self.author_id)
        held = Membership.objects.current(on=on).filter(of_unit | own, user__in=people)
        return set(held.values_list("user", flat=True))

    @property
    def headline_lines(self) -> list[str]:
        return [line.strip() for line in self.headline.splitlines() if line.strip()]

    @property
    def title(self) -> str:
        """The headline on one line; empty while there is none."""
        return (" " if self.headline_join == HeadlineJoin.SPACE else "").join(self.headline_lines)

    @property
    def step_number(self) -> int:
        """0 while not under review, else 1 to 3."""
        return REVIEW_STEPS.index(Stage(self.stage)) + 1 if self.stage in REVIEW_STEPS else 0


class CreditRole(models.TextChoices):
    TEXT = "text", _("text")
    PICTURE = "picture", _("picture")
    PHOTO = "photo", _("photo by")
    VIDEO = "video", _("video")
    EDITOR = "editor", _("edited by")
    PROOF = "proof", _("proofread by")


class Capacity(models.TextChoices):
    CORRESPONDENT = "correspondent", _("correspondent")
    REPORTER = "reporter", _("staff reporter")


class CreditManager(models.Manager["Credit"]):
    def get_by_natural_key(self, number: str, position: int) -> Credit:
        return self.get(article__number=number, position=position)


class Credit(models.Model):
    """One name in the byline: a correspondent of ours, or free text."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="credits")
    position = models.PositiveIntegerField(_("order"), default=1)
    correspondent = models.ForeignKey(
        Correspondent,
        verbose_name=_("correspondent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="credits",
    )
    name = models.CharField(
        _("or a name"),
        max_length=40,
        blank=True,
        help_text=_("For somebody who is not among the correspondents."),
    )
    role = models.CharField(_("part"), max_length=10, choices=CreditRole.choices, default=CreditRole.TEXT)
    capacity = models.CharField(
        _("capacity"), max_length=15, choices=Capacity.choices, default=Capacity.CORRESPONDENT, blank=True
    )

    objects = CreditManager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        constraints = [
            # A credit names somebody.
            models.CheckConstraint(
                condition=Q(correspondent__isnull=False) | ~Q(name=""),
                name="credit_names_somebody",
                violation_error_message=_("Choose a correspondent or write a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.printed_name

    def natural_key(self) -> tuple[Any, ...]:
        return (self.article.number, self.position)

    natural_key.dependencies = ["bulletins.article"]  # type: ignore[attr-defined]

    @property
    def printed_name(self) -> str:
        return self.name or (self.correspondent.name if self.correspondent else "")
