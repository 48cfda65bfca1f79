"""What is the matter with a link, and what to do about it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BY_HAND = _("Open it once by hand. If it opens as it should, leave it.")

WORDING: dict[str, tuple[str | Promise, str | Promise]] = {
    "link_without_host": (
        _("The link leads to no proper address: %(address)s"),
        _(
            "Copy the whole address out of the browser, from http:// or https:// on, without a name or a password."
        ),
    ),
    "link_to_private_address": (
        _("The link leads into an internal network: %(address)s"),
        _("Readers outside cannot open it. Take the public address, or take the link out."),
    ),
    "link_not_called": (
        _("Nobody tried the link to %(host)s: this host is not on the list of those that may be called."),
        BY_HAND,
    ),
    "link_port_not_called": (
        _("Nobody tried the link to %(host)s: it leads to an unusual port (%(port)s)."),
        BY_HAND,
    ),
    "link_too_long_to_call": (
        _("Nobody tried the link to %(host)s: its address has more than %(limit)s characters."),
        BY_HAND,
    ),
    "link_not_asked_yet": (
        _("The link to %(host)s was not tried lately."),
        _("Save the text and have its links tried, or open it by hand."),
    ),
    "link_is_gone": (
        _("The page that the link leads to is not there (%(status)s): %(address)s"),
        _("Look for its new address, or take the link out."),
    ),
    "link_answers_with_fault": (
        _("The link is answered with a fault (%(status)s): %(address)s"),
        BY_HAND,
    ),
    "link_does_not_answer": (
        _("The link does not answer: %(address)s"),
        BY_HAND,
    ),
    "link_host_unknown": (
        _("There is no host called %(host)s."),
        _("Check the address for a slip."),
    ),
    "link_certificate_wrong": (
        _("The certificate of %(host)s is not in order; browsers will warn of it."),
        BY_HAND,
    ),
    "link_leads_elsewhere": (
        _("The link to %(host)s leads on to a host that is not on the list, so nobody tried it to its end."),
        BY_HAND,
    ),
    "link_leads_in_circles": (
        _("The link to %(host)s leads on from one address to the next and to no page."),
        BY_HAND,
    ),
}
