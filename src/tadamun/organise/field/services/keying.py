"""Keying paper in twice, by one member or two, at once or days apart: the first time is shown to nobody before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.field.models import Entry, Keying
from tadamun.organise.field.rules.sheets import Keyed, differences
from tadamun.organise.field.services import paper
from tadamun.organise.field.services.paper_log import paper_of
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit import locks
from tadamun.toolkit.rulings import Refused


@dataclass(frozen=True)
class Compared:
    """What keying it once more came to: how many lines are in the log now, or what differs in which passes."""

    lines: int
    differ: Sequence[str] = ()
    passes: Sequence[Keyed] = ()


@transaction.atomic
def begin(
    *, actor: Actor, activity: Activity, sheet: str, keyed: Keyed, mark: str, at: datetime, now: datetime
) -> Keying:
    """Keep what was keyed the first time. The same ``mark`` again is the same sheet, and what was kept stays.

    :raises Refused: when the sheet is in the log already.
    """
    device = paper_of(activity, now=now)
    if Entry.objects.filter(device=device, body__sheet=mark).exists():
        raise Refused(_("This sheet is in the log already."))
    made, _new = Keying.objects.get_or_create(
        mark=mark,
        defaults={
            "activity": activity,
            "sheet": sheet,
            "passes": [dict(keyed)],
            "at": at,
            "by_id": actor.account,
            "keyed_at": now,
        },
    )
    return made


@transaction.atomic
def once_more(*, actor: Actor, activity: Activity, keying: UUID, keyed: Keyed, now: datetime) -> Compared:
    """Compare with what was keyed before; what was keyed twice alike as a whole goes into the log, else it waits on.

    :raises Refused: when the sheet waits no more: it is in the log, or was thrown away.
    """
    locks.hold(f"keying {keying}")
    found = waiting_one(activity, keying)
    passes = [*found.passes, dict(keyed)]
    if differ := differences(passes):
        found.passes = passes
        found.save(update_fields=["passes"])
        return Compared(0, differ, passes)
    many = paper.write_sheet(
        actor=actor, activity=activity, sheet=found.sheet, keyed=keyed, mark=found.mark, at=found.at, now=now
    )
    found.delete()
    return Compared(many)


@transaction.atomic
def drop(*, actor: Actor, activity: Activity, keying: UUID, now: datetime) -> None:
    """Throw a first keying away.

    :raises Refused: when the sheet waits no more.
    """
    locks.hold(f"keying {keying}")
    found = waiting_one(activity, keying)
    found.delete()
    subject = f"activity:{activity.uid}"
    note_act(actor=actor, act="drop keyed sheet", subject=subject, now=now, detail={"sheet": found.sheet})


def waiting_one(activity: Activity, keying: UUID) -> Keying:
    """A sheet that waits for its second time.

    :raises Refused: when it waits no more.
    """
    found = Keying.objects.filter(activity=activity, uid=keying).select_related("by").first()
    if found is None:
        raise Refused(_("This sheet waits no more: it is in the log, or was thrown away."))
    return found
