"""A newcomer with a small phone and no script, in Arabic: she signs up, waits, moves up, cancels, takes an offer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page

from tadamun.organise.people.models import Admission, Registration
from tests.organise.people_gate.conftest import Clock
from tests.organise.people_gate.world import Gate

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False}
SIGN_UP, PLACE, WAITING = "التسجيل", "لكِ مكان", "قائمة الانتظار"


@contextmanager
def phone(browser: Browser, **options: Any) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(**{**PHONE, **options})
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def sign_up(page: Page, address: str, *, contact: str = "", name: str = "زينب") -> str:
    """Fill in the form and send it; returns the ticket's address."""
    page.goto(address)
    page.locator("[name=c_woman]").check()
    page.locator("[name=name]").fill(name)
    page.locator("[name=contact]").fill(contact)
    page.locator("[name=q_list]").fill("قائمة القصب")
    page.locator("[name=sex]").select_option("woman")
    page.locator("[name=agreed]").check()
    page.locator("form button").click()
    page.wait_for_url("**/t/*")
    return page.url


def headline(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_she_signs_up_waits_and_moves_up_when_another_cancels(browser: Browser, server: str, gate: Gate) -> None:
    address = server + gate.address("ar")
    with phone(browser) as hers, phone(browser) as another:
        sign_up(another, address, contact="0770 123 4567")
        assert another.locator(".ticket.placed .qr path").get_attribute("d")
        waiting = sign_up(hers, address, name="نور")
        assert hers.locator(".ticket.waiting").count() == 1
        another.locator("a[href$='/cancel']").click()
        another.locator("button.danger").click()
        assert another.locator(".ticket.cancelled").count() == 1
        hers.goto(waiting)
        assert hers.locator(".ticket.placed").count() == 1
        assert hers.locator("html").get_attribute("dir") == "rtl"
    assert Admission.objects.get().taken == 1


def test_an_offered_place_is_taken_with_one_press(browser: Browser, server: str, gate: Gate) -> None:
    Admission.objects.update(offer_hours=48)
    address = server + gate.address("ar")
    with phone(browser) as hers, phone(browser) as another:
        sign_up(another, address)
        waiting = sign_up(hers, address)
        another.locator("a[href$='/cancel']").click()
        another.locator("button.danger").click()
        hers.goto(waiting)
        assert hers.locator(".ticket.offered").count() == 1
        hers.locator("form button").click()
        assert hers.locator(".ticket.placed").count() == 1


def test_reload_and_back_make_no_second_place(browser: Browser, server: str, gate: Gate) -> None:
    with phone(browser) as page:
        ticket = sign_up(page, server + gate.address("ar"))
        page.reload()
        assert page.url == ticket
        page.go_back()
        page.locator("[name=c_woman]").check()
        page.locator("[name=q_list]").fill("قائمة القصب")
        page.locator("[name=agreed]").check()
        page.locator("form button").click()
        page.wait_for_url("**/t/*")
        assert page.url == ticket
    assert Registration.objects.count() == 1


def test_coming_anew_is_another_sign_up(browser: Browser, server: str, gate: Gate) -> None:
    with phone(browser) as page:
        address = server + gate.address("ar")
        assert sign_up(page, address) != sign_up(page, address)


def test_a_mistake_keeps_what_she_wrote(browser: Browser, server: str, gate: Gate) -> None:
    with phone(browser) as page:
        page.goto(server + gate.address("ar"))
        page.locator("[name=name]").fill("زينب")
        page.locator("form button").click()
        assert page.locator("[name=name]").input_value() == "زينب"
        assert page.locator("[aria-invalid=true]").count() >= 2


def pages(server: str, gate: Gate, page: Page) -> dict[str, str]:
    """The addresses of all pages of the gate."""
    ticket = sign_up(page, server + gate.address("ar"))
    form = server + gate.address("ar")
    return {
        "form": form,
        "ticket": ticket,
        **{way: f"{ticket}/{way}" for way in ("entry", "cancel", "delete")},
        "unknown": server + reverse("ticket", kwargs={"ticket": "ABC"}),
    }


@pytest.mark.parametrize("lang", ["en", "ar", "ckb"])
@pytest.mark.parametrize("width", [320, 360])
def test_nothing_has_to_be_scrolled_sideways(browser: Browser, server: str, gate: Gate, lang: str, width: int) -> None:
    with phone(browser, viewport={"width": width, "height": 700}) as page:
        addresses = pages(server, gate, page)
        Registration.objects.update(language=lang)
        addresses["form"] = server + gate.address(lang)
        wide = {}
        for name, address in addresses.items():
            page.goto(address)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide[name] = page.evaluate("document.documentElement.scrollWidth")
    assert wide == {}


def faults(page: Page) -> list[str]:
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found.response["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_pass_the_checks_of_accessibility(
    browser: Browser, server: str, gate: Gate, scheme: str, time_passes: Clock
) -> None:
    # The checker brings its own script, which our policy forbids, so only here the policy is set aside.
    with phone(browser, java_script_enabled=True, bypass_csp=True, color_scheme=scheme) as page:
        found = {}
        for name, address in pages(server, gate, page).items():
            page.goto(address)
            found[name] = faults(page)
        page.goto(server + gate.address("en"))
        page.locator("form button").click()
        found["mistakes"] = faults(page)
        page.evaluate("document.documentElement.removeAttribute('lang')")
        assert faults(page), "the checker itself must see a fault"
    assert {name: what for name, what in found.items() if what} == {}


def test_a_page_asks_only_its_own_site_and_stays_small(browser: Browser, server: str, gate: Gate) -> None:
    asked: list[str] = []
    sizes: dict[str, int] = {}
    keep: Callable[[Any], None] = lambda request: asked.append(request.url)  # noqa: E731  a listener needs no name
    with phone(browser) as page:
        addresses = pages(server, gate, page)
        page.on("request", keep)
        for name, address in addresses.items():
            answer = page.goto(address)
            assert answer is not None
            sizes[name] = len(answer.body())
    assert [url for url in asked if not url.startswith(server)] == []
    assert {name: size for name, size in sizes.items() if size > 14 * 1024} == {}
