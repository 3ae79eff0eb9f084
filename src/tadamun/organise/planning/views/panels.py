"""The panels that planning brings to the page of an activity and of a week as a whole."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.planning import rules
from tadamun.organise.planning.forms import kinds_of_rows as kinds
from tadamun.organise.planning.forms.kinds_of_rows import money, short_day
from tadamun.organise.planning.models import (
    BudgetLine,
    Contact,
    Material,
    Permit,
    PrintedMatter,
    Receipt,
    Risk,
    Round,
    Task,
)
from tadamun.organise.planning.queries.sheets import contacts_for
from tadamun.organise.planning.vocabulary import Degree, PermitState, PrintState, Verdict
from tadamun.organise.programme.forms.rows import RowKind
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.programme.views.rows import address_of
from tadamun.toolkit import clock
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.panels import Line, Mark, Panel, Tick, Way
from tadamun.toolkit.templatetags.saying import said

PREFIX = "planning_"
Say = Callable[[Any, date], tuple["str | SafeString", Mark]]


def panels(carried: Carried) -> Iterator[Panel]:
    """Safety, permits, risks, tasks, material, print, money. One query each; the last two only for who may edit.

    Whoever carries one activity of a week sees nothing of what is planned for the week as a whole.
    """
    if not carried.may(Permission.LOOK):
        return
    today = rules.today_in(carried.week.timezone, clock.now())
    yield _safety(carried, today)
    yield _rows(carried, kinds.PERMITS, today, _permit)
    yield _rows(carried, kinds.RISKS, today, _risk)
    yield _rows(carried, kinds.TASKS, today, _task, ways=_usual(carried), tick=_tick_task)
    yield _rows(carried, kinds.MATERIAL, today, _material, tick=_tick_material)
    yield _rows(carried, kinds.PRINTED, today, _printed)
    if carried.may_edit:
        yield from _purse(carried, kinds.BUDGET, kinds.RECEIPTS, ways=_closed_line(carried))
    if carried.may(kinds.BUDGET_CLOSED.permission):
        yield from (panel for panel in _purse(carried, kinds.BUDGET_CLOSED, kinds.RECEIPTS_CLOSED) if panel.lines)


def planning_address(name: str, carried: Carried, **parts: Any) -> str:
    """The address of one of this app's pages, about the activity or the week."""
    if carried.activity:
        return reverse(f"{PREFIX}activity_{name}", kwargs={"uid": carried.activity.uid, **parts})
    return reverse(f"{PREFIX}week_{name}", kwargs={"week": carried.week.slug, **parts})


def _rows(
    carried: Carried,
    kind: RowKind,
    today: date,
    say: Say,
    *,
    ways: tuple[Way, ...] = (),
    tick: Callable[[Carried, Any], Tick | None] = lambda _carried, _row: None,
) -> Panel:
    lines = []
    for row in kind.rows(carried.week, carried.activity):
        beside, mark = say(row, today)
        address = address_of(kind, carried, row.pk, prefix=PREFIX) if carried.may_edit else ""
        lines.append(Line(kind.says(row), beside, address, mark, tick(carried, row)))
    add = (Way(kind.add, address_of(kind, carried, prefix=PREFIX)),) if carried.may_edit else ()
    return Panel(code=kind.code, title=kind.title, lines=tuple(lines), ways=(*add, *ways), empty=kind.empty)


def _safety(carried: Carried, today: date) -> Panel:
    rounds = list(Round.objects.filter(week=carried.week, activity=carried.activity).select_related("responsible"))
    lines = [*_rounds(carried, rounds, today)]
    if carried.activity:
        lines.insert(0, Line(_("How careful we are"), carried.activity.get_safety_display()))
    contacts = contacts_for(carried.activity, carried.week, with_week=False)
    lines += [_contact(carried, contact) for contact in contacts]
    ways = [Way(_("Run sheet"), planning_address("run_sheet", carried))]
    ways += [Way(_("Who is called"), planning_address("contacts", carried))]
    if carried.may_edit:
        ways.append(Way(_("Add somebody to call"), planning_address("contact_new", carried)))
        if not any(not round_.verdict for round_ in rounds):
            ways.append(Way(kinds.ROUNDS.add, address_of(kinds.ROUNDS, carried, prefix=PREFIX)))
    return Panel(code="go", title=kinds.ROUNDS.title, lines=tuple(lines), ways=tuple(ways), empty=kinds.ROUNDS.empty)


def _rounds(carried: Carried, rounds: list[Round], today: date) -> Iterator[Line]:
    """The round that waits, and the verdict that holds."""
    waits = next((round_ for round_ in rounds if not round_.verdict), None)
    holds = next((round_ for round_ in rounds if round_.verdict), None)
    if waits:
        late = waits.decide_by is not None and waits.decide_by < today
        beside = _joined(short_day(waits.decide_by), waits.responsible, _("late") if late else "")
        address = planning_address("go", carried, row=waits.pk)
        yield Line(_("Go or no-go is awaited"), beside, address, Mark.WARNS if late else Mark.ASKS)
    if holds:
        says = format_html(_("Decided: {verdict}"), verdict=holds.get_verdict_display())
        day = short_day(holds.decided_at.date()) if holds.decided_at else ""
        mark = Mark.CALM if holds.verdict == Verdict.GO else Mark.WARNS
        yield Line(says, _joined(holds.decided_by, day), planning_address("go", carried, row=holds.pk), mark)


def _contact(carried: Carried, contact: Contact) -> Line:
    reachable = bool(contact.account_id or contact.sealed)
    who = str(contact.account) if contact.account else _("name is sealed") if contact.sealed else _("nobody yet")
    address = planning_address("contact", carried, row=contact.pk) if carried.may_edit else ""
    beside = _joined(contact.get_call_for_display(), who if contact.role else "")
    return Line(said(contact.role) if contact.role else who, beside, address, Mark.CALM if reachable else Mark.ASKS)


def _permit(permit: Permit, today: date) -> tuple[SafeString, Mark]:
    waits, late = rules.permit_waits(permit), rules.permit_is_late(permit, today)
    words = (permit.get_state_display(), short_day(permit.deadline) if waits else permit.number, permit.responsible)
    loud = Mark.WARNS if late or permit.state == PermitState.REFUSED else Mark.ASKS if waits else Mark.CALM
    return _joined(*words, _("late") if late else ""), loud


def _risk(risk: Risk, _today: date) -> tuple[SafeString, Mark]:
    heavy = rules.weight(risk)
    bare = not risk.measure
    words = (heavy.label, risk.responsible, _("no measure yet") if bare else "")
    return _joined(*words), Mark.ASKS if bare and heavy is not Degree.LOW else Mark.CALM


def _task(task: Task, today: date) -> tuple[SafeString, Mark]:
    if task.done_at:
        return _joined(task.done_by, short_day(task.done_at.date())), Mark.CALM
    late = rules.task_is_late(task, today)
    words = (short_day(task.due_on), task.owner or _("nobody yet"), _("late") if late else "")
    return _joined(*words), Mark.WARNS if late else Mark.CALM


def _material(thing: Material, _today: date) -> tuple[SafeString, Mark]:
    return _joined(thing.brought_by, _said(thing.lent_by.names) if thing.lent_by else ""), Mark.CALM


def _printed(printed: PrintedMatter, _today: date) -> tuple[SafeString, Mark]:
    copies = format_html("{} ×", printed.copies) if printed.copies else ""
    waits = printed.state == PrintState.TO_APPROVE
    words = (printed.version, printed.get_state_display(), printed.approved_by if waits else "", copies)
    return _joined(*words), Mark.ASKS if waits else Mark.CALM


def _tick_task(carried: Carried, task: Task) -> Tick | None:
    label = format_html(_("Done: {text}"), text=said(task.what))
    return _tick(carried, "tasks", task.pk, label, ticked=task.done_at is not None)


def _tick_material(carried: Carried, thing: Material) -> Tick | None:
    label = format_html(_("We have it: {text}"), text=said(thing.what))
    return _tick(carried, "material", thing.pk, label, ticked=thing.have_it)


def _tick(carried: Carried, code: str, row: int, label: str, *, ticked: bool) -> Tick | None:
    if not carried.may(Permission.RUN_DOOR):
        return None
    return Tick(label, planning_address("tick", carried, code=code, row=row), ticked)


def _usual(carried: Carried) -> tuple[Way, ...]:
    return (Way(_("The usual list"), planning_address("usual", carried)),) if carried.may_edit else ()


def _closed_line(carried: Carried) -> tuple[Way, ...]:
    kind = kinds.BUDGET_CLOSED
    return (Way(kind.add, address_of(kind, carried, prefix=PREFIX)),) if carried.may(kind.permission) else ()


def _purse(carried: Carried, budget: RowKind, receipts: RowKind, *, ways: tuple[Way, ...] = ()) -> Iterator[Panel]:
    """What is planned, with sums by currency, and what was paid."""
    lines: list[BudgetLine] = list(budget.rows(carried.week, carried.activity))
    paid: list[Receipt] = list(receipts.rows(carried.week, carried.activity))
    said_lines = [
        Line(
            budget.says(line) if line.purpose else _("not said what for"),
            _joined(
                money(line.planned, line.currency),
                _("in kind") if line.in_kind else "",
                _said(line.source.names if line.source else line.source_words),
            ),
            address_of(budget, carried, line.pk, prefix=PREFIX),
        )
        for line in lines
    ]
    shown = (*said_lines, *_sums(lines, paid))
    ways = (Way(budget.add, address_of(budget, carried, prefix=PREFIX)), *ways)
    yield Panel(code=budget.code, title=budget.title, lines=shown, ways=ways, empty=budget.empty)
    if not lines:
        return
    bills = tuple(
        Line(
            receipts.says(receipt),
            _joined(short_day(receipt.day), money(receipt.amount, receipt.line.currency)),
            address_of(receipts, carried, receipt.pk, prefix=PREFIX),
        )
        for receipt in paid
    )
    ways = (Way(receipts.add, address_of(receipts, carried, prefix=PREFIX)),)
    yield Panel(code=receipts.code, title=receipts.title, lines=bills, ways=ways, empty=receipts.empty)


def _sums(lines: Iterable[BudgetLine], paid: Iterable[Receipt]) -> Iterator[Line]:
    for one in rules.sums(lines, paid):
        if one.planned or one.spent:
            beside = format_html(
                _("planned {planned} · spent {spent}"),
                planned=money(one.planned, one.currency),
                spent=money(one.spent, one.currency),
            )
            left = format_html(_("Left: {amount}"), amount=money(one.left, one.currency))
            yield Line(left, beside, mark=Mark.WARNS if one.left < 0 else Mark.CALM)
        if one.in_kind:
            yield Line(format_html(_("Given in kind: {amount}"), amount=money(one.in_kind, one.currency)))


def _said(text: Text) -> "str | SafeString":
    return said(text) if text else ""


def _joined(*words: object) -> SafeString:
    """Short words with points between them; each keeps its own direction."""
    return format_html_join(" · ", "<bdi>{}</bdi>", ((word,) for word in words if word))
