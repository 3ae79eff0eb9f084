"""Handing out a list of people: announced and limited as every opening, opened one by one while it is written.

A list of more people than the installation allows to one member alone leaves only with a second member's approval,
names in every row which copy it is, and is locked with a password that follows from the asker's own key (P-12).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tadamun.organise.people import rules
from tadamun.organise.people.models import Admission, ListRequest, Registration
from tadamun.organise.people.services import approvals, columns, opened
from tadamun.organise.people.services.entries import Entry, named
from tadamun.organise.people.services.opened import Opened
from tadamun.organise.people.vocabulary import AgeBand, Governorate, Need, Sex, Standing
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vault import letters
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit.languages import days
from tadamun.toolkit.sheets.writing import Row

# From here on a list is asked for twice.
MANY = 10
HANDED_OUT = "hand out list"
_AT_ONCE = 500
_SIGNS, _IN_A_GROUP = 20, 5


@dataclass(frozen=True)
class Lock:
    """What a long list is locked with, and what it says of its way out."""

    password: str = field(repr=False)
    remark: str


@dataclass(frozen=True)
class List:
    """A list that may be written: its rows come one by one. A long one must be locked."""

    rows: Iterator[Row]
    people: int
    lock: Lock | None = None


def how_many(admission: Admission) -> int:
    """How many people a list would have."""
    return _listed(admission).count()


def needs_approval(people: int) -> bool:
    """Whether a list of so many leaves only with a second member's approval."""
    return people > int(settings.EXPORT_APPROVAL_ABOVE)


def password_of(keyring: Keyring, uid: UUID) -> str:
    """The password of a list that the keyring's member asked for: 100 bits in four groups, the same each time.

    It follows from her private key and is stored nowhere; she alone can have it shown again.
    """
    derive = HKDF(algorithm=hashes.SHA256(), length=16, salt=None, info=b"tadamun list 1" + uid.bytes)
    number = int.from_bytes(derive.derive(keyring.pair.private), "big") >> (128 - _SIGNS * letters.BITS)
    signs = letters.encode_number(number, signs=_SIGNS)
    return "-".join(signs[start : start + _IN_A_GROUP] for start in range(0, _SIGNS, _IN_A_GROUP))


def hand_out(
    *,
    actor: Actor,
    keyring: Keyring,
    admission: Admission,
    why: OpeningReason,
    language: str,
    now: datetime,
    factor_shown_at: datetime | None = None,
) -> List:
    """Announce that everybody's entry will be opened, write down that the list leaves, and return it.

    Each list is written down for itself, also when the same names were opened on a page shortly before. A long one
    leaves for the reason for which it was approved, whatever ``why`` says.

    :raises Refused: when there is no way to the key, or above the hourly limit; for a long list also without a fresh
        second factor or without an approval that was not used yet.
    """
    rows, request = _listed(admission), None
    people = rows.count()
    if needs_approval(people):
        rules.factor_is_fresh(factor_shown_at, now=now).require()
        request = approvals.usable(asker=actor.account, admission=admission, now=now)
        why = OpeningReason(request.why)
    # Of 100,000 people this list of ids is a few megabytes; the entries themselves are never held together.
    ids = [(uid, bool(remark)) for uid, remark in rows.exclude(sealed=b"").values_list("uid", "remark")]
    opened.announce(actor=actor, keyring=keyring, admission=admission, rows=ids, why=why, now=now)
    detail = {"people": len(ids), "why": why.value} | ({"list": str(request.uid)} if request else {})
    with transaction.atomic(durable=True):
        if request:
            approvals.use_up(request, now=now)
        entry = note_act(actor=actor, act=HANDED_OUT, subject=admission.key_subject, now=now, detail=detail)
    found = opened.open_stream(
        keyring, admission, rows.defer("own_copy").select_related("group").iterator(chunk_size=_AT_ONCE)
    )
    if request is None:
        return List(rows=_rows(admission, found, language), people=people)
    lock = _lock(keyring, request, actor, language, number=entry.number, now=now)
    return List(rows=_marked(admission, found, language, lock, str(entry.number)), people=people, lock=lock)


def _listed(admission: Admission) -> QuerySet[Registration]:
    rows = Registration.objects.filter(admission=admission)
    return rows.exclude(standing__in=(Standing.CANCELLED, Standing.DECLINED)).order_by("number")


def _lock(keyring: Keyring, request: ListRequest, actor: Actor, code: str, *, number: int, now: datetime) -> Lock:
    day, at = days.moment(now, ZoneInfo(request.admission.activity.week.timezone), code)
    says = _("Handed out to %(member)s on %(day)s, %(time)s. Audit entry %(number)d.")
    remark = says % {"member": actor.label, "day": day, "time": at, "number": number}
    return Lock(password=password_of(keyring, request.uid), remark=remark)


def _rows(admission: Admission, found: Iterator[Opened], language: str, copy: str = "") -> Iterator[Row]:
    heads = list(columns.heading_row(admission, language, marked=bool(copy)))
    yield [heading for _key, heading, _tag in heads]
    yield [tag for _key, _heading, tag in heads]
    for one in found:
        cells = {**_cells(one, language), "copy": copy}
        yield [cells.get(key, "") for key, _heading, _tag in heads]


def _marked(admission: Admission, found: Iterator[Opened], language: str, lock: Lock, copy: str) -> Iterator[Row]:
    """With the number of its audit entry in every row, and a last row that says whose copy it is."""
    yield from _rows(admission, found, language, copy)
    yield [lock.remark]


def _cells(one: Opened, language: str) -> Mapping[str, str]:
    row, entry = one.registration, one.entry or Entry()
    answers = {f"q:{code}": answer for code, answer in entry.answers.items()}
    return answers | {
        "number": str(row.number),
        "code": row.short_code,
        "standing": str(Standing(row.standing).label),
        "name": entry.name,
        "contact": entry.contact,
        "guests": str(row.guests),
        "group": named(row.group.names, language) if row.group else "",
        "language": row.language,
        "sex": str(Sex(row.sex).label) if row.sex else "",
        "age_band": str(AgeBand(row.age_band).label) if row.age_band else "",
        "governorate": str(Governorate(row.governorate).label) if row.governorate else "",
        "needs": ", ".join(str(Need(need).label) for need in row.needs if need in Need.values),
        "note": entry.note,
        "remark": one.remark,
        "confirmed": _("yes") if row.confirmed else "",
        "came": _("yes") if row.came else "",
    }
