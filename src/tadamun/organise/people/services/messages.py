"""The words of letters and of texts to copy, in the person's own language.

A subject line never carries a name or a topic: it is read on locked screens and by whoever keeps the mail. Whatever
runs in the other direction than the text (addresses, codes, times) stands between marks that isolate it (FSI … PDI),
so that Arabic and Kurdish lines stay whole in every messenger.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override

from tadamun.organise.people.models import Registration
from tadamun.organise.people.queries.gate import meetings, place_in_words
from tadamun.organise.people.vocabulary import HOLDS_PLACES, LetterKind, Standing
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.text import spoken

FSI, PDI = "\u2068", "\u2069"
_SHOWS_PLACE = frozenset(
    {LetterKind.CONFIRMATION, LetterKind.PROMOTED, LetterKind.OFFER, LetterKind.REMINDER, LetterKind.CHANGED}
)


@dataclass(frozen=True)
class Message:
    """A letter without its address."""

    subject: str
    body: str


def message(registration: Registration, kind: LetterKind, *, link: str, now: datetime) -> Message:
    """What is said to a person. ``link`` is her ticket's page; empty where it is not known.

    Of a high-risk activity neither title nor place is said, of a careful one the title stands in the body alone.
    """
    with override(registration.language):
        body = "\n\n".join(part for part in _paragraphs(registration, kind, link, now) if part)
        return Message(subject=_subject(kind, registration.admission.activity.safety), body=body + "\n")


def isolated(words: str) -> str:
    """Words of any direction, kept apart from the direction of the words around them."""
    return f"{FSI}{words}{PDI}"


def _subject(kind: LetterKind, safety: str) -> str:
    if safety != SafetyProfile.OPEN:
        return _("A message for you")
    return {
        LetterKind.CONFIRMATION: _("Your ticket"),
        LetterKind.PROMOTED: _("You have moved up"),
        LetterKind.OFFER: _("A place for you"),
        LetterKind.DECLINED: _("About your sign-up"),
        LetterKind.REMINDER: _("See you soon"),
        LetterKind.CHANGED: _("Something has changed"),
        LetterKind.POSTPONED: _("Something has changed"),
        LetterKind.CALLED_OFF: _("Something has changed"),
    }[kind]


def _paragraphs(registration: Registration, kind: LetterKind, link: str, now: datetime) -> Iterator[str]:
    activity = registration.admission.activity
    secret = activity.safety == SafetyProfile.HIGH_RISK
    title = isolated(spoken(activity.titles, registration.language).words)
    yield _about_nothing(kind) if secret else _about(kind, title)
    yield _standing(registration, kind)
    if kind in _SHOWS_PLACE and not secret:
        yield "\n".join(_where_and_when(registration, now))
    if link:
        yield f"{_asks(registration, kind)}\n{isolated(link)}"
        yield _("Whoever has this link has your ticket: do not pass it on.")


def _about(kind: LetterKind, title: str) -> str:
    says = {
        LetterKind.CONFIRMATION: _("You signed up for %(title)s."),
        LetterKind.PROMOTED: _("You have a place now: %(title)s."),
        LetterKind.OFFER: _("A place has become free for you: %(title)s."),
        LetterKind.DECLINED: _("There is no place for you this time: %(title)s. Thank you for your interest."),
        LetterKind.REMINDER: _("It is soon: %(title)s."),
        LetterKind.CHANGED: _("Time or place has changed: %(title)s."),
        LetterKind.POSTPONED: _("It is postponed: %(title)s. Your sign-up stays as it is; a new date will follow."),
        LetterKind.CALLED_OFF: _("It does not take place: %(title)s. We are sorry."),
    }
    return says[kind] % {"title": title}


def _about_nothing(kind: LetterKind) -> str:
    return {
        LetterKind.CONFIRMATION: _("You signed up. Thank you."),
        LetterKind.PROMOTED: _("You have a place now."),
        LetterKind.OFFER: _("A place has become free for you."),
        LetterKind.DECLINED: _("There is no place for you this time. Thank you for your interest."),
        LetterKind.REMINDER: _("It is soon."),
        LetterKind.CHANGED: _("Time or place has changed. Please look at your ticket’s page."),
        LetterKind.POSTPONED: _("It is postponed. Your sign-up stays as it is; a new date will follow."),
        LetterKind.CALLED_OFF: _("It does not take place. We are sorry."),
    }[kind]


def _standing(registration: Registration, kind: LetterKind) -> str:
    if kind == LetterKind.OFFER and registration.offer_until is not None:
        zone = ZoneInfo(registration.admission.activity.week.timezone)
        day, hour = days.moment(registration.offer_until, zone, registration.language)
        values = {"day": isolated(day), "hour": isolated(hour)}
        return _("Take it until %(day)s, %(hour)s; then it goes to the next in line.") % values
    if kind != LetterKind.CONFIRMATION:
        return ""
    told = {
        Standing.PLACED: _("You have a place."),
        Standing.WAITING: _("You are on the waiting list. Your position stands on your ticket’s page."),
        Standing.PENDING: _("The organisers look at every sign-up and answer you."),
    }
    return told.get(Standing(registration.told), "")


def _where_and_when(registration: Registration, now: datetime) -> Iterator[str]:
    code = registration.language
    expected = registration.told in HOLDS_PLACES
    for meeting in meetings(registration.admission.activity, code=code, expected=expected, now=now):
        yield _("When: %(when)s") % {"when": isolated(meeting.when)}
        if where := place_in_words(meeting, code):
            yield _("Where: %(where)s") % {"where": isolated(where)}
        if meeting.hint:
            yield meeting.hint


def _asks(registration: Registration, kind: LetterKind) -> str:
    if kind == LetterKind.REMINDER:
        return _("Please say whether you come, or give your place to somebody who waits:")
    if kind == LetterKind.OFFER:
        return _("Take the place, or leave it to somebody else:")
    return _("Your ticket, with everything that you can change or cancel:")
