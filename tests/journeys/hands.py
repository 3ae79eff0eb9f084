"""Hands without a browser: they open the desk's pages, fill in the forms that stand there, and send them.

What a page does not ask for cannot be entered, and a choice that it does not offer cannot be made: both end the test.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

ENCODED = "application/x-www-form-urlencoded"
Fields = dict[str, list[str]]


@dataclass
class Sheet:
    """A form as it stands on a page: where it goes, what is filled in, what can be chosen."""

    action: str = ""
    fields: Fields = field(default_factory=dict)
    # By name, the values that can be chosen with the words beside them; a name that is here is a choice.
    offered: dict[str, dict[str, str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    given: dict[str, SimpleUploadedFile] = field(default_factory=dict)
    buttons: set[tuple[str, str]] = field(default_factory=set)
    ticked: set[str] = field(default_factory=set)

    def write(self, **words: str) -> None:
        """Write into boxes of one line or several."""
        for name, value in words.items():
            self._must(name, self.fields)
            assert name not in self.offered, f"{name} is a choice"
            self.fields[name] = [value]

    def say(self, name: str, text: dict[str, str]) -> None:
        """Write a text, each language into its own box."""
        for code, words in text.items():
            self._must(f"{name}-{code}", self.fields)
            self.fields[f"{name}-{code}"] = [words.rstrip("\n")]

    def choose(self, name: str, *wanted: str) -> None:
        """Choose by the words that stand beside a choice, or by its value; of boxes, several."""
        self._must(name, self.offered)
        values = [self._value(name, one) for one in wanted]
        self.fields[name] = values

    def hand(self, name: str, file: Path) -> None:
        """Hand a file in."""
        self._must(name, self.files)
        self.given[name] = SimpleUploadedFile(file.name, file.read_bytes())

    def tick(self, name: str) -> None:
        """Tick the one box that has this name."""
        self.choose(name, *self.offered.get(name, ["on"]))

    def _value(self, name: str, wanted: str) -> str:
        offered = self.offered[name]
        if wanted in offered:
            return wanted
        found = [value for value, words in offered.items() if words == wanted]
        assert len(found) == 1, f"{name} offers {list(offered.values())}, not “{wanted}” alone"
        return found[0]

    def _must(self, name: str, among: Any) -> None:
        assert name in among, f"the page does not ask for {name}, only for {sorted(self.fields.keys() | self.offered)}"


class _Page(HTMLParser):
    """Reads the forms of a page as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self.inside = False
        self._select = self._area = self._option = ""
        self._label_of: dict[str, str] = {}
        self._label: str | None = None
        self._boxes: list[tuple[Sheet, str, str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.inside = True
            self.sheets.append(Sheet(action=said.get("action", "")))
        if not self.inside:
            return
        sheet, name = self.sheets[-1], said.get("name", "")
        if tag == "label":
            self._label = said.get("for", "")
            self._label_of.setdefault(self._label, "")
        elif tag == "button" and name:
            sheet.buttons.add((name, said.get("value", "")))
        elif tag == "select":
            self._select = name
            sheet.offered[name], sheet.fields[name] = {}, []
        elif tag == "option" and self._select:
            self._option = said.get("value", "")
            sheet.offered[self._select][self._option] = ""
            if "selected" in said or not sheet.fields[self._select]:
                sheet.fields[self._select] = [self._option]
        elif tag == "textarea":
            self._area, sheet.fields[name] = name, [""]
        elif tag == "input" and name:
            self._input(sheet, name, said)

    def _input(self, sheet: Sheet, name: str, said: dict[str, str]) -> None:
        kind, value = said.get("type", "text"), said.get("value", "")
        if kind in {"checkbox", "radio"}:
            value = value or "on"
            sheet.offered.setdefault(name, {})[value] = ""
            self._boxes.append((sheet, name, value, said.get("id", "")))
            if "checked" in said:
                sheet.fields.setdefault(name, []).append(value)
        elif kind == "file":
            sheet.files.add(name)
        else:
            sheet.fields[name] = [value]

    def handle_data(self, data: str) -> None:
        if self._label is not None:
            self._label_of[self._label] += data
        if not self.inside:
            return
        sheet = self.sheets[-1]
        if self._area:
            sheet.fields[self._area][0] += data
        elif self._select and sheet.offered[self._select]:
            sheet.offered[self._select][self._option] = (sheet.offered[self._select][self._option] + data).strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "label":
            self._label = None
        elif tag == "textarea":
            sheet = self.sheets[-1]
            # A browser leaves out the one line break with which such a box begins.
            sheet.fields[self._area] = [sheet.fields[self._area][0].removeprefix("\n")]
            self._area = ""

    def labelled(self) -> list[Sheet]:
        for sheet, name, value, id_ in self._boxes:
            sheet.offered[name][value] = " ".join(self._label_of.get(id_, "").split())
        return self.sheets


@dataclass
class Hands:
    """A member who has signed in. She sees pages, and every form that she sends must be taken."""

    client: Client
    address: str = ""
    seen: str = ""

    def open(self, address: str) -> str:
        """Open a page; returns it."""
        answer = self._arrived(self.client.get(address), address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return self.seen

    def sheets(self) -> list[Sheet]:
        """All forms of the page."""
        page = _Page()
        page.feed(self.seen)
        return page.labelled()

    def sheet(self, asks: str = "", *, button: tuple[str, str] | None = None) -> Sheet:
        """The form on the page that asks for something, or has a button."""
        for sheet in self.sheets():
            if (not asks or asks in sheet.fields or asks in sheet.offered or asks in sheet.files) and (
                button is None or button in sheet.buttons
            ):
                return sheet
        raise AssertionError(f"{self.address} has no form with {asks or button}")

    def send(self, sheet: Sheet, press: tuple[str, str] | None = None) -> str:
        """Send a form; returns the page that follows. One that comes back with something wrong ends the test."""
        sent: dict[str, Any] = dict(sheet.fields)
        if press:
            assert press in sheet.buttons, f"no button {press} among {sheet.buttons}"
            sent[press[0]] = press[1]
        to = sheet.action or self.address
        # As a browser sends it.
        given = [sent | sheet.given] if sheet.files else [urlencode(sent, doseq=True), ENCODED]
        answer = self._arrived(self.client.post(to, *given), to)
        if answer.status_code in {400, 422} and (again := self._asked_once_more()):
            return self.send(*again)
        assert answer.status_code in {200, 201}, f"{self.address}: {answer.status_code}\n{_wrong(self.seen)}"
        return self.seen

    def _asked_once_more(self) -> tuple[Sheet, tuple[str, str] | None] | None:
        """The form that asks whether something of nearly the same name is meant; it is another one."""
        for sheet in self.sheets():
            if "sure" in sheet.fields:
                return sheet, None
            if ("act", "anyway") in sheet.buttons:
                return sheet, ("act", "anyway")
        return None

    def _arrived(self, answer: Any, address: str) -> Any:
        """Where an answer leads in the end."""
        while answer.status_code in {302, 303}:
            address = urljoin(address, answer.headers["Location"])
            answer = self.client.get(address)
        self.address, self.seen = address.partition("#")[0], answer.content.decode()
        return answer

    def way(self, holding: str, *, last: bool = False) -> str:
        """The first address on the page (or the last) that holds some words."""
        found = [piece.partition('"')[0] for piece in self.seen.split('href="')[1:]]
        fitting = [address for address in found if holding in address]
        assert fitting, f"{self.address} leads nowhere with “{holding}”"
        return fitting[-1 if last else 0].replace("&amp;", "&")


def _wrong(page: str) -> str:
    """What a page says about what is wrong."""
    pieces = page.split("errorlist")[1:] + page.split('role="alert"')[1:]
    return "\n".join(piece[:400] for piece in pieces) or page[:3000]
