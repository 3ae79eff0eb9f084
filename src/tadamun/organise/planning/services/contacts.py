"""Who is called: names and numbers are sealed to a key of their own, opened only for a member, and they end.

The key belongs to the contacts of one activity, or of a week as a whole, and is given to those who carry it. It is
apart from the key of sign-up: who is called may be known longer, or ends earlier, than who came.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tadamun.organise.planning.models import Contact
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.queries.reach import carriers_of, carriers_of_week
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.changes import Outcome, Plain
from tadamun.organise.safety.models import Holding, VaultLink
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.holdings import begin_holding, end_holding
from tadamun.organise.safety.services.openings import Keyring, note_opening
from tadamun.organise.safety.services.vault import destroy_key, found_activity_key
from tadamun.organise.safety.vault.errors import ChainBroken, VaultError
from tadamun.organise.safety.vault.sealing import Context, seal
from tadamun.organise.safety.vocabulary import Ending, HeldData, HoldingReason, OpeningReason
from tadamun.toolkit import locks
from tadamun.toolkit.leftovers import wipe_leftovers
from tadamun.toolkit.rulings import Refused

KIND = "contacts"
# Trouble after a day, at a court or a hospital, is over after a month or goes on elsewhere.
KEPT_FOR = timedelta(days=30)
_BY_ITSELF = Actor("by itself")
Scope = Week | Activity


class Reach(msgspec.Struct, frozen=True, omit_defaults=True):
    """Name and number of who is called: only ever in memory, or sealed."""

    name: str = ""
    number: str = ""


@dataclass(frozen=True)
class Opened:
    """A contact, and what was opened of it; ``reach`` is None when nothing is sealed, or it cannot be opened."""

    contact: Contact
    reach: Reach | None = field(repr=False, default=None)


def subject_of(scope: Scope) -> str:
    """The name in the vault of the contacts of an activity, or of a week as a whole."""
    return f"{KIND}:{scope.uid}"


def context_of(scope: UUID, contact: UUID) -> Context:
    """What the seal of a contact is bound to."""
    return Context(purpose="contact", activity=str(scope), field="reach", row=str(contact))


def contacts_of(subject: str) -> Q:
    """The contacts that are sealed to a subject of the vault."""
    uid = subject.partition(":")[2]
    return Q(activity__uid=uid) | Q(activity=None, week__uid=uid)


@transaction.atomic
def add_contact(*, actor: Actor, contact: Contact, reach: Reach, now: datetime) -> Contact:
    """Store a new contact, name and number sealed.

    :raises Refused: when nobody who carries the activity has a key yet: it would be sealed to nobody.
    """
    contact.sealed = _sealed(actor, contact, reach, now)
    return changes.add(actor=actor, row=contact, now=now)


@transaction.atomic
def change_contact(
    *, actor: Actor, contact: Contact, seen: Plain, wanted: Plain, reach: Reach, now: datetime
) -> Outcome:
    """Change a contact as any row; a name or number that is given takes the place of both that were sealed.

    :raises Refused: as with ``add_contact``.
    """
    outcome = changes.change(actor=actor, row=contact, seen=seen, wanted=wanted, now=now)
    if outcome.both or reach == Reach():
        return outcome
    Contact.objects.filter(pk=contact.pk).update(sealed=_sealed(actor, contact, reach, now))
    note_act(actor=actor, act="seal contact anew", subject=subject_of(_scope(contact)), now=now)
    return outcome


def open_contacts(
    *, actor: Actor, keyring: Keyring, contacts: Sequence[Contact], why: OpeningReason, now: datetime
) -> list[Opened]:
    """Open contacts, of one or several scopes; announced in the audit trail first. Not inside a transaction.

    Contacts of a scope that the member has no way to, such as the week's for a partner in one activity, stay closed.

    :raises Refused: above the hourly limit, or when she has no way to any of them.
    """
    by_subject: defaultdict[str, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if contact.sealed:
            by_subject[subject_of(_scope(contact))].append(contact)
    open_to_her = {subject for subject in by_subject if keyring.reaches(subject)}
    if by_subject and not open_to_her:
        raise Refused(_("Your key does not open these names. Another member has to let you in."))
    for subject in sorted(open_to_her):
        rows = [str(contact.uid) for contact in by_subject[subject]]
        note_opening(actor=actor, keyring=keyring, subject=subject, rows=rows, why=why, now=now)
    return [Opened(contact, _opened(keyring, contact, open_to_her)) for contact in contacts]


def retire_what_is_due(*, now: datetime) -> list[str]:
    """Destroy the names and numbers whose time is over; returns the numbers of the certificates.

    Who was called for what stays, without a name. An end that moved with its activity is written down anew.
    """
    due = Holding.objects.filter(what=HeldData.CONTACTS, ended_at__isnull=True, until__lt=now.date())
    numbers = (_retire(holding, now) for holding in list(due))
    return [number for number in numbers if number]


def ends_on(scope: Scope) -> date:
    """The day on which names and numbers must be gone."""
    if isinstance(scope, Week):
        return scope.end + KEPT_FOR
    return max(scope.sittings.values_list("end", flat=True), default=scope.week.end) + KEPT_FOR


@transaction.atomic
def _retire(holding: Holding, now: datetime) -> str | None:
    uid = holding.subject.partition(":")[2]
    scope: Scope | None = (
        Activity.objects.select_related("week").filter(uid=uid).first() or Week.objects.filter(uid=uid).first()
    )
    if scope is not None and ends_on(scope) >= now.date():
        Holding.objects.filter(pk=holding.pk).update(until=ends_on(scope))
        return None
    subject = f"{KIND}:{uid}"
    locks.hold(subject)
    entries = Contact.objects.filter(contacts_of(subject)).exclude(sealed=b"").update(sealed=b"")
    destroy_key(actor=_BY_ITSELF, subject=subject, why=Ending.TIME.value, now=now)
    transaction.on_commit(lambda: wipe_leftovers(Contact, VaultLink))
    return end_holding(
        actor=_BY_ITSELF,
        subject=holding.subject,
        what=HeldData.CONTACTS,
        how=Ending.TIME,
        counts={"entries": entries},
        now=now,
    )


def _sealed(actor: Actor, contact: Contact, reach: Reach, now: datetime) -> bytes:
    if reach == Reach():
        return b""
    scope = _scope(contact)
    subject = subject_of(scope)
    locks.hold(subject)
    carriers = carriers_of_week(scope) if isinstance(scope, Week) else carriers_of(scope)
    organisations = [f"organisation:{slug}" for slug in carriers]
    public_key = found_activity_key(actor=actor, activity=subject, organisations=organisations, now=now)
    begin_holding(
        subject=f"{'week' if isinstance(scope, Week) else 'activity'}:{scope.uid}",
        label=scope.titles,
        what=HeldData.CONTACTS,
        why=HoldingReason.ACTIVITY,
        since=now.date(),
        until=max(ends_on(scope), now.date()),
    )
    return seal(public_key, msgspec.json.encode(reach), context=context_of(scope.uid, contact.uid))


def _opened(keyring: Keyring, contact: Contact, open_to_her: Collection[str]) -> Reach | None:
    scope = _scope(contact)
    if not contact.sealed or subject_of(scope) not in open_to_her:
        return None
    try:
        plain = keyring.open(subject_of(scope), bytes(contact.sealed), context=context_of(scope.uid, contact.uid))
    except ChainBroken:
        raise
    except VaultError:
        return None
    return msgspec.json.decode(plain, type=Reach)


def _scope(contact: Contact) -> Scope:
    return contact.activity or contact.week


def opened_by_key(opened: Iterable[Opened]) -> Mapping[int, Reach]:
    """What was opened, by the contact's key."""
    return {one.contact.pk: one.reach for one in opened if one.reach is not None}
