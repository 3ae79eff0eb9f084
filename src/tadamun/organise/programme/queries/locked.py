"""The names that facts locked in texts stand for: of places, organisations, occasions, campaigns."""

from typing import Any

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Campaign, Occasion, Place
from tadamun.toolkit.languages.locked import Names, Token
from tadamun.toolkit.languages.text import Text

_TABLES: dict[str, Any] = {
    "place": Place,
    "organisation": Organisation,
    "occasion": Occasion,
    "campaign": Campaign,
}


def names_in_words() -> Names:
    """Looks up names, each once: one query for each that is asked for; none while no text locks a name."""
    found: dict[Token, Text] = {}

    def name(token: Token) -> Text:
        if token not in found:
            row = _TABLES[token.kind].objects.filter(slug=token.value).first()
            found[token] = row.names if row else {}
        return found[token]

    return name
