"""What every page is looked at for: barriers that a tool finds, and whether it fits a small phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ONLY_WHAT_IS_WRONG = {"resultTypes": ["violations"]}
PHONE = 360


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What the tool finds, each rule with the elements that break it; the page must let in the script that it is."""
    return [
        (rule["id"], [node["html"] for node in rule["nodes"]])
        for rule in Axe().run(page, options=ONLY_WHAT_IS_WRONG).response["violations"]
    ]


def width(page: Page) -> int:
    """How wide the page is, in CSS pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def is_for_everybody(page: Page) -> None:
    """The page says what it is, has no barrier, and fits a phone; it is closed then."""
    assert page.title(), page.url
    assert barriers(page) == [], page.url
    assert width(page) <= PHONE, page.url
    page.context.close()
