"""All texts of a week as the translation desk shows them, with their state in each language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise

from tadamun.organise.archive.models import Photo
from tadamun.organise.network.models import Organisation
from tadamun.organise.press.models import Check
from tadamun.organise.press.rules import Checked, source_for, state_of
from tadamun.organise.press.vocabulary import FIELDS, OF_ITS_KIND, WordingState
from tadamun.organise.programme.models import (
    Activity,
    Campaign,
    Figure,
    Involvement,
    Occasion,
    Outcome,
    Person,
    Place,
    Postponement,
    Sitting,
    Week,
)
from tadamun.organise.programme.models import Promise as Pledge
from tadamun.toolkit.languages.fields import TextColumn
from tadamun.toolkit.languages.locked import Token
from tadamun.toolkit.languages.registry import UnknownLanguage, language
from tadamun.toolkit.languages.text import Text

DETAILS = "details"
LONG = frozenset({"body", "summary", "purpose"})
OF_A_WEEK: tuple[type[models.Model], ...] = (
    Week, Activity, Sitting, Involvement, Figure, Person, Outcome, Pledge, Postponement, Photo,
)  # fmt: skip
# The glossary: whatever has names in several languages.
NAMED: dict[str, Any] = {
    "organisation": Organisation,
    "place": Place,
    "occasion": Occasion,
    "campaign": Campaign,
}


@dataclass(frozen=True)
class Snippet:
    """One text: where it stands, what it is called, its wordings, and their states by language."""

    thing: str
    row: int
    path: str
    label: "str | Promise"
    about: Text
    text: Text
    states: Mapping[str, WordingState]
    checks: Mapping[str, Check]

    @property
    def key(self) -> str:
        """Its address: ``programme.activity/12/summary``."""
        return f"{self.thing}/{self.row}/{self.path}"

    @property
    def long(self) -> bool:
        """Whether it wants a large box."""
        return self.path in LONG or any(len(words) > 90 or "\n" in words for words in self.text.values())

    def source(self, code: str, languages: Iterable[str]) -> str:
        """The language to translate from."""
        return source_for(self.text, code, languages)


def texts_of(week: Week, languages: tuple[str, ...]) -> list[Snippet]:
    """Every text of a week that has a wording in some language, the week's own first. A fixed number of queries."""
    found = [
        (row, path, text)
        for model in OF_A_WEEK
        for row in _rows(model, week)
        for path, text in texts_in(row)
    ]  # fmt: skip
    checks: dict[tuple[str, int, str], dict[str, Check]] = {}
    for check in Check.objects.filter(thing__in=[model._meta.label_lower for model in OF_A_WEEK]):
        checks.setdefault((check.thing, check.row, check.path), {})[check.language] = check
    snippets = [_snippet(row, path, text, checks, languages) for row, path, text in found]
    return sorted(snippets, key=lambda snippet: _order(snippet, week))


def texts_in(row: models.Model) -> Iterator[tuple[str, Text]]:
    """The texts of a row that have words, those inside a plan (``details``) by their path."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, TextColumn) and value:
            yield field.name, value
        elif field.name == DETAILS:
            yield from _inside(value, DETAILS)


def glossary() -> dict[Token, Text]:
    """The names of organisations, places, occasions and campaigns. Four queries."""
    return {
        Token(kind, slug): names
        for kind, model in NAMED.items()
        for slug, names in model.objects.values_list("slug", "names")
    }


def _rows(model: type[models.Model], week: Week) -> Iterable[Any]:
    if model is Week:
        return [week]
    if model is Sitting:
        return Sitting.objects.filter(activity__week=week).select_related("activity")
    rows = model._default_manager.filter(week=week)
    return rows if model is Activity else rows.select_related("activity")


def _inside(value: Any, path: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, dict):
        if value and all(isinstance(words, str) and _is_language(code) for code, words in value.items()):
            yield path, value
        else:
            for key, inner in value.items():
                yield from _inside(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _inside(inner, f"{path}/{number}")


def _is_language(code: str) -> bool:
    try:
        language(code)
    except UnknownLanguage:
        return False
    return True


def _snippet(
    row: Any, path: str, text: Text, checks: Mapping[tuple[str, int, str], dict[str, Check]], languages: tuple[str, ...]
) -> Snippet:
    thing = row._meta.label_lower
    known = checks.get((thing, row.pk, path), {})
    states = {
        code: state_of(
            text, code, Checked(check.source, check.words, check.source_words) if (check := known.get(code)) else None
        )
        for code in languages
    }
    activity = row if isinstance(row, Activity) else getattr(row, "activity", None)
    label = FIELDS.get(path, OF_ITS_KIND)
    about = activity.titles if activity else {}
    return Snippet(thing, row.pk, path, label, about, text, states, known)


def _order(snippet: Snippet, week: Week) -> tuple[bool, str, str, int]:
    own = snippet.thing == week._meta.label_lower
    return (not own, str(sorted(snippet.about.items())), snippet.thing, snippet.row)
