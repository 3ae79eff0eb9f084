"""What is marked for translation in the source, and what the catalogues say."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.project import ROOT, SOURCE

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((?P<name>\w+)\)[-#0 +]*\d*(?:\.\d+)?[a-z]|(?<!\{)\{(?P<field>\w*)[^{}]*\}(?!\})|%[sdr]")


class Key(NamedTuple):
    """A message as catalogues know it."""

    words: str
    context: str | None


@cache
def marked() -> dict[Key, str]:
    """All messages of the source, each with a place where it stands."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel gives it no types
    found: dict[Key, str] = {}
    for name, line, message, _comments, context in extract_from_dir(
        SOURCE.parent, method_map=methods, options_map=options, keywords=KEYWORDS
    ):
        found[Key(_words(message), context)] = f"{name}:{line}"
    return {**found, **_in_django_templates()}


def _in_django_templates() -> dict[Key, str]:
    """Messages of the private side's templates, which Babel does not read by itself."""
    found = {}
    for path in SOURCE.glob("*/**/templates/**/*.html"):
        if "publish" in path.parts:
            continue
        code = templatize(path.read_text(encoding="utf-8"), origin=path.name)
        for line, message, _comments, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
            found[Key(_words(message), context)] = f"{path.relative_to(SOURCE.parent)}:{line}"
    return found


def _words(message: Any) -> str:
    return str(message[0] if isinstance(message, tuple | list) else message)


def catalogue(code: str, folder: Path = ROOT / "locale") -> Catalog:
    """The catalogue of a language as it stands in its file."""
    with (folder / code / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=code if code != "ckb" else None, abort_invalid=True)


def key(message: Message) -> Key:
    """How the source would ask for this message."""
    return Key(_words(message.id), message.context)


def wordings(message: Message) -> tuple[str, ...]:
    """A message's translations: one, or one for each plural form."""
    return tuple(message.string) if isinstance(message.string, tuple | list) else (str(message.string or ""),)


def placeholders(words: str) -> set[str]:
    """The names of what is filled in."""
    return {
        found[0] if found["name"] or not found["field"] else found["field"] for found in PLACEHOLDER.finditer(words)
    }


def faults(message: Message, forms: int) -> Iterator[str]:
    """What is wrong with one translated message."""
    given = message.id if isinstance(message.id, tuple | list) else (message.id,)
    said = wordings(message)
    known = set().union(*(placeholders(words) for words in given))
    if message.fuzzy:
        yield "marked as fuzzy"
    if not all(words.strip() for words in said):
        yield "not translated"
        return
    if len(given) > 1 and len(said) != forms:
        yield f"{len(said)} plural forms instead of {forms}"
    for words in said:
        if placeholders(words) - known:
            yield f"fills in {sorted(placeholders(words) - known)}, which nobody provides"
        if len(given) == 1 and known - placeholders(words):
            yield f"leaves out {sorted(known - placeholders(words))}"
        if (words != words.strip()) != (given[0] != given[0].strip()):
            yield "begins or ends with other spaces"
