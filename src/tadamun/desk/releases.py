"""Letting a week out: now or at a moment, alone or with a second member's approval; taking it back.

What is let out is the record itself, kept as it was. Whatever is edited afterwards waits for the next release;
until then ``record.narrowing`` lets go only what was taken away.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadamun.desk.house import PublishingHouse
from tadamun.desk.models import Conditions, PartRelease, Release
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.vocabulary import Method, State
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.record.narrowing import Coming, Guarded, narrow
from tadamun.record.schema import decode, encode
from tadamun.record.structs import FigureRecord, WeekRecord
from tadamun.toolkit.locks import hold
from tadamun.toolkit.rulings import ALLOWED, Refused, Ruling

_coming = msgspec.json.Decoder(tuple[Coming, ...])
CHANGED = gettext_lazy("It was changed meanwhile. Look at it again, then decide.")


def conditions_of(week: Week) -> Conditions:
    """The conditions of a week; those of one that has none yet are not stored."""
    return Conditions.objects.filter(week=week).first() or Conditions(week=week)


def needs_two(week: Week) -> bool:
    """Whether a second member must agree: where an activity is of high risk, or where it was asked for."""
    risky = Activity.objects.filter(week=week).exclude(state=State.IDEA)
    asked = Conditions.objects.filter(week=week, two_people=True)
    return asked.exists() or risky.exclude(safety__in=(SafetyProfile.OPEN, SafetyProfile.CAREFUL)).exists()


def may_let_out(week: Week, *, at: datetime) -> Ruling:
    """Whether the week's state and its embargo allow that it is public from ``at`` on."""
    if week.state == State.IDEA:
        return Ruling(_("An idea is not published. Say that it is planned first."))
    until = conditions_of(week).embargo_until
    if until is not None and at < until:
        return Ruling(_("There is an embargo. Choose a moment after it, or end it first."))
    return ALLOWED


@transaction.atomic
def let_out(
    *, actor: Actor, house: PublishingHouse, week: Week, now: datetime, at: datetime | None = None, seen: str = ""
) -> Release:
    """Let a week out as it is now, to be public from ``at`` on (else at once), or ask a second member to agree.

    ``seen`` is the ``mark_of`` the record that the member looked at. The site shows it after the next ``publish``.

    :raises Refused: when a condition forbids it, or the week is not what she looked at.
    """
    goes_out_at = max(at or now, now)
    may_let_out(week, at=goes_out_at).require()
    release, record = _made(actor, house, week, now, goes_out_at)
    if seen and seen != mark_of(record if goes_out_at == now else house.to_let_out(week, now)[0]):
        raise Refused(CHANGED)
    if not needs_two(week):
        release.approved_at = now
    release.save()
    Conditions.objects.filter(week=week).update(withdrawn_at=None, withdrawn_by="")
    act = "release" if release.approved_at else "ask to release"
    note_act(actor=actor, act=act, subject=f"week:{week.slug}", now=now, detail={"at": goes_out_at.isoformat()})
    return release


@transaction.atomic
def approve(*, actor: Actor, house: PublishingHouse, release: Release, now: datetime) -> Release:
    """Agree, as a second member, that the very record that was asked for is let out.

    :raises Refused: for whoever asked; and when the week was changed since, which ends the request.
    """
    week = release.week
    hold(f"release {week.pk}")
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.approved_at is not None:
        raise Refused(_("Somebody agreed already."))
    if actor.account is None or actor.account == release.account:
        raise Refused(_("Somebody else must agree: a second pair of eyes is the point."))
    may_let_out(week, at=max(release.goes_out_at, now)).require()
    if is_void(house, release):
        raise Refused(CHANGED)
    release.approved_by, release.approved_at = actor.label, now
    release.goes_out_at = max(release.goes_out_at, now)
    release.save(update_fields=["approved_by", "approved_at", "goes_out_at"])
    note_act(actor=actor, act="approve release", subject=f"week:{week.slug}", now=now)
    return release


@transaction.atomic
def call_off(*, actor: Actor, week: Week, now: datetime) -> bool:
    """End a request or a scheduled release; returns whether there was one."""
    gone, _what = Release.objects.filter(week=week, is_out=False).delete()
    if gone:
        note_act(actor=actor, act="call off release", subject=f"week:{week.slug}", now=now)
    return bool(gone)


@transaction.atomic
def withdraw(*, actor: Actor, week: Week, now: datetime) -> None:
    """Take a week back: the next ``publish`` removes it from every file of the site."""
    hold(f"release {week.pk}")
    Release.objects.filter(week=week).delete()
    PartRelease.objects.filter(activity__week=week).delete()
    said = {"withdrawn_at": now, "withdrawn_by": actor.label, "imported": False}
    Conditions.objects.update_or_create(week=week, defaults=said)
    note_act(actor=actor, act="withdraw", subject=f"week:{week.slug}", now=now)


@transaction.atomic
def set_conditions(
    *, actor: Actor, week: Week, two_people: bool, embargo_until: datetime | None, now: datetime
) -> Conditions:
    """Say whether two must agree, and until when nothing of the week may be public that is not public yet.

    :raises Refused: when a release is scheduled for a moment within the embargo.
    """
    waits = Release.objects.filter(week=week, is_out=False).first()
    if waits and embargo_until and waits.goes_out_at < embargo_until:
        raise Refused(_("It is scheduled for a moment within the embargo. Call that off first."))
    values = {"two_people": two_people, "embargo_until": embargo_until}
    conditions, _new = Conditions.objects.update_or_create(week=week, defaults=values)
    detail = {"two_people": two_people, "embargo_until": embargo_until.isoformat() if embargo_until else ""}
    note_act(actor=actor, act="set conditions", subject=f"week:{week.slug}", now=now, detail=detail)
    return conditions


def mark_imported(slug: str) -> None:
    """Note that the operator took in a file of this week: the next ``tadamun publish`` lets it out."""
    Conditions.objects.update_or_create(week=Week.objects.get(slug=slug), defaults={"imported": True})


def let_out_for_operator(*, actor: Actor, house: PublishingHouse, now: datetime, everything: bool) -> None:
    """Let out what the operator imported; with ``everything`` also what waits in the weeks that are public.

    An embargo holds for the operator too: such a week is scheduled for its end.
    """
    weeks = Week.objects.exclude(state=State.IDEA)
    meant = set(weeks.filter(conditions__imported=True).values_list("pk", flat=True))
    if everything:
        meant |= set(weeks.filter(releases__is_out=True).values_list("pk", flat=True))
    for week in weeks.filter(pk__in=meant).order_by("slug"):
        with transaction.atomic():
            until = conditions_of(week).embargo_until
            release, _record = _made(actor, house, week, now, max(now, until) if until else now)
            release.approved_at = now
            release.save()
            Conditions.objects.filter(week=week).update(imported=False, withdrawn_at=None, withdrawn_by="")


def is_void(house: PublishingHouse, release: Release) -> bool:
    """Whether the week was changed since this was asked for, apart from what is live."""
    record, _coming_later = house.to_let_out(release.week, release.goes_out_at)
    return mark_of(decode(bytes(release.record))) != mark_of(record)


def mark_of(record: WeekRecord) -> str:
    """What tells one content of a record from another, whatever is live in it aside."""
    activities = tuple(
        msgspec.structs.replace(one, sign_up=False, figures=_by_hand(one.figures), sequence=0, changed_at=None)
        for one in record.activities
    )
    plain = msgspec.structs.replace(record, activities=activities, changed_at=None)
    return hashlib.sha256(encode(plain)).hexdigest()


def public_record(release: Release, current: WeekRecord, guarded: Guarded, now: datetime) -> WeekRecord:
    """What the site says at ``now`` of a week that is out: what was let out, without what was taken away since.

    ``current`` is the public record of the week as it is planned at ``now``, ``guarded`` what that plan keeps back.

    :raises msgspec.DecodeError: when the release was made by a version that wrote other records.
    """
    coming = _coming.decode(bytes(release.coming))
    return narrow(decode(bytes(release.record)), current, guarded=guarded, coming=coming, now=now)


def _made(
    actor: Actor, house: PublishingHouse, week: Week, now: datetime, goes_out_at: datetime
) -> tuple[Release, WeekRecord]:
    hold(f"release {week.pk}")
    Release.objects.filter(week=week, is_out=False).delete()
    record, coming = house.to_let_out(week, goes_out_at)
    release = Release(
        week=week,
        by=actor.label,
        account=actor.account,
        at=now,
        goes_out_at=goes_out_at,
        record=encode(record),
        coming=msgspec.json.encode(coming),
    )
    return release, record


def _by_hand(figures: Iterable[FigureRecord]) -> tuple[FigureRecord, ...]:
    """The claims that somebody entered, without counts that follow sign-up and door."""
    counted = {Method.REGISTRATION.value, Method.COUNTED.value}
    return tuple(
        one
        for one in figures
        if one.source is not None or (not one.withheld and (one.method is None or one.method.code not in counted))
    )
