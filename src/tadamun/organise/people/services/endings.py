"""Names end: entries are destroyed with their key, counts stay; offers lapse; everything can be shut at once."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.services.accounts import sign_out_members
from tadamun.organise.people.models import Admission, Letter, ListRequest, Move, Registration
from tadamun.organise.people.services import line
from tadamun.organise.people.services.admissions import ends_on
from tadamun.organise.people.services.announcing import door_changed
from tadamun.organise.people.vocabulary import ENDED, HOLDS_PLACES, Category, Standing
from tadamun.organise.programme.queries.reach import reachable
from tadamun.organise.safety.models import VaultLink
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.holdings import end_holding
from tadamun.organise.safety.services.members import forget_all_unlockings
from tadamun.organise.safety.services.shutting_down import shut_the_rest
from tadamun.organise.safety.services.vault import destroy_key
from tadamun.organise.safety.vocabulary import Ending, HeldData
from tadamun.toolkit.leftovers import wipe_leftovers

MERGED, MERGED_LABEL = "others", _("others together")
UNSAID, UNSAID_LABEL = "unsaid", _("rather not say")
BY_ITSELF = Actor("by itself")


def expire_offers(*, now: datetime) -> int:
    """Pass on the places whose offers have lapsed; returns how many offers did.

    Each in a transaction of its own, so that sign-up never waits for a long one. Shadows come first: an offer that
    lapsed for both must not come back through the second.
    """
    lapsed = Registration.objects.filter(told=Standing.OFFERED, offer_until__lte=now)
    keys = lapsed.annotate(first=Q(standing=Standing.SHADOW)).order_by("-first", "number").values_list("pk", flat=True)
    return sum(_lapse(key, now) for key in list(keys))


@transaction.atomic
def _lapse(key: int, now: datetime) -> bool:
    """End one offer, unless it was taken or withdrawn meanwhile."""
    row = Registration.objects.filter(pk=key).first()
    if row is None:
        return False
    row.admission = line.lock(Admission(pk=row.admission_id))
    row.refresh_from_db(fields=["standing", "told", "offer_until", "in_group_places", "same_as"])
    if row.told != Standing.OFFERED or row.offer_until is None or row.offer_until > now:
        return False
    line.end(row, Standing.CANCELLED, by=BY_ITSELF.label, why="offer lapsed", now=now)
    line.drop_letters(row)
    return True


@transaction.atomic
def retire(*, actor: Actor, admission: Admission, how: Ending, now: datetime, small_cell: int) -> str | None:
    """Destroy what was entered: fold categories into counts, delete the entries, destroy their key.

    Returns the number of the certificate of deletion; None when nothing was held. Safe to repeat. Once that is
    committed, what deleted rows leave behind in the database's files is wiped as far as the database can.
    """
    admission = line.lock(admission)
    rows = Registration.objects.filter(admission=admission)
    folded = admission.folded or counts(admission, small_cell=small_cell)
    entries = rows.count()
    Letter.objects.filter(registration__admission=admission).delete()
    Move.objects.filter(admission=admission).delete()
    ListRequest.objects.filter(admission=admission).delete()
    rows.delete()
    destroy_key(actor=actor, subject=admission.key_subject, why=how.value, now=now)
    admission.folded, admission.emptied_at = folded, admission.emptied_at or now
    admission.closed, admission.waiting = True, 0
    admission.save(update_fields=["folded", "emptied_at", "closed", "waiting"])
    door_changed(admission.pk)
    transaction.on_commit(lambda: wipe_leftovers(Registration, VaultLink))
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
def lockdown(*, actor: Actor, now: datetime, organisations: Collection[str] | None = None) -> None:
    """Close all sign-ups, end all sessions, forget all unlocked keys and every list that was asked for.

    With ``organisations`` (slugs) it is about them alone: the sign-ups of what they carry, the sessions and open vaults
    of their members. A coordinator must not be able to stop the work of coalitions that are none of hers.
    """
    doors = Admission.objects.all()
    if organisations is not None:
        doors = doors.filter(activity__in=reachable(organisations))
    open_doors = list(doors.filter(closed=False).values_list("pk", flat=True))
    Admission.objects.filter(pk__in=open_doors).update(closed=True)
    door_changed(*open_doors)
    ListRequest.objects.filter(admission__in=doors, used_at__isnull=True).delete()
    shut_the_rest(actor=actor, now=now, organisations=organisations)
    if organisations is None:
        Session.objects.all().delete()
        forget_all_unlockings()
        note_act(actor=actor, act="lock down", subject="installation", now=now)
        return
    sign_out_members(organisations=organisations)
    for slug in sorted(organisations):
        note_act(actor=actor, act="lock down", subject=f"organisation:{slug}", now=now)


def counts(admission: Admission, *, small_cell: int) -> dict[str, dict[str, int]]:
    """How many registered, waited, confirmed, came, by category (of those placed, of those who came), opening nothing.

    Registered are those whose sign-up stands: with a place or an offer (so also who came and who stayed away), in
    line, or waiting for an answer. Who cancelled, was declined, is still looked at, or signed up twice is not.
    A category with fewer than ``small_cell`` people is merged with the next smallest until the cell is large
    enough, or all of it is one cell.
    """
    if admission.folded:
        folded: dict[str, dict[str, int]] = admission.folded
        return folded
    # Who signed up again is counted once: a shadow that ended still says whose it was.
    rows = list(
        Registration.objects.filter(admission=admission, same_as__isnull=True).values_list(
            "standing", "guests", "confirmed", "came", *(category.value for category in Category)
        )
    )
    placed = [row for row in rows if row[0] in HOLDS_PLACES]
    stand = [row for row in rows if row[0] not in {*ENDED, Standing.QUARANTINED}]
    told: dict[str, dict[str, int]] = {
        "people": {
            "registered": len(stand),
            "guests_registered": sum(row[1] for row in stand),
            "placed": len(placed),
            "guests": sum(row[1] for row in placed),
            "waiting": sum(row[0] == Standing.WAITING for row in rows),
            "pending": sum(row[0] == Standing.PENDING for row in rows),
            "quarantined": sum(row[0] == Standing.QUARANTINED for row in rows),
            "cancelled": sum(row[0] == Standing.CANCELLED for row in rows),
            "declined": sum(row[0] == Standing.DECLINED for row in rows),
            "confirmed": sum(bool(row[2]) for row in placed),
            "came": sum(bool(row[3]) for row in placed),
            "guests_came": sum(row[1] for row in placed if row[3]),
            "stayed_away": sum(not row[3] for row in placed),
        }
    }
    for index, category in enumerate(Category):
        if category.value in admission.categories:
            told[category.value] = merged((row[4 + index] or UNSAID for row in placed), small_cell=small_cell)
            came = (row[4 + index] or UNSAID for row in placed if row[3])
            told[f"came_{category.value}"] = merged(came, small_cell=small_cell)
    return told


def merged(values: Iterable[str], *, small_cell: int) -> dict[str, int]:
    """Count values; the smallest are counted together as long as their sum, or any cell, is below ``small_cell``."""
    cells = Counter(values)
    together = 0
    while cells and (min(cells.values()) < small_cell or 0 < together < small_cell):
        smallest = min(cells, key=lambda value: (cells[value], value))
        together += cells.pop(smallest)
    return {**dict(sorted(cells.items())), **({MERGED: together} if together else {})}
