"""Taking in what was carried: packs that kits bring unread, and files that come to the desk."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from tadamun.organise.field.models import Device
from tadamun.organise.field.rules import packs
from tadamun.organise.field.rules.packs import NotAPack
from tadamun.organise.field.services import taking_in
from tadamun.organise.field.services.carry_key import carry_pair
from tadamun.organise.field.services.paper_log import paper_of
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import Actor, note_act

UNOPENED = "sealed"


@dataclass
class Brought:
    """What became of packs: entries that are new, that the server had, and that it refused, by the reason."""

    packs: int = 0
    unopened: int = 0
    new: int = 0
    known: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def turned_away(self) -> int:
        """How many entries were refused, for whatever reason."""
        return self.refused.total()


def take_in_pack(*, pack: Any, bringer: Device, now: datetime) -> Brought:
    """Open one pack and store what in it proves itself. The same pack again changes nothing."""
    brought = Brought(packs=1)
    try:
        entries = packs.opened(carry_pair(), pack)
    except NotAPack:
        brought.unopened = 1
        return brought
    done, known = taking_in.take_in_carried(bringer=bringer, entries=entries, now=now)
    taking_in.carry_on(done)
    brought.known = known
    brought.new = len(done.taken) - known
    brought.refused.update(why for _device, _number, why in done.refused)
    return brought


def take_in_packs(*, came: Iterable[Any], bringer: Device, now: datetime) -> list[dict[str, Any]]:
    """Take in the packs of one request; what a kit hears of each, in their order."""
    told = []
    for pack in came:
        brought = take_in_pack(pack=pack, bringer=bringer, now=now)
        why = UNOPENED if brought.unopened else ""
        told.append({"why": why, "new": brought.new, "known": brought.known, "refused": brought.turned_away})
    return told


def take_in_file(*, actor: Actor, activity: Activity, content: bytes, now: datetime) -> Brought:
    """Take in a file of a kit at the desk of an activity, also what in it is about others.

    :raises NotAPack: when it is no such file; then nothing is taken.
    :raises Refused: when the log of the activity has ended; then nothing is taken.
    """
    came, whole = packs.packs_in(content), Brought()
    with transaction.atomic():
        bringer = paper_of(activity, now=now)
    for pack in came:
        brought = take_in_pack(pack=pack, bringer=bringer, now=now)
        whole.packs += 1
        whole.unopened += brought.unopened
        whole.new += brought.new
        whole.known += brought.known
        whole.refused.update(brought.refused)
    detail = {"new": whole.new, "known": whole.known, "refused": whole.turned_away + whole.unopened}
    note_act(actor=actor, act="take in carried file", subject=f"activity:{activity.uid}", now=now, detail=detail)
    return whole
