"""What a page is about, said once by its view: for the breadcrumbs that readers see, and for what machines read."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bulletins.models import Release
from units.models import Unit


@dataclass(frozen=True)
class Crumb:
    """One step of the way to a page. The page itself has no address here; names of our own are always Chinese."""

    name: str | Promise
    url: str = ""
    is_chinese: bool = False


@dataclass(frozen=True)
class About:
    """`trail`: the way to the page from below the front page, itself included; empty for the front page.

    `told_by`: the parameters by which its address says which page it is. All others change nothing in it.
    """

    trail: tuple[Crumb, ...] = ()
    told_by: tuple[str, ...] = ()

    @property
    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Home"), reverse("public:home")), *self.trail] if self.trail else []


@dataclass(frozen=True)
class FrontPage(About):
    pass


@dataclass(frozen=True)
class Column(About):
    """A list of stories, or a list of lists: what the norm calls a column.

    `type` is what kind of column it is, such as units or campaigns; `title` its name where the way to it says a shorter
    one; `keywords` are those beside that name.
    """

    type: str | Promise = ""
    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.title or str(self.trail[-1].name)


@dataclass(frozen=True)
class Story(About):
    release: Release | None = None
    unit: Unit | None = None


def listed(view: str, name: str | Promise) -> Crumb:
    """The way through one of the lists in the menu."""
    return Crumb(name, reverse(f"public:{view}"))


def through_units(units: list[Unit]) -> list[Crumb]:
    return [Crumb(unit.short_name, reverse("public:unit", args=[unit.slug]), True) for unit in units]
