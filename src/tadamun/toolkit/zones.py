"""Roughly where a time zone's people live, as the time zone database itself says."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH

# ISO 6709: degrees, minutes and perhaps seconds, north and east positive, as in +3321+04425.
_PLACE = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")


@cache
def point_of_zone(zone: str) -> tuple[float, float] | None:
    """Latitude and longitude, in degrees, of the city after which a time zone is called; None for unknown ones."""
    for line in _table().splitlines():
        columns = line.split("\t")
        if len(columns) > 2 and columns[2] == zone and (found := _PLACE.fullmatch(columns[1])):
            return _degrees(*found.groups()[:4]), _degrees(*found.groups()[4:])
    return None


def _degrees(sign: str, whole: str, minutes: str, seconds: str | None) -> float:
    return (-1 if sign == "-" else 1) * (int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600)


def _table() -> str:
    """The database's list of zones, from the system, else from the package that brings it along; empty without both."""
    for folder in TZPATH:
        if (path := Path(folder) / "zone.tab").is_file():
            return path.read_text(encoding="utf-8")
    try:
        return (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return ""
