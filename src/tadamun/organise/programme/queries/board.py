"""The board of a week: its activities day by day, days without any included, and beside it what has no day yet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch

from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.models import Activity, Occasion, Sitting, Week
from tadamun.organise.programme.queries.clashes import clashes_in
from tadamun.organise.programme.queries.clashing import Clash, hours_of
from tadamun.organise.programme.queries.reach import reachable
from tadamun.organise.programme.vocabulary import DatePrecision, PartOfDay, State
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.languages.text import Text

# Longer weeks, such as seasons, show only the days on which something is.
EVERY_DAY_UP_TO = timedelta(days=41)


@dataclass(frozen=True, kw_only=True)
class Card:
    """An activity on a day of the board. ``sitting`` is None while it has no day.

    ``number`` and ``days`` say which day of a longer sitting this is; only the first can be moved. ``kind`` is the
    name of its kind in the reader's language. ``order`` is that of the cards of a day.
    """

    activity: UUID
    titles: Text
    kind: str
    state: State
    safety: SafetyProfile
    sitting: int | None = None
    start: date | None = None
    end: date | None = None
    hours: str = ""
    place: Text | None = None
    number: int = 1
    days: int = 1
    may_move: bool = False
    clashes: int = 0
    order: tuple[int, int] = (0, 0)

    @property
    def day_before(self) -> date | None:
        """Where it goes when it is moved a day earlier."""
        return self.start - timedelta(days=1) if self.start else None

    @property
    def day_after(self) -> date | None:
        """Where it goes when it is moved a day later."""
        return self.start + timedelta(days=1) if self.start else None


@dataclass(frozen=True)
class BoardDay:
    """A day: what is on it, what the outside world has on it, whether it lies in the week."""

    day: date
    cards: tuple[Card, ...]
    occasions: tuple[Text, ...]
    inside: bool


@dataclass(frozen=True)
class Board:
    """A week day by day. ``aside`` has what has no day yet, or only "some days between two"."""

    days: tuple[BoardDay, ...]
    aside: tuple[Card, ...]
    clashes: tuple[Clash, ...]
    skips_empty_days: bool

    @property
    def choices(self) -> list[date]:
        """The days to which something can be moved with one choice."""
        return [day.day for day in self.days if day.inside]

    @property
    def quiet_clashes(self) -> list[Clash]:
        """What is worth knowing without being in the way."""
        return [clash for clash in self.clashes if not clash.loud]

    @property
    def empty(self) -> bool:
        """Whether nothing was added yet."""
        return not self.aside and not any(day.cards for day in self.days)


def board_of(week: Week, standing: Standing, kinds: Mapping[str, str]) -> Board:
    """The board of a week, with the activities that the member may work on. A fixed number of queries (12).

    ``kinds`` maps codes of kinds to their names.
    """
    sittings = Sitting.objects.select_related("place").order_by("start", "start_time", "position")
    activities = list(
        reachable(standing.organisations)
        .filter(week=week)
        .prefetch_related(Prefetch("sittings", queryset=sittings))
        .order_by("position")
    )
    editing = [part.organisation for part in standing.parts if Permission.EDIT in part.card.permissions]
    mine = set(reachable(editing).filter(week=week).values_list("pk", flat=True)) if editing else set()
    clashes = tuple(clashes_in(week, standing))
    loud = Counter((clash.day, uid) for clash in clashes if clash.loud for uid in clash.activities)
    by_day: dict[date, list[Card]] = {}
    aside: list[Card] = []
    for activity in activities:
        cards = list(_cards(activity, kinds, may_move=activity.pk in mine, loud=loud))
        for day, card in cards:
            if day is None:
                aside.append(card)
            else:
                by_day.setdefault(day, []).append(card)
    skips = week.end - week.start > EVERY_DAY_UP_TO
    return Board(_days(week, by_day, skips=skips), tuple(aside), clashes, skips)


def _days(week: Week, by_day: Mapping[date, list[Card]], *, skips: bool) -> tuple[BoardDay, ...]:
    length = (week.end - week.start).days + 1
    usual = set() if skips else {week.start + timedelta(days=number) for number in range(length)}
    days = sorted(usual | set(by_day))
    occasions = list(Occasion.objects.filter(start__lte=days[-1], end__gte=days[0])) if days else []
    return tuple(
        BoardDay(
            day=day,
            cards=tuple(sorted(by_day.get(day, ()), key=lambda card: card.order)),
            occasions=tuple(row.names for row in occasions if row.start <= day <= row.end),
            inside=week.start <= day <= week.end,
        )
        for day in days
    )


def _cards(
    activity: Activity, kinds: Mapping[str, str], *, may_move: bool, loud: Counter[tuple[date, UUID]]
) -> Iterable[tuple[date | None, Card]]:
    sittings = list(activity.sittings.all())
    if not sittings:
        yield None, _card(activity, kinds, may_move=may_move)
    for sitting in sittings:
        if sitting.precision != DatePrecision.EXACT:
            yield None, _card(activity, kinds, sitting, may_move=False)
            continue
        for number in range((sitting.end - sitting.start).days + 1):
            day = sitting.start + timedelta(days=number)
            first = number == 0
            card = _card(
                activity,
                kinds,
                sitting,
                number=number + 1,
                may_move=may_move and first,
                clashes=loud[day, activity.uid],
            )
            yield day, card


def _card(
    activity: Activity,
    kinds: Mapping[str, str],
    sitting: Sitting | None = None,
    *,
    may_move: bool,
    number: int = 1,
    clashes: int = 0,
) -> Card:
    return Card(
        activity=activity.uid,
        titles=activity.titles,
        kind=kinds.get(activity.kind, activity.kind),
        state=State(activity.state),
        safety=SafetyProfile(activity.safety),
        sitting=sitting.pk if sitting else None,
        start=sitting.start if sitting else None,
        end=sitting.end if sitting else None,
        hours=_hours(sitting) if sitting else "",
        place=sitting.place.names if sitting and sitting.place else None,
        number=number,
        days=(sitting.end - sitting.start).days + 1 if sitting else 1,
        may_move=may_move,
        clashes=clashes,
        order=(_begins(sitting), activity.position),
    )


def _begins(sitting: Sitting | None) -> int:
    """The minute at which it begins, for the order of a day; what has no hours comes last."""
    hours = hours_of(sitting.start_time, sitting.end_time, sitting.part_of_day) if sitting else None
    return hours[0] if hours else 24 * 60


def _hours(sitting: Sitting) -> str:
    """The hours as they were stated: “15:00–17:00”, else the part of the day."""
    if sitting.start_time is None:
        return str(PartOfDay(sitting.part_of_day).label) if sitting.part_of_day else ""
    return f"{sitting.start_time:%H:%M}" + (f"–{sitting.end_time:%H:%M}" if sitting.end_time else "")
