"""Taking in what kits send: entries of their own and of others that they carry, in any order, any number of times.

Nothing is answered before it is stored. Who may send is decided by a mac over the request, so that a lost phone can be
shut out; each entry proves itself by its own mac, so that any kit may carry it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch, Q

from tadamun.organise.field.models import Contact, Device, Entry, Tampered
from tadamun.organise.field.queries.kit import content_of, digest_of
from tadamun.organise.field.rules import wire
from tadamun.organise.field.rules.wire import NotAnEntry, Wire
from tadamun.organise.field.services import onward
from tadamun.organise.field.services.carry_key import carry_pair
from tadamun.organise.field.services.endings import keep_open
from tadamun.organise.field.services.photos import take_back
from tadamun.organise.field.vocabulary import Kind, Why
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.programme.models import Activity
from tadamun.toolkit import clock

MOST_ENTRIES = 500
MOST_PACKS = 4
MOST_TAMPERED = 200
LARGEST_KEPT = 4_000
# Who came changes all the time; a kit of hundreds of tickets is not sent again for each.
RENEWED_AT_MOST_EVERY = timedelta(minutes=2)
SEALED = "sealed"
_UID = re.compile("[0-9a-f-]{36}")


@dataclass(frozen=True)
class Piece:
    """One request of a kit, its shape checked: what the kit has, what it still has to send, entries as they came."""

    clock: int
    have: int
    unsent: int
    entries: tuple[Any, ...]
    packs: tuple[Any, ...] = ()


@dataclass
class Taken:
    """What became of a piece: numbers that are stored now, what was refused and why; which kinds of which activity."""

    taken: list[tuple[str, int]] = field(default_factory=list)
    refused: list[tuple[str, int, str]] = field(default_factory=list)
    news: dict[int, set[str]] = field(default_factory=dict)
    undone: set[tuple[int, int]] = field(default_factory=set)


def read_piece(body: bytes, *, clock: int) -> Piece:
    """A request's body.

    :raises NotAnEntry: when it has not the form of one.
    """
    came = wire.read_json(body)
    if not isinstance(came, dict) or not isinstance(came.get("entries"), list):
        raise NotAnEntry("entries are expected")
    have, unsent = came.get("have", 0), came.get("unsent", 0)
    for number in (have, unsent):
        if type(number) is not int or not 0 <= number <= wire.LARGEST_NUMBER:
            raise NotAnEntry("have and unsent are whole numbers")
    if len(came["entries"]) > MOST_ENTRIES:
        raise NotAnEntry(f"at most {MOST_ENTRIES} entries come in one piece")
    packs = came.get("packs", [])
    if not isinstance(packs, list) or len(packs) > MOST_PACKS:
        raise NotAnEntry(f"at most {MOST_PACKS} packs come in one piece")
    return Piece(clock, have, unsent, tuple(came["entries"]), tuple(packs))


@transaction.atomic
def take_in(*, device: Device, piece: Piece, at: int) -> Taken:
    """Store the entries of a piece, and that this kit was heard of at ``at`` (milliseconds since 1970).

    A kit that was taken back brings what it has, but its clock is not believed any more.
    """
    now = datetime.fromtimestamp(at // 1000, UTC)
    done = Taken()
    read = _read(piece.entries, done)
    writers = _writers(read)
    good = [entry for entry in read if _proven(entry, device, writers, done, now)]
    _store(good, device, writers, done, now)
    if device.revoked_at is None:
        _meet(device, piece, at, now)
    return done


@transaction.atomic
def take_in_carried(*, bringer: Device, entries: Iterable[Any], now: datetime) -> tuple[Taken, int]:
    """Store entries that somebody carried, each as `take_in` does; and how many of them the server had already.

    Nobody is heard of by it: what is carried says nothing about when its phone was near a network.
    """
    done = Taken()
    read = _read(entries, done)
    writers = _writers(read)
    good = [entry for entry in read if _proven(entry, bringer, writers, done, now)]
    before = _stored(_row(entry, writers[entry.device], 0, now) for entry in good)
    _store(good, bringer, writers, done, now)
    return done, sum(before.get((writers[one.device].pk, one.number)) == one.mac for one in good)


def carry_on(done: Taken) -> None:
    """Let sign-up, shifts and sittings know, and the archive which photos were taken back.

    Apart from storing, so that nothing which fails here holds an entry back.
    """
    for activity in Activity.objects.filter(pk__in=done.news):
        onward.carry_on(activity=activity, kinds=done.news[activity.pk])
    take_back(done.undone, now=clock.now())


@transaction.atomic
def kit_for(*, device: Device, have: int, now: datetime) -> dict[str, Any] | None:
    """What the kit is told, when that is news for it; None when it knows all, or knew it two minutes ago."""
    device = Device.objects.select_for_update().get(pk=device.pk)
    fresh = device.sent_at is not None and now < device.sent_at + RENEWED_AT_MOST_EVERY
    if fresh and have == device.revision:
        return None
    languages = tuple(code for code, _name in settings.LANGUAGES)
    content = content_of(device, ticket_key=ticket_mint().signing.public, languages=languages)
    content["carry_key"] = wire.encode(carry_pair().public)
    digest = digest_of(content)
    if digest != bytes(device.digest):
        device.digest, device.revision = digest, device.revision + 1
    elif have == device.revision:
        return None
    device.sent_at = now
    device.save(update_fields=["digest", "revision", "sent_at"])
    return {"revision": device.revision, "made_at": int(now.timestamp()) * 1000, **content}


def _read(came: Iterable[Any], done: Taken) -> list[Wire]:
    read = []
    for one in came:
        try:
            read.append(wire.read_entry(one))
        except NotAnEntry:
            done.refused.append((*_name_of(one), Why.SHAPE.value))
    return read


def _name_of(one: Any) -> tuple[str, int]:
    """Which entry is meant, as far as that can be read."""
    parts = one if isinstance(one, list) else []
    device = parts[0] if parts and isinstance(parts[0], str) and _UID.fullmatch(parts[0]) else ""
    number = parts[1] if len(parts) > 1 and type(parts[1]) is int and 0 <= parts[1] <= wire.LARGEST_NUMBER else 0
    return device, number


def _writers(read: Iterable[Wire]) -> Mapping[UUID, Device]:
    """The kits that wrote these entries, with those of their activities whose log goes on; no log ends meanwhile.

    Three queries.
    """
    uids = {entry.device for entry in read}
    keep_open(Activity.objects.filter(uid__in={entry.activity for entry in read}, kits__uid__in=uids).distinct())
    writing = Prefetch("activities", queryset=Activity.objects.filter(folded_log=None))
    found = Device.objects.filter(uid__in=uids).prefetch_related(writing)
    return {device.uid: device for device in found}


def _proven(entry: Wire, bringer: Device, writers: Mapping[UUID, Device], done: Taken, now: datetime) -> bool:
    """Whether it is what its kit wrote, about one of its activities; what was altered is kept aside."""
    writer = writers.get(entry.device)
    why = Why.DEVICE
    if writer is not None:
        if not wire.fits(bytes(writer.key), entry.mac, entry.canonical):
            why = Why.MAC
            _keep_aside(entry, writer, bringer, why, now)
        elif any(activity.uid == entry.activity for activity in writer.activities.all()):
            return True
        else:
            why = Why.ACTIVITY
    done.refused.append((str(entry.device), entry.number, why.value))
    return False


def _store(good: list[Wire], bringer: Device, writers: Mapping[UUID, Device], done: Taken, now: datetime) -> None:
    """Store what is not stored yet. In one order for all, so that two who carry the same never wait for each other."""
    good.sort(key=lambda entry: (entry.device, entry.number))
    rows = []
    for entry in good:
        writer = writers[entry.device]
        activity = next(one for one in writer.activities.all() if one.uid == entry.activity)
        if entry.kind in onward.CARRIED:
            done.news.setdefault(activity.pk, set()).add(entry.kind)
        if entry.kind == Kind.UNDO and type(entry.body.get("of")) is int:
            done.undone.add((writer.pk, entry.body["of"]))
        rows.append(_row(entry, writer, activity.pk, now))
    Entry.objects.bulk_create(rows, ignore_conflicts=True)
    stored = _stored(rows)
    for entry in good:
        writer = writers[entry.device]
        if stored.get((writer.pk, entry.number)) == entry.mac:
            done.taken.append((str(entry.device), entry.number))
        else:
            _keep_aside(entry, writer, bringer, Why.OTHER, now)
            done.refused.append((str(entry.device), entry.number, Why.OTHER.value))


def _row(entry: Wire, writer: Device, activity: int, now: datetime) -> Entry:
    body, sealed = dict(entry.body), b""
    if isinstance(body.get(SEALED), str):
        try:
            sealed = wire.decode(body[SEALED])
            del body[SEALED]
        except NotAnEntry:
            sealed = b""
    return Entry(
        device=writer,
        number=entry.number,
        clock=entry.clock,
        kind=entry.kind,
        activity_id=activity,
        body=body,
        sealed=sealed,
        mac=entry.mac,
        received_at=now,
    )


def _stored(rows: Iterable[Entry]) -> dict[tuple[int, int], bytes]:
    """The macs that are stored under the numbers of these rows. One query."""
    numbers: dict[int, list[int]] = {}
    for row in rows:
        numbers.setdefault(row.device_id, []).append(row.number)
    if not numbers:
        return {}
    asked = Q()
    for device, wanted in numbers.items():
        asked |= Q(device=device, number__in=wanted)
    found = Entry.objects.filter(asked).values_list("device", "number", "mac")
    return {(device, number): bytes(mac) for device, number, mac in found}


def _keep_aside(entry: Wire, writer: Device, bringer: Device, why: Why, now: datetime) -> None:
    """Keep what does not fit, for the desk to see; not without end, since anybody can make such things."""
    text = entry.canonical.decode()[:LARGEST_KEPT]
    if Tampered.objects.filter(device=writer).count() >= MOST_TAMPERED:
        return
    Tampered.objects.bulk_create(
        [
            Tampered(
                device=writer,
                brought_by=bringer,
                number=entry.number,
                why=why,
                wire=text,
                seen=hashlib.sha256(entry.canonical + entry.mac).digest(),
                received_at=now,
            )
        ],
        ignore_conflicts=True,
    )


def _meet(device: Device, piece: Piece, at: int, now: datetime) -> None:
    contact = Contact(device=device, at=at, phone_clock=piece.clock, revision=piece.have, unsent=max(piece.unsent, 0))
    Contact.objects.bulk_create([contact], ignore_conflicts=True)
    Device.objects.filter(pk=device.pk).update(met_at=now, unsent=piece.unsent)
