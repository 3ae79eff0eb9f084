"""Coded values with their labels in every language of the site."""

from collections.abc import Iterable
from functools import lru_cache

from django.db import models

from tadamun.record.structs import Term
from tadamun.toolkit.languages.fields import label_in


# Members of two vocabularies may be equal as strings, so the vocabulary itself is part of the key.
@lru_cache(maxsize=4096)
def term(vocabulary: type[models.TextChoices], code: str, languages: tuple[str, ...]) -> Term:
    """The term of a code; a code that the vocabulary does not know has no label."""
    try:
        return Term(code=code, label=label_in(languages, vocabulary(code).label))
    except ValueError:
        return Term(code=code, label={})


def stated_term(vocabulary: type[models.TextChoices], code: str, languages: tuple[str, ...]) -> Term | None:
    """The term of a code, or None when none was stated."""
    return term(vocabulary, code, languages) if code else None


def terms(vocabulary: type[models.TextChoices], codes: Iterable[str], languages: tuple[str, ...]) -> tuple[Term, ...]:
    """The terms of several codes, in their order."""
    return tuple(term(vocabulary, code, languages) for code in codes)
