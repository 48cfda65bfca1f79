"""Photos on their way into an article: received, shown again, and named by a token that only the desk can write."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import roles
from bulletins.desk.reading import readable_article
from bulletins.models import Photo, Revision, pictures, renditions

SALT = "bulletins.desk.photos"
FILE_FIELDS = ("file", "web", "sha256", "width", "height", "is_missing", "fingerprint", "had_place")


def token_of(photo: Photo) -> str:
    """A photo that an article has already, as the form hands it back."""
    values = {name: getattr(photo, name) for name in FILE_FIELDS}
    return signing.dumps(values | {"file": photo.file.name, "web": photo.web.name}, salt=SALT, compress=True)


def read_token(token: str) -> dict[str, Any] | None:
    """The file fields of a photo, or nothing if the desk did not write this."""
    try:
        return signing.loads(token, salt=SALT)  # type: ignore[no-any-return]
    except signing.BadSignature:
        return None


def receive(upload: UploadedFile) -> str:
    """Check and keep an uploaded picture; its token. Raises `ValidationError` with a sentence."""
    prepared = pictures.prepare(upload)
    prepared.store()
    return signing.dumps(
        {
            "file": prepared.file_name,
            "web": prepared.web_name,
            "sha256": prepared.sha256,
            "width": prepared.width,
            "height": prepared.height,
            "is_missing": False,
            "fingerprint": prepared.fingerprint,
            "had_place": prepared.had_place,
        },
        salt=SALT,
        compress=True,
    )


def cut(chosen: Iterable[Photo]) -> None:
    """Cut photos around the points that were chosen for them, as those see it who are sent a link to the story.

    Until that is done, and of a picture whose file is lost, they are shown the whole.
    """
    for photo in chosen:
        if photo.focus and photo.sha256:
            with suppress(FileNotFoundError):
                pictures.keep_renditions(str(photo.file.name), photo.sha256, [renditions.card(photo.focus)])


def address_of(token: str) -> str:
    """Where the picture of a token can be looked at; empty if it has none."""
    values = read_token(token) or {}
    if not values.get("sha256"):
        return ""
    return reverse("admin:picture", args=[values["sha256"]]) + f"?token={token}"


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """One picture, sent while the form is still being filled in."""
    chosen = request.FILES.get("picture")
    may_write = (*roles.WRITERS, roles.Role.CHIEF_EDITOR)
    if chosen is None or not roles.holds(request.user, may_write, None, on=roles.today()):  # type: ignore[arg-type]
        raise Http404
    try:
        token = receive(chosen)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    values = read_token(token) or {}
    return JsonResponse({"token": token, "sha256": values["sha256"], "address": address_of(token)})


def just_uploaded(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """A picture by its token, for whoever has the form that holds it."""
    values = read_token(request.GET.get("token", ""))
    if values is None or values["sha256"] != sha256 or not values["web"]:
        raise Http404
    return _picture(values["web"])


def of_article(request: HttpRequest, number: str, sha256: str) -> HttpResponseBase:
    """A picture of an article, now or in one of its earlier versions, for whoever may read the article."""
    article = readable_article(request.user, number)  # type: ignore[arg-type]
    photo = article.photos.filter(sha256=sha256).first()
    if photo is not None and photo.web:
        return _picture(str(photo.web.name))
    # A photo that was taken out stands in the earlier versions still; its name follows from its hash.
    for content in Revision.objects.filter(article=article).values_list("content", flat=True).iterator():
        if any(shown["sha256"] == sha256 for shown in content["photos"]):
            return _picture(f"photos/{sha256[:2]}/{sha256}.web.jpg")
    raise Http404


def _picture(name: str) -> HttpResponse:
    if not default_storage.exists(name):
        raise Http404
    with default_storage.open(name) as file:
        return HttpResponse(file.read(), content_type="image/jpeg")
