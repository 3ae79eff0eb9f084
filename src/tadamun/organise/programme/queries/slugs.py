"""Short names for addresses and week files, made by themselves: from the title where it is in Latin letters."""

from django.db.models import Model, QuerySet
from django.utils.text import slugify

from tadamun.toolkit.languages.text import Text

LONGEST = 60


def slug_of(text: Text, otherwise: str) -> str:
    """A slug of the English wording, else of the first that has Latin letters, else ``otherwise``. Never a number."""
    for code in ("en", *sorted(text)):
        slug = slugify(text.get(code, ""))[:LONGEST].strip("-")
        if any(sign.isalpha() for sign in slug):
            return slug
    return otherwise


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
