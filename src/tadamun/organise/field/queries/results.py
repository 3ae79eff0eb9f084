"""The results of a race as the desk lists and prints them. They name nobody: names are opened apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.queries.kit import HASH_SIGNS
from tadamun.organise.field.queries.plan import plan_of
from tadamun.organise.field.rules.races import OUT_OF_PLACES
from tadamun.organise.field.rules.state import Result
from tadamun.organise.people.models import Registration
from tadamun.organise.programme.models import Activity
from tadamun.toolkit.languages.text import Text


@dataclass(frozen=True)
class Ranking:
    """The bibs of a category: those with a place first, by place; then those without, by number."""

    name: Text
    results: tuple[Result, ...]


@dataclass(frozen=True)
class Board:
    """The results by category, and the bibs that must not be photographed."""

    rankings: tuple[Ranking, ...]
    no_photo: tuple[str, ...]
    waits: int

    @property
    def shown(self) -> tuple[Result, ...]:
        """Those who want their name in the results, and whose ticket is known."""
        return tuple(one for ranking in self.rankings for one in ranking.results if one.shown and one.ticket)


def board_of(activity: Activity) -> Board:
    """The results of an activity. A fixed number of queries."""
    state = account_of(activity).state
    names = plan_of(activity).category_names(tuple(code for code, _name in settings.LANGUAGES))
    order = {code: at for at, code in enumerate(names)}
    codes = sorted({one.category for one in state.results}, key=lambda code: (order.get(code, len(order)), code))
    return Board(
        rankings=tuple(Ranking(names.get(code, {}), _in_order(state.results, code)) for code in codes),
        no_photo=tuple(sorted((one.bib for one in state.results if one.no_photo), key=by_number)),
        waits=len(state.open_conflicts),
    )


def registered_as(activity: Activity, tickets: Sequence[str]) -> dict[str, Registration]:
    """The sign-ups of these tickets, by the hash that phones know. Two queries."""
    wanted = set(tickets)
    rows = Registration.objects.filter(admission__activity=activity).values_list("pk", "ticket_hash")
    keys = {key: ticket for key, stored in rows if (ticket := bytes(stored).hex()[:HASH_SIGNS]) in wanted}
    return {keys[row.pk]: row for row in Registration.objects.filter(pk__in=keys).select_related("admission__activity")}


def by_number(bib: str) -> tuple[int, str]:
    """The order of bibs: by number, those with letters last."""
    return (int(bib), bib) if bib.isdecimal() else (10**9, bib)


def clock_words(milliseconds: int | None) -> str:
    """A time as runners read it: 0:42:07; "" for none."""
    if milliseconds is None:
        return ""
    seconds = milliseconds // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _in_order(results: Sequence[Result], category: str) -> tuple[Result, ...]:
    own = [one for one in results if one.category == category and one.status != "dns"]
    return tuple(
        sorted(
            own, key=lambda one: (one.place is None, one.place or 0, one.status in OUT_OF_PLACES, by_number(one.bib))
        )
    )
