"""Asking an organisation, until a day, whether it agrees, and what it answers. Silence is no.

It is asked about its part and the line that credits it, or about a text that names it. An organisation without
members here gets a link; the link answers this one question, shows nothing else, and lets it withdraw.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.services import invitations
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.programme import rules
from tadamun.organise.programme.models import Involvement, SignOffRequest
from tadamun.organise.programme.queries import partners as queries
from tadamun.organise.programme.services.partners import settle
from tadamun.organise.programme.vocabulary import AGREED, Answer, Asked, SignOff
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.languages.text import Text, spoken
from tadamun.toolkit.rulings import Refused

_SECRET_BYTES = 24
_OF_PART = frozenset({Answer.YES, Answer.OTHER_WORDS, Answer.NO})
_OF_TEXT = frozenset({Answer.YES, Answer.RESERVED, Answer.NO})


@dataclass(frozen=True)
class Said:
    """An answer: to what was shown (``fingerprint``), with another line, or with words of one's own."""

    answer: Answer
    fingerprint: str
    line: Text
    words: str = ""


@transaction.atomic
def ask(
    *, actor: Actor, row: Involvement, about: Asked, asked_for: Organisation | None, ends_on: date, now: datetime
) -> str:
    """Ask an organisation; returns the secret of the link, or nothing when members of it answer here.

    An older question about the same is over with this one, and so is its link.

    :raises Refused: when there is nobody to ask, nothing to ask, or the day is over.
    """
    stored = _locked(row.pk)
    _require_askable(stored, about, ends_on, queries.today_of(stored.week, now))
    if about == Asked.PART:
        _require_no_proposal(stored)
    stored.requests.filter(about=about, closed_at=None).update(closed_at=now)
    here = stored.organisation is not None and queries.is_answered_here(stored.organisation)
    secret = "" if here else secrets.token_urlsafe(_SECRET_BYTES)
    request = SignOffRequest.objects.create(
        involvement=stored,
        about=about,
        secret_hash=queries.hash_of(secret) if secret else None,
        asked_for=asked_for,
        asked_by=actor.label,
        asked_at=now,
        ends_on=ends_on,
    )
    if about == Asked.PART:
        settle(actor=actor, row=stored, sign_off=SignOff.ASKED, on=None, sign_off_by=ends_on.isoformat(), now=now)
    _note(actor, "ask partner", request, now, until=ends_on.isoformat(), link=bool(secret))
    return secret


@transaction.atomic
def answer(*, actor: Actor, request: SignOffRequest, said: Said, by_link: bool, now: datetime) -> SignOffRequest:
    """Take an answer in.

    :raises Refused: when the question is over, does not allow this answer, what was shown has changed since, or
        somebody with a link answers for an organisation that has members here.
    """
    found = _locked_request(request.pk)
    row = found.involvement
    rules.may_answer(waits=found.waits, over=found.ends_on < queries.today_of(row.week, now)).require()
    if by_link:
        _require_link(row)
    if said.fingerprint != queries.fingerprint(found, languages()):
        raise Refused(_("What you were asked has changed since you opened this page. Read it again, then answer."))
    if found.about == Asked.PART:
        _answer_part(actor, found, said, now)
    else:
        _answer_text(found, said)
    found.answer, found.words = said.answer, said.words
    found.answered_by, found.answered_at = actor.label, now
    found.save()
    _note(actor, "answer", found, now, answer=said.answer.value, link=by_link)
    return found


@transaction.atomic
def take_proposal(*, actor: Actor, request: SignOffRequest, now: datetime) -> None:
    """Credit the organisation with the line that it proposed; with that it has agreed.

    :raises Refused: when it proposes nothing, or nothing any more.
    """
    found = _locked_request(request.pk)
    _require_proposal(found)
    day = queries.today_of(found.involvement.week, now).isoformat()
    settle(actor=actor, row=found.involvement, sign_off=SignOff.ACCEPTED, on=day, line=found.line, now=now)
    _note(actor, "take proposal", found, now)


@transaction.atomic
def reply(*, actor: Actor, request: SignOffRequest, words: str, ends_on: date, now: datetime) -> None:
    """Answer a proposal with words, and ask again for the line as it stands; the same link works on.

    :raises Refused: when it proposes nothing any more, or the day is over.
    """
    found = _locked_request(request.pk)
    _require_proposal(found)
    _require_to_come(ends_on, queries.today_of(found.involvement.week, now))
    found.answer, found.reply, found.ends_on = "", words, ends_on
    found.save(update_fields=["answer", "reply", "ends_on"])
    settle(
        actor=actor,
        row=found.involvement,
        sign_off=SignOff.ASKED,
        on=None,
        sign_off_by=ends_on.isoformat(),
        now=now,
    )
    _note(actor, "reply to proposal", found, now, until=ends_on.isoformat())


@transaction.atomic
def take_back(*, actor: Actor, request: SignOffRequest, now: datetime) -> None:
    """Ask no more: the link shows nothing from now on.

    :raises Refused: when it was answered already.
    """
    found = _locked_request(request.pk)
    rules.may_answer(waits=found.waits, over=False).require()
    found.closed_at = now
    found.save(update_fields=["closed_at"])
    if found.about == Asked.PART:
        settle(actor=actor, row=found.involvement, sign_off=SignOff.ASKED, on=None, sign_off_by=None, now=now)
    _note(actor, "take back question", found, now)


@transaction.atomic
def invite_first_member(*, request: SignOffRequest, email: str, language: str, now: datetime) -> str:
    """An invitation for the first member of an organisation that agreed; returns the secret of its link.

    :raises Refused: when somebody acts for it here already, or it takes part in what others carry.
    """
    found = _locked_request(request.pk)
    if found.involvement.organisation_id:
        Organisation.objects.select_for_update().get(pk=found.involvement.organisation_id)
    if not queries.may_make_account(found, now=now):
        raise Refused(_("An account is not made here any more. Ask those who invited you."))
    return invitations.invite(
        actor=actor_of(found),
        email=email,
        organisation=found.involvement.organisation,
        role=Role.COORDINATOR,
        language=language,
        now=now,
    )


def actor_of(request: SignOffRequest) -> Actor:
    """Who acts with a link: the organisation, by its name."""
    organisation = request.involvement.organisation
    name = spoken(organisation.names, settings.LANGUAGE_CODE).words if organisation else ""
    return Actor((name or "a partner")[:120])


def languages() -> tuple[str, ...]:
    """The codes of the site's languages, its own first."""
    return tuple(code for code, _name in settings.LANGUAGES)


def _answer_part(actor: Actor, found: SignOffRequest, said: Said, now: datetime) -> None:
    row = found.involvement
    if said.answer not in _OF_PART:
        raise Refused(_("Choose an answer."))
    day = queries.today_of(row.week, now).isoformat()
    if said.answer == Answer.YES:
        settle(actor=actor, row=row, sign_off=SignOff.ACCEPTED, on=day, now=now)
    elif said.answer == Answer.NO:
        settle(actor=actor, row=row, sign_off=SignOff.DECLINED, on=day, now=now)
    elif not said.line or said.line == queries.credit_line(row, languages()):
        raise Refused(_("Write the line as it should be, at least in one language."))
    else:
        found.line = said.line


def _answer_text(found: SignOffRequest, said: Said) -> None:
    if said.answer not in _OF_TEXT:
        raise Refused(_("Choose an answer."))
    if said.answer == Answer.RESERVED and not said.words:
        raise Refused(_("Write what your reservation is."))
    found.signed = queries.public_text(found.involvement.activity or found.involvement.week)


def _require_askable(row: Involvement, about: Asked, ends_on: date, today: date) -> None:
    if row.organisation is None:
        raise Refused(_("A group without an organisation has nobody who could be asked."))
    if about == Asked.PART and row.sign_off in AGREED:
        raise Refused(_("They need not be asked: they agreed already, or there is nothing to agree to."))
    if about == Asked.TEXT and row.sign_off not in AGREED:
        raise Refused(_("They have not agreed to be named yet. Ask them that first."))
    if about == Asked.TEXT and not queries.public_text(row.activity or row.week).keys() - {"titles"}:
        raise Refused(_("There is no text yet that they could sign off. Write it first."))
    _require_to_come(ends_on, today)


def _require_to_come(ends_on: date, today: date) -> None:
    if ends_on < today:
        raise Refused(_("This day is over. Choose one that is still to come."))


def _require_no_proposal(row: Involvement) -> None:
    """A page that is loaded again must not ask again over an answer that came meanwhile."""
    proposed = row.requests.filter(about=Asked.PART, closed_at=None, answer=Answer.OTHER_WORDS)
    if row.sign_off == SignOff.ASKED and proposed.exists():
        raise Refused(_("They propose other words. Take these or answer them first."))


def _require_proposal(found: SignOffRequest) -> None:
    waits = found.involvement.sign_off == SignOff.ASKED and found.closed_at is None
    if not waits or found.answer != Answer.OTHER_WORDS:
        raise Refused(_("Nothing is proposed here any more."))


def _require_link(row: Involvement) -> None:
    if row.organisation and queries.is_answered_here(row.organisation):
        raise Refused(_("This organisation has members here. Only they answer for it."))


def _locked(number: int) -> Involvement:
    rows = Involvement.objects.select_for_update(of=("self",)).select_related("week", "activity", "organisation")
    return rows.get(pk=number)


def _locked_request(number: int) -> SignOffRequest:
    found = SignOffRequest.objects.select_for_update(of=("self",)).select_related("asked_for").get(pk=number)
    found.involvement = _locked(found.involvement_id)
    return found


def _note(actor: Actor, act: str, request: SignOffRequest, now: datetime, **detail: object) -> None:
    row = request.involvement
    subject = f"activity:{row.activity.uid}" if row.activity else f"week:{row.week.slug}"
    about = {"involvement": row.pk, "request": request.pk, "about": request.about}
    note_act(actor=actor, act=act, subject=subject, now=now, detail={**about, **detail})
