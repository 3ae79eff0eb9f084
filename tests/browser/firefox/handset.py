"""A phone with the kit in Firefox, as a helper handles it: by what she reads on its buttons."""

from copy import copy
from pathlib import Path
from typing import Any

from tests.browser.firefox.marionette import ELEMENT, Firefox, until

PIN = "270415"
# An element that can be seen, by what a reader calls it: its label, or the words on it.
LOOK = """
  const [what, words] = given;
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled;
  const plain = (text) => text.replace(/\\\\s+/g, " ").trim();
  if (what === "css") return [...document.querySelectorAll(words)].find(seen) ?? null;
  if (what === "label") {
    const called = [...document.querySelectorAll("[aria-label]")];
    const named = called.find((one) => seen(one) && one.ariaLabel === words);
    if (named) return named;
    const says = (one) => plain(one.textContent).startsWith(words);
    const label = [...document.querySelectorAll("label")].find((one) => seen(one) && says(one));
    return label?.control ?? null;
  }
  return [...document.querySelectorAll(`${what}`)].find((one) => seen(one) && plain(one.textContent) === words) ?? null;
"""


class Phone:
    """One phone: a container's storage and its tab."""

    def __init__(self, firefox: Firefox, server: str, container: int) -> None:
        self.firefox, self.server, self.container = firefox, server, container
        first = firefox.new_window()
        self.tab = firefox.new_tab(container)
        firefox.closes(first)

    def runs(self, script: str, *given: Any) -> Any:
        """The value of a function's body in this phone's page."""
        self.firefox.goes_to(self.tab)
        return self.firefox.runs(script, *given)

    def goes_to(self, path: str) -> None:
        """Open a page of the server."""
        self.firefox.goes_to(self.tab)
        self.firefox.asks("WebDriver:Navigate", url=self.server + path)

    def finds(self, what: str, words: str) -> str:
        """The element that is seen under these words; waits for it."""
        found = until(lambda: self.runs(LOOK, what, words))
        element: str = found[ELEMENT]
        return element

    def presses(self, words: str, what: str = "button") -> None:
        """Tap what says exactly this."""
        self.firefox.asks("WebDriver:ElementClick", id=self.finds(what, words))

    def fills(self, **fields: str) -> None:
        """Type into what has these labels (`_` is a space)."""
        for label, value in fields.items():
            element = self.finds("label", label.replace("_", " "))
            self.firefox.asks("WebDriver:ElementClear", id=element)
            self.firefox.asks("WebDriver:ElementSendKeys", id=element, text=value)

    def ticks(self, label: str) -> None:
        """Tick or choose what begins with these words."""
        self.firefox.asks("WebDriver:ElementClick", id=self.finds("label", label))

    def taps(self, css: str) -> None:
        """Tap the first that is seen."""
        self.firefox.asks("WebDriver:ElementClick", id=self.finds("css", css))

    def hands_in(self, label: str, path: Path) -> None:
        """Choose a file."""
        self.firefox.asks("WebDriver:ElementSendKeys", id=self.finds("label", label), text=str(path))

    def chooses(self, label: str, value: str) -> None:
        """Choose one of a list."""
        element = {ELEMENT: self.finds("label", label)}
        option = self.runs("return [...given[0].options].find((one) => one.value === given[1]);", element, value)
        self.firefox.asks("WebDriver:ElementClick", id=option[ELEMENT])

    def types(self, *keys: str) -> None:
        """Press keys, one after another."""
        self.firefox.goes_to(self.tab)
        acts = [{"type": way, "value": key} for key in keys for way in ("keyDown", "keyUp")]
        self.firefox.asks("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": acts}])

    def beside(self, path: str) -> "Phone":
        """The same phone with a second tab."""
        second = copy(self)
        self.firefox.goes_to(self.tab)
        second.tab = self.firefox.new_tab(self.container)
        second.goes_to(path)
        return second

    def closes(self) -> None:
        """Close the tab."""
        self.firefox.closes(self.tab)

    def text(self, css: str) -> str:
        """What is written there; empty when it is not there."""
        told: str = self.runs("return document.querySelector(given[0])?.innerText ?? '';", css)
        return told

    def reads(self, css: str, words: str) -> None:
        """Wait until these words stand there."""
        try:
            until(lambda: words in self.text(css))
        except AssertionError:
            raise AssertionError(f"“{words}” is not in {css}: {self.text('body')}") from None

    def enrols(self, secret: str, pin: str = PIN) -> "Phone":
        """Open the personal link, choose a PIN, wait for the kit and for its files."""
        self.goes_to(f"/field/#k={secret}")
        self.fills(PIN=pin, Once_more=pin)
        self.presses("Get the kit")
        self.reads("header .state", "all sent")
        self.runs("await navigator.serviceWorker.ready; return null;")
        return self

    def opens(self, pin: str = PIN) -> None:
        """Start the app again and unlock it."""
        self.goes_to("/field/")
        self.tries(pin)
        self.reads("header .state", "s")

    def tries(self, pin: str) -> None:
        """Type a PIN where the lock asks for it."""
        self.fills(PIN=pin)
        self.presses("Open the kit")

    def checks(self, code: str) -> str:
        """Type or paste a code at the door; what the phone says."""
        self.fills(Code_or_link_of_the_ticket=code)
        self.presses("Check in")
        until(lambda: self.runs("return document.querySelector('#f-code').value === '';"))
        return self.text(".answer strong")

    def sends(self) -> None:
        """Send what waits, and see it gone."""
        self.presses("Kit", "nav button")
        self.presses("Send now")
        self.reads("header .state", "all sent")
