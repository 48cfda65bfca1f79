"""What personal data in a text means, and what to do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_MASK = _("Mask it: %(suggestion)s. Leave it out where the story does not need it.")
_KEEP = _("Nothing, if it is a number of an office. Otherwise mask it.")

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "identity_number": (_("%(text)s is the number of an identity card."), _MASK),
    "identity_number_with_wrong_check": (
        _("%(text)s looks like the number of an identity card, with a wrong last digit."),
        _("If it is one, mask it: %(suggestion)s."),
    ),
    "identity_number_of_15": (
        _("%(text)s looks like the number of an old identity card."),
        _("If it is one, mask it: %(suggestion)s."),
    ),
    "mobile_number": (_("%(text)s is a mobile number."), _MASK),
    "mobile_number_of_an_office": (_("%(text)s is a mobile number given as that of an office."), _KEEP),
    "landline_number": (
        _("%(text)s is a telephone number, and nothing says that it belongs to an office."),
        _("If it belongs to a person, mask it: %(suggestion)s. If to an office, say so before it."),
    ),
    "landline_number_of_an_office": (_("%(text)s is a telephone number given as that of an office."), _KEEP),
    "bank_card_number": (_("%(text)s is the number of a bank card."), _MASK),
    "plate_number": (_("%(text)s is the plate of a vehicle."), _MASK),
    "police_plate": (
        _("%(text)s is the plate of a police vehicle."),
        _("Nothing, if the vehicle may be shown."),
    ),
    "document_number": (_("%(text)s is the number of a passport or permit."), _MASK),
    "home_address": (
        _("%(text)s tells which house or flat it is."),
        _("If somebody lives there, end with the street or the estate, or write %(suggestion)s."),
    ),
    "chat_account": (
        _("%(text)s is somebody's account on WeChat or QQ."),
        _("If it belongs to a person, mask it: %(suggestion)s."),
    ),
    "full_name_after_role": (
        _("%(role)s is followed by what looks like a full name: %(text)s."),
        _("Suspects, victims and who reports are called by surname and 某: %(suggestion)s."),
    ),
    "full_name_with_sex": (
        _("%(text)s looks like a full name, with sex or age behind it."),
        _("If the person is not to be named, write %(suggestion)s."),
    ),
    "part_masked_name": (
        _("%(text)s keeps a letter of the given name."),
        _("%(suggestion)s says enough."),
    ),
    "minor_with_a_place": (
        _("A minor (%(text)s), and in the same paragraph %(place)s: readers there will know who it is."),
        _("Leave out the name of the place, or write 某学校, 某医院."),
    ),
    "sexual_offence": (
        _("%(text)s: a text about a sexual offence must not let anybody find out who suffered it."),
        _("Take out name, home, school, work, kin and picture. Then have this confirmed with a reason."),
    ),
    "investigative_means": (
        _("%(text)s tells how the police investigate."),
        _("Say 经侦查 or 经工作, or have it confirmed that this may be told."),
    ),
}
