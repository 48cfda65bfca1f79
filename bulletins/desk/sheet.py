"""The article form as a whole: text, byline and photos, read together and written together."""

from __future__ import annotations

import html
from collections.abc import Iterable
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from taggit.models import Tag

from accounts import roles
from accounts.models import Correspondent, User
from bulletins.desk import photos
from bulletins.desk.forms import LONGEST_BODY, ArticleForm, CreditFormSet, PhotoFormSet, body_from_form
from bulletins.models import Article, Campaign, Credit, CreditRole, Photo, Stage
from bulletins.models.body import PHOTO
from bulletins.models.revision import Content, compose, content_of, read_parts
from units.models import Unit, UnitQuerySet

# What somebody writes in their own words: looked at as it stands, even where it cannot be saved like this.
WRITTEN = ("kicker", "headline", "subhead", "summary", "body", "source", "correction")

# What a row says of its photo besides its token.
PHOTO_WORDS, PHOTO_POINT = ("caption", "alt", "credit"), ("focus_x", "focus_y")


class Sheet:
    """Opened on an article (saved or not yet), filled in by a POST or from the article itself."""

    def __init__(
        self,
        article: Article,
        *,
        user: User,
        request: HttpRequest | None = None,
        data: QueryDict | None = None,
    ) -> None:
        """`request`: the form was sent, with its uploads. `data`: what stands in it, its pictures received already."""
        self.article = article
        self.upload_errors: list[str] = []
        if request:
            data = self._posted(request)
        if data is None and article.pk:
            read_parts(article)
        settled = bool(article.pk) and article.stage not in {Stage.DRAFT, Stage.RETURNED}
        self.form = ArticleForm(
            data,
            instance=article,
            units=_writable(user),
            settled=settled,
            initial=None if data else self._initial(),
        )
        self.credits = CreditFormSet(
            data, prefix="credits", initial=None if data else self._credit_rows(user)
        )
        self.photos = PhotoFormSet(data, prefix="photos", initial=None if data else self._photo_rows())
        self._order_campaigns()

    # --- What stands in the form -------------------------------------------------------------------------------

    def _posted(self, request: HttpRequest) -> QueryDict:
        """The POST, with a row of its own for each picture that was sent along with it."""
        data = request.POST.copy()
        for upload in request.FILES.getlist("new_photos"):
            self._receive(upload, data)
        return data

    def _receive(self, upload: UploadedFile, data: QueryDict) -> None:
        try:
            token = photos.receive(upload)
        except ValidationError as error:
            self.upload_errors += [f"{upload.name}：{message}" for message in error.messages]
            return
        total = data.get("photos-TOTAL_FORMS", "0")
        row = int(total) if total.isdecimal() and len(total) < 4 else 0
        data["photos-TOTAL_FORMS"] = str(row + 1)
        data[f"photos-{row}-token"] = token

    def _initial(self) -> dict[str, Any]:
        article = self.article
        if not article.pk:
            return {}
        shown = {photo.sha256: photos.address_of(photos.token_of(photo)) for photo in article.photos.all()}
        return {
            "body": PHOTO.sub(lambda match: shown.get(match[1]) or self._lost(match[1]), article.body),
            "tags": "，".join(sorted(tag.name for tag in article.tags.all())),
        }

    def _lost(self, sha256: str) -> str:
        return reverse("admin:article_picture", args=[self.article.number, sha256])

    def _credit_rows(self, user: User) -> list[dict[str, Any]]:
        if not self.article.pk:
            own = user.correspondent
            return [{"name": own.name, "correspondent": own.pk}] if own else []
        return [
            {
                "name": credit.printed_name,
                "correspondent": credit.correspondent_id,
                "role": credit.role,
                "capacity": credit.capacity,
            }
            for credit in self.article.credits.all()
        ]

    def _photo_rows(self) -> list[dict[str, Any]]:
        if not self.article.pk:
            return []
        return [
            {"token": photos.token_of(p)} | {name: getattr(p, name) for name in (*PHOTO_WORDS, *PHOTO_POINT)}
            for p in self.article.photos.all()
        ]

    def _order_campaigns(self) -> None:
        """Those that run now come first; one that ended is offered where it is chosen already, or was just now."""
        chosen = {campaign.pk for campaign in self.article.campaigns.all()} if self.article.pk else set()
        runs = Exists(Campaign.objects.running(on=roles.today()).filter(pk=OuterRef("pk")))
        campaigns = list(Campaign.objects.annotate(runs=runs).values_list("runs", "pk", "name"))
        self.form.fields["campaigns"].choices = [  # type: ignore[attr-defined]
            (pk, name if runs or pk in chosen else _("%(name)s (not running now)") % {"name": name})
            for runs, pk, name in sorted(campaigns, key=lambda campaign: not campaign[0])
        ]

    # --- Reading it --------------------------------------------------------------------------------------------

    def is_valid(self) -> bool:
        """All parts are asked, so that all errors show at once."""
        parts = [self.form.is_valid(), self.credits.is_valid(), self.photos.is_valid()]
        return all(parts) and not self.upload_errors

    def field_of(self, passage: str) -> str:
        """Id of the part of the page where a passage (as a finding names it) is written; empty if there is none."""
        name, *place = passage.split(".")
        if name in self.form.fields:
            return self.form[name].id_for_label or name
        if name not in {"credits", "photos"}:
            return ""
        rows = self.named_rows() if name == "credits" else [row for row, _values in self.picture_rows()]
        if not place or int(place[0]) >= len(rows):
            return name
        usual = "name" if name == "credits" else "caption"
        return str(rows[int(place[0])][place[1] if len(place) > 1 else usual].id_for_label)

    def _kept_rows(self, formset: Any) -> list[forms.Form]:
        """The rows that are not removed, in the order in which they were put; those without a number come last."""
        rows = [row for row in formset.forms if not made_of(row, "DELETE")]
        return sorted(rows, key=lambda row: (made_of(row, "ORDER") is None, made_of(row, "ORDER") or 0))

    def named_rows(self) -> list[forms.Form]:
        return [row for row in self._kept_rows(self.credits) if written_in(row, "name")]

    def picture_rows(self) -> list[tuple[forms.Form, dict[str, Any]]]:
        """Rows with what their tokens say; a picture stands once in an article."""
        found: list[tuple[forms.Form, dict[str, Any]]] = []
        for row in self._kept_rows(self.photos):
            values = photos.read_token(written_in(row, "token"))
            if values is None or any(p["sha256"] and p["sha256"] == values["sha256"] for _row, p in found):
                continue
            found.append((row, values))
        return found

    # --- Writing it --------------------------------------------------------------------------------------------

    def write(self, article: Article) -> None:
        """Save what was filled in on the (locked) article. Called by the workflow, and by nothing else for good."""
        given = self.form.cleaned_data
        names = self.form.text_fields()
        for name in names:
            setattr(article, name, given[name])
        article.save(update_fields=names)
        article.campaigns.set(given["campaigns"])
        article.tags.set(given["tags"])
        article.credits.all().delete()
        Credit.objects.bulk_create(self._credits(article, article.unit))
        article.photos.all().delete()
        Photo.objects.bulk_create(self._photos(article))

    def as_content(self) -> Content:
        """What the article would be if this were saved now: to the letter, but nothing is written.

        Works before it is begun, too. What cannot be saved counts as it stands there.
        """
        if not self.form.is_bound:
            return content_of(self.article)
        self.is_valid()
        given = self.form.cleaned_data
        article = copy(self.article)
        for name in self.form.text_fields():
            if name in given:
                setattr(article, name, given[name])
            elif name in WRITTEN:
                setattr(article, name, written_in(self.form, name))
        if "body" not in given:
            article.body = _markup_of(article.body)
        unit = given.get("unit") if "unit" in self.form.fields else article.unit
        return compose(
            article,
            unit=unit,
            credits=self._credits(article, unit),
            campaigns=given.get("campaigns", ()),
            tags=_tag_names(given.get("tags", ())),
            photos=self._photos(article),
        )

    def photos_of_the_form(self) -> list[Photo] | None:
        """The photos that stand in it, with what was noted when they were sent; None if they are the article's own."""
        return self._photos(self.article) if self.form.is_bound else None

    def _credits(self, article: Article, unit: Unit | None) -> list[Credit]:
        found: list[Credit] = []
        for position, row in enumerate(self.named_rows(), start=1):
            name = written_in(row, "name")
            person = made_of(row, "correspondent") or (unit and _only_namesake(name, unit))
            found.append(
                Credit(
                    article=article,
                    position=position,
                    correspondent=person,
                    name="" if person else name,
                    role=made_of(row, "role") or CreditRole.TEXT,
                    capacity=made_of(row, "capacity") or "",
                )
            )
        return found

    def _photos(self, article: Article) -> list[Photo]:
        return [
            Photo(
                article=article,
                position=position,
                **values,
                **{name: written_in(row, name) for name in PHOTO_WORDS},
                **{name: made_of(row, name) for name in PHOTO_POINT},
            )
            for position, (row, values) in enumerate(self.picture_rows(), start=1)
        ]


def made_of(form: forms.BaseForm, name: str) -> Any:
    """What was made of a field; None if nothing could be."""
    return getattr(form, "cleaned_data", {}).get(name)


def written_in(form: forms.BaseForm, name: str) -> str:
    """What was made of a field of text, or what stands in it if it cannot be saved like this."""
    given = made_of(form, name)
    # A database keeps no zero bytes, so it is not asked about any either.
    return given if given is not None else str(form[name].value() or "").strip().replace("\0", "\ufffd")


def _markup_of(sent: str) -> str:
    """The body that was sent and cannot be saved; of one that is too long, enough for a check to say so."""
    if len(sent) > LONGEST_BODY:
        return html.escape(sent[: LONGEST_BODY + 1])
    return body_from_form(sent)[0]


def _tag_names(names: Iterable[str]) -> set[str]:
    """As they will be called: a tag that exists in another case already is that one."""
    found: dict[str, str] = {}
    for name in names:
        known = Tag.objects.filter(name__iexact=name).order_by("pk").values_list("name", flat=True).first()
        found.setdefault(known or name.lower(), known or name)
    return set(found.values())


def _only_namesake(name: str, unit: Unit) -> Correspondent | None:
    """The correspondent of the unit who bears this name, if exactly one does: for those who just type it."""
    namesakes = list(Correspondent.objects.filter(name=name, unit=unit)[:2])
    return namesakes[0] if len(namesakes) == 1 else None


def _writable(user: User) -> UnitQuerySet:
    on = roles.today()
    return Unit.objects.active(on=on).filter(pk__in=roles.covered_units(user, roles.WRITERS, on=on))


def writable_units(user: User) -> list[int]:
    """Ids of the units that this person may write for, as long as they exist."""
    return list(_writable(user).values_list("pk", flat=True))


def usual_unit(user: User) -> int | None:
    """The unit of the last story, or else the first unit of one's own."""
    units = set(writable_units(user))
    last = Article.objects.filter(author=user).order_by("-pk").values_list("unit_id", flat=True).first()
    if last in units:
        return last
    own = [m.unit_id for m in user.current_memberships(on=roles.today()) if m.role in roles.WRITERS]
    return next((unit for unit in own if unit in units), None)
