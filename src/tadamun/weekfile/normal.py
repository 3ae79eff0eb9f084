"""One form for what is the same: so that a file and what stands in the system can be compared, byte for byte.

Orders that mean nothing are settled, what is left out by default is left out, times are in UTC.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tadamun.kinds.registry import KINDS
from tadamun.organise.safety.vocabulary import Audience
from tadamun.weekfile import document as form
from tadamun.weekfile.references import SHELVES

KEPT_AS = ".png"


def normal(document: form.WeekDocument, *, timezone: str) -> form.WeekDocument:
    """The normal form. A moment without a time zone is one of the week's, or of ``timezone`` if it states none."""
    week = document.week.slug
    settled: form.WeekDocument = _settled(document, ZoneInfo(document.week.timezone or timezone))
    return msgspec.structs.replace(
        settled,
        language="en",
        week=_without_own_week(settled.week, week),
        activities=[_without_own_week(activity, week) for activity in settled.activities],
        **{shelf: _by_slug(getattr(settled, shelf)) for shelf in SHELVES},
    )


def settled(entries: Sequence[form.Named]) -> list[form.Named]:
    """The normal form of entries by themselves, which state no moments or whole ones."""
    return [_settled(entry, ZoneInfo("UTC")) for entry in entries]


def same(one: form.Entry | None, other: form.Entry | None) -> bool:
    """Whether two entries in normal form are the same, their order included."""
    return msgspec.json.encode(one) == msgspec.json.encode(other)


def kept_name(file: str) -> str:
    """The name of a photo's file once its pixels are kept."""
    return str(PurePosixPath(file).with_suffix(KEPT_AS))


def _settled(value: Any, zone: ZoneInfo) -> Any:
    if isinstance(value, form.Entry):
        fields = {
            name: getattr(value, name) if name == "details" else _settled(getattr(value, name), zone)
            for name in value.__struct_fields__
        }
        for name in ("audiences", "consent_audiences"):
            if name in fields:
                fields[name] = _audiences(fields[name])
        if rule := _RULES.get(type(value)):
            fields |= rule(fields)
        return type(value)(**fields)
    if isinstance(value, list):
        return [settled for item in value if (settled := _settled(item, zone)) != {}]
    if isinstance(value, dict):
        return _text_or_table(value, zone)
    return _moment(value, zone) if isinstance(value, datetime) else value


def _text_or_table(value: dict[Any, Any], zone: ZoneInfo) -> dict[Any, Any]:
    """A text without empty wordings, its languages in order; or a table whose order stays."""
    if all(isinstance(item, str) for item in value.values()):
        return {code: value[code] for code in sorted(value) if value[code]}
    return {key: settled for key, item in value.items() if (settled := _settled(item, zone)) != {}}


def _moment(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC).replace(microsecond=0)


def _audiences(audiences: list[Audience] | None) -> list[Audience] | None:
    if audiences is None or set(audiences) == set(Audience):
        return None
    return [audience for audience in Audience if audience in audiences]


def _sorted(*names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda fields: {name: sorted(set(fields[name])) for name in names}


def _by_slug(entries: list[Any]) -> list[Any]:
    return sorted(entries, key=lambda entry: entry.slug)


def _tied(entries: list[Any]) -> list[Any]:
    return sorted(entries, key=lambda entry: (entry.type, entry.to))


def _no_needless_end(last: str, first: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda fields: {last: None if fields[last] == fields[first] else fields[last]}


def _place(fields: dict[str, Any]) -> dict[str, Any]:
    """Floating point knows a nought below nought; a place does not."""
    return {"point": fields["point"] and tuple(0.0 + number for number in fields["point"])}


def _figure(fields: dict[str, Any]) -> dict[str, Any]:
    """Names of groups in the order of the groups."""
    groups = [fields["group"], *(group for cells in fields["parts"].values() for group in cells)]
    names = fields["group_names"]
    return {"group_names": {group: names[group] for group in dict.fromkeys(groups) if group in names}}


def _activity(fields: dict[str, Any]) -> dict[str, Any]:
    return {**_week_or_activity(fields), "details": _details(fields["kind"], fields["details"])}


def _week(fields: dict[str, Any]) -> dict[str, Any]:
    return {**_week_or_activity(fields), **_sorted("places")(fields)}


def _week_or_activity(fields: dict[str, Any]) -> dict[str, Any]:
    ordered = _sorted("occasions", "also_told_by")(fields)
    return {**ordered, "uid": fields["uid"].lower(), "themes": list(dict.fromkeys(fields["themes"]))}


def _details(code: str, details: dict[str, Any]) -> dict[str, Any]:
    """The details in the order of the kind's structure; as they stand when there is no such kind or they do not fit."""
    kind = KINDS.get(code)
    if kind is None:
        return details
    try:
        plan = msgspec.convert(details, kind.plan)
    except msgspec.ValidationError:
        return details
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plan, order="deterministic"))
    return plain


_RULES: dict[type[form.Entry], Callable[[dict[str, Any]], dict[str, Any]]] = {
    form.OrganisationEntry: lambda fields: {"ties": _tied(fields["ties"])},
    form.PlaceEntry: _place,
    form.OccasionEntry: _no_needless_end("end", "start"),
    form.CampaignEntry: lambda fields: {"owners": sorted(set(fields["owners"])), "days": None},
    form.SittingEntry: lambda fields: {**_no_needless_end("end", "start")(fields), "weekday": ""},
    form.PostponementEntry: _no_needless_end("announced_end", "announced_start"),
    form.FigureEntry: _figure,
    form.PhotoEntry: lambda fields: {"file": kept_name(fields["file"])},
    form.ActivityEntry: _activity,
    form.WeekEntry: _week,
}


def _without_own_week(entry: Any, week: str) -> Any:
    """Name activities of this week without it, and put relations in order."""
    own = f"{week}/"
    promises = [
        msgspec.structs.replace(promise, kept_by=promise.kept_by.removeprefix(own)) for promise in entry.promises
    ]
    if not isinstance(entry, form.ActivityEntry):
        return msgspec.structs.replace(entry, promises=promises)
    relations = [msgspec.structs.replace(relation, to=relation.to.removeprefix(own)) for relation in entry.relations]
    return msgspec.structs.replace(entry, promises=promises, relations=_tied(relations))
