"""What words of the wrong procedure mean."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "offender_in_criminal_case": (
        _(
            "“%(text)s” belongs to an administrative case, but the measure named is one of criminal procedure."
        ),
        _("Write %(suggestion)s if it is a criminal case, or check the measure."),
    ),
    "suspect_in_administrative_case": (
        _("“%(text)s” belongs to a criminal case, but the punishment named is an administrative one."),
        _("Write %(suggestion)s if it is an administrative case, or check the punishment."),
    ),
    "punishment_called_measure": (
        _("“%(text)s”: administrative detention is a punishment, not a coercive measure."),
        _("Write %(suggestion)s, or check which detention it is."),
    ),
    "measure_called_punishment": (
        _("“%(text)s”: criminal detention is a coercive measure, not a punishment."),
        _("Write %(suggestion)s, or check which detention it is."),
    ),
    "convict_before_judgment": (
        _("“%(text)s” is said of someone whom no court has found guilty yet."),
        _("Write %(suggestion)s."),
    ),
}
