"""Handing out kits and taking them back.

A kit is enrolled once with a secret that its link holds; the server keeps the secret's hash alone. Who lost the answer
gets the same one again for ten minutes, as long as the kit was not heard of otherwise.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.field.models import Device
from tadamun.organise.field.rules.standing import hash_of, token_of
from tadamun.organise.field.services.endings import hold_log, require_open
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.queries.reach import reachable
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.vault import letters
from tadamun.toolkit.rulings import Refused

SECRET_BYTES = 16
LINK_GOOD_FOR = timedelta(days=3)
SAME_ANSWER_FOR = timedelta(minutes=10)


class NoSuchKit(LookupError):
    """No kit waits for this secret: mistyped, past its time, or taken back."""


class KitTaken(LookupError):
    """The secret was used already, by somebody else or long ago."""


@dataclass(frozen=True)
class Issued:
    """A new kit, and the secret that enrols a phone with it. The secret is shown once and kept nowhere."""

    device: Device
    secret: str = field(repr=False)


@transaction.atomic
def issue_kit(
    *,
    actor: Actor,
    activities: Iterable[Activity],
    label: str,
    role: KitRole,
    language: str,
    ends_at: datetime,
    now: datetime,
) -> Issued:
    """Make a kit for these activities. ``label`` is a word for the desk, never a person's name.

    :raises Refused: when it would end before it begins, or is for no activity, or for one whose log has ended.
    """
    chosen = list(activities)
    if not chosen:
        raise Refused(_("Choose at least one activity for the kit."))
    if ends_at <= now:
        raise Refused(_("The kit would end before it begins. Choose a later day."))
    for activity in sorted(chosen, key=lambda one: str(one.uid)):
        require_open(activity)
    secret = letters.encode(secrets.token_bytes(SECRET_BYTES))
    device = Device(
        label=label,
        role=role,
        language=language,
        enrol_hash=_hash(secret),
        enrol_until=min(ends_at, now + LINK_GOOD_FOR),
        ends_at=ends_at,
        by_id=actor.account,
        made_at=now,
    )
    device.standing = hash_of(token_of(bytes(device.key)))
    device.save()
    device.activities.set(chosen)
    for activity in chosen:
        hold_log(activity=activity, now=now)
    _note(actor, "hand out kit", device, now, role=role.value, activities=len(chosen))
    return Issued(device, secret)


@transaction.atomic
def enrol(*, secret: str, now: datetime) -> Device:
    """The kit that a phone has come for with its secret.

    :raises NoSuchKit: when no kit waits for it.
    :raises KitTaken: when another phone has it, or this one had its answer long ago.
    """
    typed = "".join(letters.as_typed(secret))
    device = Device.objects.select_for_update().filter(enrol_hash=_hash(typed), revoked_at=None).first()
    if device is None or device.ends_at <= now or device.enrol_until is None:
        raise NoSuchKit
    if device.enrolled_at is not None:
        if device.met_at is not None or now > device.enrolled_at + SAME_ANSWER_FOR:
            raise KitTaken
        return device
    if now > device.enrol_until:
        raise NoSuchKit
    device.enrolled_at = now
    device.save(update_fields=["enrolled_at"])
    _note(Actor("by itself"), "enrol kit", device, now)
    return device


@transaction.atomic
def end_kit(*, actor: Actor, device: Device, now: datetime) -> None:
    """Let a kit end now: at its next contact it sends what it still has, and erases itself."""
    Device.objects.filter(pk=device.pk, ends_at__gt=now).update(ends_at=now)
    _note(actor, "end kit", device, now)


@transaction.atomic
def revoke_kit(*, actor: Actor, device: Device, now: datetime, unopened: bool = False) -> None:
    """Take back a kit whose phone is lost or taken: it is told nothing more and erases itself at its next contact.

    What it recorded before counts; what it says to have recorded later waits for the desk. A locked phone can send
    nothing: it is erased when somebody opens it, or ``unopened``, and then what it had not sent is lost.
    """
    Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now, erase=True)
    if unopened:
        Device.objects.filter(pk=device.pk).update(erase_locked=True)
    _note(actor, "erase kit unopened" if unopened else "take back kit", device, now)


@transaction.atomic
def revoke_all(*, actor: Actor, now: datetime, organisations: Collection[str] | None = None) -> int:
    """Take back all kits at once, or those of what the organisations (slugs) carry; returns how many."""
    kits = Device.objects.filter(revoked_at=None).exclude(role=KitRole.PAPER)
    if organisations is not None:
        kits = kits.filter(activities__in=reachable(organisations))
    keys = list(kits.values_list("pk", flat=True).distinct())
    count = Device.objects.filter(pk__in=keys).update(revoked_at=now, erase=True)
    if count:
        note_act(actor=actor, act="take back all kits", subject="field", now=now, detail={"kits": count})
    return count


def _hash(secret: str) -> bytes:
    return hashlib.sha256(b"tadamun kit secret 1\x00" + secret.encode()).digest()


def _note(actor: Actor, act: str, device: Device, now: datetime, **detail: str | int) -> None:
    note_act(actor=actor, act=act, subject=f"kit:{device.uid}", now=now, detail=detail)
