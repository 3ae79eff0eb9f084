"""Who takes part in a week or an activity, as what, credited how: named only once, and as long as, they agree."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tadamun.organise.programme import rules
from tadamun.organise.programme.models import Involvement
from tadamun.organise.programme.queries.partners import is_answered_here, today_of
from tadamun.organise.programme.queries.reach import carriers_of_week
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.changes import Outcome, Plain
from tadamun.organise.programme.vocabulary import Asked, SignOff
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.rulings import Refused

# What an agreement is about: when one of these changes, it is an agreement to something else.
_AGREED_TO = frozenset({"type", "line", "collective"})
_NOT_ASKED: Plain = {"sign_off": SignOff.ASKED.value, "sign_off_by": None, "signed_off_on": None}


@transaction.atomic
def name_partner(*, actor: Actor, row: Involvement, own: bool, now: datetime) -> Involvement:
    """Enter a part that is not stored yet. ``own``: the actor answers for the organisation, so she agrees with this.

    :raises Refused: when the body may not have this part, or has it already.
    """
    political = row.organisation is not None and row.organisation.political
    rules.may_take_part(political=political, type_=row.type).require()
    if row.organisation is None and not row.collective:
        raise Refused(_("Say who it is."))
    same = Involvement.objects.filter(week=row.week, activity=row.activity, type=row.type)
    if row.organisation and same.filter(organisation=row.organisation).exists():
        raise Refused(_("This part is stated already."))
    row.sign_off = rules.first_sign_off(
        type_=row.type, political=political, collective=row.organisation is None, own=own
    )
    row.signed_off_on = today_of(row.week, now) if row.sign_off == SignOff.ACCEPTED else None
    return changes.add(actor=actor, row=row, now=now)


@transaction.atomic
def change_partner(*, actor: Actor, row: Involvement, seen: Plain, wanted: Plain, own: bool, now: datetime) -> Outcome:
    """Change a part. Whoever agreed to it has not agreed to another role or other words, and is asked again.

    :raises Refused: when the body may not have this part, or nobody would carry the week any more.
    """
    stored = Involvement.objects.select_for_update(of=("self",)).select_related("organisation", "week").get(pk=row.pk)
    political = stored.organisation is not None and stored.organisation.political
    rules.may_take_part(political=political, type_=wanted.get("type", stored.type)).require()
    follows = _what_follows(stored, wanted, political=political, own=own)
    outcome = changes.change(
        actor=actor,
        row=stored,
        seen=seen | changes.values_of(stored, follows),
        wanted=wanted | follows,
        now=now,
    )
    if outcome.change:
        _require_somebody_carries(stored)
    if outcome.change and follows.get("sign_off") == SignOff.ASKED:
        stored.requests.filter(about=Asked.PART, closed_at=None).update(closed_at=now)
    return outcome


@transaction.atomic
def withdraw(*, actor: Actor, row: Involvement, by_partner: bool, now: datetime) -> None:
    """From this day on a body is not named with this part any more, whoever of both sides wants it so.

    :raises Refused: when it is not named anyhow, or nobody would carry the week any more.
    """
    stored = Involvement.objects.select_for_update(of=("self",)).select_related("week").get(pk=row.pk)
    if stored.sign_off in (SignOff.WITHDRAWN, SignOff.DECLINED):
        raise Refused(_("They are not named any more."))
    day = today_of(stored.week, now).isoformat()
    settle(actor=actor, row=stored, sign_off=SignOff.WITHDRAWN, on=day, now=now)
    _require_somebody_carries(stored)
    stored.requests.filter(closed_at=None).update(closed_at=now)
    _note(actor, "withdraw partner", stored, now, by="partner" if by_partner else "organisers")


@transaction.atomic
def remove_partner(*, actor: Actor, row: Involvement, now: datetime) -> None:
    """Take a part away as if it had never been entered; the history can put it back.

    :raises Refused: when nobody would carry the week any more.
    """
    changes.remove(actor=actor, row=row, now=now)
    _require_somebody_carries(row)


@transaction.atomic
def note_agreement(*, actor: Actor, row: Involvement, now: datetime) -> None:
    """An organisation agreed otherwise than here, such as by letter: whoever notes that answers for it in the trail.

    :raises Refused: when it was not to be asked, or has members here who answer themselves.
    """
    stored = Involvement.objects.select_for_update(of=("self",)).select_related("week", "organisation").get(pk=row.pk)
    if stored.organisation is None or stored.sign_off != SignOff.ASKED:
        raise Refused(_("No answer is awaited here."))
    if is_answered_here(stored.organisation):
        raise Refused(_("This organisation has members here. Only they answer for it."))
    settle(actor=actor, row=stored, sign_off=SignOff.ACCEPTED, on=today_of(stored.week, now).isoformat(), now=now)
    stored.requests.filter(about=Asked.PART, closed_at=None).update(closed_at=now)
    _note(actor, "note agreement", stored, now)


def settle(
    *, actor: Actor, row: Involvement, sign_off: SignOff, on: str | None, now: datetime, **others: object
) -> None:
    """Store how it stands with an agreement, since ``on`` (a day as ISO text), with ``others`` of its fields."""
    wanted: Plain = {"sign_off": sign_off.value, "signed_off_on": on, **others}
    changes.change(actor=actor, row=row, seen=changes.values_of(row, wanted), wanted=wanted, now=now)


def _what_follows(stored: Involvement, wanted: Plain, *, political: bool, own: bool) -> Plain:
    """What a change makes of the agreement: nothing, when it is about neither role nor words."""
    there = changes.values_of(stored, _AGREED_TO & wanted.keys())
    if stored.organisation is None or all(wanted[name] == value for name, value in there.items()):
        return {}
    if stored.sign_off in (SignOff.DECLINED, SignOff.WITHDRAWN):
        return {}
    first = rules.first_sign_off(type_=wanted.get("type", stored.type), political=political, collective=False, own=own)
    if first == SignOff.NOT_NEEDED:
        return {**_NOT_ASKED, "sign_off": first.value} if stored.sign_off != first else {}
    if first == SignOff.ACCEPTED or stored.sign_off == SignOff.ASKED:
        return {}
    return dict(_NOT_ASKED)


def _require_somebody_carries(row: Involvement) -> None:
    """Without an organiser a week is out of everybody's reach, and nobody could name one again."""
    if row.activity_id is None and row.organisation_id and not carriers_of_week(row.week):
        raise Refused(_("Nobody would work on this week any more. Name another organiser first."))


def _note(actor: Actor, act: str, row: Involvement, now: datetime, **detail: object) -> None:
    subject = f"activity:{row.activity.uid}" if row.activity else f"week:{row.week.slug}"
    note_act(actor=actor, act=act, subject=subject, now=now, detail={"involvement": row.pk, **detail})
