"""What is arranged beside an article, as its page shows it, with the forms of whoever may change it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import User
from bulletins import arranging
from bulletins.models import Article

LINES = 20


class MomentForm(forms.Form):
    when = forms.DateTimeField(
        label=_("Day and time (Beijing time)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write the date and time as 2021-12-31 08:30.")},
    )


def arranged_beside(
    user: User, article: Article, *, at: datetime, waits: bool, may_edit: bool
) -> dict[str, Any]:
    """What stands beside the article, and what of it this person may change. `waits`: whether it waits for them."""
    stands = arranging.arrangement_of(article)
    is_finished = article.stage in arranging.FINISHED
    is_desk = roles.is_desk_or_chief(user, article, on=timezone.localdate(at))
    may_embargo = not is_finished and (is_desk or may_edit)
    lines = list(article.arranged.select_related("person", "by").order_by("-at", "-pk")[:LINES])
    above = user.looked_up_above(article.unit) if is_desk else ()
    people = arranging.could_answer(article, above=above, at=at) if is_desk else []
    return {
        "stands": stands,
        "is_overdue": stands.due_at is not None and stands.due_at <= at,
        "is_held_back": stands.not_before is not None and stands.not_before > at,
        "may_claim": stands.handler is None and waits,
        "may_lay_down": stands.handler is not None and (stands.handler == user or is_desk),
        "people": [person for person in people if person not in {user, stands.handler}],
        "may_set_due": is_desk and not is_finished,
        "may_embargo": may_embargo,
        "due_form": MomentForm(initial={"when": stands.due_at}, auto_id="due_%s"),
        "embargo_form": MomentForm(initial={"when": stands.not_before}, auto_id="embargo_%s"),
        "lines": lines,
    }
