"""What stands in the lists of the outside world, found however it is spelled."""

from typing import Any

from django.db import models

from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.search import finds, folded


def found_in(model: type[models.Model], query: str) -> list[Any]:
    """The rows whose names have every word that is asked for; all of them when nothing is. One query."""
    return [row for row in model._default_manager.all() if finds(query, _names(row))]


def twins_of(model: type[models.Model], names: Text) -> list[Any]:
    """Rows that have one of these names already, so that nothing stands there twice. One query."""
    asked = {folded(words) for words in names.values()}
    return [row for row in model._default_manager.all() if asked & {folded(words) for words in _names(row)}]


def _names(row: Any) -> list[str]:
    text: Text = getattr(row, "names", None) or getattr(row, "titles", {})
    return [*text.values(), *getattr(row, "spellings", ())]
