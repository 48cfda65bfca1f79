"""The robots of an office's chat, and the messages that did not arrive. Secrets go in here and never come out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulletins.models import Channel, Delivery, DeliveryState, Event, Robot
from bulletins.notices.posting import callable_target
from units.desk import KeptAdmin

PAGE = 50
# What stands on a robot's page of its last messages.
LAST = 5
LOOKED_AT = (DeliveryState.FAILED, DeliveryState.UNSURE)
FAULTS = {
    "address": gettext_lazy("its address may not be called"),
    "name": gettext_lazy("its name is not known"),
    "private": gettext_lazy("its name leads to a private address"),
    "certificate": gettext_lazy("its certificate is not valid"),
    "time": gettext_lazy("it did not answer in time"),
    "connection": gettext_lazy("no connection came about"),
    "redirects": gettext_lazy("it wanted to lead elsewhere"),
    "status": gettext_lazy("it answered with an error"),
    "refused": gettext_lazy("it was refused; the signing key or a keyword may be wrong"),
    "answer": gettext_lazy("no clear answer came"),
    "server": gettext_lazy("the mail server could not be reached"),
    "interrupted": gettext_lazy("the connection broke while it was sent"),
    "killed": gettext_lazy("the worker was stopped while it was sent"),
    "ours": gettext_lazy("a fault of ours; the server's log tells more"),
}


class RobotForm(forms.ModelForm):  # type: ignore[type-arg]
    events = forms.MultipleChoiceField(
        label=gettext_lazy("hears of"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )
    new_address = forms.CharField(
        label=gettext_lazy("address"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "vTextField"}),
    )
    new_secret = forms.CharField(
        label=gettext_lazy("signing key"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "vTextField"}),
        help_text=gettext_lazy("For DingTalk and Feishu, if the robot signs. WeCom has none."),
    )
    without_secret = forms.BooleanField(
        label=gettext_lazy("it does not sign any more: forget its key"), required=False
    )

    class Meta:
        model = Robot
        fields = ["name", "kind", "unit", "events", "is_on"]
        labels = {"name": gettext_lazy("name of the robot")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            kept = gettext_lazy("One is kept and not shown again. Leave this empty to keep it.")
            self.fields["new_address"].help_text = kept
            if self.instance.secret:
                self.fields["new_secret"].help_text = kept
            else:
                del self.fields["without_secret"]
        else:
            del self.fields["without_secret"]
            self.fields["new_address"].help_text = gettext_lazy(
                "As the chat shows it when the robot is made: https://… It is a secret, and not shown again."
            )

    def clean_new_address(self) -> str:
        address: str = self.cleaned_data["new_address"].strip()
        if not address and not self.instance.pk:
            raise ValidationError(_("Write the address of the robot."))
        if address and callable_target(address) is None:
            raise ValidationError(_("Write a whole address that begins with https:// and leads outside."))
        return address

    def save(self, commit: bool = True) -> Robot:
        self.instance.address = self.cleaned_data["new_address"] or self.instance.address
        kept = "" if self.cleaned_data.get("without_secret") else self.instance.secret
        self.instance.secret = self.cleaned_data["new_secret"].strip() or kept
        robot: Robot = super().save(commit)
        return robot


@admin.register(Robot)
class RobotAdmin(KeptAdmin):
    form = RobotForm
    change_list_template = "desk/robots.html"
    change_form_template = "desk/robot.html"
    list_display = ["name", "kind", "unit", "is_on"]
    list_select_related = ["unit"]
    unrecorded_change = gettext_lazy("address or signing key changed")

    def get_fields(self, request: HttpRequest, obj: Robot | None = None) -> list[str]:
        """Whoever only reads sees no field of a secret at all."""
        if self.has_change_permission(request, obj):
            written = ["name", "kind", "unit", "events", "is_on", "new_address", "new_secret"]
            return [*written, "without_secret"] if obj and obj.secret else written
        return ["name", "kind", "unit", "heard", "is_on"]

    def get_readonly_fields(self, request: HttpRequest, obj: Robot | None = None) -> list[str]:
        return [] if self.has_change_permission(request, obj) else ["heard"]

    @admin.display(description=gettext_lazy("hears of"))
    def heard(self, robot: Robot) -> str:
        return "、".join(str(Event(event).label) for event in robot.events)

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=name)

        return [
            at("deliveries/", self.deliveries_view, "deliveries"),
            at("deliveries/<int:pk>/<slug:what>/", self.decide_view, "delivery_decide"),
            at("<int:pk>/test/", self.test_view, "robot_test"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"is_something_to_look_at": Delivery.objects.filter(state__in=LOOKED_AT).exists()}
        return super().changelist_view(request, context | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        robot = context.get("original")
        if robot is not None:
            last = Delivery.objects.filter(robot=robot).order_by("-pk")[:LAST]
            context |= {"last": _told(last), "may_test": self.has_change_permission(request, robot)}
        return super().render_change_form(request, context, *args, **kwargs)

    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The worker sends it; what became of it stands on the robot's page."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        robot = get_object_or_404(Robot, pk=pk)
        waiting = Delivery.objects.filter(robot=robot, channel=Channel.TEST, state=DeliveryState.WAITING)
        if not waiting.exists():
            now = timezone.now()
            Delivery.objects.create(channel=Channel.TEST, robot=robot, created_at=now, next_try=now)
        messages.success(request, _("The test is on its way. Load this page anew to see what became of it."))
        return redirect("admin:bulletins_robot_change", pk)

    def deliveries_view(self, request: HttpRequest) -> HttpResponse:
        """What failed, and what may have gone or not, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        looked_at = Delivery.objects.filter(state__in=LOOKED_AT).select_related("person", "robot")
        before = request.GET.get("before", "")
        if before.isascii() and before.isdecimal() and len(before) < 19:
            looked_at = looked_at.filter(pk__lt=int(before))
        found = list(looked_at.order_by("-pk")[: PAGE + 1])
        context = self.admin_site.each_context(request) | {
            "title": _("Messages that did not arrive"),
            "opts": self.opts,
            "deliveries": _told(found[:PAGE]),
            "more": found[PAGE - 1].pk if len(found) > PAGE else "",
            "may_decide": self.has_change_permission(request),
        }
        return TemplateResponse(request, "desk/deliveries.html", context)

    def decide_view(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """Send it once more, or let it be. What somebody else has decided meanwhile stays decided."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        if what not in {"again", "drop"} or pk >= 2**63:
            raise Http404
        undecided = Delivery.objects.filter(pk=pk, state__in=LOOKED_AT)
        if what == "again":
            now = timezone.now()
            undecided.update(state=DeliveryState.WAITING, attempts=0, next_try=now, ended_at=None)
        else:
            undecided.update(state=DeliveryState.DROPPED)
        return redirect("admin:deliveries")


def _told(deliveries: QuerySet[Delivery] | list[Delivery]) -> list[tuple[Delivery, str]]:
    """Each with its fault in words."""
    return [(one, str(FAULTS.get(one.fault, ""))) for one in deliveries]
