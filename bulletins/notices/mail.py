"""Messages for mailboxes: plain words, and the same as a calm page."""

from __future__ import annotations

import smtplib
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import User
from bulletins.models import Channel, Delivery, Mail, Notice, NoticeChoice, SiteProfile
from bulletins.notices.outcome import NotNeeded, NotSent, Unsure
from bulletins.notices.wording import said, still_waiting

# A daily e-mail names so many; the rest is in the desk.
MOST = 50
WANTED = {Channel.MAIL: Mail.AT_ONCE, Channel.DIGEST: Mail.DIGEST}


def is_configured() -> bool:
    """Whether there is a mail server."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def reaches(person: User) -> bool:
    return is_configured() and person.is_active and bool(person.email)


def send(delivery: Delivery) -> None:
    """Raises NotNeeded, NotSent or Unsure; what the person may not read any more is left out."""
    person = delivery.person
    assert person is not None  # constraint `delivery_goes_to_one`
    if not reaches(person) or NoticeChoice.of(person).mail != WANTED[Channel(delivery.channel)]:
        raise NotNeeded
    shown = delivery.notices.shown_to(person, on=roles.today())  # type: ignore[attr-defined]
    if delivery.channel == Channel.DIGEST:
        shown = shown.filter(read_at=None)
    notices = list(shown.select_related("article__unit", "actor")[: MOST + 1])
    if not notices:
        raise NotNeeded
    with translation.override(person.language):
        _hand_over(composed(person, notices[:MOST], is_more=len(notices) > MOST))


def composed(person: User, notices: list[Notice], *, is_more: bool = False) -> EmailMultiAlternatives:
    """In the language that is set. The newest first."""
    profile = SiteProfile.objects.current()
    waiting = still_waiting(notices)
    words = [said(notice, root=profile.address, waits=notice.pk in waiting) for notice in notices]
    context = {"person": person, "words": words, "is_more": is_more, "site": profile.name}
    if len(words) == 1:
        subject = words[0].subject
    else:
        subject = _("%(site)s: what is new, first “%(headline)s” (%(number)s)") % {
            "site": profile.name,
            "headline": words[0].headline,
            "number": words[0].number,
        }
    message = EmailMultiAlternatives(
        " ".join(subject.split()), render_to_string("email/notices.txt", context), to=[person.email]
    )
    # No machine answers that somebody is on leave.
    message.extra_headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    message.attach_alternative(render_to_string("email/notices.html", context), "text/html")
    return message


def _hand_over(message: EmailMultiAlternatives) -> None:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        raise NotSent("server") from None
    try:
        message.connection = connection
        message.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
        raise NotSent("refused") from None
    except (OSError, smtplib.SMTPException):
        raise Unsure("interrupted") from None
    finally:
        with suppress(OSError, smtplib.SMTPException):  # it may be gone already
            connection.close()
