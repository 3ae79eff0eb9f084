"""What a kind of activity has to say about itself.

A kind is a folder with its plan (what only this kind has), its facts (what an audience may read of
that plan), its mark and its words, and one line in ``kinds.registry``. Nothing else knows it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.utils.functional import Promise

from tadamun.organise.safety.vocabulary import Audience
from tadamun.toolkit.facts import Clock, Day, Fact, Number, Reference, Words
from tadamun.toolkit.languages.fields import label_in
from tadamun.toolkit.languages.text import Text


class Plan(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """Base of a kind's own data, as it stands under ``details:`` in the week file and in the database."""


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a plan: ``where`` is the path below ``details``, for example ``distances[1].km``."""

    where: str
    what: str


@dataclass(frozen=True)
class FactMaker:
    """Makes facts for one audience on one day, with labels in every language of the site."""

    languages: tuple[str, ...]
    audience: Audience
    today: date

    def label(self, label: "str | Promise") -> Text:
        """A label of the code in every language."""
        return label_in(self.languages, label)

    def words(
        self, key: str, label: "str | Promise", *texts: Text, prominent: bool = False
    ) -> Iterable[Fact]:
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


def no_mistakes(plan: Any) -> Iterable[Mistake]:
    """The check of a kind whose structure says everything."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of activity.

    ``mark`` is an SVG path drawn in a 24 × 24 box. ``schema_type`` is the schema.org type at the edges,
    ``category`` the one of federated events (FEP-8a8e). ``facts`` yields what ``maker``'s audience may know.
    """

    code: str
    name: "str | Promise"
    mark: str
    plan: type[Plan]
    facts: Callable[[Any, FactMaker], Iterable[Fact]]
    schema_type: str = "Event"
    category: str = ""
    mistakes: Callable[[Any], Iterable[Mistake]] = no_mistakes
