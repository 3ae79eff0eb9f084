"""A page is data from strangers put into markup: nothing of it may become markup, script or a request."""

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest
from markupsafe import Markup

from tadamun.publish.site import templating
from tadamun.publish.site.leaves import site_leaves
from tests.publish.site import samples
from tests.publish.site.reading import ELEMENTS, Page, read

pytestmark = pytest.mark.pure

HOSTILE = "<script>alert(1)</script>\"'&<img src=//evil.example onerror=x>"
OWN = ("/", "#", "https://week.example.org/")


def hostile_site() -> dict[str, bytes]:
    def change(words: str) -> str:
        return f"{HOSTILE} {words}"

    weeks = [samples.everywhere(week, change) for week in (samples.kahramana_week(), samples.coming_week())]
    site = samples.everywhere(samples.site(), change)
    return {
        leaf.path: leaf.make()
        for leaf in site_leaves(site=site, weeks=[samples.published(week) for week in weeks], now=samples.AFTER)
    }


def dangers(page: Page) -> list[str]:
    found = [f"<{element.tag}>" for element in page.elements if element.tag not in ELEMENTS]
    found += [
        f"{element.tag} {name}"
        for element in page.elements
        for name in element.attributes
        if name.startswith("on") or name in ("style", "srcdoc", "formaction", "http-equiv")
    ]
    found += [
        f"{element.tag} {element.attributes[name]}"
        for element in page.elements
        for name in ("href", "src", "srcset")
        if element.attributes.get(name, "").lower().startswith(("javascript:", "data:", "vbscript:", "//"))
    ]
    return found


def requests(page: Page) -> list[str]:
    """What a browser would load by itself."""
    wanted = [
        e.attributes[n]
        for e in page.elements
        if e.tag in ("img", "source")
        for n in ("src", "srcset")
        if n in e.attributes
    ]
    wanted += [e.attributes["href"] for e in page.all("link") if e.attributes["rel"] not in ("alternate", "canonical")]
    return [address.strip().split(" ")[0] for one in wanted for address in one.split(",")]


def test_words_of_strangers_stay_words_in_every_field() -> None:
    for path, html in hostile_site().items():
        if path.endswith(".html"):
            page = read(html)
            assert dangers(page) == [], path
            assert page.mistakes == [], path
    week = read(hostile_site()["en/weeks/kahramana-week/index.html"])
    assert "<script>alert(1)</script>" in week.text()


def test_guard_against_strangers_is_what_holds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without escaping the same site is full of scripts: the test above can see them."""
    monkeypatch.setattr(templating, "_escaped", Markup)
    monkeypatch.setattr(templating, "_memory", templating._Memory)
    week = read(hostile_site()["en/weeks/kahramana-week/index.html"])
    assert "<script>" in dangers(week)


def test_no_page_has_a_script_a_style_attribute_or_a_form(read_pages: dict[str, Page]) -> None:
    for path, page in read_pages.items():
        assert dangers(page) == [], path
        assert len(page.all("style")) == 1, path


def test_no_page_asks_anything_of_another_host(read_pages: dict[str, Page]) -> None:
    for path, page in read_pages.items():
        assert [address for address in requests(page) if not re.match(r"/[^/]", address)] == [], path


def test_links_to_other_hosts_tell_them_nothing(read_pages: dict[str, Page]) -> None:
    leaving = [
        element
        for page in read_pages.values()
        for element in page.all("a")
        if not element.attributes["href"].startswith(OWN)
    ]
    assert leaving
    for element in leaving:
        assert {"noopener", "noreferrer"} <= set(element.attributes["rel"].split())


def test_policy_allows_this_style_sheet_and_nothing_else(pages: dict[str, bytes]) -> None:
    policy = pages["csp.txt"].decode().strip()
    assert policy.count("\n") == 0
    for path, html in pages.items():
        if path.endswith(".html"):
            sheet = re.search(rb"<style>(.*?)</style>", html, re.DOTALL)
            assert sheet, path
            digest = b64encode(sha256(sheet[1]).digest()).decode()
            assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_style_sheet_is_legal_text_in_a_style_element(pages: dict[str, bytes]) -> None:
    sheet = pages["index.html"].decode().split("<style>")[1].split("</style>")[0]
    assert "<" not in sheet
    assert "url(" not in sheet
    assert not re.search(
        r"(margin|padding|border|inset)-(left|right)|[^-](left|right): ?[\d.-]|text-align:(left|right)", sheet
    )


def test_markup_is_well_formed_and_headings_descend_in_order(read_pages: dict[str, Page]) -> None:
    for path, page in read_pages.items():
        assert page.mistakes == [], path
        levels = [level for level, _ in page.headings()]
        assert levels[0] == 1, path
        assert levels.count(1) == 1 or path == "index.html", path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_every_element_has_its_own_identity(read_pages: dict[str, Page]) -> None:
    for path, page in read_pages.items():
        names = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
        assert len(names) == len(set(names)), path
        for element in page.elements:
            target = element.attributes.get("href", "")
            if target.startswith("#"):
                assert target[1:] in names, (path, target)
            assert element.attributes.get("aria-labelledby", names[0]) in names, path
