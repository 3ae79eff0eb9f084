"""The field log ends: folded into figures, everything else deleted, with the kits that wrote only here.

It names nobody, but it says which ticket came when, and holds what phones sealed. So it ends as sign-up does, and not
before: with the latest of sign-up, helpers' entries, and its own kits.
"""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from tadamun.organise.field.models import (
    Contact,
    Device,
    Entry,
    FoldedLog,
    Keying,
    PhotoPiece,
    SentPhoto,
    Settlement,
    Tampered,
)
from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.queries.figures import counts_of
from tadamun.organise.field.queries.plan import plan_of
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.people.models import Admission
from tadamun.organise.people.services import admissions
from tadamun.organise.people.services.endings import BY_ITSELF
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.models import Holding
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.holdings import begin_holding, end_holding
from tadamun.organise.safety.vocabulary import Ending, HeldData, HoldingReason
from tadamun.organise.volunteers.models import Crew
from tadamun.organise.volunteers.queries import crews
from tadamun.toolkit import locks
from tadamun.toolkit.leftovers import wipe_leftovers
from tadamun.toolkit.rulings import Refused

_GOES = "field log goes {}"
_EMPTIED = (Entry, PhotoPiece, SentPhoto, Tampered, Contact, Device, Keying, Settlement)


def ends_on(activity: Activity) -> date:
    """The day on which the log must be gone. Five queries."""
    days = admissions.PROFILE_DEFAULTS[activity.safety]["retention_days"]
    admission = Admission.objects.filter(activity=activity).select_related("activity__week").first()
    crew = Crew.objects.filter(activity=activity).select_related("activity__week").first()
    last = max(activity.sittings.values_list("end", flat=True), default=activity.week.end)
    ends = [admissions.ends_on(admission)] if admission else [last + timedelta(days=days)]
    if crew:
        ends.append(crews.ends_on(crew))
    kits = Device.objects.filter(activities=activity, revoked_at=None).exclude(role=KitRole.PAPER)
    kit_end = kits.aggregate(last=models.Max("ends_at"))["last"]
    return max([*ends, kit_end.date()] if kit_end else ends)


def keep_open(activities: Iterable[Activity]) -> None:
    """Let none of these logs end before this transaction does; whether one has ended is asked after this."""
    for uid in sorted(str(activity.uid) for activity in activities):
        locks.hold(_GOES.format(uid), shared=True)


def require_open(activity: Activity) -> None:
    """Keep the log open until the transaction ends.

    :raises Refused: when it has ended: a new one would stand in the place of the figures that stayed of it.
    """
    keep_open([activity])
    if FoldedLog.objects.filter(activity=activity).exists():
        raise Refused(_("The log of this activity was destroyed, its counts stay. Nothing is added to it any more."))


def hold_log(*, activity: Activity, now: datetime) -> None:
    """Write down that there is a log now, and until when."""
    begin_holding(
        subject=_subject(activity),
        label=activity.titles,
        what=HeldData.FIELD,
        why=HoldingReason.ACTIVITY,
        since=now.date(),
        until=max(ends_on(activity), now.date()),
    )


@transaction.atomic
def retire(*, actor: Actor, activity: Activity, how: Ending, now: datetime) -> str | None:
    """Fold a log into figures and delete the rest; returns the certificate's number, None when nothing was held.

    Safe to repeat. Kits that are for other activities too stay for these; what they still bring of this one is
    refused. Whatever was sealed to the activity's key is deleted with its entry.
    """
    locks.hold(_GOES.format(activity.uid))
    locks.hold(f"field log {activity.uid}")
    many = Entry.objects.filter(activity=activity).count()
    if not FoldedLog.objects.filter(activity=activity).exists():
        FoldedLog.objects.create(activity=activity, emptied_at=now, entries=many, **_figures(activity))
    Entry.objects.filter(activity=activity).delete()
    Settlement.objects.filter(activity=activity).delete()
    Keying.objects.filter(activity=activity).delete()
    _drop_kits(now)
    transaction.on_commit(lambda: wipe_leftovers(*_EMPTIED))
    counts = {"entries": many}
    return end_holding(actor=actor, subject=_subject(activity), what=HeldData.FIELD, how=how, counts=counts, now=now)


def retire_what_is_due(*, now: datetime) -> list[str]:
    """Retire every log whose time is over; returns the certificates' numbers. An end that moved is written anew."""
    numbers = []
    for holding in Holding.objects.filter(what=HeldData.FIELD, ended_at__isnull=True, until__lt=now.date()):
        uid = holding.subject.partition(":")[2]
        activity = Activity.objects.filter(uid=uid).select_related("week").first()
        if activity is None:
            end_holding(
                actor=BY_ITSELF, subject=holding.subject, what=HeldData.FIELD, how=Ending.TIME, counts={}, now=now
            )
        elif (last := ends_on(activity)) < now.date():
            number = retire(actor=BY_ITSELF, activity=activity, how=Ending.TIME, now=now)
            numbers += [number] if number else []
        else:
            Holding.objects.filter(pk=holding.pk).update(until=last)
    return numbers


def _figures(activity: Activity) -> dict[str, Any]:
    """Sums alone: a cell of a split could be a single person."""
    state = account_of(activity).state
    languages = tuple(code for code, _name in settings.LANGUAGES)
    counts = [asdict(replace(count, cells=())) for count in counts_of(state, plan_of(activity), languages)]
    return {"counts": counts, "devices": len(state.devices)}


def _drop_kits(now: datetime) -> None:
    """Kits that have no log any more to write into; their contacts and what was tampered with go with them."""
    over = (
        models.Q(ends_at__lte=now)
        | models.Q(revoked_at__isnull=False)
        | models.Q(role=KitRole.PAPER)
        | models.Q(enrolled_at=None)
    )
    writing = Device.objects.filter(activities__folded_log=None).exclude(activities=None)
    gone = Device.objects.filter(over, entries=None).exclude(pk__in=writing.values("pk"))
    Device.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()


def _subject(activity: Activity) -> str:
    return f"activity:{activity.uid}"
