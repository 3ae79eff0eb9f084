"""A phone with the kit, as a helper handles it: by what she reads on its buttons."""

from datetime import timedelta
from secrets import token_bytes
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tadamun.organise.field.services import kits
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import registrations
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.services.registrations import Form
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import clock
from tests.organise.people.house import NOW, House

PIN = "270415"
BASE = "document.querySelector('script[type=module]').src.replace(/[^/]*$/, '')"


class Handset:
    """One phone: its browser's storage and the page at hand."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.context, self.server = context, server
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def enrols(self, secret: str, pin: str = PIN) -> "Handset":
        """Open the personal link, choose a PIN, wait for the kit and for its files."""
        self.page.goto(f"{self.server}/field/#k={secret}")
        self.page.get_by_label("PIN", exact=True).fill(pin)
        self.page.get_by_label("Once more").fill(pin)
        self.page.get_by_role("button", name="Get the kit").click()
        expect(self.page.locator("header .state")).to_contain_text("all sent")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        return self

    def opens(self, pin: str = PIN) -> "Handset":
        """Unlock."""
        self.tries(pin)
        expect(self.page.locator("header .state")).to_be_visible()
        return self

    def tries(self, pin: str) -> None:
        """Type a PIN where the lock asks for it."""
        self.page.get_by_label("PIN", exact=True).fill(pin)
        self.page.get_by_role("button", name="Open the kit", exact=True).click()

    def reloads(self) -> "Handset":
        """Start the app again."""
        self.page.goto(f"{self.server}/field/")
        return self

    def goes(self, screen: str) -> None:
        """Choose one of the screens."""
        self.page.locator("nav").get_by_role("button", name=screen, exact=True).click()

    def checks(self, code: str) -> str:
        """Type or paste a code at the door; what the phone says."""
        self.page.get_by_label("Code or link of the ticket").fill(code)
        self.page.get_by_role("button", name="Check in", exact=True).click()
        expect(self.page.get_by_label("Code or link of the ticket")).to_have_value("")
        return self.page.locator(".answer strong").inner_text()

    def counts(self, counter: str, times: int = 1) -> None:
        """Tap a counter; each tap waits until the number has changed."""
        button = self.page.locator(f"[data-counter={counter}]")
        for _ in range(times):
            before = int(button.locator("strong").inner_text())
            button.click()
            expect(button.locator("strong")).to_have_text(str(before + 1))

    def sends(self) -> None:
        """Send what waits, and see it gone."""
        self.goes("Kit")
        self.page.get_by_role("button", name="Send now").click()
        expect(self.page.locator("header .state")).to_contain_text("all sent")

    def offline(self, so: bool = True) -> None:
        """Without a network, or with one again."""
        self.context.set_offline(so)

    def asks(self, module: str, work: str, given: Any = None) -> Any:
        """What a function says of one of the app's modules: ``work`` is its text, called with (module, given)."""
        return self.page.evaluate(f"async (given) => ({work})(await import({BASE} + '{module}'), given)", given)

    def is_emptied(self) -> None:
        """A calculator is shown, and soon nothing is left of the kit: no database, no files, no worker."""
        expect(self.page.locator(".calculator")).to_be_visible()
        self.page.wait_for_function(
            """async () => (await indexedDB.databases()).length + (await caches.keys()).length
            + (await navigator.serviceWorker.getRegistrations()).length + localStorage.length === 0"""
        )


def kit_for(run: House, *, role: KitRole = KitRole.DOOR, label: str = "north gate", days: float = 3) -> kits.Issued:
    """A kit that waits for its phone."""
    now = clock.now()
    return kits.issue_kit(
        actor=Actor("Hawre"),
        activities=[run.activity],
        label=label,
        role=role,
        language="en",
        ends_at=now + timedelta(days=days),
        now=now,
    )


def signs_up(run: House, name: str = "") -> tuple[str, Registration]:
    """Somebody signs up; her ticket and her row."""
    made = registrations.register(
        admission=Admission(pk=run.pk),
        form=Form(entry=Entry(name=name), nonce=token_bytes(16), language="en"),
        mint=ticket_mint(),
        now=NOW,
    )
    return made.ticket, Registration.objects.get(uid=made.registration)
