"""What is said about the checks themselves."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "text_too_long": (
        _("The text is longer than 100,000 characters and was not checked."),
        _("Divide it into several articles, or leave out what does not belong to it."),
    ),
    "too_many_fields": (
        _("The article has more than 2,000 credits and words to photos, and was not checked."),
        _("Divide it into several articles, or leave out what does not belong to it."),
    ),
    "more_findings": (
        _("Not shown here: %(more)s more findings."),
        _("Mend what is shown; the others come up then."),
    ),
    "more_that_block": (
        _("Not shown here: %(more)s more findings, of which %(blocks)s must be mended."),
        _("Mend what is shown; the others come up then. Until then the text goes no further."),
    ),
    "check_failed": (
        _("The check “%(check)s” could not look through this text."),
        _(
            "Try again. If it stays like that, tell the administrator: what this check looks for was not looked for."
        ),
    ),
}

# What a check looks at, in the words of an office.
CHECK_NAMES: Mapping[str, str | Promise] = {
    "terms": _("words from the list of terms"),
    "identity": _("identity card numbers"),
    "telephone": _("telephone numbers"),
    "bank_card": _("bank card numbers"),
    "plate": _("number plates"),
    "documents": _("passports and permits"),
    "address": _("home addresses"),
    "chat": _("chat accounts"),
    "naming": _("full names"),
    "minors": _("minors who could be recognised"),
    "offences": _("sexual offences"),
    "means": _("investigative means"),
    "paired_marks": _("quotation marks and brackets"),
    "repetition": _("repeated words and punctuation"),
    "half_width": _("half-width punctuation"),
    "enumeration": _("enumeration commas"),
    "spacing": _("blanks in the text"),
    "same_name": _("one name written two ways"),
    "numerals": _("mixed numerals"),
    "dates": _("dates and weekdays"),
    "procedure": _("words of criminal and administrative cases"),
    "completeness": _("missing parts"),
    "duplicates": _("stories that are like another"),
    "pictures": _("pictures"),
    "links": _("links"),
    "length": _("length of the text"),
}
