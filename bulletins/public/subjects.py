"""What the stories on a page of a list are about: the campaigns and tags that most of them name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from taggit.models import Tag

from bulletins.models import Campaign, Release

MOST = 8


@dataclass(frozen=True)
class Subjects:
    """Those that most stories name first."""

    campaigns: list[Campaign]
    tags: list[Tag]

    def __bool__(self) -> bool:
        return bool(self.campaigns or self.tags)


def subjects_of(items: Iterable[Release], *, but: Tag | None = None) -> Subjects:
    """Without the tag `but`, whose page it is. At most two queries."""
    campaigns: Counter[tuple[str, str]] = Counter()
    tags: Counter[str] = Counter()
    for item in items:
        campaigns.update({(named["slug"], named["name"]) for named in item.content["campaigns"]})
        tags.update({name for name in item.content["tags"] if but is None or name != but.name})
    named = [{"slug": slug, "name": name} for slug, name in _most(campaigns)]
    present = Campaign.objects.public().present(named)
    names = _most(tags)
    kept = {tag.name: tag for tag in Tag.objects.filter(name__in=names)} if names else {}
    return Subjects(
        campaigns=list(dict.fromkeys(present[each["slug"]] for each in named if each["slug"] in present)),
        tags=[kept[name] for name in names if name in kept],
    )


def _most(counted: Counter[Any]) -> list[Any]:
    return sorted(counted, key=lambda named: (-counted[named], named))[:MOST]
