"""The bibs that were handed out, as other phones need them: at the finish, and where pictures are taken."""

from collections.abc import Iterable
from typing import Any

from tadamun.organise.field.models import Entry
from tadamun.organise.field.rules.folding import LONGEST
from tadamun.organise.field.rules.merging import UNDO, taken_back
from tadamun.organise.field.vocabulary import Kind
from tadamun.organise.programme.models import Activity

_TEXTS = ("bib", "category", "wave")


def bibs_of(activities: Iterable[Activity]) -> dict[int, list[dict[str, Any]]]:
    """The bibs of each activity, by its key; of two entries about one bib the later one by their clocks. One query.

    It is a help for phones, not the account of the day: that also corrects clocks and shows conflicts.
    """
    rows = Entry.objects.filter(activity__in=list(activities), kind__in=(Kind.BIB, UNDO)).order_by("clock", "pk")
    entries = list(rows.values_list("activity", "device", "number", "kind", "body"))
    undone = taken_back((device, body) for _activity, device, _number, kind, body in entries if kind == UNDO)
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for activity, device, number, kind, body in entries:
        if kind == UNDO or (device, number) in undone:
            continue
        said = {name: body.get(name, "") for name in _TEXTS}
        if all(isinstance(value, str) and len(value) <= LONGEST for value in said.values()) and said["bib"]:
            no_photo = body.get("no_photo") is True
            found.setdefault(activity, {})[said["bib"]] = {**said, "no_photo": no_photo}
    return {activity: list(bibs.values()) for activity, bibs in found.items()}
