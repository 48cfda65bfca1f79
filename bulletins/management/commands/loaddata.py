"""Django's `loaddata`; it also asks the checks of the releases it loaded, enters them in the public lists and the search, and
sketches the stories it loaded and enters their steps in the log, in the same transaction.
"""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from bulletins import search
from bulletins.models import Article, Listing, Release, Transition
from bulletins.readiness import alike
from bulletins.readiness.wording import sentence
from bulletins.records import entering
from bulletins.workflow.findings import standing

# What the workflow moves. Where the database says otherwise, somebody has worked on it since the fixture was written,
# and loading it would undo that: set a text back, or make public again what was withdrawn.
MOVED = {
    Article: ("stage", "cycle", "round", "revision_number"),
    Release: ("public_until", "withdrawn_at", "notice"),
}


# What says of an article that it was handed in, and what is known of it by then.
TELLS = {Article: "pk", Release: "article_id", Transition: "article_id"}


class Command(loaddata.Command):
    def save_obj(self, obj: Any) -> bool:
        """Say what is missing, where the database would only say which column is empty."""
        self._refuse_to_undo_work(obj.object)
        try:
            saved: bool = super().save_obj(obj)
        except IntegrityError as error:
            if not obj.deferred_fields:
                raise
            missing = "、".join(
                f"{field.related_model._meta.verbose_name} {key}"
                for field, key in obj.deferred_fields.items()
            )
            raise CommandError(
                _("Nothing was loaded: %(missing)s is named, but neither in the database nor in the fixture.")
                % {"missing": missing}
            ) from error
        if type(obj.object) in TELLS:
            self.loaded_articles.add(getattr(obj.object, TELLS[type(obj.object)]))
        if isinstance(obj.object, Release):
            self.loaded_releases.add(obj.object.pk)
        return saved

    def _refuse_to_undo_work(self, loaded: Any) -> None:
        fields = MOVED.get(type(loaded))
        if not fields or loaded.pk is None:
            return
        stored = type(loaded).objects.filter(pk=loaded.pk).values(*fields).first()
        if stored and any(stored[field] != getattr(loaded, field) for field in fields):
            raise CommandError(
                _(
                    "Nothing was loaded: somebody has worked on %(number)s since. Loading it again would undo that."
                )
                % {"number": loaded.number}
            )

    def loaddata(self, fixture_labels: Any) -> None:
        self.loaded_articles: set[int] = set()
        self.loaded_releases: set[int] = set()
        try:
            super().loaddata(fixture_labels)
        except DeserializationError as error:
            raise CommandError(_("Nothing was loaded: %(error)s") % {"error": error}) from error
        self._refuse_what_must_be_mended()
        at = timezone.now()
        Listing.objects.complete(at=at)
        search.index.complete(at=at)
        alike.remember_again(self.loaded_articles)
        entering.fixtures_were_loaded(fixture_labels, self.loaded_object_count)
        entering.steps_were_there(entering.steps().filter(article__in=self.loaded_articles))

    def _refuse_what_must_be_mended(self) -> None:
        """A release is a release, whoever signed it elsewhere: the checks are asked of it here as well."""
        for release in Release.objects.filter(pk__in=self.loaded_releases).select_related("article"):
            day = timezone.localdate(release.public_from)
            found = standing(release.content, article=release.article, day=day)
            if blocking := [sentence(one.finding) for one in found if one.blocks]:
                raise CommandError(
                    _("Nothing was loaded: in %(number)s something must be mended first. %(said)s")
                    % {"number": release.number, "said": " ".join(blocking[:3])}
                )
