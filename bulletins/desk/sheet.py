"""The article form as a whole: text, byline and photos, read together and written together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Correspondent, User
from bulletins.desk import photos
from bulletins.desk.forms import ArticleForm, CreditFormSet, PhotoFormSet
from bulletins.models import Article, Campaign, Credit, Photo, Stage
from bulletins.models.body import PHOTO
from bulletins.models.revision import Content, content_of
from units.models import Unit


class Sheet:
    """Opened on an article (saved or not yet), filled in by a POST or from the article itself."""

    def __init__(self, article: Article, *, user: User, request: HttpRequest | None = None) -> None:
        self.article = article
        self.upload_errors: list[str] = []
        data = self._posted(request) if request else None
        settled = bool(article.pk) and article.stage not in {Stage.DRAFT, Stage.RETURNED}
        self.form = ArticleForm(
            data,
            instance=article,
            units=writable_units(user),
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
            "tags": "，".join(sorted(article.tags.values_list("name", flat=True))),
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
            for credit in self.article.credits.select_related("correspondent")
        ]

    def _photo_rows(self) -> list[dict[str, Any]]:
        if not self.article.pk:
            return []
        return [
            {"token": photos.token_of(p), "caption": p.caption, "alt": p.alt, "credit": p.credit}
            for p in self.article.photos.all()
        ]

    def _order_campaigns(self) -> None:
        """Those that run now come first; one that ended is offered where it is chosen already, or was just now."""
        on = roles.today()
        running = Campaign.objects.running(on=on)
        chosen = set(self.article.campaigns.values_list("pk", flat=True)) if self.article.pk else set()
        first = list(running.values_list("pk", "name"))
        others = Campaign.objects.exclude(pk__in=[pk for pk, _name in first]).values_list("pk", "name")
        field = self.form.fields["campaigns"]
        field.choices = first + [  # type: ignore[attr-defined]
            (pk, name if pk in chosen else _("%(name)s (not running now)") % {"name": name})
            for pk, name in others
        ]

    # --- Reading it --------------------------------------------------------------------------------------------

    def is_valid(self) -> bool:
        """All parts are asked, so that all errors show at once."""
        parts = [self.form.is_valid(), self.credits.is_valid(), self.photos.is_valid()]
        return all(parts) and not self.upload_errors

    def _rows(self, formset: Any) -> Iterable[dict[str, Any]]:
        return (form.cleaned_data for form in formset.ordered_forms if form.cleaned_data)

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
        Credit.objects.bulk_create(self._credits(article))
        article.photos.all().delete()
        Photo.objects.bulk_create(self._photos(article))

    def _credits(self, article: Article) -> list[Credit]:
        found: list[Credit] = []
        for row in self._rows(self.credits):
            name = row.get("name", "")
            if not name:
                continue
            person = row.get("correspondent") or _only_namesake(name, article.unit)
            found.append(
                Credit(
                    article=article,
                    position=len(found) + 1,
                    correspondent=person,
                    name="" if person else name,
                    role=row["role"],
                    capacity=row.get("capacity", ""),
                )
            )
        return found

    def _photos(self, article: Article) -> list[Photo]:
        found: list[Photo] = []
        for row in self._rows(self.photos):
            values = photos.read_token(row.get("token", ""))
            if values is None or any(p.sha256 and p.sha256 == values["sha256"] for p in found):
                continue
            words = {name: row.get(name, "") for name in ("caption", "alt", "credit")}
            found.append(Photo(article=article, position=len(found) + 1, **values, **words))
        return found

    def as_content(self) -> Content:
        """What the article would be if this were saved now. Nothing is."""
        with transaction.atomic():
            article = Article.objects.select_related("unit").get(pk=self.article.pk)
            self.write(article)
            content = content_of(Article.objects.select_related("unit").get(pk=article.pk))
            transaction.set_rollback(True)
        return content


def _only_namesake(name: str, unit: Unit) -> Correspondent | None:
    """The correspondent of the unit who bears this name, if exactly one does: for those who just type it."""
    namesakes = list(Correspondent.objects.filter(name=name, unit=unit)[:2])
    return namesakes[0] if len(namesakes) == 1 else None


def writable_units(user: User) -> list[int]:
    """Ids of the units that this person may write for, as long as they exist."""
    on = roles.today()
    covered = roles.covered_units(user, roles.WRITERS, on=on)
    return list(Unit.objects.active(on=on).filter(pk__in=covered).values_list("pk", flat=True))


def usual_unit(user: User) -> int | None:
    """The unit of the last story, or else the first unit of one's own."""
    units = set(writable_units(user))
    last = Article.objects.filter(author=user).order_by("-pk").values_list("unit_id", flat=True).first()
    if last in units:
        return last
    own = [m.unit_id for m in user.current_memberships(on=roles.today()) if m.role in roles.WRITERS]
    return next((unit for unit in own if unit in units), None)
