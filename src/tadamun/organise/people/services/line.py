"""Places and the waiting list. Everything here happens under the lock of the admission's row.

The written rules: who signed up first is first. When places are free, the first party in line that fits into
them gets them; a party that is too large for what is free keeps its position, and smaller ones behind it may go
ahead. A group's places are for its people first; people of a group who find them full use the open places.
"""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from tadamun.organise.people import rules
from tadamun.organise.people.models import Admission, Letter, Move, PlaceGroup, Registration
from tadamun.organise.people.vocabulary import HOLDS_PLACES, LetterKind, LetterState, Promotion, Standing
from tadamun.toolkit.rulings import Refused


def lock(admission: Admission) -> Admission:
    """The admission's row, locked until the transaction ends."""
    return Admission.objects.select_for_update().select_related("activity").get(pk=admission.pk)


def house(admission: Admission, group: PlaceGroup | None = None) -> rules.House:
    """The places as they are now, seen by somebody of ``group``."""
    groups = list(PlaceGroup.objects.filter(admission=admission)) if admission.capacity is not None else []
    own = next((row for row in groups if group is not None and row.pk == group.pk), None)
    return rules.House(
        capacity=admission.capacity,
        taken=admission.taken,
        held_for_groups=sum(row.places for row in groups),
        taken_by_groups=sum(row.taken for row in groups),
        group_places=own.places if own else 0,
        group_taken=own.taken if own else 0,
    )


def count_in(admission: Admission, registration: Registration) -> None:
    """Count a new registration: its arrival, its places, its wait."""
    admission.arrivals += 1
    if registration.standing in HOLDS_PLACES:
        _take(admission, registration)
    elif registration.standing == Standing.WAITING:
        admission.waiting += 1
    _save(admission)


def end(registration: Registration, became: Standing, *, by: str, why: str, now: datetime) -> None:
    """End a registration (cancelled or declined); its places go on to its own shadow, else to the line.

    The registration's ``admission`` must be locked.
    """
    admission, was = registration.admission, Standing(registration.standing)
    _note(registration, became, by=by, why=why, now=now)
    if was in HOLDS_PLACES:
        _give_back(admission, registration)
    elif was == Standing.WAITING:
        admission.waiting -= 1
    registration.standing = registration.told = became
    registration.in_group_places, registration.offer_until = False, None
    registration.save(update_fields=["standing", "told", "in_group_places", "offer_until"])
    _hand_to_shadow(admission, registration, was, now=now)
    _save(admission)
    move_up(admission, now=now)


def move_up(admission: Admission, *, now: datetime) -> int:
    """Let those in line move up into what is free, by the written rules; returns how many did."""
    moved = 0
    if admission.promotion != Promotion.AUTOMATIC:
        return moved
    for registration in _in_line(admission):
        registration.admission = admission
        seat = rules.seat(house(admission, registration.group), party=registration.party)
        if seat.found:
            _promote(registration, seat, by="by itself", why="", now=now)
            moved += 1
    return moved


def promote(registration: Registration, *, by: str, why: str, now: datetime) -> None:
    """Give somebody a place: from the line, from those who wait for an answer, or from quarantine.

    :raises Refused: when the party does not fit, or has a place already.
    """
    if registration.standing not in {Standing.WAITING, Standing.PENDING, Standing.QUARANTINED}:
        raise Refused(_("Only somebody who waits can be given a place."))
    seat = rules.seat(house(registration.admission, registration.group), party=registration.party)
    if not seat.found:
        raise Refused(_("There are not enough free places for this party."))
    _promote(registration, seat, by=by, why=why, now=now)


def to_line(registration: Registration, *, by: str, why: str, now: datetime) -> None:
    """Put somebody who waits for an answer, or is looked at, on the waiting list."""
    if registration.standing not in {Standing.PENDING, Standing.QUARANTINED}:
        raise Refused(_("Only somebody who waits for an answer can be put on the waiting list."))
    _note(registration, Standing.WAITING, by=by, why=why, now=now)
    registration.standing = registration.told = Standing.WAITING
    registration.save(update_fields=["standing", "told"])
    registration.admission.waiting += 1
    _save(registration.admission)
    move_up(registration.admission, now=now)


def accept(registration: Registration, *, now: datetime) -> None:
    """Turn an offer into a place.

    :raises Refused: when the offer has ended.
    """
    if registration.standing == Standing.OFFERED and registration.offer_until and registration.offer_until <= now:
        raise Refused(_("This offer has ended; the place went to the next in line."))
    _note(registration, Standing.PLACED, by="herself", why="", now=now)
    registration.told = Standing.PLACED
    if registration.standing == Standing.OFFERED:
        registration.standing = Standing.PLACED
    registration.offer_until = None
    registration.save(update_fields=["standing", "told", "offer_until"])


def position(registration: Registration) -> int | None:
    """The position in line that a person is told, from 1; None when she is not in line."""
    if registration.told != Standing.WAITING:
        return None
    ahead = Registration.objects.filter(
        admission=registration.admission_id, standing=Standing.WAITING, number__lt=registration.number
    )
    return ahead.count() + 1


def _in_line(admission: Admission) -> QuerySet[Registration]:
    line = Registration.objects.filter(admission=admission, standing=Standing.WAITING)
    return line.select_related("group").order_by("number")


def _promote(registration: Registration, seat: rules.Seat, *, by: str, why: str, now: datetime) -> None:
    admission, was = registration.admission, registration.standing
    offered = admission.offer_hours > 0 and was == Standing.WAITING
    became = Standing.OFFERED if offered else Standing.PLACED
    _note(registration, became, by=by, why=why, now=now)
    registration.standing = registration.told = became
    registration.in_group_places = seat.in_group
    registration.offer_until = now + timedelta(hours=admission.offer_hours) if offered else None
    registration.save(update_fields=["standing", "told", "in_group_places", "offer_until"])
    if was == Standing.WAITING:
        admission.waiting -= 1
    _take(admission, registration)
    _save(admission)
    if registration.reachable:
        Letter.objects.create(
            registration=registration, kind=LetterKind.OFFER if offered else LetterKind.PROMOTED, due_at=now
        )


def _hand_to_shadow(admission: Admission, registration: Registration, was: Standing, *, now: datetime) -> None:
    """What a shadow was told stays true: it steps into the place, or the wait, of the one that it was a shadow of."""
    shadow = registration.shadows.filter(standing=Standing.SHADOW).order_by("number").first()
    if shadow is None:
        return
    shadow.admission = admission
    seat = rules.seat(house(admission, shadow.group), party=shadow.party)
    wants_place = shadow.told in HOLDS_PLACES or was in HOLDS_PLACES
    if wants_place and seat.found:
        _note(shadow, Standing.PLACED, by="by itself", why="", now=now)
        shadow.standing = shadow.told = Standing.PLACED
        shadow.in_group_places = seat.in_group
        _take(admission, shadow)
    else:
        _note(shadow, Standing.WAITING, by="by itself", why="", now=now)
        shadow.standing = shadow.told = Standing.WAITING
        admission.waiting += 1
    shadow.same_as = None
    shadow.save(update_fields=["standing", "told", "same_as", "in_group_places"])
    registration.shadows.update(same_as=shadow)


def _take(admission: Admission, registration: Registration) -> None:
    admission.taken += registration.party
    if registration.in_group_places and registration.group_id is not None:
        PlaceGroup.objects.filter(pk=registration.group_id).update(taken=F("taken") + registration.party)


def _give_back(admission: Admission, registration: Registration) -> None:
    admission.taken -= registration.party
    if registration.in_group_places and registration.group_id is not None:
        PlaceGroup.objects.filter(pk=registration.group_id).update(taken=F("taken") - registration.party)


def _save(admission: Admission) -> None:
    admission.save(update_fields=["taken", "waiting", "arrivals"])


def _note(registration: Registration, became: Standing, *, by: str, why: str, now: datetime) -> None:
    Move.objects.create(
        admission=registration.admission,
        registration=registration.uid,
        was=registration.standing,
        became=became,
        why=why,
        by=by,
        at=now,
    )


def drop_letters(registration: Registration) -> None:
    """Messages that are due to somebody who does not come any more are not sent."""
    Letter.objects.filter(registration=registration, state=LetterState.WAITING).update(state=LetterState.DROPPED)
