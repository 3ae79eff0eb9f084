"""Partners as the pages of weeks and activities show them: a panel with a line for each part."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from tadamun.organise.programme.queries.partners import Asking, partners_of
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.programme.views.partner_words import standing_of
from tadamun.organise.programme.views.partners import address_of, may_name
from tadamun.organise.programme.vocabulary import SignOff
from tadamun.toolkit import clock
from tadamun.toolkit.panels import Line, Mark, Panel, Way
from tadamun.toolkit.templatetags.saying import said


def partner_panels(carried: Carried) -> Iterable[Panel]:
    """Who takes part and how it stands with their agreement. Four queries."""
    may = bool(may_name(carried))
    lines = tuple(
        _line(carried, asking, may=may) for asking in partners_of(carried.week, carried.activity, now=clock.now())
    )
    ways = (Way(gettext_lazy("Name a partner"), address_of("partner_new", carried)),) if may else ()
    yield Panel(
        code="partners",
        title=gettext_lazy("Partners"),
        lines=lines,
        ways=ways,
        empty=gettext_lazy("Nobody is named yet. Name an organisation, then ask whether it agrees."),
    )


def _line(carried: Carried, asking: Asking, *, may: bool) -> Line:
    row = asking.involvement
    who = row.organisation.names if row.organisation else row.collective
    stands, role = standing_of(asking), row.get_type_display()
    return Line(
        says=said(who),
        beside=format_html("{} · {}", role, stands) if stands else role,
        address=address_of("partner", carried, row=row.pk) if may else "",
        mark=_mark(asking),
    )


def _mark(asking: Asking) -> Mark:
    if asking.involvement.sign_off == SignOff.ASKED:
        return Mark.CALM if asking.is_asked else Mark.ASKS
    return Mark.ASKS if asking.text_misses else Mark.CALM
