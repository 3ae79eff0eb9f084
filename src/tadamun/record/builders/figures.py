"""Figures, with small cells withheld from every outside audience."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from tadamun.organise.programme.models import Figure, FigurePart
from tadamun.organise.programme.vocabulary import Counted, Dimension, Group, Method, Unit
from tadamun.record.audiences import OUTSIDE, is_outside, is_told
from tadamun.record.builders.rows import ByActivity
from tadamun.record.builders.sources import source_record
from tadamun.record.builders.telling import Telling
from tadamun.record.disclosure import Cell, Claim, Withheld, withhold
from tadamun.record.structs import FigurePart as FigurePartRecord
from tadamun.record.structs import FigureRecord
from tadamun.toolkit.languages.fields import label_in
from tadamun.toolkit.languages.text import Text

# These count functions, not participants: that a training had two trainers is part of its programme and says
# nothing about who came. Withholding it would hide what every announcement of it says.
FUNCTIONS = frozenset({Counted.TRAINED, Counted.SPOKE, Counted.DELEGATES})


def withheld_figures(
    figures: ByActivity[Figure], *, activities: Collection[int], small_cell: int
) -> Mapping[int, Withheld]:
    """What must stay unsaid of the figures, by key; ``activities`` are those that outside audiences may know.

    The answer is one for all outside audiences, from all that any of them is told: if each had its own, two of
    them could subtract their records from each other.
    """
    alike: defaultdict[str, list[Figure]] = defaultdict(list)
    for activity, rows in figures.items():
        for row in rows:
            if (activity is None or activity in activities) and _may_give_away(row):
                alike[row.counted].append(row)
    answers: dict[int, Withheld] = {}
    for rows in alike.values():
        claims = [_claim(row) for row in rows]
        answers.update(zip((row.pk for row in rows), withhold(claims, k=small_cell), strict=True))
    return answers


def figure_record(row: Figure, *, telling: Telling, withheld: Mapping[int, Withheld]) -> FigureRecord:
    """One claim. With anything withheld the note goes too; with the total withheld all but what was counted."""
    parts = tuple(row.parts.all())
    nothing = Withheld(total=False, cells=(False,) * len(parts))
    answer = withheld.get(row.pk, nothing) if is_outside(telling.audience) else nothing
    cells = tuple(_part(part, telling, hide=hide) for part, hide in zip(parts, answer.cells, strict=True))
    what = telling.term(Counted, row.counted)
    unit = telling.term(Unit, row.unit)
    group = _group(row.group, row.group_names, telling.languages)
    if answer.total:
        return FigureRecord(what=what, unit=unit, group=group, withheld=True, parts=cells)
    return FigureRecord(
        what=what,
        unit=unit,
        group=group,
        precision=row.precision,
        quantity=row.quantity,
        quantity_max=row.quantity_max,
        source=source_record(row.source) if row.source else None,
        method=telling.stated(Method, row.method),
        as_of=row.as_of,
        note={} if any(answer.cells) else row.note,
        parts=cells,
    )


def _may_give_away(row: Figure) -> bool:
    counts_people = row.unit == Unit.PERSONS and row.counted not in FUNCTIONS
    return counts_people and any(is_told(row.audiences, audience) for audience in OUTSIDE)


def _claim(row: Figure) -> Claim:
    return Claim(
        low=row.quantity,
        high=row.quantity if row.quantity_max is None else row.quantity_max,
        group=row.group,
        cells=tuple(Cell(part.dimension, part.group, part.quantity) for part in row.parts.all()),
        subject="" if row.activity_id is None else str(row.activity_id),
    )


def _part(part: FigurePart, telling: Telling, *, hide: bool) -> FigurePartRecord:
    return FigurePartRecord(
        dimension=telling.term(Dimension, part.dimension),
        group=_group(part.group, part.group_names, telling.languages),
        quantity=None if hide else part.quantity,
        withheld=hide,
    )


def _group(code: str, names: Text, languages: tuple[str, ...]) -> Text:
    """The name of a group. One that is named nowhere keeps its code, since no name would mean everybody."""
    if names or not code:
        return names
    label = label_in(languages, Group(code).label) if code in Group.values else {}
    return label or {languages[0]: code.replace("_", " ")}
