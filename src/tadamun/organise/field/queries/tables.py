"""What the log says of waves, speakers, areas and answers, in tables under the day's big numbers. They name nobody."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tadamun.organise.field.queries.drawing import Drawing, drawing_of
from tadamun.organise.field.queries.plan import Plan, asked, plan_of
from tadamun.organise.field.queries.results import clock_words
from tadamun.organise.field.rules.folding import HOUR
from tadamun.organise.field.rules.races import OUT_OF_PLACES
from tadamun.organise.field.rules.state import State
from tadamun.organise.field.vocabulary import When
from tadamun.organise.programme.models import Activity
from tadamun.toolkit.languages.registry import UnknownLanguage, language
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.templatetags.saying import said

_MOST_STATEMENTS = 200
_Row = tuple["str | int | Promise | SafeString", ...]


@dataclass(frozen=True)
class Table:
    """A table: the first cell of a row names it. ``drawing`` shows the same on the grid."""

    code: str
    title: "str | Promise"
    head: "tuple[str | Promise | SafeString, ...]"
    rows: tuple[_Row, ...]
    drawing: Drawing | None = None


@dataclass(frozen=True)
class _Ground:
    state: State
    plan: Plan
    names: dict[str, Text]

    def name(self, code: str) -> "str | SafeString":
        """What a code is called; words that are no code stand for themselves."""
        return said(self.names[code]) if self.names.get(code) else format_html("<bdi>{}</bdi>", code or "—")

    def hour(self, at: int) -> SafeString:
        """An hour of the log in the week's own zone."""
        return format_html("<bdi>{}</bdi>", f"{_moment(at * HOUR, self.plan.zone):%H:00}")


def tables_of(activity: Activity, state: State) -> tuple[Table, ...]:
    """The tables of a day that have something to say. Seven queries."""
    plan, languages = plan_of(activity), tuple(code for code, _name in settings.LANGUAGES)
    ground = _Ground(state, plan, plan.names(languages) | plan.category_names(languages))
    return tuple(table for make in _TABLES for table in make(ground) if table.rows)


def _waves(ground: _Ground) -> Iterator[Table]:
    state = ground.state
    codes = _in_order((row.code for row in ground.plan.waves), (*state.starts, *(one.wave for one in state.results)))
    rows = []
    for code in codes:
        own = [one for one in state.results if one.wave == code]
        start = state.starts.get(code)
        begun = f"{_moment(start, ground.plan.zone):%H:%M:%S}" if start is not None else ""
        finished = sum(one.time is not None for one in own)
        rows.append((ground.name(code) if code else _("All"), _apart(begun), len(own), finished))
    if state.starts or state.results:
        yield Table("waves-now", _("Waves"), (_("Wave"), _("Started"), _("Bibs"), _("Finished")), tuple(rows))


def _categories(ground: _Ground) -> Iterator[Table]:
    results = ground.state.results
    codes = _in_order((code for code in ground.names), (one.category for one in results))
    rows = []
    for code in codes:
        own = [one for one in results if one.category == code]
        if own:
            finished = sum(one.time is not None for one in own)
            out = sum(one.status in OUT_OF_PLACES for one in own)
            rows.append((ground.name(code) if code else _("Without a category"), len(own), finished, out))
    head = (_("Category"), _("Bibs"), _("Finished"), _("Out of the race"))
    yield Table("categories-now", _("Categories of bibs"), head, tuple(rows))


def _speakers(ground: _Ground) -> Iterator[Table]:
    state = ground.state
    given = {row.code: row.seconds for row in ground.plan.speakers}
    rows = []
    for code in _in_order(given, (*state.speaking, *state.speaks)):
        spoken = clock_words(state.speaking.get(code, 0))
        own = clock_words((given.get(code) or 0) * 1000) if given.get(code) else ""
        rows.append((ground.name(code), _apart(spoken), _apart(own), _("speaks now") if code in state.speaks else ""))
    if state.speaking or state.speaks:
        yield Table("speakers-now", _("Speaking time"), (_("Who"), _("Spoken"), _("Time given"), _("Now")), tuple(rows))


def _questions(ground: _Ground) -> Iterator[Table]:
    asked_by = ground.state.questions
    rows = tuple((ground.name(code) if code else _("From the hall"), asked_by[code]) for code in sorted(asked_by))
    yield Table("asked-now", _("Questions asked"), (_("From"), _("Questions")), rows)


def _statements(ground: _Ground) -> Iterator[Table]:
    rows = []
    for entry in [one for one in ground.state.told if one.kind == "statement"][:_MOST_STATEMENTS]:
        minute, words, spoken = (entry.body.get(name, "") for name in ("minute", "words", "language"))
        try:
            tongue = language(str(spoken))
            quoted = format_html('<q lang="{}" dir="{}">{}</q>', tongue.code, tongue.direction, words)
            rows.append((minute, ground.name(str(entry.body.get("speaker", ""))), tongue.own_name, quoted))
        except UnknownLanguage:
            rows.append((minute, ground.name(str(entry.body.get("speaker", ""))), "", _apart(str(words))))
    head = (_("Minute"), _("Who spoke"), _("Language"), _("The words"))
    yield Table("said-now", _("What was said"), head, tuple(rows))


def _areas(ground: _Ground) -> Iterator[Table]:
    """Given out, by area and hour."""
    spots: dict[str, dict[int, int]] = {}
    for stock in ground.state.stock.values():
        for (area, hour), count in stock.by_area.items():
            hours = spots.setdefault(area, {})
            hours[hour] = hours.get(hour, 0) + count
    if not spots:
        return
    all_hours = sorted({hour for hours in spots.values() for hour in hours})
    planned = [row.code for row in ground.plan.areas]
    rows: list[_Row] = []
    for code in _in_order(planned, sorted(spots)):
        own = spots.get(code, {})
        number = f"{planned.index(code) + 1} · " if code in planned else ""
        name = format_html("{}{}", number, ground.name(code)) if code else _("No area")
        rows.append((name, sum(own.values()), *(own.get(hour, 0) for hour in all_hours)))
    head = (_("Area"), _("Given out"), *(ground.hour(hour) for hour in all_hours))
    drawing = drawing_of(ground.plan.areas, amounts={code: sum(own.values()) for code, own in spots.items()})
    yield Table("areas-now", _("Given out by area and hour"), head, tuple(rows), drawing if drawing.figures else None)


def _answers(ground: _Ground) -> Iterator[Table]:
    """Each question with its answers, before beside after."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for (question, choice), count in ground.state.answers.items():
        code, when = asked(question)
        found.setdefault(code, {}).setdefault(choice, {})[when] = count
    planned = {row.code: row for row in ground.plan.questions}
    for code in _in_order(planned, sorted(found)):
        row, own = planned.get(code), found.get(code, {})
        labels = {str(at): said(label) for at, label in enumerate(row.choices, 1)} if row else {}
        lines: tuple[_Row, ...] = tuple(
            (labels.get(choice, _apart(choice)), *(own.get(choice, {}).get(when, 0) for when in _columns(own)))
            for choice in _in_order(labels, sorted(own))
        )
        if own:
            head = (_("Answer"), *(_WHEN[when]() for when in _columns(own)))
            yield Table(f"answers-{code}", said(row.words) if row else code, head, lines)


_WHEN: "dict[str, Callable[[], str]]" = {
    "": lambda: _("How often"),
    When.BEFORE.value: lambda: _("Before"),
    When.AFTER.value: lambda: _("After"),
}


def _columns(own: dict[str, dict[str, int]]) -> list[str]:
    """Before beside after, also while only one was asked; a number alone where nobody said when."""
    times = {when for counts in own.values() for when in counts}
    return [when for when in _WHEN if when in times or (when and times != {""})]


def _in_order(first: Iterable[str], others: Iterable[str]) -> list[str]:
    """Each once: what was planned in its order, then the rest."""
    return list(dict.fromkeys((*first, *others)))


def _apart(words: str) -> SafeString:
    return format_html("<bdi>{}</bdi>", words)


def _moment(milliseconds: int, zone: str) -> datetime:
    """A time of the log there; the beginning of all time for one that no calendar has."""
    try:
        return datetime.fromtimestamp(milliseconds // 1000, UTC).astimezone(ZoneInfo(zone))
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, UTC)


_TABLES: Sequence[Callable[[_Ground], Iterator[Table]]] = (
    _waves,
    _categories,
    _speakers,
    _questions,
    _statements,
    _areas,
    _answers,
)
