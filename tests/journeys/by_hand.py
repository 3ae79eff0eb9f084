"""Entering a week by hand: for each part of a week file, the desk's page about it, opened, filled in and sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from django.urls import reverse

from tadamun.toolkit.languages.text import spoken
from tadamun.weekfile import document as form
from tests.journeys.hands import Hands, Sheet

# What a field of an entry refers to.
_SHELF = {
    "within": "places",
    "place": "places",
    "public_place": "places",
    "places": "places",
    "keeper": "organisations",
    "owners": "organisations",
    "owner": "organisations",
    "organisation": "organisations",
    "occasions": "occasions",
    "also_told_by": "sources",
    "source": "sources",
    "campaign": "campaigns",
    "series": "series",
    "kept_by": "activities",
    "to": "activities",
}
_ROWS = {
    "postponements": "postponements",
    "people": "speakers",
    "promises": "promises",
    "figures": "figures",
    "outcomes": "outcomes",
    "contributions": "contributions",
    "relations": "relations",
}
# The way to a state, after what is planned.
_STEPS = {"planned": (), "held": ("held",), "documented": ("held", "documented")}
_STEPS |= {"published": (*_STEPS["documented"], "published"), "cancelled": ("cancelled",)}


@dataclass
class ByHand:
    """A coordinator with a week on paper. ``hands`` are hers; ``partner`` opens the links that she sends."""

    hands: Hands
    partner: Hands
    document: form.WeekDocument
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    uids: dict[str, str] = field(default_factory=dict)

    @classmethod
    def signed_in(cls, client: Client, document: form.WeekDocument) -> "ByHand":
        """With a browser in which she has signed in."""
        names = {
            (shelf, one.slug): spoken(getattr(one, "names", None) or one.titles, "en").words
            for shelf in ("organisations", "places", "occasions", "campaigns", "series", "sources", "activities")
            for one in getattr(document, shelf)
        }
        return cls(Hands(client), Hands(Client(enforce_csrf_checks=True)), document, names)

    def enter(self, photos: Path) -> None:
        """All of the week; ``photos`` is the folder in which its pictures lie."""
        self.organisations()
        for shelf in ("places", "occasions", "sources", "series", "campaigns"):
            for entry in self._in_order(shelf):
                self.world(shelf, entry)
        self.begin_week()
        for activity in self.document.activities:
            self.add_activity(activity)
        self.week_says()
        for activity in self.document.activities:
            self.activity_says(activity)
        self.parts(self.document.week, reverse("week", args=[self.document.week.slug]))
        for activity in self.document.activities:
            self.parts(activity, self._address(activity))
        for photo in self.document.photos:
            self.photo(photo, photos / photo.file)
        self.states()

    # The outside world.

    def organisations(self) -> None:
        """Her own first, the others; then other names and ties, which need both ends."""
        own = next(one.organisation for one in self.document.week.involvements if one.type == "organiser")
        for entry in sorted(self.document.organisations, key=lambda entry: entry.slug != own):
            self.hands.open(reverse("organisation_new"))
            sheet = self.hands.sheet("kind")
            self._fill(sheet, entry, leave=("aliases", "ties"))
            self.hands.send(sheet)
            for alias in entry.aliases:
                self.hands.open(reverse("organisation", args=[entry.slug]))
                sheet = self.hands.sheet(button=("act", "alias"))
                sheet.say("names", alias)
                self.hands.send(sheet, ("act", "alias"))
        for entry in self.document.organisations:
            for tie in entry.ties:
                self.hands.open(reverse("organisation", args=[entry.slug]))
                sheet = self.hands.sheet(button=("act", "tie"))
                self._fill(sheet, tie, leave=("to",))
                sheet.choose("to", self.names["organisations", tie.to])
                self.hands.send(sheet, ("act", "tie"))

    def world(self, shelf: str, entry: Any) -> None:
        """A place, an occasion, a campaign, a series, a source."""
        self.hands.open(reverse("world_new", args=[shelf]))
        sheet = self.hands.sheet("names-en" if hasattr(entry, "names") else "titles-en")
        # The length of a campaign follows from its days.
        self._fill(sheet, entry, leave=("point", "days"))
        if point := getattr(entry, "point", None):
            sheet.write(latitude=str(point[0]), longitude=str(point[1]))
        self.hands.send(sheet)

    def _in_order(self, shelf: str) -> list[Any]:
        """Entries after those that they lie within."""
        entries = {one.slug: one for one in getattr(self.document, shelf)}
        done: dict[str, Any] = {}

        def put(one: Any) -> None:
            if (around := getattr(one, "within", "")) in entries and around not in done:
                put(entries[around])
            done.setdefault(one.slug, one)

        for one in entries.values():
            put(one)
        return list(done.values())

    # The week and its activities.

    def begin_week(self) -> None:
        """From nothing, in one language."""
        week = self.document.week
        self.hands.open(reverse("begin_week", args=["nothing"]))
        sheet = self.hands.sheet("title")
        sheet.write(title=week.titles["en"], start=str(week.start), end=str(week.end), slug=week.slug)
        sheet.choose("form", week.form.value)
        self.hands.send(sheet)

    def add_activity(self, entry: form.ActivityEntry) -> None:
        """On the board, with nothing but a title, a kind and a day."""
        week = reverse("week", args=[self.document.week.slug])
        self.hands.open(reverse("activity_new", args=[self.document.week.slug]))
        sheet = self.hands.sheet("title")
        sheet.write(title=entry.titles["en"], day=str(entry.sittings[0].start) if entry.sittings else "")
        sheet.choose("kind", entry.kind)
        before = set(self.uids.values())
        self.hands.send(sheet)
        assert self.hands.address == week
        found = {piece[:36] for piece in self.hands.seen.split('href="/desk/activities/')[1:]} - before
        assert len(found) == 1, f"{entry.slug} is not on the board"
        self.uids[entry.slug] = found.pop()

    def week_says(self) -> None:
        """What the week says, where, since when known."""
        self.hands.open(reverse("week_edit", args=[self.document.week.slug]))
        sheet = self.hands.sheet("titles-en")
        self._says(sheet, self.document.week, ("slug",))
        self.hands.send(sheet)

    def activity_says(self, entry: form.ActivityEntry) -> None:
        """What an activity says, what its kind adds, its days."""
        uid = self.uids[entry.slug]
        self.hands.open(reverse("activity_plan", args=[uid]))
        sheet = self.hands.sheet("titles-en")
        self._says(sheet, entry, ("kind", "details"))
        self.hands.send(sheet)
        if entry.details:
            self._particulars(reverse("activity_particulars", args=[uid]), entry.details)
        for at, sitting in enumerate(entry.sittings):
            page = self.hands.open(self._address(entry))
            there = "/rows/sittings/new/" if at else _row_of(page, "sittings", 0)
            self.hands.open(self.hands.way(there))
            sheet = self.hands.sheet("start")
            # The day of the week is what the calendar says.
            self._fill(sheet, sitting, leave=("weekday",))
            self.hands.send(sheet)

    def _says(self, sheet: Sheet, entry: Any, leave: tuple[str, ...]) -> None:
        kept = ("uid", "state", "edition", "sittings", "involvements", "sequence", "changed_at", "invented")
        self._fill(sheet, entry, leave=(*leave, *kept, *_ROWS))
        if entry.edition and entry.edition.series:
            sheet.choose("series", self.names["series", entry.edition.series])
        if entry.edition and entry.edition.number:
            sheet.write(edition=str(entry.edition.number))

    def _particulars(self, address: str, details: Mapping[str, Any]) -> None:
        """What the kind adds; more entries of a list than there are lines for are added after the first ones."""
        for _more in range(10):
            self.hands.open(address)
            sheet = self.hands.sheet(button=("stay", "1"))
            whole = _all([_details(sheet, name, value) for name, value in details.items()])
            self.hands.send(sheet, None if whole else ("stay", "1"))
            if whole:
                return
        raise AssertionError(f"{address} has no room for {details}")

    # What is stated about both.

    def parts(self, entry: Any, address: str) -> None:
        """Who takes part, then every other row."""
        for involvement in entry.involvements:
            self.involve(involvement, address)
        for name, code in _ROWS.items():
            for row in getattr(entry, name, ()):
                self.hands.open(address)
                self.hands.open(self.hands.way(f"/rows/{code}/new/"))
                sheet = self.hands.sheet("seen")
                self._fill(sheet, row, leave=("parts", "group_names"))
                if name == "figures":
                    _split(sheet, row)
                self.hands.send(sheet)

    def involve(self, part: form.InvolvementEntry, address: str) -> None:
        """Name who takes part; whoever must agree is sent a link, and answers."""
        page = self.hands.open(address)
        if part.type == "organiser" and part.organisation and _row_of(page, "partners", 0):
            self.hands.open(self.hands.way(_row_of(page, "partners", 0)))
        else:
            self.hands.open(self.hands.way("/partners/new/"))
            sheet = self.hands.sheet("who")
            name = self.names.get(("organisations", part.organisation)) or spoken(part.collective, "en").words
            sheet.write(who=name)
            sheet.choose("type", part.type.value)
            if part.collective:
                sheet.tick("collective")
            self.hands.send(sheet)
        sheet = self.hands.sheet("seen", button=("act", "save"))
        self._fill(sheet, part, leave=("organisation", "sign_off", "sign_off_by", "signed_off_on"))
        self.hands.send(sheet, ("act", "save"))
        if part.organisation and ("act", "ask") in _buttons(self.hands):
            self.answer(yes=part.sign_off == "accepted")

    def answer(self, *, yes: bool) -> None:
        """Ask by link, and answer for them."""
        self.hands.send(self.hands.sheet("ends_on", button=("act", "ask")), ("act", "ask"))
        link = self.hands.seen.partition('readonly dir="ltr" value="')[2].partition('"')[0]
        self.partner.open("/" + link.split("/", 3)[3])
        sheet = self.partner.sheet("answer")
        sheet.choose("answer", "yes" if yes else "no")
        self.partner.send(sheet, ("act", "answer"))

    def photo(self, entry: form.PhotoEntry, file: Path) -> None:
        """A picture with its words and its consent, in the order of the gallery."""
        self.hands.open(reverse("week_photo_new", args=[self.document.week.slug]))
        sheet = self.hands.sheet("file")
        sheet.hand("file", file)
        self._fill(sheet, entry, leave=("file", "activity"))
        if entry.activity:
            sheet.choose("activity", self.names["activities", entry.activity])
        self.hands.send(sheet)

    def states(self) -> None:
        """The week is planned with all its activities, then held, documented, published."""
        week = self.document.week
        self._step(reverse("week_state", args=[week.slug]), "planned")
        for entry in self.document.activities:
            for to in _STEPS[entry.state]:
                self._step(reverse("activity_state", args=[self.uids[entry.slug]]), to)
        for to in _STEPS[week.state]:
            self._step(reverse("week_state", args=[week.slug]), to)

    def _step(self, address: str, to: str) -> None:
        self.hands.open(address)
        self.hands.send(self.hands.sheet("note", button=("to", to)), ("to", to))

    def _address(self, entry: form.ActivityEntry) -> str:
        return reverse("activity", args=[self.uids[entry.slug]])

    def _fill(self, sheet: Sheet, entry: form.Entry, *, leave: Iterable[str] = ()) -> None:
        """Fill in all that an entry states."""
        for name in entry.__struct_fields__:
            value = getattr(entry, name)
            if name in leave or value in (None, "", [], {}, False):
                continue
            if name in _SHELF:
                many = value if isinstance(value, list) else [value]
                sheet.choose(name, *(self.names[_SHELF[name], one] for one in many))
            elif isinstance(value, dict):
                sheet.say(name, value)
            elif isinstance(value, list) and name in sheet.offered:
                sheet.choose(name, *(one.value for one in value))
            elif isinstance(value, Enum):
                sheet.choose(name, str(value.value))
            elif value is True:
                sheet.tick(name)
            elif name in sheet.offered:
                sheet.choose(name, str(value))
            else:
                sheet.write(**{name: self._typed(value)})

    def _typed(self, value: Any) -> str:
        if isinstance(value, datetime):
            return value.astimezone(ZoneInfo(self.document.week.timezone)).strftime("%Y-%m-%dT%H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, time):
            return value.strftime("%H:%M")
        return "\n".join(value) if isinstance(value, list) else str(value)


def _row_of(page: str, code: str, at: int) -> str:
    """The address of a row that stands on a page; "" when there is none."""
    found = [piece.partition('"')[0] for piece in page.split('href="')[1:]]
    rows = [one for one in found if f"/{code}/" in one and one.rstrip("/").rpartition("/")[2].isdecimal()]
    return rows[at] if len(rows) > at else ""


def _buttons(hands: Hands) -> set[tuple[str, str]]:
    return set().union(*(sheet.buttons for sheet in hands.sheets()))


def _split(sheet: Sheet, figure: form.FigureEntry) -> None:
    cells = [(dimension, group, number) for dimension, of in figure.parts.items() for group, number in of.items()]
    for at, (dimension, group, number) in enumerate(cells):
        sheet.choose(f"split-{at}-dimension", dimension)
        words = {f"split-{at}-words": spoken(figure.group_names.get(group, {"en": group}), "en").words}
        sheet.write(**words, **{f"split-{at}-quantity": str(number)})


def _details(sheet: Sheet, name: str, value: Any) -> bool:
    """Fill in a part of what a kind adds; False when an entry of a list has no line yet."""
    if isinstance(value, dict):
        if not any(key.startswith(f"{name}-") for key in (*sheet.fields, *sheet.offered)):
            return False
        return _all([_details(sheet, f"{name}-{key}", one) for key, one in value.items()])
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _all([_details(sheet, f"{name}-{at}", one) for at, one in enumerate(value)])
    if value is True:
        sheet.tick(name)
    elif name in sheet.offered:
        sheet.choose(name, *map(str, value if isinstance(value, list) else [value]))
    else:
        sheet.write(**{name: ", ".join(value) if isinstance(value, list) else str(value)})
    return True


def _all(done: list[bool]) -> bool:
    """Whether everything was done; everything is tried."""
    return all(done)
