"""A phone of 360 px in a thumb: finds things by their words in its language, and counts taps and filled-in fields."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Locator, Page

from tadamun.toolkit.languages.registry import language

WIDTH = 360


def exactly(words: str) -> re.Pattern[str]:
    """What has these words and no others."""
    return re.compile(rf"^\s*{re.escape(words)}\s*$")


def label_of(words: str) -> re.Pattern[str]:
    """A label with these words, and perhaps a remark in brackets after them."""
    return re.compile(rf"^\s*{re.escape(words)}(\s*\(.*\)|\s*（.*）)?\s*$", re.DOTALL)


@dataclass
class Effort:
    """What something cost her."""

    taps: int = 0
    fields: int = 0
    letters: int = field(default=0, compare=False)

    def add(self, more: "Effort") -> None:
        """Count something else in."""
        self.taps += more.taps
        self.fields += more.fields
        self.letters += more.letters


@dataclass
class Phone:
    """One browser, without script, in one language. Whatever it taps must lead to a page that is whole and fits."""

    page: Page
    site: str
    code: str
    effort: Effort = field(default_factory=Effort)

    @classmethod
    def held(cls, browser: Browser, site: str, code: str) -> Self:
        """A new phone, with nothing on it."""
        context = browser.new_context(viewport={"width": WIDTH, "height": 740}, java_script_enabled=False, locale=code)
        context.set_default_timeout(15_000)
        return cls(context.new_page(), site, code)

    def words(self, message: Any) -> str:
        """An English message in the language of the phone."""
        with override(self.code):
            return gettext(message) if isinstance(message, str) else str(message)

    @contextmanager
    def counted(self) -> Iterator[Effort]:
        """What is done meanwhile, counted by itself."""
        before, self.effort = self.effort, Effort()
        spent = self.effort
        try:
            yield spent
        finally:
            before.add(spent)
            self.effort = before

    def open(self, address: str) -> None:
        """Open an address that she was given."""
        self._arrived(self.page.goto(address if "://" in address else self.site + address))

    def tap(self, message: Any, *, asks_back: bool = False) -> None:
        """Tap a link or a button by its words. ``asks_back``: the page may ask once more."""
        self.tap_words(self.words(message), asks_back=asks_back)

    def tap_words(self, words: str, *, asks_back: bool = False) -> None:
        """Tap what somebody called so herself."""
        found = self.page.locator("main a, main button, main summary, aside a")
        exact = found.filter(has_text=exactly(words))
        begins = found.filter(has_text=re.compile(rf"^\s*(\+ )?{re.escape(words)}"))
        one = (exact if exact.count() else begins).first
        assert one.count(), f"{self.page.url} has nothing to tap that says “{words}”:\n{self.told()}"
        self.press(one, asks_back=asks_back)

    def press(self, one: Locator, *, asks_back: bool = False) -> None:
        """Tap something that was found; what is folded away is opened first."""
        self._unfold(one)
        self.effort.taps += 1
        if one.evaluate("node => node.localName") == "summary":
            one.click()
            return
        with self.page.expect_navigation() as answer:
            one.click()
        self._arrived(answer.value, asks_back=asks_back)

    def write(self, label: Any, words: str, *, tongue: str = "") -> None:
        """Write into a field by its label; of a text, the box of a language (her own unless ``tongue`` says)."""
        box = self._field(label)
        if box.evaluate("node => node.localName") == "fieldset":
            box = box.get_by_label(label_of(language(tongue or self.code).own_name))
        self.fill(box, words)

    def fill(self, box: Locator, words: str) -> None:
        """Write into a box that was found."""
        self._unfold(box)
        self.effort.fields += 1
        self.effort.letters += len(words)
        box.fill(words)

    def choose(self, label: Any, words: Any) -> None:
        """Choose in a list by its words, or of boxes and circles the one beside which they stand."""
        box, wanted = self._field(label), self.words(words)
        self._unfold(box)
        self.effort.fields += 1
        if box.evaluate("node => node.localName") == "fieldset":
            box.get_by_label(wanted).first.check()
        else:
            box.select_option(label=wanted)

    def tick(self, label: Any) -> None:
        """Tick a box by its label."""
        box = self._field(label)
        self._unfold(box)
        self.effort.fields += 1
        box.check()

    def leave(self) -> None:
        """Put the phone away."""
        self.page.context.close()

    def handed_on(self) -> str:
        """The link that the page shows to be handed on; of several, the one in her language."""
        whole = re.compile(r"^https?://\S+$")
        shown = self.page.locator("main code, main input[readonly]").all()
        texts = [(one.get_attribute("value") or one.inner_text()).strip() for one in shown]
        links = [text for text in texts if whole.match(text)]
        assert links, f"{self.page.url} hands on no link:\n{self.told()}"
        return next((link for link in links if f"/{self.code}/" in link), links[0])

    def told(self) -> str:
        """What the page says."""
        return self.page.locator("body").inner_text()

    def must_say(self, *messages: Any) -> None:
        """The page says this."""
        for message in messages:
            words = self.words(message)
            assert words in self.told(), f"{self.page.url} does not say “{words}”:\n{self.told()}"

    def _field(self, label: Any) -> Locator:
        words = self.words(label)
        begins = label_of(words)
        found = self.page.locator("main label").filter(has_text=begins)
        for at in range(found.count()):
            if of := found.nth(at).get_attribute("for"):
                return self.page.locator(f"[id='{of}']")
        legends = self.page.locator("main fieldset:has(legend)").filter(
            has=self.page.locator("legend").filter(has_text=begins)
        )
        assert legends.count(), f"{self.page.url} does not ask for “{words}”:\n{self.told()}"
        return legends.first

    def _unfold(self, one: Locator) -> None:
        """Open what it lies in, from the outside in."""
        while not one.is_visible():
            closed = one.locator("xpath=ancestor::details[not(@open)]").first
            assert closed.count(), f"{self.page.url} hides {one}"
            self.effort.taps += 1
            closed.locator("> summary").click()

    def _arrived(self, answer: Any, *, asks_back: bool = False) -> None:
        if not asks_back:
            wrong = self.page.locator(".errorlist, .errors")
            assert answer is None or answer.status < 400, f"{self.page.url}: {answer.status}\n{self.told()}"
            assert not wrong.count(), f"{self.page.url}:\n{self.told()}"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= WIDTH, f"{self.page.url} is {wide} px wide"
