"""Notices: who hears what became of a story. Written with what happened, or not at all."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from bulletins.models.article import Article
from units.models import Unit


class Event(models.TextChoices):
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    REFUSED = "refused", _("refused")
    PASSED = "passed", _("passed")
    RELEASED = "released", _("released")
    ASKED = "asked", _("a second person is asked")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MENTIONED = "mentioned", _("mentioned")
    OVERDUE = "overdue", _("overdue")


class Mail(models.TextChoices):
    NEVER = "never", _("no e-mail")
    DIGEST = "digest", _("one e-mail a day with all that is new")
    AT_ONCE = "at_once", _("an e-mail for each, at once")


class NoticeChoice(models.Model):
    """How somebody wants to hear of things, besides the desk. Whoever chose nothing gets the defaults."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="notice_choice")
    mail = models.CharField(_("by e-mail"), max_length=10, choices=Mail.choices, default=Mail.DIGEST)
    digest_hour = models.PositiveSmallIntegerField(
        _("the daily e-mail comes at"), default=8, choices=[(hour, f"{hour:02d}:00") for hour in range(24)]
    )

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_mail_display()}"

    @classmethod
    def of(cls, person: User) -> NoticeChoice:
        """What the person chose, or an unsaved row with the defaults. One query."""
        return cls.objects.filter(person=person).first() or cls(person=person)


class RobotKind(models.TextChoices):
    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")


class Robot(models.Model):
    """A robot in a group of an office's chat. Its address is a secret as its key is: whoever has it can speak there."""

    name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=RobotKind.choices)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        related_name="robots",
        help_text=_("It hears of the stories of this unit and of everything under it."),
    )
    events = models.JSONField(_("hears of"), default=list)
    is_on = models.BooleanField(_("switched on"), default=True)
    address = models.CharField(_("address"), max_length=500)
    secret = models.CharField(_("signing key"), max_length=200, blank=True)

    history = HistoricalRecords(excluded_fields=["address", "secret"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("chat robot")
        verbose_name_plural = _("chat robots")

    def __str__(self) -> str:
        return self.name


class Channel(models.TextChoices):
    MAIL = "mail", _("e-mail at once")
    DIGEST = "digest", _("daily e-mail")
    ROBOT = "robot", _("chat robot")
    TEST = "test", _("test of a chat robot")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    CLAIMED = "claimed", _("being sent")
    SENT = "sent", _("sent")
    # Given up after the last of its attempts.
    FAILED = "failed", _("not delivered")
    # It may have gone or not, and nobody can say: it is not sent again by itself.
    UNSURE = "unsure", _("unsure")
    # There was nobody left who may and wants to hear of it.
    DROPPED = "dropped", _("not needed any more")


class Delivery(models.Model):
    """One message that leaves the house: to a person's mailbox or to a robot, with one notice or a day's."""

    channel = models.CharField(max_length=10, choices=Channel.choices)
    person = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="deliveries")
    robot = models.ForeignKey(Robot, null=True, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Why the last attempt came to nothing: a word of `bulletins.notices`, never what a stranger's server answered.
    fault = models.CharField(_("reason"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            # A message goes to a mailbox or to a robot.
            models.CheckConstraint(
                condition=Q(person__isnull=False, robot=None, channel__in=[Channel.MAIL, Channel.DIGEST])
                | Q(robot__isnull=False, person=None, channel__in=[Channel.ROBOT, Channel.TEST]),
                name="delivery_goes_to_one",
            ),
        ]
        indexes = [
            # What the worker sends next.
            models.Index(
                fields=["next_try", "id"],
                condition=Q(state=DeliveryState.WAITING),
                name="delivery_due",
            ),
            # What it was sending when it was killed.
            models.Index(
                fields=["claimed_at"], condition=Q(state=DeliveryState.CLAIMED), name="delivery_claimed"
            ),
            # What an administrator has to look at.
            models.Index(
                fields=["-id"],
                condition=Q(state__in=[DeliveryState.FAILED, DeliveryState.UNSURE]),
                name="delivery_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} → {self.person or self.robot}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def shown_to(self, person: User, *, on: date) -> NoticeQuerySet:
        """A person's notices of what that person may read on that day."""
        return self.filter(person=person, article__in=Article.objects.readable_by(person, on=on))


class Notice(models.Model):
    """That something happened to a story, for one person or one robot."""

    person = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="notices")
    robot = models.ForeignKey(Robot, null=True, on_delete=models.CASCADE, related_name="notices")
    event = models.CharField(_("what"), max_length=10, choices=Event.choices)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notices")
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    # One line besides: a reason, a time, the beginning of a remark. For readers of the story only, so no robot has it.
    line = models.CharField(max_length=200, blank=True)
    # Whether the next step is this person's.
    waits = models.BooleanField(default=False)
    # What makes it the same notice when it is told twice.
    key = models.CharField(max_length=120)
    read_at = models.DateTimeField(null=True)
    # Whether it waits for the next daily e-mail.
    for_digest = models.BooleanField(default=False)
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.SET_NULL, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            # A notice is for one person or for one robot.
            models.CheckConstraint(
                condition=Q(person__isnull=False, robot=None) | Q(robot__isnull=False, person=None),
                name="notice_is_for_one",
            ),
            # Nobody hears the same thing twice.
            models.UniqueConstraint(fields=["person", "key"], name="notice_is_told_once_a_person"),
            models.UniqueConstraint(fields=["robot", "key"], name="notice_is_told_once_a_robot"),
        ]
        indexes = [
            # A person's page, newest first.
            models.Index(fields=["person", "-id"], name="notice_by_person"),
            # The number at the top of every page.
            models.Index(fields=["person", "-id"], condition=Q(read_at=None), name="notice_unread"),
            # What waits for the daily e-mail.
            models.Index(
                fields=["person", "at"],
                condition=Q(for_digest=True, delivery=None, read_at=None),
                name="notice_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article.number}: {self.event}"
