"""Places and the waiting list. Everything here happens under the lock of the admission's row.

The written rules: who signed up first is first. When places are free, the first party in line that fits into
them gets them; a party that is too large for what is free keeps its position, and smaller ones behind it may go
ahead. A group's places are for its people first; people of a group who find them full use the open places.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from tadamun.organise.people import rules
from tadamun.organise.people.models import Admission, Letter, Move, PlaceGroup, Registration
from tadamun.organise.people.vocabulary import ENDED, HOLDS_PLACES, LetterKind, LetterState, Promotion, Standing
from tadamun.toolkit import prepared
from tadamun.toolkit.prepared import Prepared, Slot
from tadamun.toolkit.rulings import Refused

_GROUPS = Prepared(lambda: PlaceGroup.objects.filter(admission_id=Slot("admission")))


def lock(admission: Admission) -> Admission:
    """The admission's row, locked until the transaction ends."""
    return Admission.objects.select_for_update(of=("self",)).select_related("activity").get(pk=admission.pk)


def groups_of(admission: Admission) -> list[PlaceGroup]:
    """The groups that places are held for, with what they have taken by now."""
    return _GROUPS.all(admission=admission.pk)


def house(
    admission: Admission, group: PlaceGroup | None = None, groups: Sequence[PlaceGroup] | None = None
) -> rules.House:
    """The places as they are now, seen by somebody of ``group``; asks for the ``groups`` unless they are given.

    Without a limit nothing is held: everybody sits in the open places.
    """
    if admission.capacity is None:
        groups = ()
    elif groups is None:
        groups = groups_of(admission)
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
    """End a registration (cancelled or declined); its places go on to its shadow that was told so, else to the line.

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
    _hand_to_shadow(admission, registration, now=now)
    _save(admission)
    move_up(admission, now=now)


def move_up(admission: Admission, *, now: datetime) -> int:
    """Let those in line move up into what is free, by the written rules; returns how many did.

    A shadow that was told that it waits is told in its turn that a place is free, as anybody would be, and takes none.
    """
    moved = 0
    if admission.promotion != Promotion.AUTOMATIC:
        return moved
    groups = groups_of(admission)
    for registration in _in_line(admission):
        if not _anything_free(admission):
            break
        registration.admission = admission
        seat = rules.seat(house(admission, registration.group, groups), party=registration.party)
        if not seat.found:
            continue
        if registration.standing == Standing.SHADOW:
            _tell_shadow(registration, now=now)
            continue
        _promote(registration, seat, by="by itself", why="", now=now)
        groups = groups_of(admission)
        moved += 1
    return moved


def promote(registration: Registration, *, by: str, why: str, now: datetime) -> None:
    """Give somebody a place: from the line, from those who wait for an answer, or from quarantine.

    A shadow may be given one too: then two people share one address, and it is nobody's shadow any more.

    :raises Refused: when the party does not fit, or has a place already.
    """
    if registration.standing in HOLDS_PLACES | ENDED:
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
    if registration.offer_until is not None and registration.offer_until <= now:
        raise Refused(_("This offer has ended; the place went to the next in line."))
    _note(registration, Standing.PLACED, by="herself", why="", now=now)
    registration.told = Standing.PLACED
    if registration.standing == Standing.OFFERED:
        registration.standing = Standing.PLACED
    registration.offer_until = None
    registration.save(update_fields=["standing", "told", "offer_until"])


def position(registration: Registration) -> int | None:
    """The position in line that a person is told, from 1; None when she is not in line.

    Shadows count, or those behind them could tell that they are shadows.
    """
    if registration.told != Standing.WAITING:
        return None
    ahead = Registration.objects.filter(
        admission=registration.admission_id, told=Standing.WAITING, number__lt=registration.number
    )
    return ahead.count() + 1


def _in_line(admission: Admission) -> QuerySet[Registration]:
    in_line = Q(standing=Standing.WAITING) | Q(standing=Standing.SHADOW, told=Standing.WAITING)
    rows = Registration.objects.filter(in_line, admission=admission)
    return rows.select_related("group").defer("sealed", "own_copy").order_by("number")


def _anything_free(admission: Admission) -> bool:
    return admission.capacity is None or admission.taken < admission.capacity


def _tell_shadow(shadow: Registration, *, now: datetime) -> None:
    hours = shadow.admission.offer_hours
    shadow.told = Standing.OFFERED if hours else Standing.PLACED
    shadow.offer_until = now + timedelta(hours=hours) if hours else None
    shadow.save(update_fields=["told", "offer_until"])


def _promote(registration: Registration, seat: rules.Seat, *, by: str, why: str, now: datetime) -> None:
    admission, was, told = registration.admission, registration.standing, registration.told
    offered = admission.offer_hours > 0 and was == Standing.WAITING
    became = Standing.OFFERED if offered else Standing.PLACED
    _note(registration, became, by=by, why=why, now=now)
    registration.standing = registration.told = became
    registration.in_group_places = seat.in_group
    registration.offer_until = now + timedelta(hours=admission.offer_hours) if offered else None
    registration.same_as = None
    registration.save(update_fields=["standing", "told", "in_group_places", "offer_until", "same_as"])
    if was == Standing.WAITING:
        admission.waiting -= 1
    _take(admission, registration)
    _save(admission)
    if registration.reachable and told != became:
        Letter.objects.create(
            registration=registration, kind=LetterKind.OFFER if offered else LetterKind.PROMOTED, due_at=now
        )


def _hand_to_shadow(admission: Admission, registration: Registration, *, now: datetime) -> None:
    """What a shadow was told stays true: it becomes what it was told that it is, as far as there is room.

    Told of a place, it gets the one that was just given back; told to wait, for a place or an answer, it does.
    """
    shadow = registration.shadows.filter(standing=Standing.SHADOW).order_by("number").first()
    if shadow is None:
        return
    became = Standing(shadow.told)
    seat = rules.Seat(found=False)
    if became in HOLDS_PLACES:
        seat = rules.seat(house(admission, shadow.group), party=shadow.party)
        became = became if seat.found else Standing.WAITING
    _note(shadow, became, by="by itself", why="", now=now)
    shadow.standing = shadow.told = became
    shadow.in_group_places, shadow.same_as = seat.in_group, None
    if became != Standing.OFFERED:
        shadow.offer_until = None
    shadow.save(update_fields=["standing", "told", "same_as", "in_group_places", "offer_until"])
    registration.shadows.update(same_as=shadow)
    if became in HOLDS_PLACES:
        _take(admission, shadow)
    elif became == Standing.WAITING:
        admission.waiting += 1


def _take(admission: Admission, registration: Registration) -> None:
    admission.taken += registration.party
    if registration.in_group_places and registration.group_id is not None:
        PlaceGroup.objects.filter(pk=registration.group_id).update(taken=F("taken") + registration.party)


def _give_back(admission: Admission, registration: Registration) -> None:
    admission.taken -= registration.party
    if registration.in_group_places and registration.group_id is not None:
        PlaceGroup.objects.filter(pk=registration.group_id).update(taken=F("taken") - registration.party)


def _save(admission: Admission) -> None:
    prepared.update(admission, "taken", "waiting", "arrivals")


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
