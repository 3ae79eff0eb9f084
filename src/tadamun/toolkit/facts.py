"""Labelled values that a page can show in any language without knowing what they are about.

A kind of activity says what is special to it as a list of facts; the public page, the feed and the
open data print facts. So a new kind needs no new page.
"""

from datetime import date, time

import msgspec

from tadamun.toolkit.languages.text import Text


class Value(msgspec.Struct, frozen=True, tag_field="is", omit_defaults=True):
    """Anything a fact can say."""


class Words(Value, frozen=True, tag="words"):
    """A short text."""

    text: Text


class Number(Value, frozen=True, tag="number"):
    """A quantity with its unit, for example 5 (kilometres)."""

    quantity: float
    unit: Text = {}
    detail: Text = {}


class Clock(Value, frozen=True, tag="clock"):
    """A time of day."""

    at: time


class Day(Value, frozen=True, tag="day"):
    """A calendar day."""

    on: date


class Reference(Value, frozen=True, tag="reference"):
    """A link to an organisation, an activity or a story of this site, by its slug."""

    to: str
    slug: str
    label: Text


class Fact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One labelled statement: ``key`` for machines, ``label`` for readers, one or more values.

    ``prominent`` facts belong beside the date and place; the others follow the text.
    """

    key: str
    label: Text
    values: tuple[Words | Number | Clock | Day | Reference, ...]
    prominent: bool = False
