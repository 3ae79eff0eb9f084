"""What only a statement has: to whom it speaks, its wordings as they followed each other, how to sign.

Its demands are outcomes, the organisations that sign are involvements of the type signatory, and
counts of signatures are figures.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from tadamun.kinds.contract import Mistake, Plan, Tongue, unknown_languages
from tadamun.toolkit.languages.text import Text


class Version(Plan, frozen=True):
    """A wording. ``number`` counts from 1; the highest one is in force."""

    number: int
    text: Text
    on: date | None = None
    change: Text = {}


class StatementPlan(Plan, frozen=True):
    """A statement, declaration, open letter or petition. ``answer`` is what the addressee said to it, if anything."""

    addressed_to: tuple[Text, ...] = ()
    versions: tuple[Version, ...] = ()
    languages: tuple[Tongue, ...] = ()
    how_to_sign: Text = {}
    closes_on: date | None = None
    handed_over_on: date | None = None
    answer: Text = {}


def mistakes(plan: StatementPlan) -> Iterable[Mistake]:
    """Versions that cannot be told apart or do not follow each other."""
    previous: Version | None = None
    for index, version in enumerate(plan.versions):
        where = f"versions[{index}]"
        if version.number < 1:
            yield Mistake(f"{where}.number", _("versions are counted from 1"))
        if not version.text:
            yield Mistake(
                f"{where}.text", _("a version has a text; leave the version out when its wording is not known")
            )
        if previous and version.number <= previous.number:
            yield Mistake(
                f"{where}.number",
                _("version %(number)d follows %(previous)d; number them upwards")
                % {"number": version.number, "previous": previous.number},
            )
        if previous and previous.on and version.on and version.on < previous.on:
            yield Mistake(f"{where}.on", _("this version is older than the one before it; check both days"))
        previous = version
    yield from unknown_languages(plan.languages, "languages")
