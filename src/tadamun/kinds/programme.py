"""The programme of an activity: what follows what, at which hour and on which day, as far as it was stated."""

from collections.abc import Iterable
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Mistake, Plan
from tadamun.toolkit.languages.text import Text


class Item(Plan, frozen=True):
    """One point of a programme. ``day`` counts from 1; ``by`` names who does it, if that may be said."""

    title: Text
    day: int | None = None
    at: time | None = None
    minutes: int | None = None
    by: Text = {}


def item_labels(where: str) -> "dict[str, str | Promise]":
    """What the desk's form calls the fields of a programme; ``where`` is the field that holds it."""
    return {
        f"{where}.title": _("What happens"),
        f"{where}.day": _("On which day, counted from 1"),
        f"{where}.at": _("At"),
        f"{where}.minutes": _("Minutes"),
        f"{where}.by": _("Who does it, if that may be said"),
    }


def lines(items: Iterable[Item], make: FactMaker) -> tuple[Text, ...]:
    """The programme line by line, for example “Day 2: 10:30 Planning a campaign (the trainer)”."""
    return tuple(_line(item, make) for item in items)


def _line(item: Item, make: FactMaker) -> Text:
    at = f"{item.at:%H:%M} " if item.at is not None else ""
    text = {
        code: f"{at}{words} ({by})" if (by := item.by.get(code)) else f"{at}{words}"
        for code, words in item.title.items()
    }
    if item.day is None:
        return text
    return text | make.phrase(_("Day %(day)s: %(title)s"), day=str(item.day), title=text)


def programme_mistakes(items: Iterable[Item], where: str) -> Iterable[Mistake]:
    """Numbers that cannot be meant; ``where`` is the field that holds the items."""
    for index, item in enumerate(items):
        if item.day is not None and item.day < 1:
            yield Mistake(f"{where}[{index}].day", gettext("days are counted from 1"))
        if item.minutes is not None and item.minutes < 1:
            yield Mistake(
                f"{where}[{index}].minutes", gettext("a length is at least one minute; leave it out when not stated")
            )
