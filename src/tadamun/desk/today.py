"""What needs a member today: which apps bring it to the desk's first page, and in which order it stands there."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from tadamun.desk import audiences
from tadamun.organise.archive import queries as archive
from tadamun.organise.field.queries import today as field
from tadamun.organise.network.vocabulary import Standing
from tadamun.organise.people.queries import today as people
from tadamun.organise.planning.queries import today as planning
from tadamun.organise.programme.queries import news
from tadamun.organise.programme.queries import partner_needs as partners
from tadamun.organise.programme.queries import today as programme
from tadamun.organise.volunteers.queries import today as volunteers
from tadamun.toolkit.panels import Mark, Need

# A function of an app's queries: a fixed number of queries, lines with addresses, only what her standing lets her see.
Bring = Callable[[Standing, datetime], Iterable[Need]]

BROUGHT: tuple[Bring, ...] = (
    audiences.approvals,
    news.needs,
    partners.needs,
    people.needs,
    field.needs,
    archive.needs,
    volunteers.needs,
    planning.needs,
    programme.needs,
)


def needs_of(standing: Standing, now: datetime) -> list[Need]:
    """All that waits for the member; what warns stands first, then what has the nearest day, last what has none."""
    return sorted((need for bring in BROUGHT for need in bring(standing, now)), key=_urgency)


def _urgency(need: Need) -> tuple[bool, date]:
    return need.line.mark is not Mark.WARNS, need.on or date.max
