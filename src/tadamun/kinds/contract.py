"""What a kind of activity has to say about itself.

A kind is a folder with its plan (what only this kind has), its facts (what an audience may read of
that plan), its mark and its words, and one line in ``kinds.registry``. Nothing else knows it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadamun.organise.safety.vocabulary import Audience
from tadamun.toolkit.facts import Clock, Day, Fact, Number, Reference, Words
from tadamun.toolkit.languages.fields import label_in
from tadamun.toolkit.languages.registry import UnknownLanguage, language
from tadamun.toolkit.languages.text import Text, spoken

# A language by its code. Forms ask for it as a choice.
Tongue = Annotated[str, msgspec.Meta(extra={"asks": "language"})]
# The CLDR calls these by names that their speakers seldom use.
_TONGUES: "dict[str, str | Promise]" = {"ckb": _("Kurdish (Sorani)"), "kmr": _("Kurdish (Kurmanji)")}


class Plan(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Base of a kind's own data, as it stands under ``details:`` in the week file and in the database."""


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a plan: ``where`` is the path below ``details``, for example ``distances[1].km``."""

    where: str
    what: str


@dataclass(frozen=True)
class FactMaker:
    """Makes facts for one audience on one day, with labels in every language of the site.

    ``place_told`` says that this audience may know the exact place of every sitting. Only then may a kind
    say what gives the place away: a route, the streets of a leafleting team.
    """

    languages: tuple[str, ...]
    audience: Audience
    today: date
    place_told: bool = False

    def label(self, label: "str | Promise") -> Text:
        """A label of the code in every language."""
        return label_in(self.languages, label)

    def phrase(self, pattern: "str | Promise", **values: "str | Text") -> Text:
        """A sentence of the code with ``%(name)s`` replaced, in the languages that have it and all of its values."""
        return {
            code: words % {name: value if isinstance(value, str) else value[code] for name, value in values.items()}
            for code, words in self.label(pattern).items()
            if all(isinstance(value, str) or value.get(code) for value in values.values())
        }

    def tongues(self, codes: Iterable[str]) -> tuple[Words, ...]:
        """The names of languages, for example “Arabic”, each in every language of the site."""
        return tuple(Words(self._tongue(code)) for code in codes)

    def _tongue(self, code: str) -> Text:
        if code in _TONGUES:
            return self.label(_TONGUES[code])
        names = {own: language(own).locale.languages.get(code) for own in self.languages}
        return {own: name for own, name in names.items() if name} or {"en": code}

    def words(self, key: str, label: "str | Promise", *texts: Text, prominent: bool = False) -> Iterable[Fact]:
        """A fact of one or more texts; none when there is no wording."""
        values = tuple(Words(text) for text in texts if text)
        return self.fact(key, label, *values, prominent=prominent)

    def fact(
        self,
        key: str,
        label: "str | Promise",
        *values: Words | Number | Clock | Day | Reference,
        prominent: bool = False,
    ) -> Iterable[Fact]:
        """A fact of any values; none when there are none."""
        if values:
            yield Fact(key=key, label=self.label(label), values=values, prominent=prominent)


def joined(texts: Iterable[Text]) -> Text:
    """Several short texts as one, in every language that one of them has: “women · men”."""
    stated = [text for text in texts if text]
    codes = sorted({code for text in stated for code in text})
    return {code: " · ".join(spoken(text, code).words for text in stated) for code in codes}


def no_mistakes(_plan: Any) -> Iterable[Mistake]:
    """The check of a kind whose structure says everything."""
    return ()


def unknown_languages(codes: Iterable[str], where: str) -> Iterable[Mistake]:
    """Codes that are no language; ``where`` is the field that holds them."""
    for index, code in enumerate(codes):
        try:
            language(code)
        except UnknownLanguage:
            yield Mistake(
                f"{where}[{index}]",
                gettext("“%(code)s” is not a language code; write for example ar, ckb or en") % {"code": code},
            )


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of activity.

    ``mark`` is an SVG path of lines (no fill) in a 24 × 24 box. ``schema_type`` is the schema.org type at the
    edges, ``category`` the one of federated events (FEP-8a8e). ``facts`` yields what ``maker``'s audience may know.

    ``labels`` says what the desk's form calls the fields of ``plan``: by their path (``distances.km``), and the values
    of an enum without words of its own by path and value (``conditions.proof.code``). ``long`` are paths of texts of
    several lines. ``keeps_people``: the plan may hold names or stories of people, which no history must keep.
    """

    code: str
    name: "str | Promise"
    mark: str
    plan: type[Plan]
    facts: Callable[[Any, FactMaker], Iterable[Fact]]
    schema_type: str = "Event"
    category: str = ""
    mistakes: Callable[[Any], Iterable[Mistake]] = no_mistakes
    labels: "Mapping[str, str | Promise]" = field(default_factory=dict)
    long: frozenset[str] = frozenset()
    keeps_people: bool = False
