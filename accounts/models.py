"""People: those who sign in, those who are credited, and who holds which role in which unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts import roles
from accounts.roles import Role
from units.addresses import Addressed, AddressedQuerySet
from units.models import Unit


class CorrespondentQuerySet(AddressedQuerySet):
    def get_by_natural_key(self, slug: str) -> Correspondent:
        return self.get(slug=slug)


class Correspondent(Addressed):
    """A person who is credited, with or without a sign-in. Readers see the name, the unit and the stories."""

    name = models.CharField(_("name"), max_length=40)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="correspondents",
    )

    objects = CorrespondentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("correspondent")
        verbose_name_plural = _("correspondents")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Without a password the account cannot sign in."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """An administrator: manages users, units and lists, and reviews nothing."""
        user = self.create_user(username, password, **fields)
        Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
        return user


class PersonRecords(HistoricalRecords):
    """A sign-in notes its time, and renews an old hash; neither is a change of the person."""

    def post_save(
        self,
        instance: User,
        created: bool,
        using: str | None = None,
        update_fields: Any = None,
        **kwargs: Any,
    ) -> None:
        if not (update_fields and {"last_login", "password"}.issuperset(update_fields)):
            super().post_save(instance, created, using=using, update_fields=update_fields, **kwargs)


class User(AbstractBaseUser):
    """Somebody who may sign in to the desk. What they may do there, their memberships say."""

    username = models.CharField(
        _("sign-in name"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Somebody has this sign-in name already.")},
    )
    name = models.CharField(_("name"), max_length=40)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(
        _("may sign in"), default=True, help_text=_("Untick this instead of deleting somebody.")
    )
    date_joined = models.DateTimeField(_("account since"), default=timezone.now, editable=False)
    language = models.CharField(
        _("language of the desk"),
        max_length=10,
        default="zh-hans",
        choices=[("zh-hans", "中文"), ("en", "English")],
    )
    correspondent = models.OneToOneField(
        Correspondent,
        verbose_name=_("is credited as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="user",
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    # A page of the desk asks some thirty times which screens there are for its user: set for that one request.
    # What decides on a story asks anew each time (`current_memberships`).
    asks_once = False
    # Set as well for a request that only looks at something: roles in units and their tree are asked for once, too.
    only_looks = False

    objects = UserManager()
    history = PersonRecords(excluded_fields=["password", "last_login"])

    class Meta:
        ordering = ["name", "username"]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def is_staff(self) -> bool:
        """Whoever may sign in at all, signs in to the desk."""
        return self.is_active

    def current_memberships(self, *, on: date) -> list[Membership]:
        """The memberships in force on that day, none for somebody who may not sign in. One query; while `only_looks` is
        set, one for all questions about a day.
        """
        kept = self._looked_up if self.only_looks else {}
        if on not in kept:
            kept[on] = list(self.memberships.current(on=on))
        return kept[on]

    @cached_property
    def _looked_up(self) -> dict[date, list[Membership]]:
        return {}

    def unit_parents(self) -> dict[int, int | None]:
        """The tree of units: to each id that of the unit above it. One query; while `only_looks` is set, one in all."""
        return (
            self._looked_up_parents if self.only_looks else dict(Unit.objects.values_list("pk", "parent_id"))
        )

    def looked_up_above(self, unit: Unit) -> set[int]:
        """Ids of the unit and of those above it, as the tree was when it was looked up."""
        return set(roles.upwards(unit.pk, self.unit_parents()))

    @cached_property
    def _looked_up_parents(self) -> dict[int, int | None]:
        return dict(Unit.objects.values_list("pk", "parent_id"))

    def roles_now(self) -> frozenset[str]:
        """The roles held today, in whatever unit. One query; while `asks_once` is set, one for all questions."""
        return self._roles_of_this_request if self.asks_once else self._asked_roles()

    def _asked_roles(self) -> frozenset[str]:
        return frozenset(m.role for m in self.current_memberships(on=roles.today()))

    @cached_property
    def _roles_of_this_request(self) -> frozenset[str]:
        return self._asked_roles()

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Answer Django's question by `accounts.roles`; there is no superuser who may do everything."""
        return self.is_active and roles.permits(self, perm)

    def has_perms(self, perm_list: list[str], obj: object | None = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, *, on: date) -> MembershipQuerySet:
        """Memberships in force on that day, of people who may sign in."""
        return self.filter(
            Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gte=on), user__is_active=True
        )

    def get_by_natural_key(self, username: str, role: str, unit: str | None) -> Membership:
        return self.get(user__username=username, role=role, unit__slug=unit)


class Membership(models.Model):
    """A user's role in a unit and in everything under it."""

    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
        help_text=_("The role holds in this unit and in everything under it. An administrator has none."),
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            # A role is held once in a unit.
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                name="membership_is_held_once",
                violation_error_message=_("This person already holds this role in this unit."),
            ),
            # The same for a role without a unit, since databases take two NULLs for different.
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(unit=None),
                name="membership_without_unit_is_held_once",
                violation_error_message=_("This person already holds this role."),
            ),
            # An administrator runs the house, not a unit; every other role needs a unit to hold in.
            models.CheckConstraint(
                condition=Q(role=Role.ADMINISTRATOR, unit=None)
                | (~Q(role=Role.ADMINISTRATOR) & Q(unit__isnull=False)),
                name="membership_has_a_unit_unless_administrator",
                violation_error_message=_(
                    "Every role but the administrator's needs a unit; an administrator has none."
                ),
            ),
            # A membership cannot end before it starts.
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("A membership cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}" + (f" · {self.unit}" if self.unit else "")

    def natural_key(self) -> tuple[str, str, str | None]:
        return (self.user.username, self.role, self.unit.slug if self.unit else None)

    natural_key.dependencies = ["accounts.user", "units.unit"]  # type: ignore[attr-defined]
