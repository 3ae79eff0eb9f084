"""Taking in a list of people from a sheet: checked whole first, then signed up row by row, each sealed at once.

The file is read twice from memory and kept nowhere. Rows go in by small transactions, so that the door stays open
meanwhile; each has a nonce that belongs to the form and the row, so whatever was interrupted goes on where it stopped
when the same form is sent again, and nobody is signed up twice by it.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.people.models import Admission
from tadamun.organise.people.services import adding, columns
from tadamun.organise.people.services.adding import Newcomer
from tadamun.organise.people.services.contacts import plain_contact
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.vocabulary import Asked, Standing
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit import search
from tadamun.toolkit.rulings import Refused
from tadamun.toolkit.sheets.reading import SheetUnreadable, rows_of

MOST_PROBLEMS = 50
_AT_ONCE = 100
_NONCE_BYTES = 16
# Notes what is wrong in a column of the row at hand.
_Note = Callable[[str, str], None]
_LONGEST = {"name": 120, "contact": 120, "note": 1000}


@dataclass(frozen=True)
class Problem:
    """What is wrong in which cell, and what would be right. It repeats nothing of the cell."""

    row: int
    column: str
    says: str


@dataclass
class Checked:
    """What a sheet came to: how many people, what is wrong, which columns are not understood and so left out."""

    people: int = 0
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    ignored: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether it can be taken in."""
        return self.people > 0 and not self.problems

    def note(self, row: int, column: str, says: str) -> None:
        """Add a problem; of very many only the first are shown."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(row, column, says))
        else:
            self.more_problems += 1


@dataclass(frozen=True)
class _Person:
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class _Meanings:
    """What may be written in columns with fixed answers, and what it means."""

    fixed: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, str]
    languages: Mapping[str, str]


def check(*, content: bytes, admission: Admission) -> Checked:
    """Read a whole sheet and say what is wrong with it; nothing is stored.

    :raises SheetUnreadable: when it is no sheet, too large, or a bomb.
    """
    checked, meanings = Checked(), _meanings(admission)
    for person in _people(content, admission, checked):
        checked.people += 1
        _newcomer(person, admission, meanings, checked)
    if not checked.people and not checked.problems:
        checked.note(1, "", _("There are no people in this sheet."))
    return checked


def take_in(*, actor: Actor, content: bytes, admission: Admission, nonce: bytes, now: datetime) -> Counter[str]:
    """Sign up everybody in a sheet that was checked; returns how many stand how. The same ``nonce`` again is harmless.

    :raises SheetUnreadable: when it is no sheet.
    :raises Refused: when something is wrong in it, or the places do not suffice and there is no waiting list.
    """
    checked = check(content=content, admission=admission)
    if not checked.good:
        raise Refused(_("Something is wrong in this sheet; nobody was signed up."))
    meanings, told = _meanings(admission), Counter[str]()
    people = _people(content, admission, Checked())
    while batch := list(islice(people, _AT_ONCE)):
        told += _batch(batch, admission, meanings, nonce, now)
    note_act(
        actor=actor,
        act="take in a sheet",
        subject=admission.key_subject,
        now=now,
        detail={"people": checked.people, "new": told.total() - told["again"]},
    )
    return told


@transaction.atomic
def _batch(
    batch: Iterable[_Person], admission: Admission, meanings: _Meanings, nonce: bytes, now: datetime
) -> Counter[str]:
    told: Counter[str] = Counter()
    for person in batch:
        newcomer = _newcomer(person, admission, meanings, Checked(), nonce=_nonce_of(nonce, person.row))
        try:
            answer = adding.add_quietly(admission=admission, newcomer=newcomer, now=now)
        except Refused as refusal:
            raise Refused(
                _("Row %(row)d: %(why)s The rows before it, up to the last full hundred, are signed up.")
                % {"row": person.row, "why": refusal}
            ) from refusal
        told["again" if answer.again else Standing(answer.told).value] += 1
    return told


def _nonce_of(nonce: bytes, row: int) -> bytes:
    return hmac.new(nonce, row.to_bytes(4, "big"), hashlib.sha256).digest()[:_NONCE_BYTES]


def _people(content: bytes, admission: Admission, checked: Checked) -> Iterator[_Person]:
    """The rows that are people, by the keys of their columns.

    :raises SheetUnreadable: when there is no row of headings that is understood.
    """
    rows = enumerate(rows_of(content), start=1)
    first = next(((number, row) for number, row in rows if any(row)), None)
    if first is None:
        raise SheetUnreadable(_("The sheet is empty."))
    keys = _keys(first[1], admission, checked)
    for number, row in rows:
        cells = {key: cell for key, cell in zip(keys, row, strict=False) if key and cell}
        if cells and not _is_tags(row):
            yield _Person(number, cells)


def _keys(headings: list[str], admission: Admission, checked: Checked) -> list[str]:
    known = columns.headings(admission)
    keys: list[str] = []
    for heading in headings:
        key = known.get(search.folded(heading), "")
        # Two columns for one thing, such as phone and e-mail: the first one counts.
        keys.append("" if key in keys else key)
        if heading and not keys[-1]:
            checked.ignored.append(heading)
    if not any(keys):
        raise SheetUnreadable(
            _("No heading in the first row is understood. Call the columns, for example, “name” and “phone”.")
        )
    return keys


def _is_tags(row: list[str]) -> bool:
    filled = [cell for cell in row if cell]
    return bool(filled) and all(cell.startswith("#") for cell in filled)


def _meanings(admission: Admission) -> _Meanings:
    languages = {search.folded(code): code for code, _name in settings.LANGUAGES}
    fixed = {key: columns.meanings(key) for key in ("sex", "age_band", "governorate", "needs")}
    return _Meanings(fixed, columns.groups(admission), languages | _own_names())


def _own_names() -> dict[str, str]:
    return {
        search.folded(name): code
        for code, names in {
            "ar": ("Arabic", "العربية", "عربي", "عەرەبی"),
            "ckb": ("Kurdish", "Sorani", "الكردية", "كردي", "کوردی", "سۆرانی"),
            "en": ("English", "الإنكليزية", "الإنجليزية", "ئینگلیزی"),
        }.items()
        if code in dict(settings.LANGUAGES)
        for name in names
    }


def _newcomer(
    person: _Person, admission: Admission, meanings: _Meanings, checked: Checked, *, nonce: bytes = b""
) -> Newcomer:
    """A row as somebody to sign up; what is wrong with it is noted in ``checked``."""
    cells, note = person.cells, partial(checked.note, person.row)
    for key, most in _LONGEST.items():
        if len(cells.get(key, "")) > most:
            note(key, _("This is longer than %(most)d signs.") % {"most": most})
    entry = Entry(
        name=_asked(cells, "name", admission, note),
        contact=_contact(_asked(cells, "contact", admission, note), note),
        answers={key[2:]: answer for key, answer in cells.items() if key.startswith("q:")},
        note=cells.get("note", ""),
    )
    return Newcomer(
        entry=entry,
        nonce=nonce,
        language=_one_of(cells, "language", meanings.languages, note) or settings.LANGUAGES[0][0],
        guests=_guests(cells.get("guests", "0"), admission, note),
        group=_one_of(cells, "group", meanings.groups, note),
        sex=_one_of(cells, "sex", meanings.fixed["sex"], note),
        age_band=_age(cells, meanings, note),
        governorate=_one_of(cells, "governorate", meanings.fixed["governorate"], note),
        needs=tuple(_needs(cells.get("needs", ""), meanings, note)),
    )


def _asked(cells: Mapping[str, str], key: str, admission: Admission, note: _Note) -> str:
    """A cell of name or contact: dropped when it is never asked here, missed when it must be given."""
    wanted = getattr(admission, key)
    if wanted == Asked.NEVER:
        return ""
    if wanted == Asked.REQUIRED and not cells.get(key):
        note(key, _("This must be given."))
    return cells.get(key, "")


def _contact(text: str, note: _Note) -> str:
    try:
        return plain_contact(text)
    except ValidationError as error:
        note("contact", " ".join(error.messages))
        return ""


def _guests(text: str, admission: Admission, note: _Note) -> int:
    plain = search.digits(text)
    if not plain.isascii() or not plain.isdigit() or int(plain[:6]) > admission.guests_max:
        note("guests", _("A number from 0 to %(most)d is right here.") % {"most": admission.guests_max})
        return 0
    return int(plain)


def _one_of(cells: Mapping[str, str], key: str, known: Mapping[str, str], note: _Note) -> str:
    text = search.folded(cells.get(key, ""))
    if text and text not in known:
        note(key, _("This answer is not one of those that are known: %(known)s.") % {"known": _some(known.values())})
    return known.get(text, "")


def _age(cells: Mapping[str, str], meanings: _Meanings, note: _Note) -> str:
    plain = search.digits(cells.get("age_band", ""))
    if plain.isascii() and plain.isdigit():
        band = columns.age_band(int(plain[:4]))
        if band is None:
            note("age_band", _("This is no age."))
        return band or ""
    return _one_of(cells, "age_band", meanings.fixed["age_band"], note)


def _needs(text: str, meanings: _Meanings, note: _Note) -> Iterator[str]:
    for part in text.replace("،", ",").replace(";", ",").split(","):
        if part.strip():
            found = _one_of({"needs": part}, "needs", meanings.fixed["needs"], note)
            yield from [found] if found else []


def _some(values: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(values))
    return ", ".join(distinct[:8]) + (", …" if len(distinct) > 8 else "")
