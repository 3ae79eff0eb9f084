"""What a kit is told: its activities, their tickets by hash, what is counted. Names nobody."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.db.models import QuerySet

from tadamun.organise.field.models import Device
from tadamun.organise.field.queries.bibs import bibs_of
from tadamun.organise.field.queries.plan import plans_of, told
from tadamun.organise.field.rules import wire
from tadamun.organise.field.vocabulary import Standing
from tadamun.organise.people.models import Registration
from tadamun.organise.people.vocabulary import ENDED, HOLDS_PLACES, AgeBand, Category, Sex
from tadamun.organise.people.vocabulary import Standing as Registered
from tadamun.organise.planning.models import PrintedMatter
from tadamun.organise.programme.models import Activity, Sitting
from tadamun.organise.safety.models import VaultKey
from tadamun.organise.safety.vault.keys import key_id
from tadamun.organise.volunteers.models import Crew, Duty, Shift
from tadamun.toolkit.languages.fields import label_in

HASH_SIGNS = 16
_ASKED = {Category.SEX: ("sex", Sex), Category.AGE_BAND: ("age", AgeBand)}


def content_of(device: Device, *, ticket_key: bytes, languages: Sequence[str]) -> dict[str, Any]:
    """All that a kit is told but its revision and time. Seventeen queries, however many tickets and activities."""
    activities = list(device.activities.select_related("week", "admission").order_by("week__start", "position"))
    tickets = _tickets(activities)
    sittings, items, keys = _sittings(activities), _items(activities), _keys(activities)
    shifts, plans, bibs = _shifts(activities), plans_of(activities), bibs_of(activities)
    return {
        "ends_at": milliseconds_of(device.ends_at),
        "device": str(device.uid),
        "label": device.label,
        "role": device.role,
        "language": device.language,
        "ticket_key": wire.encode(ticket_key),
        "activities": [
            {
                **_plain(activity, sittings.get(activity.pk, []), languages),
                **_seal(keys.get(f"activity:{activity.uid}")),
                **_known(tickets.get(activity.pk, [])),
                "items": items.get(activity.pk, []),
                "shifts": shifts.get(activity.pk, []),
                "bibs": bibs.get(activity.pk, []),
                **told(plans[activity.pk], languages),
            }
            for activity in activities
        ],
    }


def digest_of(content: dict[str, Any]) -> bytes:
    """SHA-256 of what a kit is told, to know whether it is told anything new."""
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).digest()


def milliseconds_of(moment: datetime) -> int:
    """A moment in milliseconds since 1970."""
    return int(moment.timestamp()) * 1000


def standing_of(standing: str) -> Standing:
    """How a sign-up stands, as far as a door has to know."""
    if standing in HOLDS_PLACES:
        return Standing.IN
    return Standing.OVER if standing in ENDED else Standing.WAITING


def _tickets(activities: Iterable[Activity]) -> dict[int, list[tuple[str, str, Standing, bool]]]:
    """For each activity: hash, short code, standing, whether she is in."""
    found: dict[int, list[tuple[str, str, Standing, bool]]] = {}
    rows = Registration.objects.filter(admission__activity__in=list(activities)).order_by("admission", "number")
    for activity, stored, code, standing, announced, came in rows.values_list(
        "admission__activity", "ticket_hash", "short_code", "standing", "told", "came"
    ):
        stands = standing_of(Registered.DECLINED if standing == Registered.SHADOW and announced in ENDED else standing)
        found.setdefault(activity, []).append((bytes(stored).hex()[:HASH_SIGNS], code, stands, came))
    return found


def _known(tickets: list[tuple[str, str, Standing, bool]]) -> dict[str, Any]:
    """Tickets, codes (those that two share find none) and who is in."""
    shared = Counter(code for _hash, code, _stands, _came in tickets)
    return {
        "tickets": {ticket: stands.value for ticket, _code, stands, _came in tickets},
        "codes": {code: ticket for ticket, code, _stands, _came in tickets if shared[code] == 1},
        "came": sorted(ticket for ticket, _code, _stands, came in tickets if came),
    }


def _plain(activity: Activity, sittings: list[Sitting], languages: Sequence[str]) -> dict[str, Any]:
    return {
        "uid": str(activity.uid),
        "titles": activity.titles,
        "start": min((when(sitting, sitting.start_time) for sitting in sittings), default=""),
        "end": max((sitting.end.isoformat() for sitting in sittings), default=""),
        "zone": activity.week.timezone,
        "kind": activity.kind,
        "safety": activity.safety,
        "sittings": [{"id": str(sitting.pk), "label": _name(sitting, languages)} for sitting in sittings],
        "categories": _categories(activity, languages),
    }


def when(sitting: Sitting, time: Any) -> str:
    """The first moment of a sitting in its own zone: with the hour where one was stated."""
    return f"{sitting.start.isoformat()}T{time:%H:%M}" if time else sitting.start.isoformat()


def _name(sitting: Sitting, languages: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(languages, when(sitting, sitting.start_time).replace("T", " "))


def _categories(activity: Activity, languages: Sequence[str]) -> list[dict[str, Any]]:
    """What is asked at sign-up, or both when there is none."""
    admission = getattr(activity, "admission", None)
    asked = admission.categories if admission else list(_ASKED)
    return [
        {"code": f"{name}:{value}", "label": label_in(languages, label)}
        for category, (name, choices) in _ASKED.items()
        if category in asked
        for value, label in choices.choices
    ]


def _seal(key: VaultKey | None) -> dict[str, str | None]:
    if key is None:
        return {"seal_key": None, "seal_id": None}
    public = bytes(key.public_key)
    return {"seal_key": wire.encode(public), "seal_id": wire.encode(key_id(public))}


def _keys(activities: Iterable[Activity]) -> dict[str, VaultKey]:
    subjects = [f"activity:{activity.uid}" for activity in activities]
    return {key.subject: key for key in VaultKey.objects.filter(subject__in=subjects, current=True)}


def _sittings(activities: Iterable[Activity]) -> dict[int, list[Sitting]]:
    return _by_activity(Sitting.objects.filter(activity__in=list(activities)).order_by("start", "position"))


def _items(activities: Iterable[Activity]) -> dict[int, list[dict[str, Any]]]:
    """Printed matter that can be given out."""
    rows = _by_activity(PrintedMatter.objects.filter(activity__in=list(activities)).order_by("pk"))
    return {
        activity: [{"code": f"p{row.pk}", "label": row.what, "n": row.copies or 0} for row in found]
        for activity, found in rows.items()
    }


def _shifts(activities: Sequence[Activity]) -> dict[int, list[dict[str, Any]]]:
    """When hands are needed, in the week's own zone, and for what; who has them, by code and last step alone.

    ``due`` is when somebody is missed who has not checked back. Three queries.
    """
    helpers = _helpers(activities)
    zones = {activity.pk: ZoneInfo(activity.week.timezone) for activity in activities}
    rows = _by_activity(Shift.objects.filter(activity__in=list(activities)).order_by("start", "position"))
    minutes = dict(Crew.objects.filter(activity__in=list(activities)).values_list("activity", "back_minutes"))
    return {
        activity: [
            {
                "id": str(row.uid),
                "label": row.what,
                "start": f"{row.start.astimezone(zones[activity]):%Y-%m-%dT%H:%M}",
                "end": f"{row.end.astimezone(zones[activity]):%Y-%m-%dT%H:%M}",
                "where": row.where,
                "briefing": row.briefing,
                "due": milliseconds_of(row.end + timedelta(minutes=minutes.get(activity, 0))),
                "helpers": helpers.get(row.pk, {}),
            }
            for row in found
        ]
        for activity, found in rows.items()
    }


def _helpers(activities: Sequence[Activity]) -> dict[int, dict[str, str]]:
    """By shift: the helpers' codes, each with the last step that is known, as the log calls it."""
    found: dict[int, dict[str, str]] = {}
    rows = Duty.objects.filter(shift__activity__in=list(activities), helper__aside="").select_related("helper")
    for duty in rows.order_by("shift", "helper__number"):
        found.setdefault(duty.shift_id, {})[duty.helper.short_code] = _step(duty)
    return found


def _step(duty: Duty) -> str:
    if duty.missed:
        return "missed"
    steps = (("check_back", duty.back_at), ("end_shift", duty.ended_at), ("start_shift", duty.started_at))
    return next((step for step, at in (*steps, ("brief", duty.briefed_at)) if at), "")


def _by_activity(rows: "QuerySet[Any]") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.activity_id, []).append(row)
    return found
