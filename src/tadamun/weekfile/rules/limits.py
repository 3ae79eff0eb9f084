"""What fits: lengths, sizes of numbers, addresses, points on the earth. The limits are those of the columns."""

from collections.abc import Iterator
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _

from tadamun.weekfile.converting import is_language
from tadamun.weekfile.document import EditionEntry, Entry, FigureEntry, PlaceEntry
from tadamun.weekfile.rules.findings import Finding, Ground, wrong
from tadamun.weekfile.shelves import MODELS, columns_of

_SMALL, _LARGE = 32_767, 2_147_483_647
_LONGEST_LIST = 10_000
_LONGEST_GROUP = 40
_is_address = URLValidator(schemes=["http", "https"])


def words_fit_their_columns(ground: Ground) -> Iterator[Finding]:
    """Short texts are short."""
    for entry in ground.entries:
        for name in entry.__struct_fields__:
            value = getattr(entry, name)
            longest = getattr(_column(entry, name), "max_length", None)
            if type(value) is str and longest and len(value) > longest and name not in {"slug", "uid", "file", "kind"}:
                says = _("This is %(length)s characters long.") % {"length": len(value)}
                yield wrong(entry, name, says=says, right=_("At most %(longest)s fit.") % {"longest": longest})


def whole_numbers_fit_their_columns(ground: Ground) -> Iterator[Finding]:
    """Numbers are not below 0 and not without end."""
    for entry in ground.entries:
        for name in entry.__struct_fields__:
            value = getattr(entry, name)
            if type(value) is not int or (isinstance(entry, FigureEntry) and value < 0):
                continue
            small = isinstance(entry, EditionEntry) or isinstance(
                _column(entry, name), models.PositiveSmallIntegerField
            )
            largest = _SMALL if small else _LARGE
            if not 0 <= value <= largest:
                says = _("“%(number)s” cannot be used here.") % {"number": str(value)[:30]}
                yield wrong(entry, name, says=says, right=_("It lies from 0 to %(largest)s.") % {"largest": largest})


def groups_fit_their_columns(ground: Ground) -> Iterator[Finding]:
    """The groups of a figure have short keys and numbers that can be stored."""
    for entry in ground.all(FigureEntry):
        for dimension, cells in entry.parts.items():
            for group, quantity in cells.items():
                where = ("parts", dimension.value, group)
                if not group or len(group) > _LONGEST_GROUP:
                    right = _("Use a key of at most %(longest)s characters, and name it under “group_names”.")
                    right %= {"longest": _LONGEST_GROUP}
                    yield wrong(entry, *where, says=_("This is not the key of a group."), right=right)
                if quantity > _LARGE:
                    says = _("“%(number)s” cannot be used here.") % {"number": str(quantity)[:30]}
                    right = _("It lies from 0 to %(largest)s.") % {"largest": _LARGE}
                    yield wrong(entry, *where, says=says, right=right)


def lists_come_to_an_end(ground: Ground) -> Iterator[Finding]:
    """No list is longer than what a page could show."""
    for entry in ground.entries:
        for name in entry.__struct_fields__:
            value = getattr(entry, name)
            if isinstance(value, list) and len(value) > _LONGEST_LIST:
                says = _("This list has %(length)s entries.") % {"length": len(value)}
                yield wrong(entry, name, says=says, right=_("At most %(most)s fit.") % {"most": _LONGEST_LIST})


def addresses_are_web_addresses(ground: Ground) -> Iterator[Finding]:
    """Links lead to the web, never into a program."""
    for entry in ground.entries:
        url = getattr(entry, "url", "")
        if not url:
            continue
        try:
            _is_address(url)
        except ValidationError:
            says = _("“%(url)s” is not a web address.") % {"url": url[:60]}
            yield wrong(entry, "url", says=says, right=_("Write it whole, such as https://example.org/page."))


def points_lie_on_the_earth(ground: Ground) -> Iterator[Finding]:
    """A point is latitude, then longitude, in degrees."""
    for place in ground.document.places:
        if place.point and not _on_earth(place):
            says = _("This point does not lie on the earth.")
            right = _("Write the latitude (-90 to 90) first, then the longitude (-180 to 180).")
            yield wrong(place, "point", says=says, right=right)


def sources_are_in_a_language(ground: Ground) -> Iterator[Finding]:
    """A source's language is a language."""
    for source in ground.document.sources:
        if source.language and not is_language(source.language):
            says = _("“%(code)s” is not a language.") % {"code": source.language[:60]}
            yield wrong(source, "language", says=says, right=_("Use codes such as en, ar, ckb, kmr."))


def _on_earth(place: PlaceEntry) -> bool:
    latitude, longitude = place.point or (0.0, 0.0)
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def _column(entry: Entry, name: str) -> object:
    """The column in which a field of the entry is kept under the same name, if there is one."""
    if type(entry) not in MODELS:
        return None
    return _columns(type(entry)).get(name)


@cache
def _columns(struct: type[Entry]) -> dict[str, object]:
    return {column.name: column for column in columns_of(struct)}
