"""Names end: entries are destroyed with their key, counts stay; offers lapse; everything can be shut at once."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction

from tadamun.organise.people.models import Admission, Letter, Move, Registration
from tadamun.organise.people.services import line
from tadamun.organise.people.services.admissions import ends_on
from tadamun.organise.people.vocabulary import HOLDS_PLACES, Category, Standing
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.holdings import end_holding
from tadamun.organise.safety.services.members import forget_all_unlockings
from tadamun.organise.safety.services.vault import destroy_key
from tadamun.organise.safety.vocabulary import Ending, HeldData

MERGED = "others"
BY_ITSELF = Actor("by itself")


@transaction.atomic
def expire_offers(*, now: datetime) -> int:
    """Pass on the places whose offers have lapsed; returns how many."""
    lapsed = Registration.objects.filter(standing=Standing.OFFERED, offer_until__lte=now)
    rows = list(lapsed.order_by("admission", "number"))
    for row in rows:
        row.admission = line.lock(row.admission)
        row.refresh_from_db(fields=["standing", "offer_until", "in_group_places"])
        if row.standing == Standing.OFFERED:
            line.end(row, Standing.CANCELLED, by=BY_ITSELF.label, why="offer lapsed", now=now)
    return len(rows)


@transaction.atomic
def retire(*, actor: Actor, admission: Admission, how: Ending, now: datetime, small_cell: int) -> str | None:
    """Destroy what was entered: fold categories into counts, delete the entries, destroy their key.

    Returns the number of the certificate of deletion; None when nothing was held. Safe to repeat.
    """
    admission = line.lock(admission)
    rows = Registration.objects.filter(admission=admission)
    folded = admission.folded or counts(admission, small_cell=small_cell)
    entries = rows.count()
    Letter.objects.filter(registration__admission=admission).delete()
    Move.objects.filter(admission=admission).delete()
    rows.delete()
    destroy_key(actor=actor, subject=admission.key_subject, why=how.value, now=now)
    admission.folded, admission.emptied_at = folded, admission.emptied_at or now
    admission.closed, admission.waiting = True, 0
    admission.save(update_fields=["folded", "emptied_at", "closed", "waiting"])
    return end_holding(
        actor=actor,
        subject=admission.key_subject,
        what=HeldData.REGISTRATIONS,
        how=how,
        counts={"entries": entries},
        now=now,
    )


def retire_what_is_due(*, now: datetime, small_cell: int) -> list[str]:
    """Retire every admission whose time is over; returns the numbers of the certificates."""
    waiting = Admission.objects.filter(emptied_at__isnull=True).select_related("activity__week")
    numbers = []
    for admission in waiting:
        if ends_on(admission) < now.date():
            number = retire(actor=BY_ITSELF, admission=admission, how=Ending.TIME, now=now, small_cell=small_cell)
            numbers += [number] if number else []
    return numbers


@transaction.atomic
def lockdown(*, actor: Actor, now: datetime) -> None:
    """Close all sign-ups, end all sessions, forget all unlocked keys."""
    Admission.objects.update(closed=True)
    Session.objects.all().delete()
    forget_all_unlockings()
    note_act(actor=actor, act="lock down", subject="installation", now=now)


def counts(admission: Admission, *, small_cell: int) -> dict[str, dict[str, int]]:
    """How many registered, waited, confirmed, came, by category, opening nothing.

    A category with fewer than ``small_cell`` people is merged with the next smallest until the cell is large
    enough, or all of it is one cell.
    """
    if admission.folded:
        folded: dict[str, dict[str, int]] = admission.folded
        return folded
    rows = list(
        Registration.objects.filter(admission=admission).values_list(
            "standing", "guests", "confirmed", "came", *(category.value for category in Category)
        )
    )
    placed = [row for row in rows if row[0] in HOLDS_PLACES]
    told: dict[str, dict[str, int]] = {
        "people": {
            "registered": sum(row[0] not in {Standing.SHADOW, Standing.QUARANTINED} for row in rows),
            "placed": len(placed),
            "guests": sum(row[1] for row in placed),
            "waiting": sum(row[0] == Standing.WAITING for row in rows),
            "pending": sum(row[0] == Standing.PENDING for row in rows),
            "quarantined": sum(row[0] == Standing.QUARANTINED for row in rows),
            "cancelled": sum(row[0] == Standing.CANCELLED for row in rows),
            "declined": sum(row[0] == Standing.DECLINED for row in rows),
            "confirmed": sum(bool(row[2]) for row in placed),
            "came": sum(bool(row[3]) for row in placed),
            "stayed_away": sum(not row[3] for row in placed),
        }
    }
    for index, category in enumerate(Category):
        if category.value in admission.categories:
            told[category.value] = merged((row[4 + index] or "unsaid" for row in placed), small_cell=small_cell)
    return told


def merged(values: Iterable[str], *, small_cell: int) -> dict[str, int]:
    """Count values; the smallest are counted together as long as their sum, or any cell, is below ``small_cell``."""
    cells = Counter(values)
    together = 0
    while cells and (min(cells.values()) < small_cell or 0 < together < small_cell):
        smallest = min(cells, key=lambda value: (cells[value], value))
        together += cells.pop(smallest)
    return {**dict(sorted(cells.items())), **({MERGED: together} if together else {})}
