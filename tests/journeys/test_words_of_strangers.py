"""Hostile words in every text of a week file, and the whole compiled site after it: pages, calendars, feeds, data.

No element, no attribute and no address may come of them that is not ours (``safety.md`` P-62, P-51).
"""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
import pytest
import yaml
from django.db import transaction
from markupsafe import Markup
from pytest_django import DjangoDbBlocker

from tadamun.desk import publication
from tadamun.desk.house import PublishingHouse
from tadamun.desk.releases import mark_imported
from tadamun.organise.safety.services.audit import COMMAND_LINE
from tadamun.publish.bundle.signing import create_key
from tadamun.publish.site import templating
from tadamun.weekfile.importing import import_week
from tadamun.weekfile.problems import WeekFileRefused
from tests.architecture.project import ROOT
from tests.publish.site.reading import ELEMENTS, Element, Page, read

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LANGUAGES = ("en", "ar", "ckb")
FOE = "evil.example"
CORPUS = (
    "<script>alert(1)</script>",
    "<img src=//evil.example/x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "'><a href=javascript:alert(1)>x</a>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "</title></style></textarea><iframe src=//evil.example>",
    "--><script src=//evil.example></script><!--",
    "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x&#62;",
    "[x](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "{{ 7 * 7 }} {% include 'x' %} ${7*7} %(name)s {0}",
    "=HYPERLINK(1) ; , : \\n \\",
)
BREAKS = (
    "x\nEND:VEVENT\nBEGIN:VEVENT\nATTACH:https://evil.example/a\nURL:https://evil.example/b",
    "x\n\n<script>alert(1)</script>\n\n[x]: javascript:alert(1)\n\n[x]",
)
WITH_BREAKS = {"body", "description", "about"}
FREE = {"according_to", "spellings"}
SHORT = {"licence"}
ATOM = "{http://www.w3.org/2005/Atom}"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def poisoned(node: Any, words: Iterator[str], name: str = "") -> Any:
    """The same tree with a hostile string behind every text that people read."""
    if isinstance(node, dict):
        if node and set(node) <= {*LANGUAGES}:
            extra = "\n\n".join(("", *BREAKS)) if name in WITH_BREAKS else ""
            return {language: f"{text} {next(words)}{extra}" for language, text in node.items()}
        return {key: poisoned(value, words, key) for key, value in node.items()}
    if isinstance(node, list):
        return [poisoned(value, words, name) for value in node]
    if name in SHORT:
        return CORPUS[2]
    return f"{node} {next(words)}" if name in FREE else node


def house_in(home: Path) -> PublishingHouse:
    for folder in ("records", "archive"):
        (home / folder).mkdir()
    create_key(home / "site.pem")
    return PublishingHouse(
        home=home,
        key_file=home / "site.pem",
        languages=LANGUAGES,
        base_url="https://week.example.org",
        onion_url="",
        small_cell=10,
        locale_folder=ROOT / "locale",
    )


def publish_poisoned(home: Path) -> Path:
    house = house_in(home)
    words = cycle(CORPUS)
    for example in ("kahramana-week", "upcoming"):
        folder = house.home / "files" / example
        shutil.copytree(ROOT / "examples" / example, folder)
        # PyYAML takes 16:30 for a number to the base of sixty, so times of day are quoted for it.
        told = re.sub(r"(?<=: )\d\d:\d\d\b", r"'\g<0>'", (folder / "week.yaml").read_text(encoding="utf-8"))
        tree = yaml.safe_load(told)
        (folder / "week.yaml").write_text(
            yaml.safe_dump(poisoned(tree, words), allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
        path = folder / "week.yaml"
        imported = import_week(actor=COMMAND_LINE, path=path, home=house.home, now=NOW, languages=LANGUAGES)
        mark_imported(imported.week)
    publication.publish_for_operator(actor=COMMAND_LINE, house=house, now=NOW)
    return house.home / "bundle" / "current"


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """The compiled site; it is a function of files, so the database is given back at once."""
    home = tmp_path_factory.mktemp("poisoned")
    with django_db_blocker.unblock(), transaction.atomic():
        compiled = publish_poisoned(home)
        transaction.set_rollback(True)
    yield compiled
    shutil.rmtree(home, ignore_errors=True)


def files(site: Path, suffix: str) -> list[Path]:
    # The site's folders are links to each other; glob follows none of them of itself.
    found = [path for path in _walk(site) if path.name.endswith(suffix)]
    assert found, suffix
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _link_to_click(element: Element) -> bool:
    """A link that an editor wrote into a text: nothing is asked of its host until somebody clicks, and then little."""
    link = element.tag == "a" and element.attributes.get("href", "").startswith("https://")
    return link and {"noopener", "noreferrer"} <= set(element.attributes.get("rel", "").split())


def smuggled(page: Page) -> list[str]:
    """Elements, attributes and addresses that are none of ours."""
    found = [f"<{element.tag}>" for element in page.elements if element.tag not in ELEMENTS]
    for element in page.elements:
        for name, value in element.attributes.items():
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "action", "http-equiv"}:
                found.append(f"{element.tag} {name}")
            asks = name in {"href", "src", "srcset", "cite", "poster"} and not _link_to_click(element)
            if asks and (FOE in value or value.strip().lower().startswith(("javascript:", "data:", "vbscript:", "//"))):
                found.append(f"{element.tag} {name}={value}")
    return found


def test_no_page_has_anything_that_words_brought_in(site: Path) -> None:
    told = ""
    for path in files(site, ".html"):
        page = read(path.read_bytes())
        assert smuggled(page) == [], path
        assert page.mistakes == [], path
        told += page.text()
    for hostile in ("<script>alert(1)</script>", "{{ 7 * 7 }}", "]]><script>", "<!--"):
        assert hostile in told


def test_guard_of_pages_is_what_holds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without escaping the same words become elements: the test above would see them."""
    monkeypatch.setattr(templating, "_escaped", Markup)
    monkeypatch.setattr(templating, "_memory", templating._Memory)
    site = publish_poisoned(tmp_path)
    assert any("<script>" in smuggled(read(path.read_bytes())) for path in files(site, ".html"))


def test_no_calendar_has_a_property_that_words_brought_in(site: Path) -> None:
    own = set()
    for path in files(site, ".ics"):
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        for component in calendar.walk():
            own |= {str(name) for name in component}
            for name in ("URL", "ATTACH", "IMAGE", "SOURCE"):
                assert FOE not in str(component.get(name, "")), path
    assert "SUMMARY" in own
    assert "ATTACH" not in own


def test_no_feed_has_an_element_that_words_brought_in(site: Path) -> None:
    for path in files(site, ".atom"):
        for element in ET.fromstring(path.read_bytes()).iter():
            assert element.tag.startswith(ATOM), (path, element.tag)
            for name, value in element.attrib.items():
                assert FOE not in value or name not in {"href", "src", "scheme", "uri"}, path
                assert not value.lower().startswith("javascript:"), path
            if element.get("type") == "html":
                assert smuggled(read(f"<html lang='en'>{element.text}</html>".encode())) == [], path


def test_data_hold_the_words_as_words(site: Path) -> None:
    for suffix in (".json", ".jsonld"):
        for path in files(site, suffix):
            _no_foreign_address(json.loads(path.read_bytes()), path)


def _no_foreign_address(node: Any, path: Path) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"url", "@id", "sameAs", "image", "contentUrl", "license", "logo"} and isinstance(value, str):
                assert FOE not in value, (path, key)
                assert not value.lower().startswith(("javascript:", "data:")), (path, key)
            _no_foreign_address(value, path)
    elif isinstance(node, list):
        for value in node:
            _no_foreign_address(value, path)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", "file:///etc/passwd"]
)
def test_source_without_a_web_address_is_refused(tmp_path: Path, address: str) -> None:
    text = (ROOT / "examples" / "kahramana-week" / "week.yaml").read_text(encoding="utf-8")
    path = tmp_path / "week.yaml"
    path.write_text(text.replace("https://www.iraqicivilsociety.org/archives/8602", address), encoding="utf-8")
    with pytest.raises(WeekFileRefused, match="url"):
        import_week(actor=COMMAND_LINE, path=path, home=tmp_path, now=NOW, languages=LANGUAGES)
