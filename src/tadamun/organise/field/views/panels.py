"""The panels that the field brings to an activity's page: what is planned for the day, the kits that are out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from tadamun.organise.field.forms.plan import COUNTERS_OF_OURS, COUNTING, DAY_ROWS, FITTING
from tadamun.organise.field.queries.desk import kits_of
from tadamun.organise.field.queries.plan import COUNTERS
from tadamun.organise.field.vocabulary import USUAL
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.programme.views.rows import address_of, rows_panel
from tadamun.toolkit import clock
from tadamun.toolkit.panels import Line, Panel, Way

PREFIX = "field_"


def activity_panels(carried: Carried) -> Iterable[Panel]:
    """What is planned for the day, of the kinds that fit and of those that have rows; kits. Names nobody.

    One query each.
    """
    if carried.may(Permission.LOOK):
        yield from _planned(carried)
        yield _counters(carried)
    yield _kits(carried)


def _planned(carried: Carried) -> Iterator[Panel]:
    fitting = FITTING.get(carried.one.kind, ())
    for kind in DAY_ROWS.values():
        if kind in (COUNTING, COUNTERS_OF_OURS):
            continue
        panel = rows_panel(kind, carried, prefix=PREFIX)
        if panel.lines or kind in fitting:
            yield panel


def _counters(carried: Carried) -> Panel:
    """The counters that phones show. Two queries."""
    panel = rows_panel(COUNTERS_OF_OURS, carried, prefix=PREFIX)
    chosen = COUNTING.rows(carried.week, carried.one).first()
    usual = chosen.usual if chosen else USUAL
    may = bool(carried.may(COUNTING.permission))
    address = address_of(COUNTING, carried, chosen.pk if chosen else None, prefix=PREFIX) if may else ""
    names = [str(label) for code, label in COUNTERS.items() if code in usual]
    first = Line(says=" · ".join(names) or _("None of the usual ones"), address=address)
    ways = (Way(COUNTING.add, address), *panel.ways) if may else ()
    return replace(panel, lines=(first, *panel.lines), ways=ways)


def _kits(carried: Carried) -> Panel:
    """Kits and how they stand. One query."""
    parts = {"uid": carried.one.uid}
    return Panel(
        code="field",
        title=_("The day itself"),
        lines=tuple(
            Line(
                says=kit.device.label,
                beside=kit.stands,
                address=reverse("field_kit", kwargs={**parts, "kit": kit.device.uid}),
                mark=kit.mark,
            )
            for kit in kits_of(carried.one, now=clock.now())
            if kit.device.revoked_at is None
        ),
        ways=(
            Way(_("The day’s screen"), reverse("field_day", kwargs=parts)),
            Way(_("Kits for phones"), reverse("field_kits", kwargs=parts)),
            Way(_("Paper"), reverse("field_paper", kwargs=parts)),
        ),
        empty=_("No phone has a kit yet. A kit checks tickets and counts without a network."),
    )
