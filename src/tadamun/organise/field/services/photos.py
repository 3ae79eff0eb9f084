"""Photos that come from phones, in small pieces, in any repetition: into the archive, as drafts to be looked at.

Bytes are taken only for a photo that an entry of the same kit has announced. What is whole is rebuilt from its pixels,
so that nothing of the phone is left in it, and is in no record before a member has looked at it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.services import Kept, add_rebuilt, staging, withdraw
from tadamun.organise.field.models import Contact, Device, Entry, PhotoPiece, SentPhoto
from tadamun.organise.field.rules import photos as rules
from tadamun.organise.field.rules.clocks import Clocks, Met
from tadamun.organise.field.vocabulary import Kind
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.pictures import PictureRefused

MOST_OF_A_KIT = 300
MOST_BEGUN = 4
KEPT_UNFINISHED = timedelta(days=30)


class Step(StrEnum):
    """What comes next with a photo: more of it, nothing, its entry first, or never."""

    MORE = "more"
    WHOLE = "whole"
    ENTRY = "entry"
    GONE = "gone"
    PICTURE = "picture"
    MANY = "many"


@dataclass(frozen=True)
class Answer:
    """What a phone is told: what comes next, and from which byte on."""

    step: Step
    start: int = 0


def take_piece(*, device: Device, home: Path, sha256: str, start: int, data: bytes, now: datetime) -> Answer:
    """Take the bytes of a photo from ``start`` on; the last ones make it whole and bring it into the archive.

    ``sha256`` is that of the whole photo as its entry announced it. What came before is not stored twice.
    """
    entry = Entry.objects.filter(device=device, kind=Kind.PHOTO, body__sha256=sha256).order_by("number").first()
    if entry is None:
        return Answer(Step.ENTRY)
    said = rules.read(entry.body, languages=_languages())
    if said is None:
        return Answer(Step.PICTURE)
    answer = _keep_piece(entry, said.size, start, data, now)
    return _finish(entry, said, home, sha256, now) if answer is None else answer


def take_back(undone: Iterable[tuple[int, int]], *, now: datetime) -> None:
    """Photos whose phone took them back (device, number of the entry): pieces go, what is kept loses its consent."""
    for device, number in undone:
        with transaction.atomic():
            rows = SentPhoto.objects.select_for_update(of=("self",)).select_related("photo", "entry__device")
            sent = rows.filter(entry__device=device, entry__number=number).first()
            if sent is None:
                continue
            sent.pieces.all().delete()
            if sent.photo is not None:
                withdraw(actor=_actor(sent.entry.device), photo=sent.photo, now=now)


def forget_unfinished(*, now: datetime) -> int:
    """Remove pieces of photos that did not become whole within thirty days; returns of how many photos."""
    late = SentPhoto.objects.filter(arrived_at=None, refused=False, begun_at__lte=now - KEPT_UNFINISHED)
    keys = list(late.values_list("pk", flat=True))
    SentPhoto.objects.filter(pk__in=keys).delete()
    return len(keys)


@transaction.atomic
def _keep_piece(entry: Entry, size: int, start: int, data: bytes, now: datetime) -> Answer | None:
    """Store a piece; None when all bytes are there."""
    SentPhoto.objects.bulk_create([SentPhoto(entry=entry, begun_at=now)], ignore_conflicts=True)
    sent = SentPhoto.objects.select_for_update().get(entry=entry)
    if (settled := _settled(sent)) is not None:
        return settled
    if sent.held == size:
        return None
    if not sent.held and (start or not _has_room(sent)):
        sent.delete()
        return Answer(Step.MANY) if not start else Answer(Step.MORE)
    if start != sent.held:
        return Answer(Step.MORE, sent.held)
    if start + len(data) > size:
        return _refuse(sent)
    if data:
        PhotoPiece.objects.create(of=sent, start=start, data=data)
        sent.held = start + len(data)
        sent.save(update_fields=["held"])
    return None if sent.held == size else Answer(Step.MORE, sent.held)


def _has_room(sent: SentPhoto) -> bool:
    """Whether the kit may begin another one. Of those it began and left, the oldest gives way; it can begin anew."""
    others = SentPhoto.objects.filter(entry__device=sent.entry.device_id).exclude(pk=sent.pk)
    if others.count() >= MOST_OF_A_KIT:
        return False
    begun = list(others.filter(arrived_at=None, refused=False).order_by("-pk").values_list("pk", flat=True))
    SentPhoto.objects.filter(pk__in=begun[MOST_BEGUN - 1 :]).delete()
    return True


def _settled(sent: SentPhoto) -> Answer | None:
    """What there is to say of a photo that needs no more bytes."""
    if sent.arrived_at is not None:
        return Answer(Step.WHOLE)
    if sent.refused:
        return Answer(Step.PICTURE)
    undone = Entry.objects.filter(device=sent.entry.device_id, kind=Kind.UNDO, body__of=sent.entry.number)
    if undone.exists():
        sent.pieces.all().delete()
        return Answer(Step.GONE)
    return None


def _finish(entry: Entry, said: rules.Said, home: Path, sha256: str, now: datetime) -> Answer:
    """Rebuild the picture outside any transaction, because that takes long, then keep it."""
    pieces = PhotoPiece.objects.filter(of__entry=entry).order_by("start").values_list("data", flat=True)
    data = b"".join(bytes(piece) for piece in pieces)
    with staging(home) as stage:
        try:
            kept = stage.add(data) if hashlib.sha256(data).hexdigest() == sha256 else None
        except PictureRefused:
            kept = None
        with transaction.atomic():
            sent = SentPhoto.objects.select_for_update().get(entry=entry)
            if (settled := _settled(sent)) is not None:
                return settled
            if kept is None:
                return _refuse(sent)
            sent.photo = _into_the_archive(entry, said, kept, now)
            sent.arrived_at = now
            sent.save(update_fields=["photo", "arrived_at"])
            sent.pieces.all().delete()
            stage.keep_all()
    return Answer(Step.WHOLE)


def _into_the_archive(entry: Entry, said: rules.Said, kept: Kept, now: datetime) -> Photo:
    activity = entry.activity
    photo = Photo(
        week=activity.week,
        activity=activity,
        caption=said.words,
        consent=said.consent,
        consent_audiences=list(said.audiences),
        care=list(said.care),
        taken_on=_taken_at(entry).astimezone(ZoneInfo(activity.week.timezone)).date(),
        looked_at=False,
    )
    return add_rebuilt(actor=_actor(entry.device), photo=photo, kept=kept, now=now)


def _taken_at(entry: Entry) -> datetime:
    """When the picture was taken, by the server's clock; when it came, where the phone's clock makes no sense."""
    met = Contact.objects.filter(device=entry.device_id).values_list("phone_clock", "at")
    corrected = Clocks.of(Met("", phone_clock, at) for phone_clock, at in met).corrected("", entry.clock)
    try:
        return min(datetime.fromtimestamp(corrected // 1000, UTC), entry.received_at)
    except (OverflowError, ValueError, OSError):
        return entry.received_at


def _refuse(sent: SentPhoto) -> Answer:
    sent.pieces.all().delete()
    sent.refused = True
    sent.save(update_fields=["refused"])
    return Answer(Step.PICTURE)


def _actor(device: Device) -> Actor:
    return Actor(f"kit {device.label}")


def _languages() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)
