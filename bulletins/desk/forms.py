"""Fields of the article form. Whether an article is complete, the workflow says; a draft may be anything."""

from __future__ import annotations

import html
import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Correspondent
from bulletins.models import Article, Campaign, Capacity, CreditRole, Kind
from bulletins.models.body import PHOTO, clean
from bulletins.models.renditions import MIDDLE, STEPS
from bulletins.models.tags import split_tags
from units.models import Unit, UnitQuerySet

LONGEST_BODY = 200_000
LONGEST_TAG = 40

# A picture of ours as the editor shows it: any address that names its hash.
_SHOWN = re.compile(r'(<img\b[^>]*\bsrc=")[^"]*/pictures/([0-9a-f]{64})/[^"]*(")', re.IGNORECASE)
_CORRECTION = re.compile(r"\A更正\s*[：:]\s*")
_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:p|h[1-6]|div|ul|ol|li|br|table|blockquote|strong|em|b|i|a|img|span)\b", re.IGNORECASE
)


class UnitChoiceField(forms.ModelChoiceField):
    """Units, each set in under the one it belongs to. The queryset brings its tree fields along."""

    def label_from_instance(self, obj: Unit) -> str:
        return "\u3000" * getattr(obj, "tree_depth", 0) + obj.name


def body_from_form(text: str) -> tuple[str, int]:
    """Markup for the database from what the editor or a plain text field sent, and how many pictures were dropped."""
    if not _MARKUP.search(text):
        lines = (line.strip() for line in text.splitlines())
        return clean("".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)), 0
    ours = _SHOWN.sub(r"\1photo:\2\3", text)
    before = len(_PICTURE.findall(ours))
    kept = clean(ours)
    return kept, before - len(PHOTO.findall(kept))


def _too_long(length: int) -> ValidationError:
    return ValidationError(
        _("The text is too long: %(length)s characters with its markup, at most %(limit)s are accepted."),
        params={"length": length, "limit": LONGEST_BODY},
        code="too_long",
    )


class ArticleForm(forms.ModelForm):
    """`dropped_pictures` says after validation how many foreign pictures were left out of the text."""

    unit = UnitChoiceField(label=_("unit"), queryset=Unit.objects.none())
    campaigns = forms.ModelMultipleChoiceField(
        label=_("campaigns"),
        queryset=Campaign.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.NEWS)
    tags = forms.CharField(
        label=_("tags"),
        required=False,
        max_length=300,
        help_text=_("Separate them with commas or spaces."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    dropped_pictures = 0

    class Meta:
        model = Article
        fields: ClassVar = [
            "kicker", "headline", "body", "kind", "unit", "campaigns", "subhead", "summary", "source", "headline_join",
            "correction",
        ]  # fmt: skip
        widgets: ClassVar = {
            "headline": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 16}),
            "correction": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, units: UnitQuerySet, settled: bool, **kwargs: Any) -> None:
        """`units`: those one may write for. `settled`: kind and unit stay as they are."""
        super().__init__(*args, **kwargs)
        if self.instance.cycle == 1:  # it was never public: there is nothing to correct
            del self.fields["correction"]
        if settled:
            del self.fields["kind"], self.fields["unit"]
        else:
            field: Any = self.fields["unit"]
            field.queryset = (units | Unit.objects.filter(pk=self.instance.unit_id)).with_tree_fields()
            # Asked here and not by the field, which would ask anew each time that it is shown.
            offered = [(unit.pk, field.label_from_instance(unit)) for unit in field.queryset]
            field.choices = offered if len(offered) == 1 else [("", _("Choose a unit")), *offered]

    def clean_headline(self) -> str:
        return "\n".join(line.strip() for line in self.cleaned_data["headline"].splitlines() if line.strip())

    def clean_body(self) -> str:
        sent = self.cleaned_data["body"]
        if len(sent) > 2 * LONGEST_BODY:  # no cleaning would make it short enough, and it would take long
            raise _too_long(len(sent))
        body, self.dropped_pictures = body_from_form(sent)
        if len(body) > LONGEST_BODY:
            raise _too_long(len(body))
        return body

    def clean_correction(self) -> str:
        """Without the word that readers see before it anyway."""
        return _CORRECTION.sub("", self.cleaned_data["correction"])

    def clean_tags(self) -> list[str]:
        names = split_tags(self.cleaned_data["tags"])
        if too_long := [name for name in names if len(name) > LONGEST_TAG]:
            raise ValidationError(
                _("A tag has at most %(limit)s characters: %(tag)s")
                % {"limit": LONGEST_TAG, "tag": too_long[0]}
            )
        return names

    def text_fields(self) -> list[str]:
        """Names of the columns of the article that this form writes."""
        return [name for name in self._meta.fields if name in self.fields and name != "campaigns"]  # type: ignore[union-attr]


class CreditForm(forms.Form):
    """A name in the byline. The name that stands there counts: a correspondent only as long as it is theirs."""

    name = forms.CharField(
        label=_("name"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-suggest": "people"}),
    )
    correspondent = forms.ModelChoiceField(
        queryset=Correspondent.objects.all(), required=False, widget=forms.HiddenInput
    )
    role = forms.ChoiceField(label=_("part"), choices=CreditRole.choices, required=False)
    capacity = forms.ChoiceField(
        label=_("capacity"),
        choices=[*Capacity.choices, ("", "—")],
        required=False,
        initial=Capacity.CORRESPONDENT,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        name, person = given.get("name", ""), given.get("correspondent")
        if person is not None and name and name != person.name:
            given["correspondent"] = None
        if not name and person is not None:
            # The name was wiped out: so is the credit.
            given["correspondent"] = None
        given["role"] = given.get("role") or CreditRole.TEXT
        return given


class PercentField(forms.IntegerField):
    """How far across or down a picture: one of the steps that pages know, or nothing."""

    def __init__(self, **options: Any) -> None:
        attributes = {"min": STEPS[0], "max": STEPS[-1], "step": STEPS[1] - STEPS[0]}
        super().__init__(required=False, widget=forms.NumberInput(attrs=attributes), **options)

    def to_python(self, value: Any) -> int | None:
        # Not by Django's validator of steps, which fails at a number that is too long for it.
        number = super().to_python(value)
        if number is not None and number not in STEPS:
            raise ValidationError(_("Fill in a number from 0 to 100, in steps of 5."), code="no_step")
        return number


class PhotoForm(forms.Form):
    """A photo that was received already; `token` names its files."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    caption = forms.CharField(
        label=_("caption"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    alt = forms.CharField(label=_("description for those who cannot see it"), required=False, max_length=300)
    credit = forms.CharField(label=_("taken by"), required=False, max_length=60)
    focus_x = PercentField(label=_("across, in percent"))
    focus_y = PercentField(label=_("down, in percent"))

    def clean(self) -> dict[str, Any]:
        """A point has both; the middle is what a picture is cut around anyway, so it is not said."""
        given = super().clean() or {}
        said = (given.get("focus_x"), given.get("focus_y"))
        point = tuple(middle if value is None else value for value, middle in zip(said, MIDDLE, strict=True))
        across, down = (None, None) if point == MIDDLE else point
        return given | {"focus_x": across, "focus_y": down}


CreditFormSet = forms.formset_factory(CreditForm, extra=1, can_order=True, can_delete=True, max_num=40)
PhotoFormSet = forms.formset_factory(PhotoForm, extra=0, can_order=True, can_delete=True, max_num=60)
