"""Every page of the private side, as Layla gets it: what the access matrix names and answers with a page.

A new address is walked by itself, because it cannot be without its line in the matrix.
"""

from dataclasses import dataclass
from html.parser import HTMLParser

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.architecture.access import ACCESS
from tests.characters import Character, World

LANGUAGES = ("en", "ar", "ckb")
# Pages that a script of ours makes; the tests of that script look at them.
MADE_IN_THE_BROWSER = {"field_app"}


def pages() -> list[str]:
    """Names of the addresses that Layla opens with a GET and that answer her, or refuse her, with words."""
    return [name for name, line in ACCESS.items() if line.method == "GET" and line.coordinator not in {302, 303}]


def reader(world: World, code: str) -> Client:
    """Layla's browser, which asks for pages in a language."""
    client = world.client(Character.COORDINATOR)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
    return client


def address_of(name: str, world: World) -> str:
    """The address of a page, with what it is about made beforehand."""
    return reverse(name, kwargs=dict(ACCESS[name].names(world)))


def is_page(answer: HttpResponse) -> bool:
    """Whether it is a page that a person reads, not a file."""
    return answer.headers["Content-Type"].startswith("text/html")


@dataclass
class Outline:
    """What a page consists of, as far as the rules for all pages ask."""

    title: str
    language: str
    direction: str
    headings: int
    targets: list[str]
    links: list[str]
    unnamed: list[str]


class _Reader(HTMLParser):
    """Reads a page without a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline("", "", "", 0, [], [], [])
        self._in_title = False
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if self._in_title:
            self.outline.title += f"<{tag}>"
        self._in_title = self._in_title or tag == "title"
        if tag == "html":
            self.outline.language, self.outline.direction = said.get("lang", ""), said.get("dir", "")
        if tag == "h1":
            self.outline.headings += 1
        if "id" in said:
            self.outline.targets.append(said["id"])
        if "href" in said or "action" in said:
            self.outline.links.append(said.get("href") or said.get("action", ""))
        if tag in {"a", "button", "summary"}:
            self._open = [said.get("aria-label", "")]
        elif tag == "img" and self._open is not None:
            self._open.append(said.get("alt", ""))

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"
        if tag in {"a", "button", "summary"} and self._open is not None:
            if not "".join(self._open).strip():
                self.outline.unnamed.append(tag)
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.outline.title += data
        if self._open is not None:
            self._open.append(data)


def outline(html: str) -> Outline:
    """What a page consists of."""
    read = _Reader()
    read.feed(html)
    return read.outline
