"""Releases: what the public reads. They hold all that a page needs, so that the public plane reads no draft's table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bulletins.models.append_only import AppendOnlyError
from bulletins.models.article import Article, HeadlineJoin, Kind
from bulletins.models.body import reader_text
from bulletins.models.correction import Correction, corrections_in
from bulletins.models.fingerprint import bands
from bulletins.models.photo import Photo
from bulletins.models.revision import Content, Revision
from units.models import Unit


class ReleaseState(models.TextChoices):
    SCHEDULED = "scheduled", _("scheduled")
    LIVE = "live", _("public")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")
    UNSCHEDULED = "unscheduled", _("taken off the schedule")


# What may change in a release after it was made; all else stays as it was signed.
CHANGEABLE = frozenset({"public_until", "withdrawn_at", "notice"})
SIGNED = "What was released stays as it was signed."


class ReleaseQuerySet(models.QuerySet["Release"]):
    def visible(self, *, at: datetime) -> ReleaseQuerySet:
        """What the public may read at that moment. There is no other definition."""
        return self.filter(
            Q(public_until=None) | Q(public_until__gt=at), public_from__lte=at, withdrawn_at__isnull=True
        )

    def on_shelf(
        self,
        shelf: str | RawSQL,
        *,
        at: datetime,
        before: tuple[datetime, int] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> ReleaseQuerySet:
        """The visible releases of one public list, newest first: one range of `listing_of_shelf`.

        `before` is the place (published, id) of the last one seen: only what stands below it. Only what was published
        at `since` or later, and before `until`.
        """
        standing = Q(listings__shelf=shelf)
        if since is not None:
            standing &= Q(listings__published_at__gte=since)
        if until is not None:
            standing &= Q(listings__published_at__lt=until)
        if before is not None:
            published_at, pk = before
            standing &= Q(listings__published_at__lte=published_at)
            standing &= Q(listings__published_at__lt=published_at) | Q(listings__release_id__lt=pk)
        return (
            self.visible(at=at).filter(standing).order_by("-listings__published_at", "-listings__release_id")
        )

    def withdrawn(self, *, at: datetime) -> ReleaseQuerySet:
        """Releases that were public once and were taken away."""
        return self.filter(withdrawn_at__lte=at)

    def update(self, **fields: Any) -> int:
        if not CHANGEABLE.issuperset(fields):
            raise AppendOnlyError(SIGNED)
        return super().update(**fields)

    def bulk_update(self, objs: Any, fields: Any, **options: Any) -> int:
        if not CHANGEABLE.issuperset(fields):
            raise AppendOnlyError(SIGNED)
        return super().bulk_update(objs, fields, **options)

    def bulk_create(self, objs: Any, *args: Any, update_conflicts: bool = False, **options: Any) -> Any:
        if update_conflicts:
            raise AppendOnlyError(SIGNED)
        return super().bulk_create(objs, *args, **options)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("A release is withdrawn, never deleted.")

    def get_by_natural_key(self, number: str, sequence: int) -> Release:
        return self.get(number=number, sequence=sequence)


class Release(models.Model):
    # The public plane follows neither of these two: it may not read what they point at.
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="releases")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="releases")
    number = models.CharField(_("number"), max_length=24)
    sequence = models.PositiveIntegerField(
        _("release"), help_text=_("1 for the first, counted within its article.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="releases")
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    # When readers could first read the article; a later release keeps its place in the lists.
    published_at = models.DateTimeField(_("published"))
    # For items taken over from print whose day is only inferred.
    date_is_approximate = models.BooleanField(_("the date is approximate"), default=False)
    # Readers see this release from ≤ t < until, unless it was withdrawn.
    public_from = models.DateTimeField(_("public from"))
    public_until = models.DateTimeField(_("public until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    notice = models.TextField(_("public notice of the withdrawal"), blank=True, max_length=500)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [
            # An article counts its releases; serves the article page, which looks one up by its number.
            models.UniqueConstraint(fields=["number", "sequence"], name="release_is_counted_in_its_article"),
            # An interval does not end before it begins; an empty one is a schedule that was called off.
            models.CheckConstraint(
                condition=Q(public_until=None) | Q(public_until__gte=F("public_from")),
                name="release_ends_after_it_begins",
            ),
        ]
        indexes = [
            # What is on the schedule, the next first.
            models.Index(fields=["public_from"], name="release_schedule"),
            # What was withdrawn lately, for feeds that have to tell it.
            models.Index(
                fields=["-withdrawn_at"],
                condition=Q(withdrawn_at__isnull=False),
                name="release_withdrawn_lately",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def natural_key(self) -> tuple[str, int]:
        return (self.number, self.sequence)

    natural_key.dependencies = ["bulletins.revision", "units.unit"]  # type: ignore[attr-defined]

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if not self._state.adding and not (update_fields and CHANGEABLE.issuperset(update_fields)):
            raise AppendOnlyError(SIGNED)
        if self._state.adding:  # or a new object under the key of an old one would be written over it
            kwargs["force_insert"] = True
        super().save(*args, update_fields=update_fields, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("A release is withdrawn, never deleted.")

    def get_absolute_url(self) -> str:
        return reverse("public:article", args=[self.number])

    def state(self, *, at: datetime | None = None) -> ReleaseState:
        at = at or timezone.now()
        if self.withdrawn_at:
            return ReleaseState.WITHDRAWN
        if self.public_until == self.public_from:
            return ReleaseState.UNSCHEDULED
        if at < self.public_from:
            return ReleaseState.SCHEDULED
        return ReleaseState.SUPERSEDED if self.public_until and self.public_until <= at else ReleaseState.LIVE

    @property
    def headline(self) -> str:
        """The headline on one line; empty for a photo story that has none."""
        return headline_of(self.content)

    @property
    def title(self) -> str:
        """The headline, or the beginning of the text where there is none. Never empty."""
        return title_of(self.content)

    @property
    def updated_at(self) -> datetime | None:
        """When this text replaced an earlier one; nothing for a first release."""
        return self.public_from if self.sequence > 1 and self.public_from > self.published_at else None

    @property
    def corrections(self) -> list[Correction]:
        """What was corrected in it, the last first."""
        return corrections_in(self.content, public_from=self.public_from)

    @property
    def text(self) -> str:
        return reader_text(self.content["body"])


def headline_of(content: Content) -> str:
    return (" " if content["headline_join"] == HeadlineJoin.SPACE else "").join(content["headline"])


def title_of(content: Content) -> str:
    return headline_of(content) or Truncator(reader_text(content["body"]).replace("\n", " ")).chars(28) or "—"


class ReleasePhoto(models.Model):
    """A picture that a release shows. A picture is served to the public only if a visible release has it here."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="photos")
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=150)
    web = models.CharField(max_length=150)
    fingerprint = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            # Once a release; the other way round it serves "is this picture public?".
            models.UniqueConstraint(fields=["sha256", "release"], name="picture_is_once_in_a_release"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @classmethod
    def take_over(cls, release: Release, photos: models.QuerySet[Photo]) -> None:
        """Note the files of the photos that the release shows, and by which bands they are found again."""
        from bulletins.models.checking import PictureBand  # which stands on this table

        wanted = {photo["sha256"] for photo in release.content["photos"] if photo["sha256"]}
        files = {photo.sha256: photo for photo in photos if photo.sha256 in wanted}
        cls.objects.bulk_create(
            [
                cls(
                    release=release,
                    sha256=sha,
                    file=photo.file.name,
                    web=photo.web.name,
                    fingerprint=photo.fingerprint,
                )
                for sha, photo in files.items()
            ],
            ignore_conflicts=True,
        )
        PictureBand.objects.bulk_create(
            [
                PictureBand(photo=photo, value=value)
                for photo in cls.objects.filter(release=release)
                for value in bands(photo.fingerprint)
            ],
            ignore_conflicts=True,
        )


class Ask(models.TextChoices):
    WITHDRAW = "withdraw", _("withdraw")
    RESTORE = "restore", _("restore")


class Outcome(models.TextChoices):
    OPEN = "open", _("waits for another person")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")


class Proposal(models.Model):
    """What one person asked for and another has to confirm. An emergency is done at once and signed off later."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="proposals")
    ask = models.CharField(_("asks to"), max_length=10, choices=Ask.choices)
    reason = models.TextField(_("reason"), max_length=2000)
    notice = models.TextField(_("public notice"), blank=True, max_length=500)
    was_emergency = models.BooleanField(_("done at once"), default=False)
    asked_by = models.ForeignKey(User, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    answered_by = models.ForeignKey(
        User, verbose_name=_("answered by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.OPEN)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("withdrawal or restoration")
        verbose_name_plural = _("withdrawals and restorations")
        constraints = [
            # One question at a time, or two answers could contradict each other. Serves "what waits?" too.
            models.UniqueConstraint(
                fields=["release"], condition=Q(outcome="open"), name="one_open_proposal_a_release"
            ),
            # Four eyes: nobody answers oneself; declining one's own is taking it back.
            models.CheckConstraint(
                condition=~Q(outcome="confirmed") | ~Q(asked_by=F("answered_by")),
                name="nobody_confirms_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ask_display()}: {self.release}"


def open_proposal(releases: list[Release]) -> Proposal | None:
    """What waits for a second person's word about any of these. One query, unless it was asked before."""
    prefetch_related_objects(releases, Prefetch("proposals", Proposal.objects.select_related("asked_by")))
    asked = (proposal for release in releases for proposal in release.proposals.all())
    return next((proposal for proposal in asked if proposal.outcome == Outcome.OPEN), None)
