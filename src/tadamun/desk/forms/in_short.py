"""What a kind's plan says, in a few words, for panels and for the entries of lists."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tadamun.desk.forms.asking import Asked, Shape, tongue_called
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.text import spoken


def in_short(one: Asked, value: Any) -> Iterator[str]:
    """A value of a plan in a few words; of an entry with parts, its first words."""
    if value in (None, "", [], {}):
        return
    if one.shape in {Shape.TEXTS, Shape.ROWS}:
        for entry in value:
            yield from _text(entry) if one.shape is Shape.TEXTS else first_words(one, entry)
    elif one.shape is Shape.TEXT:
        yield from _text(value)
    elif one.shape is Shape.YES:
        yield _("yes")
    else:
        yield from (_word(one, single) for single in (value if isinstance(value, list) else [value]))


def first_words(one: Asked, entry: dict[str, Any]) -> Iterator[str]:
    """The first words of an entry that has parts; none while it says nothing."""
    for part in one.parts:
        words = list(in_short(part, entry.get(part.name)))
        if words and part.shape not in {Shape.CHOICE, Shape.YES}:
            yield words[0]
            return


def _text(text: dict[str, str]) -> Iterator[str]:
    if words := spoken(text, get_language() or "en", ["en"]).words:
        yield words


def _word(one: Asked, value: Any) -> str:
    labels: dict[Any, str | Promise] = dict(one.choices)
    if one.shape is Shape.TONGUES:
        return tongue_called(str(value))
    if one.shape is Shape.HOUR:
        return str(value)[:5]
    if isinstance(value, float) and value.is_integer():
        return days.number(int(value), get_language() or "en")
    return str(labels.get(value, value))
