"""Short names for addresses and week files, made by themselves from the title, in Latin letters."""

from datetime import date

from django.db.models import Model, QuerySet
from django.utils.text import slugify

from tadamun.toolkit.languages.latin import latin
from tadamun.toolkit.languages.text import Text

LONGEST = 60


def slug_of(text: Text, otherwise: str) -> str:
    """A slug of the English wording, else of the first in Latin letters, else of one in Arabic letters.

    ``otherwise`` is for what has neither; a slug is never a number alone.
    """
    wordings = [text.get(code, "") for code in ("en", *sorted(text))]
    return next(filter(None, map(_slug, (*wordings, *map(latin, wordings)))), otherwise)


def week_slug(titles: Text, form: str, start: date) -> str:
    """The slug of a week, with its year: weeks come again."""
    wanted, year = slug_of(titles, form), str(start.year)
    return wanted if year in wanted else f"{wanted}-{year}"


def is_spelt(text: Text) -> bool:
    """Whether the slug of a text is spelt out of Arabic letters; those write few vowels, so it may read wrong."""
    return not any(map(_slug, text.values())) and any(_slug(latin(words)) for words in text.values())


def _slug(words: str) -> str:
    slug = slugify(words)[:LONGEST].strip("-")
    return slug if any(sign.isalpha() for sign in slug) else ""


def free_slug(rows: "QuerySet[Model]", wanted: str) -> str:
    """``wanted``, or with the first number behind it that none of ``rows`` has. One query.

    Hold a lock until the row is stored; two requests would find the same.
    """
    taken = set(rows.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
