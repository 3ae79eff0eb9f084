"""Arbitrary valid week documents: every form, state and kind, with texts that are hard on formats."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from tadamun.kinds.registry import KINDS
from tadamun.organise.network.vocabulary import POLITICAL, OrganisationKind
from tadamun.organise.programme.vocabulary import (
    DatePrecision,
    InvolvementType,
    Naming,
    Precision,
    SignOff,
    TellPlace,
)
from tadamun.weekfile import document as form
from tadamun.weekfile.converting import annotations, is_text

HARD = [
    "yes",
    "no",
    "null",
    "~",
    "2018-03-21",
    "16:30",
    "0x1F",
    "1_000",
    "1e3",
    ".inf",
    "- a",
    "# b",
    "a: b",
    "a #b",
    "'",
    '"',
    "''\"",
    "{a: b}",
    "[1, 2]",
    "&a",
    "*a",
    "!!str x",
    "<<",
    "|",
    ">",
    "%YAML",
    "---",
    "...",
    "@",
    "`",
    " leading",
    "trailing ",
    "two\nlines",
    "two\n\nparagraphs\n",
    "\nbreak first",
    "ends with breaks\n\n\n",
    "\t tab",
    "line with blank \nend",
    "a\n  indented\nb",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "\\n",
    "C:\\new",
    "مرحبا بالعالم",
    "سڵاو\nجیهان",
    "\u202eevil\u202c",
    "\u200f\u200e",
    "👩‍👩‍👧 🎉",
    "e\u0301",
    "\ufeffmark",
    "\u2028\u2029",
    "x" * 200,
    "word " * 40,
    "کەهرەمانە " * 30 + "\n\n" + "a" * 100,
]
TEXT = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), include_characters="\n\t", exclude_characters="\ufffe\uffff"
)
words = st.one_of(st.sampled_from(HARD), st.text(TEXT, min_size=1, max_size=40))
seen_words = words.filter(lambda said: bool(said.strip()))
texts = st.dictionaries(st.sampled_from(["en", "ar", "ckb", "kmr", "it"]), words, max_size=3)
required_texts = st.dictionaries(st.sampled_from(["en", "ar", "ckb", "kmr"]), seen_words, min_size=1, max_size=3)
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True).map(lambda slug: f"s{slug}")
days = st.dates(date(1900, 1, 1), date(2199, 12, 1))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))  # noqa: DTZ001
hours = st.times(time(0, 0), time(22, 0)).map(lambda at: at.replace(microsecond=0, fold=0))
addresses = st.sampled_from(["", "https://example.org/a?b=c&d=%20#e", "http://example.org/"])


def of(annotation: Any, *, required: bool = False) -> st.SearchStrategy[Any]:
    """Values of a type."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if is_text(annotation):
        return required_texts if required else texts
    if origin is Annotated:
        return of(arguments[0], required=required)
    if origin in {Union, UnionType}:
        return st.one_of(*(st.none() if each is type(None) else of(each) for each in arguments))
    if origin is list or (origin is tuple and arguments[-1] is ...):
        held = required_texts if is_text(arguments[0]) else of(arguments[0])
        return st.lists(held, max_size=3).map(origin)
    if origin is dict:
        return st.dictionaries(of(arguments[0]), of(arguments[1]), max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return struct(annotation)
    return {
        str: st.one_of(st.just(""), words),
        int: st.integers(1, 300),
        bool: st.booleans(),
        date: days,
        datetime: moments,
        time: hours,
        float: st.floats(0.1, 400),
        Any: words,
    }[annotation]


def struct(made: type[msgspec.Struct], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Structures whose fields are arbitrary unless ``given``."""
    hints = annotations(made)
    fields = {
        entry.name: given[entry.name] if entry.name in given else of(hints[entry.name], required=entry.required)
        for entry in msgspec.structs.fields(made)
    }
    return st.builds(made, **fields)


def plans(code: str) -> st.SearchStrategy[dict[str, Any]]:
    """Details of a kind that the kind itself finds no fault with."""
    kind = KINDS[code]
    sound = struct(kind.plan).filter(lambda plan: not list(kind.mistakes(plan)))
    return st.one_of(st.just(kind.plan()), sound).map(lambda plan: msgspec.json.decode(msgspec.json.encode(plan)))


def one_of(pool: Sequence[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *pool])


def some_of(pool: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(pool), unique=True, max_size=3) if pool else st.just([])


@st.composite
def spans(draw: st.DrawFn) -> tuple[date, date | None]:
    start = draw(days)
    return start, draw(st.one_of(st.none(), st.integers(0, 20).map(lambda more: start + timedelta(more))))


def joined(
    made: type[Any], slug: str, pool: Sequence[str], **given: st.SearchStrategy[Any]
) -> st.SearchStrategy[list[Any]]:
    """Ties or relations of ``slug`` to others of the pool, each stated once."""
    others = [other for other in pool if other != slug]
    if not others:
        return st.just([])
    each = struct(made, to=st.sampled_from(others), **given)
    return st.lists(each, max_size=2, unique_by=lambda entry: (entry.type, entry.to))


@st.composite
def organisations(draw: st.DrawFn, pool: Sequence[str]) -> list[form.OrganisationEntry]:
    made = []
    for slug in pool:
        ties = draw(joined(form.TieEntry, slug, pool, since=st.none(), according_to=short(300)))
        made.append(draw(struct(form.OrganisationEntry, slug=st.just(slug), ties=st.just(ties), url=addresses)))
    return made


def short(longest: int) -> st.SearchStrategy[str]:
    return words.filter(lambda said: len(said) <= longest)


@st.composite
def places(draw: st.DrawFn, pool: Sequence[str], keepers: Sequence[str]) -> list[form.PlaceEntry]:
    point = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
    return [
        draw(
            struct(
                form.PlaceEntry,
                slug=st.just(slug),
                within=one_of(pool[:at]),
                keeper=one_of(keepers),
                point=st.one_of(st.none(), point),
            )
        )
        for at, slug in enumerate(pool)
    ]


@st.composite
def campaigns(draw: st.DrawFn, pool: Sequence[str], owners: Sequence[str]) -> list[form.CampaignEntry]:
    made = []
    for slug in pool:
        start, end = draw(st.one_of(st.just((None, None)), spans()))
        made.append(
            draw(
                struct(
                    form.CampaignEntry,
                    slug=st.just(slug),
                    owners=some_of(owners),
                    start=st.just(start),
                    end=st.just(end),
                    days=st.just((end - start).days + 1 if start and end else None),
                    url=addresses,
                )
            )
        )
    return made


@st.composite
def sittings(draw: st.DrawFn, week: tuple[date, date], pool: Sequence[str]) -> form.SittingEntry:
    first, last = sorted(draw(st.lists(st.integers(0, (week[1] - week[0]).days), min_size=2, max_size=2)))
    start, end = week[0] + timedelta(first), week[0] + timedelta(last)
    precision, tell = draw(st.sampled_from(list(DatePrecision))), draw(st.sampled_from(list(TellPlace)))
    start_time = draw(st.one_of(st.none(), hours))
    return draw(
        struct(
            form.SittingEntry,
            start=st.just(start),
            end=st.sampled_from([end, end if end != start else None]),
            weekday=st.sampled_from(["", start.strftime("%A").lower()]),
            precision=st.just(precision),
            days=st.integers(1, last - first + 1) if precision == DatePrecision.BETWEEN else st.none(),
            start_time=st.just(start_time),
            end_time=st.one_of(st.none(), st.just(time(23, 30))) if start_time else st.none(),
            place=one_of(pool),
            public_place=one_of(pool),
            tell_place=st.just(tell),
            told_from=moments if tell == TellPlace.LATER else st.none(),
        )
    )


@st.composite
def postponements(draw: st.DrawFn) -> form.PostponementEntry:
    (start, end), (moved, until) = draw(spans()), draw(st.one_of(st.just((None, None)), spans()))
    return draw(
        struct(
            form.PostponementEntry,
            announced_start=st.just(start),
            announced_end=st.just(end),
            moved_start=st.just(moved),
            moved_end=st.just(until),
        )
    )


@st.composite
def involvements(draw: st.DrawFn, kinds: dict[str, OrganisationKind]) -> form.InvolvementEntry:
    slug = draw(one_of(list(kinds)))
    sort = draw(st.sampled_from(list(InvolvementType)))
    if kinds.get(slug) in POLITICAL:
        sort = InvolvementType.INVITED
    agreed = draw(st.sampled_from(list(SignOff)))
    dated = agreed in {SignOff.ACCEPTED, SignOff.DECLINED, SignOff.WITHDRAWN}
    return draw(
        struct(
            form.InvolvementEntry,
            type=st.just(sort),
            organisation=st.just(slug),
            collective=st.just({}) if slug else required_texts,
            sign_off=st.just(agreed),
            signed_off_on=st.one_of(st.none(), days) if dated else st.none(),
        )
    )


@st.composite
def figures(draw: st.DrawFn, sources: Sequence[str]) -> form.FigureEntry:
    groups = draw(st.lists(short(40), min_size=1, max_size=3, unique=True))
    cells = {group: draw(st.integers(0, 400)) for group in groups}
    dimension = draw(st.sampled_from(list(form.Dimension)))
    precision = draw(st.sampled_from(list(Precision)))
    quantity = sum(cells.values())
    named = draw(st.lists(st.sampled_from(groups), unique=True))
    return draw(
        struct(
            form.FigureEntry,
            quantity=st.just(quantity),
            quantity_max=st.integers(quantity, 9999) if precision == Precision.RANGE else st.none(),
            group=one_of(groups),
            precision=st.just(precision),
            parts=st.just({dimension: cells}),
            group_names=st.just({group: draw(required_texts) for group in named}),
            source=one_of(sources),
        )
    )


@st.composite
def people(draw: st.DrawFn, pool: Sequence[str]) -> form.PersonEntry:
    naming = draw(st.sampled_from(list(Naming)))
    name = st.just({}) if naming == Naming.NOBODY else required_texts
    return draw(struct(form.PersonEntry, naming=st.just(naming), name=name, organisation=one_of(pool)))


class Pools(msgspec.Struct):
    """The slugs of one document."""

    organisations: list[str]
    places: list[str]
    occasions: list[str]
    campaigns: list[str]
    series: list[str]
    sources: list[str]
    activities: list[str]


@st.composite
def editions(draw: st.DrawFn, pool: Sequence[str]) -> form.EditionEntry | None:
    series, number = draw(one_of(pool)), draw(st.one_of(st.none(), st.integers(1, 99)))
    return form.EditionEntry(series=series, number=number) if series or number else None


def parts(pools: Pools, kinds: dict[str, OrganisationKind], promises: list[str]) -> dict[str, st.SearchStrategy[Any]]:
    """What may be stated about a week as about an activity. ``promises`` are slugs that are not used yet."""
    promise = st.builds(promises.pop).flatmap(
        lambda slug: struct(
            form.PromiseEntry,
            slug=st.just(slug),
            owner=one_of(pools.organisations),
            place=one_of(pools.places),
            kept_by=one_of(pools.activities),
        )
    )
    return {
        "occasions": some_of(pools.occasions),
        "also_told_by": some_of(pools.sources),
        "themes": st.lists(st.sampled_from(list(form.Theme)), unique=True, max_size=3),
        "edition": editions(pools.series),
        "uid": st.just(""),
        "postponements": st.lists(postponements(), max_size=1),
        "involvements": st.lists(involvements(kinds), max_size=3),
        "people": st.lists(people(pools.organisations), max_size=1),
        "figures": st.lists(figures(pools.sources), max_size=2),
        "contributions": st.lists(struct(form.ContributionEntry, campaign=st.sampled_from(pools.campaigns)), max_size=1)
        if pools.campaigns
        else st.just([]),
        "promises": st.lists(promise, max_size=1),
        "outcomes": st.lists(struct(form.OutcomeEntry), max_size=1),
    }


@st.composite
def documents(draw: st.DrawFn) -> form.WeekDocument:
    """A document that passes all checks in an empty system."""
    pools = Pools(**{name: draw(st.lists(slugs, unique=True, max_size=3)) for name in Pools.__struct_fields__})
    bodies = draw(organisations(pools.organisations))
    kinds = {body.slug: body.kind for body in bodies}
    start = draw(days)
    span = (start, start + timedelta(draw(st.integers(0, 30))))
    promises = [f"promise-{number}" for number in range(50)]
    activities = []
    for slug in pools.activities:
        code = draw(st.sampled_from(sorted(KINDS)))
        related = draw(joined(form.RelationEntry, slug, pools.activities))
        activities.append(
            draw(
                struct(
                    form.ActivityEntry,
                    slug=st.just(slug),
                    kind=st.just(code),
                    details=plans(code),
                    sittings=st.lists(sittings(span, pools.places), max_size=2),
                    relations=st.just(related),
                    **parts(pools, kinds, promises),
                )
            )
        )
    week = draw(
        struct(
            form.WeekEntry,
            slug=slugs,
            start=st.just(span[0]),
            end=st.just(span[1]),
            timezone=st.sampled_from(["Asia/Baghdad", "UTC", "Europe/Rome"]),
            places=some_of(pools.places),
            **parts(pools, kinds, promises),
        )
    )
    occasions = []
    for slug in pools.occasions:
        first, last = draw(spans())
        occasions.append(draw(struct(form.OccasionEntry, slug=st.just(slug), start=st.just(first), end=st.just(last))))
    return form.WeekDocument(
        format=form.FORMAT,
        week=week,
        organisations=bodies,
        places=draw(places(pools.places, pools.organisations)),
        occasions=occasions,
        campaigns=draw(campaigns(pools.campaigns, pools.organisations)),
        series=[draw(struct(form.SeriesEntry, slug=st.just(slug))) for slug in pools.series],
        sources=[
            draw(
                struct(form.SourceEntry, slug=st.just(slug), url=addresses, language=st.sampled_from(["", "ar", "it"]))
            )
            for slug in pools.sources
        ],
        activities=activities,
    )
