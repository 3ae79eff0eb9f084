"""Figures as claims: how sure, how many, of whom, and who says so.

Claims about the same thing stand side by side, never added up, never averaged. A withheld number is
told as withheld, so that nobody reads a gap as a zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tadamun.publish.site.calendar import Calendar
from tadamun.publish.site.counting import counted
from tadamun.publish.site.voice import Voice
from tadamun.record.structs import FigurePart, FigureRecord, SourceRecord

_PEOPLE = frozenset({"person", "persons", "people"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One number as someone stated it, and what it counts in the form that the number asks for.

    ``amount`` is empty when it is withheld.
    """

    amount: Markup
    subject: Markup
    source: Markup
    method: Markup
    note: Markup
    parts: tuple[Markup, ...]
    withheld: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted, and every claim about it."""

    subject: Markup
    claims: tuple[Claim, ...]

    @property
    def disputed(self) -> bool:
        """Whether several sources state it."""
        return len(self.claims) > 1


def figures(records: Sequence[FigureRecord], *, voice: Voice, calendar: Calendar) -> tuple[Figure, ...]:
    """Gather claims about the same thing, in the order in which the things were first mentioned."""
    groups: dict[object, list[FigureRecord]] = {}
    for record in records:
        key = (record.what.code, record.unit.code, tuple(sorted(record.group.items())))
        groups.setdefault(key, []).append(record)
    return tuple(
        Figure(
            subject=_subject(claims[0], voice),
            claims=tuple(_claim(claim, voice, calendar) for claim in claims),
        )
        for claims in groups.values()
    )


def _subject(record: FigureRecord, voice: Voice, *, told: bool = False) -> Markup:
    nouns = [record.group] if record.group and record.unit.code in _PEOPLE else [record.group, record.unit.label]
    number = record.quantity if record.quantity_max is None else record.quantity_max
    number = number if told else None
    return _dotted((*(counted(text, number, voice) for text in nouns), voice.say(record.what.label)))


def _claim(record: FigureRecord, voice: Voice, calendar: Calendar) -> Claim:
    dated = ""
    if record.as_of:
        dated = voice.gettext("as of %(day)s", day=calendar.day(record.as_of))
    return Claim(
        amount=Markup("") if record.withheld else _amount(record, voice, calendar),
        subject=_subject(record, voice, told=not record.withheld),
        source=_dotted((_source(record.source, voice), dated)) if record.source or dated else Markup(""),
        method=voice.say(record.method.label) if record.method else Markup(""),
        note=voice.told(record.note),
        parts=tuple(_part(part, voice, calendar) for part in record.parts),
        withheld=record.withheld or any(part.withheld for part in record.parts),
    )


def _amount(record: FigureRecord, voice: Voice, calendar: Calendar) -> Markup:
    if record.quantity is None:
        return Markup("")
    number = Markup("<bdi>%s</bdi>") % calendar.number(record.quantity)
    match record.precision:
        case "at_least":
            return voice.gettext("at least %(number)s", number=number)
        case "more_than":
            return voice.gettext("more than %(number)s", number=number)
        case "up_to":
            return voice.gettext("up to %(number)s", number=number)
        case "about":
            return voice.gettext("about %(number)s", number=number)
        case "range" if record.quantity_max is not None:
            greatest = Markup("<bdi>%s</bdi>") % calendar.number(record.quantity_max)
            return voice.gettext("%(least)s to %(greatest)s", least=number, greatest=greatest)
    return number


def _part(part: FigurePart, voice: Voice, calendar: Calendar) -> Markup:
    if part.withheld or part.quantity is None:
        return voice.gettext("%(group)s: withheld", group=voice.say(part.group))
    return Markup("%s: <bdi>%s</bdi>") % (voice.say(part.group), calendar.number(part.quantity))


def _source(source: SourceRecord | None, voice: Voice) -> Markup:
    if source is None:
        return Markup("")
    return voice.gettext("according to %(source)s", source=voice.name(source.publisher or source.title))


def _dotted(parts: Iterable[Markup | str]) -> Markup:
    return Markup(" · ").join(part for part in parts if part)
