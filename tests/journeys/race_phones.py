"""Phones of a race day: each a browser of its own whose profile lies on the disk, and whose clock is wrong by hours.

What is done on them is done through the app's own fields and buttons, quickly, by a loop within the page.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.field.handset import Handset
from tests.conftest import CHROMIUM_ARGUMENTS, chromium
from tests.journeys.race_day import Step

PIN = "river 27 palms"
BARRED = "**/field/sy*"

# The phone's clock stands still between two steps, so that every time of the day is known to the millisecond.
CLOCK = "Date.now = () => window.hour ?? {at};"

# Does one step after the other as a helper does, each when the screen has answered the one before; gives what it said,
# and how many milliseconds each check-in took.
DOES = """async ([steps, skew]) => {
  const one = (selector) => document.querySelector(`main ${selector}`);
  const until = async (holds, step) => {
    for (let tries = 0; !holds(); tries += 1) {
      if (tries > 4000) throw new Error(`No answer to ${JSON.stringify(step)}: ${document.body.innerText}`);
      await new Promise((done) => setTimeout(done));
    }
  };
  const word = () => document.querySelector('main > .word');
  const sends = async (form, step) => {
    word().replaceChildren();
    const fold = form.closest('details');
    if (fold && !fold.open) fold.querySelector('summary').click();
    form.querySelector('button').click();
    await until(() => word().textContent, step);
    return word().textContent;
  };
  const latest = () => one('ul.list li span')?.textContent;
  const ways = {
    async check(step) {
      const input = one('[name=code]');
      input.value = step.text;
      input.form.querySelector('button').click();
      await until(() => input.value === '', step);
      return one('.answer strong').textContent;
    },
    async back(step) {
      one('.answer button').click();
      await until(() => one('.answer strong').textContent === step.says, step);
      return step.says;
    },
    walk_in(step) {
      one('[name=sex]').value = step.sex;
      return sends(one('[name=sex]').form, step);
    },
    sealed(step) {
      one('[name=name]').value = step.name;
      return sends(one('[name=name]').form, step);
    },
    hand_out(step) {
      const { elements } = one('#f-new-bib').form;
      Object.assign(elements.bib, { value: step.bib });
      Object.assign(elements.ticket, { value: step.ticket });
      Object.assign(elements.shown, { checked: step.shown });
      Object.assign(elements.no_photo, { checked: step.no_photo });
      return sends(elements.bib.form, step);
    },
    async start(step) {
      const button = [...document.querySelectorAll('main button.big')].find((it) => it.textContent.endsWith(step.wave));
      button.click();
      await until(() => button.hidden, step);
      return '';
    },
    finish(step) {
      one('#f-bib').value = step.bib;
      return sends(one('#f-bib').form, step);
    },
    async tap(step) {
      word().replaceChildren();
      [...document.querySelectorAll('.bibs button')].find((it) => it.firstChild.textContent === step.bib).click();
      await until(() => word().textContent, step);
      return word().textContent;
    },
    async unfinish(step) {
      one('ul.list li button').click();
      await until(() => latest() !== step.bib, step);
      return '';
    },
    status(step) {
      one('#f-out-bib').value = step.bib;
      one('#f-status').value = step.status;
      return sends(one('#f-out-bib').form, step);
    },
  };
  const said = [];
  const took = [];
  for (const step of steps) {
    window.hour = step.at + skew;
    const begun = performance.now();
    said.push(await ways[step.does](step));
    if (step.does === 'check') took.push(performance.now() - begun);
  }
  return [said, took];
}"""


class PhoneOnDisk(Handset):
    """A phone that can be switched off and on: what it keeps lies in ``folder``. Its clock is wrong by ``skew`` ms."""

    def __init__(self, browser: Browser, server: str, folder: Path, *, at: datetime, skew: int) -> None:
        self.browser, self.folder, self.skew = browser, folder, skew
        self.took: list[float] = []
        self.morning = int(at.timestamp()) * 1000
        super().__init__(self._on(), server)

    def _on(self) -> BrowserContext:
        context = self.browser.browser_type.launch_persistent_context(
            self.folder,
            executable_path=chromium(),
            args=CHROMIUM_ARGUMENTS,
            viewport={"width": 360, "height": 740},
            locale="en-GB",
        )
        context.set_default_timeout(15_000)
        context.add_init_script(CLOCK.replace("{at}", str(self.morning + self.skew)))
        return context

    def offline(self, so: bool = True) -> None:
        """Without a network, or with one again.

        A browser that leaves a page has its network again for a moment; so the way to the server is barred as well.
        """
        super().offline(so)
        self.context.unroute(BARRED)
        if so:
            self.context.route(BARRED, lambda route: route.abort())

    def off(self) -> None:
        """Lock it and switch it off; what it keeps is on the disk then."""
        self._locked()
        self.context.close()

    def on(self) -> None:
        """Switch it on again, without a network, at the app's lock."""
        self.context = self._on()
        self.offline()
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self._locked()

    def _locked(self) -> None:
        self.reloads()
        self.page.get_by_label("PIN", exact=True).wait_for()

    def does(self, steps: Sequence[Step]) -> None:
        """Go through the steps; each must be answered with what it should say."""
        said, took = self.page.evaluate(DOES, [list(steps), self.skew])
        self.took += took
        wrong = [(step, words) for step, words in zip(steps, said, strict=True) if step["says"] not in words]
        assert wrong == []

    def it_is(self, moment: datetime) -> None:
        """Its clock, as wrong as ever, shows this moment."""
        self.page.evaluate("(hour) => { window.hour = hour; }", int(moment.timestamp()) * 1000 + self.skew)

    def tries_to_send(self) -> str:
        """Send at the kit's own screen; what came of it, in its words."""
        word = self.page.locator("main > .word")
        word.evaluate("(word) => word.replaceChildren()")
        self.page.get_by_role("button", name="Send now").click()
        expect(word).not_to_be_empty()
        return word.inner_text()

    def has_unsent(self, number: int) -> None:
        """The screen says how much it has to send."""
        expect(self.page.locator("header .state")).to_contain_text(f"not sent yet: {number}")
