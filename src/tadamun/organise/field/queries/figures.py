"""The figures that a log comes to. What was not counted has none; which small ones are withheld, the record decides."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tadamun.organise.field.queries.plan import COUNTERS, Plan, asked
from tadamun.organise.field.rules.figures import Cell, Count
from tadamun.organise.field.rules.state import Result, State
from tadamun.organise.field.vocabulary import When
from tadamun.organise.programme.vocabulary import Counted, Group, Unit
from tadamun.toolkit.languages.fields import filled, label_in
from tadamun.toolkit.languages.text import Text

_GROUPS = frozenset(group.value for group in Group)
_ASKED: "dict[str, str | Promise]" = {When.BEFORE.value: _("Before: %(name)s"), When.AFTER.value: _("After: %(name)s")}


def counts_of(state: State, plan: Plan, languages: Sequence[str]) -> Iterator[Count]:
    """The figures of a log: who came, ran, was counted, what was given out where, what was answered.

    Counters of the organisers' own are not among them: nobody knows what they count.
    """
    made = (
        Count(Counted.ATTENDED, Unit.PERSONS, state.inside),
        *_race(state, plan, languages),
        _given(state, plan),
        *_counters(state, languages),
        *_answers(state, plan, languages),
    )
    yield from (count for count in made if count.quantity > 0)


def _race(state: State, plan: Plan, languages: Sequence[str]) -> Iterator[Count]:
    """Who started and who finished, by category."""
    names = plan.category_names(languages)

    def split(counts: Callable[[Result], bool]) -> tuple[Cell, ...]:
        by_category: dict[str, int] = {}
        for one in state.results:
            if counts(one) and one.category in names:
                by_category[one.category] = by_category.get(one.category, 0) + 1
        return tuple(
            Cell(f"category-{code.replace(':', '-')}", names[code], by_category[code])
            for code in names
            if code in by_category
        )

    if state.starts:
        begun = sum(_began(one) for one in state.results)
        yield Count(Counted.STARTED, Unit.PERSONS, begun, cells=split(_began))
    finished = sum(one.time is not None for one in state.results)
    yield Count(Counted.FINISHED, Unit.PERSONS, finished, cells=split(lambda one: one.time is not None))


def _began(one: Result) -> bool:
    return one.status != "dns"


def _given(state: State, plan: Plan) -> Count:
    """What was given out, by the areas of the plan."""
    by_area: dict[str, int] = {}
    for stock in state.stock.values():
        for (area, _hour), count in stock.by_area.items():
            by_area[area] = by_area.get(area, 0) + count
    cells = tuple(
        Cell(f"area-{row.code}", row.name, by_area[row.code]) for row in plan.areas if by_area.get(row.code, 0) > 0
    )
    given = sum(stock.given for stock in state.stock.values())
    return Count(Counted.GIVEN_OUT, Unit.COPIES, given, cells=cells)


def _counters(state: State, languages: Sequence[str]) -> Iterator[Count]:
    """Tallies of people that have no sign-up: visitors, groups that the product has names for, bands of age."""
    for counter, quantity in sorted(state.tallies.items()):
        if counter == "visitors" or counter in _GROUPS:
            yield Count(Counted.VISITED, Unit.PERSONS, quantity, counter if counter in _GROUPS else "")
        elif counter in COUNTERS:
            names = label_in(languages, COUNTERS[counter])
            yield Count(Counted.VISITED, Unit.PERSONS, quantity, counter.replace(":", "-"), names)


def _answers(state: State, plan: Plan, languages: Sequence[str]) -> Iterator[Count]:
    """Each answer before and each after: how many persons gave it."""
    planned = {row.code: row for row in plan.questions}
    for (question, choice), quantity in sorted(state.answers.items()):
        code, when = asked(question)
        row = planned.get(code)
        answers = {str(at): answer for at, answer in enumerate(row.choices, 1)} if row else {}
        if row is None or when not in _ASKED or choice not in answers:
            continue
        names = filled(_ASKED[when], _both(row.words, answers[choice]), languages)
        yield Count(Counted.ANSWERED, Unit.PERSONS, quantity, f"{code}-{when}-{choice}", names)


def _both(question: Text, answer: Text) -> Text:
    """A question and an answer to it, in the languages that have both."""
    return {code: f"{words} – {answer[code]}" for code, words in question.items() if code in answer}
