"""What the desk's pages show of the field: kits and how they stand, the day as it goes, conflicts in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadamun.organise.field.models import Device, FoldedLog, Tampered
from tadamun.organise.field.queries.account import Account, account_of
from tadamun.organise.field.queries.plan import plan_of
from tadamun.organise.field.rules.races import OUT_OF_PLACES
from tadamun.organise.field.rules.state import Conflict, Side
from tadamun.organise.field.vocabulary import Kind, KitRole
from tadamun.organise.planning.models import PrintedMatter
from tadamun.organise.programme.models import Activity, Sitting
from tadamun.organise.programme.vocabulary import Counted, Group
from tadamun.organise.volunteers.models import Shift
from tadamun.organise.volunteers.queries.desk import missing
from tadamun.organise.volunteers.queries.today import LOOKED_FOR, not_back
from tadamun.toolkit.panels import Mark
from tadamun.toolkit.templatetags.saying import said

SILENT_AFTER = timedelta(hours=2)
_ASKS: "dict[str, str | Promise]" = {
    "count": gettext_lazy("Two counts of {about} differ. Which one holds?"),
    "finish": gettext_lazy("Bib {about} finished twice. Which time holds?"),
    "start": gettext_lazy("The start {about} was given twice. Which one holds?"),
    "bib": gettext_lazy("Bib {about} is in two categories. Which one holds?"),
    "stock": gettext_lazy("More of {about} was given out than was carried. Which number holds?"),
    "late": gettext_lazy("{about} recorded something after it was taken back. Does it count?"),
}
_SIDES: "dict[str, str | Promise]" = {
    "carried": gettext_lazy("carried: {says}"),
    "given": gettext_lazy("given out: {says}"),
    "count": gettext_lazy("It counts: {says}"),
    "leave": gettext_lazy("It does not count"),
}


@dataclass(frozen=True)
class KitLine:
    """A kit in the list: how it stands, in a word, and how loud that is."""

    device: Device
    stands: "str | SafeString"
    mark: Mark


@dataclass(frozen=True)
class SideLine:
    """One side of a conflict, as a button says it."""

    choice: str
    says: "str | SafeString"
    who: str
    at: datetime | None
    holds: bool


@dataclass(frozen=True)
class ConflictLine:
    """A conflict in words."""

    key: str
    asks: "str | SafeString"
    decided: bool
    sides: tuple[SideLine, ...]


@dataclass(frozen=True)
class Missing:
    """Helpers of a shift who should be back and have not said so, by their codes."""

    shift: Shift
    codes: tuple[str, ...]

    @property
    def says(self) -> SafeString:
        """How many, and what they helped with."""
        return not_back(len(self.codes), self.shift)


@dataclass(frozen=True)
class Day:
    """The day's screen: big numbers, conflicts, kits."""

    account: Account
    numbers: tuple[tuple["str | SafeString", int], ...]
    conflicts: tuple[ConflictLine, ...]
    kits: tuple[KitLine, ...]
    tampered: int
    last_at: datetime | None
    not_back: int
    missing: tuple[Missing, ...]

    @property
    def waits(self) -> int:
        """How many conflicts wait for a decision."""
        return len(self.account.state.open_conflicts)


def kits_of(activity: Activity, *, now: datetime) -> tuple[KitLine, ...]:
    """The kits of an activity, the newest last. One query."""
    devices = Device.objects.filter(activities=activity).exclude(role=KitRole.PAPER).defer("key").order_by("pk")
    return tuple(KitLine(device, *stands(device, now)) for device in devices)


def stands(device: Device, now: datetime) -> tuple["str | SafeString", Mark]:
    """How a kit stands, and how loud that is."""
    if device.revoked_at is not None:
        return _("taken back"), Mark.CALM
    if device.enrolled_at is None:
        late = device.enrol_until is None or device.enrol_until < now
        return (_("its link has ended") if late else _("waits for its phone")), Mark.CALM if late else Mark.ASKS
    if device.ends_at <= now and not device.unsent:
        return _("ended"), Mark.CALM
    if device.met_at is None:
        return _("not heard of yet"), Mark.ASKS
    heard = format_html(_("heard {ago} ago"), ago=span(now - device.met_at))
    if device.unsent:
        heard = format_html(_("{heard}, {count} not sent yet"), heard=heard, count=device.unsent)
    silent = now - device.met_at > SILENT_AFTER
    return heard, Mark.WARNS if silent and device.unsent else Mark.ASKS if silent else Mark.CALM


def span(length: timedelta) -> SafeString:
    """A length of time in one short word."""
    minutes = max(int(length.total_seconds()) // 60, 0)
    if minutes < 60:
        return format_html(_("{count} min"), count=minutes)
    if minutes < 48 * 60:
        return format_html(_("{count} h"), count=minutes // 60)
    return format_html(_("{count} d"), count=minutes // 1440)


def day_of(activity: Activity, *, now: datetime) -> Day:
    """The day of an activity, merged from what has come in. A fixed number of queries, however long the log."""
    account = account_of(activity)
    state = account.state
    names = _names(activity)
    return Day(
        account=account,
        numbers=tuple((says, number) for says, number in _numbers(account, names) if number),
        conflicts=tuple(_in_words(one, account, names) for one in state.conflicts if one.asks),
        kits=kits_of(activity, now=now),
        tampered=Tampered.objects.filter(device__activities=activity).count(),
        last_at=moment_of(state.last_at) if state.last_at else None,
        not_back=sum(shift.started is not None and shift.back is None for shift in state.shifts.values()),
        missing=missing_of(activity, now=now),
    )


def folded_of(activity: Activity) -> tuple[tuple[SafeString, int], ...] | None:
    """What a log came to that is destroyed; None while it goes on. One query."""
    row = FoldedLog.objects.filter(activity=activity).first()
    if row is None:
        return None
    return tuple((_counted(one), one["quantity"]) for one in row.counts)


def _counted(count: dict[str, Any]) -> SafeString:
    label, group = Counted(count["counted"]).label, count.get("group", "")
    if not group:
        return format_html("{}", label)
    return format_html("{} · {}", label, Group(group).label if group in Group.values else said(count["names"]))


def missing_of(activity: Activity, *, now: datetime) -> tuple[Missing, ...]:
    """Who is not back from which shift of the last days. One query."""
    duties = missing(Activity.objects.filter(pk=activity.pk), now=now, since=LOOKED_FOR)
    return tuple(
        Missing(shift, tuple(duty.helper.short_code for duty in rows))
        for shift, rows in groupby(duties, key=lambda duty: duty.shift)
    )


def moment_of(milliseconds: int) -> datetime | None:
    """A time of the log as a moment; None for one that no calendar has."""
    try:
        return datetime.fromtimestamp(milliseconds // 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _names(activity: Activity) -> dict[str, "str | SafeString"]:
    """What sittings, things to give out, and what is planned for the day are called. Nine queries."""
    names: dict[str, str | SafeString] = {
        str(sitting.pk): sitting.start.isoformat() for sitting in Sitting.objects.filter(activity=activity)
    }
    names |= {f"p{row.pk}": said(row.what) for row in PrintedMatter.objects.filter(activity=activity)}
    languages = tuple(code for code, _name in settings.LANGUAGES)
    return names | {code: said(text) for code, text in plan_of(activity).names(languages).items() if text}


def _numbers(account: Account, names: dict[str, "str | SafeString"]) -> Iterable[tuple["str | SafeString", int]]:
    """What was counted, in big numbers; what was not has none."""
    state = account.state
    if state.came or state.walk_ins:
        yield _("came in"), state.inside
        yield _("by ticket"), sum(arrival.people for arrival in state.came.values())
        yield _("without a sign-up"), state.walk_ins
    for counter, count in sorted(state.tallies.items()):
        yield format_html("{}", names.get(counter, counter)), count
    if state.starts or state.results:
        yield _("bibs"), len(state.results)
        yield _("finished"), sum(one.time is not None for one in state.results)
        yield _("not in the places"), sum(one.status in OUT_OF_PLACES for one in state.results)
    for sitting, tickets in sorted(state.attended.items()):
        yield format_html(_("attended {sitting}"), sitting=names.get(sitting, sitting)), len(tickets)
    for (sitting, _counter), number in sorted(state.stated.items()):
        if number is not None:
            yield format_html(_("counted {sitting}"), sitting=names.get(sitting, sitting)), number
    for item, stock in sorted(state.stock.items()):
        yield format_html(_("given out: {item}"), item=names.get(item, item)), stock.given
    yield _("photos"), sum(told.kind == Kind.PHOTO for told in state.told)


def _in_words(conflict: Conflict, account: Account, names: dict[str, "str | SafeString"]) -> ConflictLine:
    about = account.name_of(conflict.about) if conflict.kind == "late" else conflict.about
    if conflict.kind == "count":
        about = about.partition(" ")[0]
    says = format_html(str(_ASKS[conflict.kind]), about=names.get(about, about))
    sides = tuple(_side(side, conflict, account) for side in conflict.sides)
    return ConflictLine(conflict.key, says, bool(conflict.decided), sides)


def _side(side: Side, conflict: Conflict, account: Account) -> SideLine:
    if side.choice in _SIDES:
        says = format_html(str(_SIDES[side.choice]), says=side.says)
    elif conflict.kind in {"finish", "start"}:
        moment = moment_of(side.at)
        says = format_html("{}", f"{moment:%H:%M:%S}.{side.at % 1000 // 100}" if moment else side.says)
    else:
        says = format_html("{}", side.says or "—")
    at = None if conflict.kind in {"stock", "late"} else moment_of(side.at)
    return SideLine(side.choice, says, account.name_of(side.device), at, side.choice == conflict.decided)
