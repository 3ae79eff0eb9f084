"""Handing out a list of people: announced and limited as every opening, opened one by one while it is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import columns, opened
from tadamun.organise.people.services.entries import Entry, named
from tadamun.organise.people.services.opened import Opened
from tadamun.organise.people.vocabulary import AgeBand, Governorate, Need, Sex, Standing
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit.sheets.writing import Row

# From here on a list is asked for twice.
MANY = 50
HANDED_OUT = "hand out list"
_AT_ONCE = 500


@dataclass(frozen=True)
class List:
    """A list that may be written: its rows come one by one."""

    rows: Iterator[Row]
    people: int


def how_many(admission: Admission) -> int:
    """How many people a list would have."""
    return _listed(admission).count()


def hand_out(
    *, actor: Actor, keyring: Keyring, admission: Admission, why: OpeningReason, language: str, now: datetime
) -> List:
    """Announce that everybody's entry will be opened, write down that the list leaves, and return it.

    Each list is written down for itself, also when the same names were opened on a page shortly before.

    :raises Refused: when there is no way to the key, or above the hourly limit.
    """
    rows = _listed(admission)
    # Of 100,000 people this list of ids is a few megabytes; the entries themselves are never held together.
    ids = [(uid, bool(remark)) for uid, remark in rows.exclude(sealed=b"").values_list("uid", "remark")]
    opened.announce(actor=actor, keyring=keyring, admission=admission, rows=ids, why=why, now=now)
    detail = {"people": len(ids), "why": why.value}
    with transaction.atomic(durable=True):
        note_act(actor=actor, act=HANDED_OUT, subject=admission.key_subject, now=now, detail=detail)
    found = opened.open_stream(
        keyring, admission, rows.defer("own_copy").select_related("group").iterator(chunk_size=_AT_ONCE)
    )
    return List(rows=_rows(admission, found, language), people=rows.count())


def _listed(admission: Admission) -> QuerySet[Registration]:
    rows = Registration.objects.filter(admission=admission)
    return rows.exclude(standing__in=(Standing.CANCELLED, Standing.DECLINED)).order_by("number")


def _rows(admission: Admission, found: Iterator[Opened], language: str) -> Iterator[Row]:
    heads = list(columns.heading_row(admission, language))
    yield [heading for _key, heading, _tag in heads]
    yield [tag for _key, _heading, tag in heads]
    for one in found:
        cells = _cells(one, language)
        yield [cells.get(key, "") for key, _heading, _tag in heads]


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
