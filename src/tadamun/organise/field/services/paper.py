"""Sheets of paper: their rows with codes, and writing into the log what was keyed in from them twice alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tadamun.organise.field.models import Device, Entry
from tadamun.organise.field.queries.kit import HASH_SIGNS
from tadamun.organise.field.queries.plan import counters_of, plan_of
from tadamun.organise.field.rules import sheets
from tadamun.organise.field.rules.sheets import Keyed
from tadamun.organise.field.services.paper_log import Written, paper_of, write_on_paper
from tadamun.organise.people.models import Registration
from tadamun.organise.people.vocabulary import HOLDS_PLACES
from tadamun.organise.planning.models import PrintedMatter
from tadamun.organise.programme.models import Activity, Sitting
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.volunteers.models import Duty
from tadamun.toolkit.rulings import Refused
from tadamun.toolkit.templatetags.saying import said

SITTING = "sitting-"
SHEETS = ("sign-in", "tally", "bibs", "stock", "shifts")
STOCK_ACTS = ("out", "given", "returned")
STEPS = ("start_shift", "end_shift", "check_back")


@dataclass(frozen=True)
class Row:
    """A row of a sheet: ``key`` in the log, ``code`` as printed, what it is called, what is written into it."""

    key: str
    code: str
    label: "str | SafeString"
    cells: tuple[str, ...] = ()


def sittings_of(activity: Activity) -> dict[str, Sitting]:
    """The attendance sheets of an activity, one for each sitting. One query."""
    rows = Sitting.objects.filter(activity=activity).order_by("start", "start_time", "position")
    return {f"{SITTING}{row.pk}": row for row in rows}


def ticked(sheet: str) -> bool:
    """Whether the rows of a sheet are people who are ticked."""
    return sheet == "sign-in" or sheet.startswith(SITTING)


def rows_of(activity: Activity, sheet: str) -> tuple[Row, ...]:
    """The rows of a sheet as it is printed, in order. One query; names nobody."""
    return tuple(_sign_in(activity) if ticked(sheet) else _ROWS[sheet](activity))


def read_keyed(sheet: str, rows: Sequence[Row], cells: Mapping[str, str]) -> Keyed:
    """What was keyed in, in one spelling: by row number, bib, or row and cell. Empty cells are left out.

    :raises Refused: naming the piece that cannot be read.
    """
    try:
        if ticked(sheet):
            numbers = sheets.row_numbers(cells.get("words", ""))
            if unknown := [number for number in numbers if not any(row.code == str(number) for row in rows)]:
                raise ValueError(str(unknown[0]))
            return {str(number): "1" for number in numbers}
        if sheet == "bibs":
            return sheets.finishes(cells.get("words", ""))
        read = sheets.clock_time if sheet == "shifts" else sheets.count
        names = [f"{row.key}:{cell}" for row in rows for cell in row.cells]
        return {name: read(cells[name]) for name in names if cells.get(name, "").strip()}
    except ValueError as error:
        raise Refused(_("“%(piece)s” cannot be read, or is not on this sheet.") % {"piece": error}) from None


@transaction.atomic
def write_sheet(
    *, actor: Actor, activity: Activity, sheet: str, keyed: Keyed, mark: str, at: datetime, now: datetime
) -> int:
    """Add a sheet to the log, as written down at ``at``; returns how many lines. The same ``mark`` again adds nothing.

    Times on a sheet are of the day of ``at`` in the week's own zone.
    """
    paper = Device.objects.select_for_update().get(pk=paper_of(activity, now=now).pk)
    if Entry.objects.filter(device=paper, body__sheet=mark).exists():
        return 0
    rows = {row.key: row for row in rows_of(activity, sheet)}
    zone = ZoneInfo(activity.week.timezone)
    lines = [
        Written(kind, {**body, "sheet": mark}, int(moment.timestamp()) * 1000)
        for kind, body, moment in _lines(sheet, keyed, rows, at.astimezone(zone))
    ]
    if lines:
        write_on_paper(actor=actor, activity=activity, lines=lines, now=now)
    return len(lines)


Line = tuple[str, dict[str, object], datetime]


def _lines(sheet: str, keyed: Keyed, rows: Mapping[str, Row], at: datetime) -> Iterable[Line]:
    if not sheet.startswith(SITTING):
        return _LINES[sheet](keyed, rows, at)
    sitting = sheet.removeprefix(SITTING)
    return [("attend", {"ticket": row.key, "sitting": sitting}, at) for row in rows.values() if row.code in keyed]


def _sign_in_lines(keyed: Keyed, rows: Mapping[str, Row], at: datetime) -> Iterable[Line]:
    return [("in", {"ticket": row.key}, at) for row in rows.values() if row.code in keyed]


def _tally_lines(keyed: Keyed, rows: Mapping[str, Row], at: datetime) -> Iterable[Line]:
    for name, number in keyed.items():
        yield "tally", {"counter": name.rpartition(":")[0], "by": int(number)}, at


def _bib_lines(keyed: Keyed, rows: Mapping[str, Row], at: datetime) -> Iterable[Line]:
    for bib, clock in keyed.items():
        yield "finish", {"bib": bib.partition("#")[0]}, _on(at.date(), clock, at)


def _stock_lines(keyed: Keyed, rows: Mapping[str, Row], at: datetime) -> Iterable[Line]:
    for name, number in keyed.items():
        item, _colon, act = name.rpartition(":")
        yield "stock", {"act": act, "of": item, "n": int(number), "area": ""}, at


def _shift_lines(keyed: Keyed, rows: Mapping[str, Row], at: datetime) -> Iterable[Line]:
    for name, clock in keyed.items():
        duty, _colon, kind = name.rpartition(":")
        shift, _space, who = duty.partition(" ")
        yield kind, {"shift": shift, "who": who}, _on(at.date(), clock, at)


def _on(day: date, clock: str, at: datetime) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), at.tzinfo)


def _sign_in(activity: Activity) -> Iterable[Row]:
    rows = Registration.objects.filter(admission__activity=activity, standing__in=HOLDS_PLACES).order_by("number")
    for number, stored, code in rows.values_list("number", "ticket_hash", "short_code"):
        yield Row(key=bytes(stored).hex()[:HASH_SIGNS], code=str(number), label=code)


def _tally(activity: Activity) -> Iterable[Row]:
    languages = tuple(code for code, _name in settings.LANGUAGES)
    counters = enumerate(counters_of(plan_of(activity), languages), 1)
    return [Row(code, str(number), said(label), ("by",)) for number, (code, label) in counters]


def _bibs(activity: Activity) -> Iterable[Row]:
    return [Row(str(number), str(number), "") for number in range(1, 41)]


def _stock(activity: Activity) -> Iterable[Row]:
    for row in PrintedMatter.objects.filter(activity=activity).order_by("pk"):
        yield Row(f"p{row.pk}", f"p{row.pk}", said(row.what), STOCK_ACTS)


def _shifts(activity: Activity) -> Iterable[Row]:
    rows = Duty.objects.filter(shift__activity=activity, helper__aside="").select_related("shift", "helper")
    for duty in rows:
        code = duty.helper.short_code
        yield Row(f"{duty.shift.uid} {code}", code, said(duty.shift.what), STEPS)


_ROWS: dict[str, Callable[[Activity], Iterable[Row]]] = {
    "sign-in": _sign_in,
    "tally": _tally,
    "bibs": _bibs,
    "stock": _stock,
    "shifts": _shifts,
}
_LINES: dict[str, Callable[[Keyed, Mapping[str, Row], datetime], Iterable[Line]]] = {
    "sign-in": _sign_in_lines,
    "tally": _tally_lines,
    "bibs": _bib_lines,
    "stock": _stock_lines,
    "shifts": _shift_lines,
}
