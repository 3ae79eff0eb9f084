"""What the desk shows of sign-ups without opening anything: numbers, codes, standings."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from tadamun.organise.people.models import Admission, Letter, Registration
from tadamun.organise.people.vocabulary import LetterState, Standing
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.vault import tickets
from tadamun.organise.safety.vault.errors import ShortCodeUnreadable

ON_A_PAGE = 100
_CLOSED = ("sealed", "own_copy", "remark")


@dataclass(frozen=True)
class Choice:
    """Which part of a roster is looked at."""

    standing: str = ""
    code: str = ""
    page: int = 1


@dataclass(frozen=True)
class Tab:
    """A standing with how many stand so."""

    standing: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class RosterPage:
    """One page of a roster, closed: it names nobody."""

    choice: Choice
    lines: tuple[Registration, ...]
    tabs: tuple[Tab, ...]
    total: int
    pages: int

    @property
    def shown(self) -> str:
        """The part in words."""
        return next(tab.label for tab in self.tabs if tab.current)


def admission_of(activity: Activity) -> Admission | None:
    """How an activity is signed up for; None when it is not."""
    return Admission.objects.select_related("activity__week").filter(activity=activity).first()


def registration_of(admission: Admission, uid: UUID | str) -> Registration | None:
    """A sign-up of this activity; None for those of others."""
    return Registration.objects.select_related("same_as", "group").filter(admission=admission, uid=uid).first()


def roster_page(admission: Admission, choice: Choice, *, everybody: str) -> RosterPage:
    """A page of the roster. Two queries, however many have signed up."""
    counted = dict(
        Registration.objects.filter(admission=admission).values_list("standing").annotate(many=Count("pk")).order_by()
    )
    tabs = [Tab("", everybody, sum(counted.values()), not choice.standing)]
    tabs += [
        Tab(standing.value, str(standing.label), counted[standing.value], choice.standing == standing.value)
        for standing in Standing
        if counted.get(standing.value)
        or (choice.standing == standing.value and counted.setdefault(standing.value, 0) == 0)
    ]
    chosen = selection(admission, choice)
    total = next(tab.count for tab in tabs if tab.current)
    start = (choice.page - 1) * ON_A_PAGE
    lines = tuple(chosen.defer(*_CLOSED)[start : start + ON_A_PAGE])
    return RosterPage(choice, lines, tuple(tabs), total, max(1, -(-total // ON_A_PAGE)))


def selection(admission: Admission, choice: Choice) -> QuerySet[Registration]:
    """The sign-ups of that part, in line."""
    rows = Registration.objects.filter(admission=admission).select_related("same_as", "group").order_by("number")
    if choice.standing:
        rows = rows.filter(standing=choice.standing)
    if choice.code:
        rows = rows.filter(short_code=_code(choice.code))
    return rows


def sheet_lines(admission: Admission) -> Sequence[Registration]:
    """Who has a place, by code, for a printed sheet."""
    rows = Registration.objects.filter(admission=admission, standing__in=(Standing.PLACED, Standing.OFFERED))
    return tuple(rows.defer(*_CLOSED).order_by("short_code"))


def recently_in(admission: Admission, uids: Sequence[str]) -> Sequence[Registration]:
    """Those of the given sign-ups that are in."""
    return tuple(Registration.objects.filter(admission=admission, uid__in=uids, came=True).defer(*_CLOSED))


def letters_waiting(admission: Admission) -> int:
    """How many messages wait until somebody opens the addresses."""
    return Letter.objects.filter(registration__admission=admission, state=LetterState.WAITING).count()


def _code(typed: str) -> str:
    try:
        return tickets.read_short_code(typed)
    except ShortCodeUnreadable:
        return "-"
