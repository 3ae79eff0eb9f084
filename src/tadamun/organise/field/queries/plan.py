"""What is planned for the day itself, as phones and the day's screen need it. Names nobody."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tadamun.organise.field.models import Area, BibCategory, Counter, Counting, Question, Speaker, Wave
from tadamun.organise.field.models.plan import OfTheDay
from tadamun.organise.field.rules.drawing import NotAShape, Shape, read_shape
from tadamun.organise.field.rules.state import Span
from tadamun.organise.field.vocabulary import USUAL, When
from tadamun.organise.people.vocabulary import AgeBand, Sex
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.vocabulary import AGREED
from tadamun.organise.safety.vocabulary import EVERYONE
from tadamun.toolkit.languages.fields import label_in
from tadamun.toolkit.languages.text import Text

# The counters that come with the product; ``vocabulary.USUAL`` are those that phones show where nobody chose.
COUNTERS: "dict[str, str | Promise]" = {
    "women": _("Women"),
    "men": _("Men"),
    "girls": _("Girls"),
    "boys": _("Boys"),
    "visitors": _("Visitors"),
    **{f"age:{band.value}": band.label for band in AgeBand},
}
_RELATED: dict[type[OfTheDay], tuple[str, ...]] = {Speaker: ("involvement__organisation", "person")}
_MODELS: tuple[type[OfTheDay], ...] = (Wave, BibCategory, Speaker, Area, Counting, Counter, Question)


@dataclass(frozen=True)
class Plan:
    """What is planned for the day of one activity, each in its order."""

    zone: str
    waves: Sequence[Wave] = ()
    categories: Sequence[BibCategory] = ()
    speakers: Sequence[Speaker] = ()
    areas: Sequence[Area] = ()
    counters: Sequence[Counter] = ()
    questions: Sequence[Question] = ()
    usual: Sequence[str] = USUAL

    def names(self, languages: Sequence[str]) -> dict[str, Text]:
        """What each code of the log is called, in these languages."""
        named: dict[str, Text] = {code: label_in(languages, label) for code, label in COUNTERS.items()}
        for rows in (self.waves, self.categories, self.areas, self.counters):
            named |= {row.code: row.name for row in rows}
        named |= {row.code: name_of(row) for row in self.speakers}
        return named | {row.code: row.words for row in self.questions}

    def category_names(self, languages: Sequence[str]) -> dict[str, Text]:
        """What each category of bibs is called, in their order: the organisers' own, then those of sign-up."""
        named: dict[str, Text] = {row.code: row.name for row in self.categories}
        named |= {f"sex:{code}": label_in(languages, label) for code, label in Sex.choices}
        return named | {f"age:{code}": label_in(languages, label) for code, label in AgeBand.choices}


def plans_of(activities: Iterable[Activity]) -> dict[int, Plan]:
    """The plans of some activities, by key. Seven queries, however many rows."""
    wanted = list(activities)
    rows: dict[type[OfTheDay], dict[int, list[Any]]] = {model: {} for model in _MODELS}
    for model in _MODELS:
        found: QuerySet[Any] = model._default_manager.filter(activity__in=wanted)
        for row in found.select_related(*_RELATED.get(model, ())):
            rows[model].setdefault(row.activity_id, []).append(row)
    return {
        activity.pk: Plan(
            zone=activity.week.timezone,
            waves=rows[Wave].get(activity.pk, ()),
            categories=rows[BibCategory].get(activity.pk, ()),
            speakers=rows[Speaker].get(activity.pk, ()),
            areas=rows[Area].get(activity.pk, ()),
            counters=rows[Counter].get(activity.pk, ()),
            questions=rows[Question].get(activity.pk, ()),
            usual=next((one.usual for one in rows[Counting].get(activity.pk, ())), USUAL),
        )
        for activity in wanted
    }


def plan_of(activity: Activity) -> Plan:
    """The plan of one activity. Seven queries."""
    return plans_of([activity])[activity.pk]


def bib_spans(activity: Activity) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Which bibs belong to which wave, and to which category. Two queries."""
    waves, categories = (tuple(_spans(model.objects.filter(activity=activity))) for model in (Wave, BibCategory))
    return waves, categories


def _spans(rows: "Iterable[Wave | BibCategory]") -> Iterator[Span]:
    for row in rows:
        if row.bib_from is not None or row.bib_to is not None:
            first = row.bib_from if row.bib_from is not None else row.bib_to
            yield Span(row.code, first or 0, row.bib_to if row.bib_to is not None else first or 0)


def name_of(speaker: Speaker) -> Text:
    """What a speaker is called: her words for it, the party or organisation, what the person is.

    Never the person's own name: kits name nobody.
    """
    if speaker.words:
        return speaker.words
    part = speaker.involvement
    if part is not None:
        return part.organisation.names if part.organisation else part.collective
    return speaker.person.function if speaker.person else {}


def phone_name_of(speaker: Speaker) -> Text:
    """What phones say of a speaker: they are seized and searched, so only of a body that the public is told of.

    Without a name it is a numbered seat there.
    """
    part = speaker.involvement
    if speaker.words or part is None or (part.sign_off in AGREED and set(EVERYONE) <= set(part.audiences)):
        return name_of(speaker)
    return {}


def told(plan: Plan, languages: Sequence[str]) -> dict[str, Any]:
    """The plan as a kit is told it."""
    zone = ZoneInfo(plan.zone)
    return {
        "waves": [
            {**_bibs(row), "start": f"{row.start.astimezone(zone):%Y-%m-%dT%H:%M}" if row.start else ""}
            for row in plan.waves
        ],
        "bib_categories": [_bibs(row) for row in plan.categories],
        "speakers": [
            {"code": row.code, "label": phone_name_of(row), "seconds": row.seconds or 0} for row in plan.speakers
        ],
        "areas": [{"code": row.code, "label": row.name, "shape": shape_of(row)} for row in plan.areas],
        "counters": [{"code": code, "label": label} for code, label in counters_of(plan, languages)],
        "questions": [
            {
                "code": row.code,
                "label": row.words,
                "choices": [{"code": str(at), "label": label} for at, label in enumerate(row.choices, 1)],
            }
            for row in plan.questions
        ],
    }


def counters_of(plan: Plan, languages: Sequence[str]) -> Iterator[tuple[str, Text]]:
    """The counters that phones show: the usual ones that were chosen, then those of the organisers' own."""
    yield from ((code, label_in(languages, label)) for code, label in COUNTERS.items() if code in plan.usual)
    yield from ((row.code, row.name) for row in plan.counters if not row.off)


def asked(question: str) -> tuple[str, str]:
    """The code of a question and when it was asked, of what an entry names: "q5/after" → ("q5", "after")."""
    code, _slash, when = question.partition("/")
    return code, when if when in When.values else ""


def shape_of(area: Area) -> Shape:
    """The figures of an area; none for a shape that cannot be read any more."""
    try:
        return read_shape(area.shape)
    except NotAShape:
        return []


def _bibs(row: "Wave | BibCategory") -> dict[str, Any]:
    return {"code": row.code, "label": row.name, "from": row.bib_from, "to": row.bib_to}
