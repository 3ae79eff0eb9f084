"""Letting one activity of a public week out again, by whoever carries it (decision 18).

The week's release is kept as it was decided but for this activity. So nobody publishes what is another's: neither the
week's own words, nor other activities, nor the first appearance of an activity in somebody's programme.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.desk.house import PublishingHouse
from tadamun.desk.models import PartRelease, Release
from tadamun.desk.releases import CHANGED, conditions_of, mark_of, public_record
from tadamun.organise.programme.models import Activity, Publication
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.record.narrowing import Coming
from tadamun.record.schema import decode, encode
from tadamun.record.splicing import Spliced, splice
from tadamun.record.structs import WeekRecord
from tadamun.toolkit.locks import hold
from tadamun.toolkit.rulings import ALLOWED, Refused, Ruling

_coming = msgspec.json.Decoder(tuple[Coming, ...])


@dataclass(frozen=True)
class Part:
    """What publishing one activity would come to: what the public reads of the week now, and what it would read."""

    before: WeekRecord
    after: WeekRecord
    spliced: Spliced
    coming: tuple[Coming, ...]
    mark: str


def may_let_part_out(activity: Activity, *, now: datetime) -> Ruling:
    """Whether the week, its embargo and what was decided for it allow that the activity is published by itself."""
    week = activity.week
    if State.IDEA in (week.state, activity.state):
        return Ruling(_("An idea is not published. Say that it is planned first."))
    releases = {one.is_out: one for one in Release.objects.filter(week=week)}
    if True not in releases:
        return Ruling(_("The week is not public yet. Whoever carries the week publishes it, and this activity in it."))
    until = conditions_of(week).embargo_until
    if until is not None and now < until:
        return Ruling(_("There is an embargo. Choose a moment after it, or end it first."))
    waits = releases.get(False)
    if waits is not None and waits.approved_at is not None:
        return Ruling(_("The week goes out at a moment that was decided. Wait for it, or have it called off."))
    addresses = {one.uid: one.slug for one in decode(bytes(releases[True].record)).activities}
    if addresses.pop(str(activity.uid), None) is None:
        return Ruling(_("It is new in the week. Whoever carries the week lets it out the first time."))
    if activity.slug in addresses.values():
        return Ruling(_("Its address is still another activity’s. Whoever carries the week publishes both together."))
    return ALLOWED


def needs_two_for(activity: Activity) -> bool:
    """Whether a second member must agree: where this activity is of high risk, or the coalition asked for two."""
    risky = activity.safety not in (SafetyProfile.OPEN, SafetyProfile.CAREFUL)
    return risky or conditions_of(activity.week).two_people


def part_of(house: PublishingHouse, activity: Activity, now: datetime) -> Part | None:
    """What publishing the activity now would change; None where it is not public, or not to be."""
    release = Release.objects.filter(week=activity.week, is_out=True).select_related("week").first()
    if release is None or activity.week.state == State.IDEA:
        return None
    planned, guarded = house.public_now(activity.week, now)
    record, coming = house.to_let_out(activity.week, now)
    released, uid = decode(bytes(release.record)), str(activity.uid)
    shown = public_record(release, planned, guarded, now)
    try:
        spliced = splice(released, record, shown=shown, uid=uid)
    except LookupError:
        return None
    later = (
        *(one for one in _coming.decode(bytes(release.coming)) if one.activity != uid),
        *(one for one in coming if one.activity == uid),
    )
    would_be = Release(week=activity.week, record=encode(spliced.record), coming=msgspec.json.encode(later))
    return Part(
        before=shown,
        after=public_record(would_be, planned, guarded, now),
        spliced=spliced,
        coming=later,
        mark=_mark(spliced.record, uid),
    )


@transaction.atomic
def let_part_out(
    *, actor: Actor, house: PublishingHouse, activity: Activity, now: datetime, seen: str = ""
) -> PartRelease:
    """Let the activity out as it is planned now, or ask a second member to agree. ``seen`` is the mark looked at.

    The site shows it after the next ``publish``.

    :raises Refused: when a condition forbids it, or it is not what she looked at.
    """
    hold(f"release {activity.week_id}")
    may_let_part_out(activity, now=now).require()
    part = _part(house, activity, now)
    if seen and seen != part.mark:
        raise Refused(CHANGED)
    PartRelease.objects.filter(activity=activity, is_out=False).delete()
    asked = PartRelease(activity=activity, by=actor.label, account=actor.account, at=now, mark=part.mark)
    if needs_two_for(activity):
        asked.save()
    else:
        _bring_out(asked, part, now)
    act = "release activity" if asked.is_out else "ask to release activity"
    note_act(actor=actor, act=act, subject=f"activity:{activity.uid}", now=now)
    return asked


@transaction.atomic
def approve_part(*, actor: Actor, house: PublishingHouse, asked: PartRelease, now: datetime) -> PartRelease:
    """Agree, as a second member, to the very content of the activity that was asked for.

    :raises Refused: for whoever asked; and when the activity was changed since, which ends the request.
    """
    activity = asked.activity
    hold(f"release {activity.week_id}")
    found = PartRelease.objects.select_for_update().filter(pk=asked.pk, is_out=False).first()
    if found is None:
        raise Refused(_("Somebody agreed already."))
    if actor.account is None or actor.account == found.account:
        raise Refused(_("Somebody else must agree: a second pair of eyes is the point."))
    may_let_part_out(activity, now=now).require()
    part = _part(house, activity, now)
    if part.mark != found.mark:
        raise Refused(CHANGED)
    found.approved_by = actor.label
    _bring_out(found, part, now)
    note_act(actor=actor, act="approve release of activity", subject=f"activity:{activity.uid}", now=now)
    return found


@transaction.atomic
def call_part_off(*, actor: Actor, activity: Activity, now: datetime) -> bool:
    """End a request; returns whether there was one."""
    gone, _what = PartRelease.objects.filter(activity=activity, is_out=False).delete()
    if gone:
        note_act(actor=actor, act="call off release of activity", subject=f"activity:{activity.uid}", now=now)
    return bool(gone)


def _part(house: PublishingHouse, activity: Activity, now: datetime) -> Part:
    part = part_of(house, activity, now)
    if part is None:
        raise Refused(CHANGED)
    return part


def _bring_out(asked: PartRelease, part: Part, now: datetime) -> None:
    """Put the activity into what the week let out, and have the site made again."""
    activity = asked.activity
    release = Release.objects.select_for_update().get(week=activity.week, is_out=True)
    release.record, release.coming = encode(part.spliced.record), msgspec.json.encode(part.coming)
    release.save(update_fields=["record", "coming"])
    PartRelease.objects.filter(activity=activity, is_out=True).delete()
    asked.is_out = True
    asked.save()
    Publication.objects.filter(week=activity.week).update(due_again_at=now)


def _mark(record: WeekRecord, uid: str) -> str:
    """What tells one content of the activity and its photos from another, whatever the rest of the week says."""
    activities = tuple(one for one in record.activities if one.uid == uid)
    alone = WeekRecord(
        uid=record.uid,
        slug=record.slug,
        form=record.form,
        titles={},
        state=record.state,
        start=record.start,
        end=record.end,
        timezone=record.timezone,
        audience=record.audience,
        activities=activities,
        photos=tuple(one for one in record.photos if one.activity == activities[0].slug),
    )
    return mark_of(alone)
