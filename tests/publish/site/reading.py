"""Reads a page as a browser would read it: its elements, its text with the language that it is said to be in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What a page may consist of; whatever else turns up was smuggled in.
_ELEMENTS = (
    "html head meta title link style body a header main footer nav section article h1 h2 h3 h4 p small span b i bdi "
    "ul ol li dl dt dd div figure figcaption picture source img svg path pattern time details summary em strong "
    "blockquote code pre br hr"
)
ELEMENTS = frozenset(_ELEMENTS.split())


@dataclass
class Element:
    """One element with its attributes and the languages around it."""

    tag: str
    attributes: dict[str, str]
    language: str
    isolated: bool
    filled: bool = False


@dataclass
class Saying:
    """A run of text and the language that it is marked as. ``isolated`` inside ``bdi`` or ``code``."""

    words: str
    language: str
    isolated: bool
    within: str


@dataclass
class Page:
    """A page that was read."""

    elements: list[Element] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """Every element with this tag."""
        return [element for element in self.elements if element.tag == tag]

    def text(self) -> str:
        """What can be read on the page."""
        return " ".join(" ".join(saying.words for saying in self.sayings if saying.within != "style").split())

    def headings(self) -> list[tuple[int, str]]:
        """The headings with their levels, in order."""
        return [
            (int(saying.within[1:]), saying.words)
            for saying in self.sayings
            if saying.within[:1] == "h" and saying.within[1:].isdigit()
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = self._open[-1] if self._open else Element("", {}, "", isolated=False)
        attributes = {name: value or "" for name, value in attrs}
        element = Element(
            tag=tag,
            attributes=attributes,
            language=attributes.get("lang", around.language),
            isolated=around.isolated or tag in ("bdi", "code"),
        )
        self.page.elements.append(element)
        if tag in ("img", "svg"):
            self._fill()
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.page.mistakes.append(f"</{tag}> closes nothing at line {self.getpos()[0]}")
            return
        self._open.pop()

    def _fill(self) -> None:
        for element in self._open:
            element.filled = True

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self._fill()
            here = self._open[-1]
            heading = next(
                (e.tag for e in reversed(self._open) if e.tag in ("h1", "h2", "h3", "h4", "style")), here.tag
            )
            self.page.sayings.append(Saying(data.strip(), here.language, here.isolated, heading))


def read(html: bytes) -> Page:
    """Read a page."""
    reader = _Reader()
    reader.feed(html.decode())
    reader.close()
    return reader.page


def foreign_words(page: Page, *, language: str) -> list[str]:
    """Words in Latin letters that are said to be in a language of Arabic script, and are not isolated as names."""
    return [
        saying.words
        for saying in page.sayings
        if saying.language == language
        and not saying.isolated
        and saying.within != "style"
        and any("a" <= letter.lower() <= "z" for letter in saying.words)
    ]


def foreign_attributes(page: Page, *, language: str) -> list[str]:
    """The same for what is read aloud from attributes."""
    return [
        f"{name}={element.attributes[name]}"
        for element in page.elements
        for name in ("aria-label", "alt", "title")
        if element.language == language
        and any("a" <= letter.lower() <= "z" for letter in element.attributes.get(name, ""))
    ]
