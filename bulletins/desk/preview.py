"""A newspaper page as readers will see it, before they do: by the template and the styles of the public site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.forms import inlineformset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import get_urlconf, set_urlconf
from django.utils import timezone

from bulletins.desk.page_form import PageForm, PlacementForm, PlacementFormSet
from bulletins.models import Page, Placement, SiteProfile
from bulletins.models.placing import placed

PLACES = ("position", "column", "row", "width", "height", "weight", "text_columns")


@contextmanager
def readers_addresses() -> Iterator[None]:
    """Links lead where they lead readers, also in a process that serves the desk alone."""
    before = get_urlconf()
    set_urlconf(settings.READERS_URLCONF)
    try:
        yield
    finally:
        set_urlconf(before)


def show(request: HttpRequest, page: Page | None) -> HttpResponse:
    """What was sent from the form, else the page as it is kept."""
    if request.method == "POST":
        page, placements, problems = _as_sent(request.POST, page)
    elif page is not None:
        placements, problems = list(page.placements.all()), []
    else:
        raise Http404
    context = {
        "paper": page,
        "placements": placed(sorted(placements, key=lambda placement: placement.position), at=timezone.now()),
        "problems": problems,
        "is_saved": request.method != "POST",
        "site": SiteProfile.objects.current(),
    }
    with readers_addresses():
        return HttpResponse(render_to_string("desk/page_preview.html", context))


def _as_sent(data: Any, page: Page | None) -> tuple[Page, list[Placement], list[str]]:
    """The page, what stands on it, and what is wrong with either. Nothing of it is saved."""
    form = PageForm(data, instance=page or Page())
    said = [sentence for sentences in form.errors.values() for sentence in sentences]
    formset = inlineformset_factory(Page, Placement, form=PlacementForm, formset=PlacementFormSet)(
        data, instance=page or Page(), prefix="placements"
    )
    given = [
        one.cleaned_data for one in formset.forms if one.is_valid() and not one.cleaned_data.get("DELETE")
    ]
    placements = [
        Placement(article=one["article"], **{name: one[name] for name in PLACES})
        for one in given
        if one.get("article")
    ]
    said += [sentence for one in formset.forms for each in one.errors.values() for sentence in each]
    said += formset.non_form_errors()
    paper = form.instance
    paper.date, paper.number = paper.date or timezone.localdate(), paper.number or 1
    return paper, [*placements, *form.added_below(placements)], list(map(str, said))
