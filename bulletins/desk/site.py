"""The desk: Django's admin under another name, for the people who write, review and sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from accounts import roles
from bulletins.desk import (
    acting,
    approval_sheet,
    arrange,
    beside,
    board,
    calendar,
    catalogue,
    checking,
    comparing,
    errors,
    figures,
    in_bulk,
    links,
    log,
    notices,
    photos,
    preview_links,
    previewed,
    proofs,
    queue,
    reading,
    remarks,
    start,
    suggest,
    together,
    wechat,
    whole_history,
    writing,
)
from bulletins.desk.lookup import LookupView
from bulletins.models import SiteProfile, converters  # noqa: F401  registers what the addresses name
from units import telling


class DeskSite(AdminSite):
    site_header = _("Desk")
    site_title = _("Desk")
    index_title = _("What waits for you")
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Nothing here is deleted by the dozen.
        self.disable_action("delete_selected")

    def admin_view(
        self, view: Callable[..., HttpResponseBase], cacheable: bool = False
    ) -> Callable[..., Any]:
        """As Django's, but no answer of the desk is ever kept, and what was posted without a sign-in is not lost."""
        guarded = super().admin_view(view, cacheable=False)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and not self.has_permission(request):
                return errors.signed_out(request)
            try:
                return guarded(request, *args, **kwargs)
            except Http404:
                return errors.not_found(request)
            except PermissionDenied:
                return errors.forbidden(request)

        inner.csrf_exempt = getattr(guarded, "csrf_exempt", False)  # type: ignore[attr-defined]
        return inner

    def get_urls(self) -> list[URLPattern | URLResolver]:
        def at(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
            return path(route, self.admin_view(view), name=name)

        sheet = "articles/<str:number>/approval-sheet/<int:cycle>"
        return [
            at("queue/", queue.show, "queue"),
            at("queue/pass/", in_bulk.pass_all, "pass_in_bulk"),
            at("queue/passed/", in_bulk.show, "passed_in_bulk"),
            at("board/", board.show, "board"),
            at("calendar/", calendar.show, "calendar"),
            at("articles/", catalogue.show, "articles"),
            at("articles/new/", writing.begin, "article_new"),
            at("articles/check/", checking.check, "article_check"),
            at("articles/<str:number>/", reading.show, "article"),
            at("articles/<str:number>/edit/", writing.edit, "article_edit"),
            at("articles/<str:number>/do/<slug:verb>/", acting.act, "article_act"),
            at("articles/<str:number>/arrange/<slug:what>/", arrange.arrange, "article_arrange"),
            at("articles/<str:number>/revisions/<int:revision>/", reading.show_revision, "article_revision"),
            at("articles/<str:number>/differences/", comparing.show, "article_differences"),
            at("articles/<str:number>/together/", together.tell, "article_together"),
            at("articles/<str:number>/beside/<str:other>/", beside.show, "article_beside"),
            at("articles/<str:number>/wechat/", wechat.show, "article_wechat"),
            at("articles/<str:number>/wechat/text/", wechat.show_text, "article_wechat_text"),
            at("articles/<str:number>/prove/", proofs.again, "article_prove"),
            at("articles/<str:number>/proofs/<int:pk>/", proofs.show, "article_proof"),
            at("articles/<str:number>/history/", whole_history.show, "article_history"),
            at("articles/<str:number>/approval-sheet/", approval_sheet.show, "approval_sheet"),
            at(f"{sheet}/", approval_sheet.show, "approval_sheet_of_cycle"),
            at(f"{sheet}/sheet.pdf", approval_sheet.download, "approval_sheet_pdf"),
            at("articles/<str:number>/links/", links.ask, "article_links"),
            at("articles/<str:number>/preview/", preview_links.show, "article_preview"),
            at("articles/<str:number>/preview/<int:pk>/end/", preview_links.end, "article_preview_end"),
            at("articles/<str:number>/readers/", remarks.readers, "article_readers"),
            at("articles/<str:number>/remarks/", remarks.write, "article_remarks"),
            at("articles/<str:number>/remarks/<int:pk>/", remarks.reply, "article_remark"),
            at("articles/<str:number>/pictures/<str:sha256>/", photos.of_article, "article_picture"),
            at("pictures/", photos.upload, "picture_upload"),
            at("pictures/<str:sha256>/", photos.just_uploaded, "picture"),
            # Whoever has the link needs no sign-in.
            path("preview/<str:token>/", previewed.show, name="preview"),
            path("preview/<str:token>/photos/<picture:file>", previewed.photo, name="preview_photo"),
            at("suggest/people/", suggest.people, "suggest_people"),
            at("suggest/tags/", suggest.tags, "suggest_tags"),
            at("reached/", together.reached, "reached"),
            at("figures/", figures.show, "figures"),
            at("figures/stories/", figures.show_stories, "figures_stories"),
            at("log/", log.show, "log"),
            at("log/log.<str:form>", log.download, "log_download"),
            at("notices/", notices.show, "notices"),
            at("notices/read/", notices.mark_read, "notices_read"),
            at("notices/choice/", notices.choose, "notices_choice"),
            at("notices/<int:pk>/", notices.follow, "notice"),
            at("me/", notices.profile_page, "profile"),
            # Not `r/…`, by which whoever guesses an id is led to the number of a story that is not public yet.
            *(address for address in super().get_urls() if getattr(address, "name", "") != "view_on_site"),
        ]

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        with telling.together():
            return super().password_change(request, extra_context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponseBase:
        return LookupView.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return start.show(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        # Django's own would ask for every permission of every model, for a sidebar that is not shown.
        context: dict[str, Any] = {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": "/" if settings.HAS_PUBLIC else "",
            "has_permission": self.has_permission(request),
            "available_apps": [],
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "log_entries": self.get_log_entries(request),
            "house": SiteProfile.objects.current(),
        }
        if context["has_permission"]:
            held = {m.role for m in request.user.current_memberships(on=roles.today())}  # type: ignore[union-attr]
            context |= {
                "unread": notices.Unread(request.user),  # type: ignore[arg-type]
                "may_write": bool(held & set(roles.WRITERS)),
                "may_read": bool(held & set(roles.READERS)),
                "sees_figures": bool(held & set(figures.READERS)),
                "sees_log": bool(held & log.READERS),
                "keeps_lists": bool(held - {roles.Role.CORRESPONDENT, roles.Role.UNIT_REVIEWER}),
                "has_queue": bool(
                    held & {roles.Role.UNIT_REVIEWER, roles.Role.DESK_EDITOR, roles.Role.CHIEF_EDITOR}
                ),
            }
        return context
