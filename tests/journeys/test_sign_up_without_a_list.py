"""A newcomer signs up for the demo's training, waits, moves up and is let in; and whoever takes the disk finds nobody.

The whole of it is real: the demo, the server, a phone-sized browser without script, the operator's commands. What is
looked for afterwards is looked for in every form that a program may write, and a planted trace shows that it is found.
"""

import base64
import hashlib
import hmac
import json
import re
import struct
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tadamun.config.commands.user_add import DEMO_PASSPHRASE
from tests.journeys import traces
from tests.journeys.operator import Operator
from tests.journeys.running import postgresql, server, what_processes_show

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WEEK, TRAINING = "kahramana-week-upcoming", "candidate-training-nasiriya"
GATE = f"/gate/ar/{WEEK}/{TRAINING}/"
HERS = {"name": "زهور المختلقة", "contact": "+964 770 918 2736", "q_practise": "مواجهة الجمهور", "note": "ابنتي معي"}
# The number in each spelling that the way in or the storing of it may give it.
TRACES = ["زهور", "المختلقة", "7709182736", "770 918 2736", "مواجهة الجمهور", "ابنتي معي"]
# Fewer people than this are withheld from what is public.
FEWEST_TOLD = 10
PHONE = {"viewport": {"width": 360, "height": 740}, "java_script_enabled": False, "locale": "ar"}


@dataclass
class Demo:
    """One demo on disk, and everything that leaves it."""

    folder: Path
    operator: Operator

    @property
    def said(self) -> Path:
        return self.folder / "said.log"

    def seized(self, *words: str) -> list[str]:
        """Where one of ``words`` stands in what a raid finds: home, output, temporary files, backups."""
        return traces.found(words, self.folder)

    def attended(self) -> int:
        """The published figure of who came to the training."""
        record = json.loads((self.operator.site / "data" / "weeks" / f"{WEEK}.json").read_text(encoding="utf-8"))
        training = next(activity for activity in record["activities"] if activity["slug"] == TRAINING)
        figures = [figure for figure in training["figures"] if figure["what"]["code"] == "attended"]
        assert len(figures) == 1
        return int(figures[0]["quantity"])


@pytest.fixture(params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Demo]:
    """The demo of a machine, whose database lies in the same folder, so that it is searched too."""
    folder = tmp_path / "machine"
    (folder / "temporary").mkdir(parents=True)
    with postgresql(folder / "database") if request.param == "postgresql" else nullcontext("") as database:
        demo = Demo(folder, Operator(folder / "home", database=database))
        demo.operator.must("demo", "--no-serve")
        yield demo


def page_of(browser: Browser) -> Page:
    return browser.new_context(**PHONE).new_page()  # type: ignore[arg-type]  # one dictionary for all its options


def sign_up(page: Page, site: str, values: dict[str, str]) -> str:
    """From the public page of the training to the ticket, whose address is returned."""
    page.goto(f"{site}/ar/weeks/{WEEK}/{TRAINING}/")
    page.locator(f"a[href*='{GATE}']").first.click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    for condition in page.locator("[name^=c_]").all():
        condition.check()
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=sex]").select_option("woman")
    page.locator("[name=needs][value=childcare]").check()
    page.locator("[name=agreed]").check()
    time.sleep(2.1)  # nobody fills it in quicker, and who does is asked once more
    page.locator("form button").click()
    page.wait_for_url("**/t/*")
    return page.url


def standing(page: Page, ticket: str) -> str:
    page.goto(ticket)
    return (page.locator(".ticket").get_attribute("class") or "").split()[-1]


def one_time_code(secret: str) -> str:
    """What an app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    offset = digest[-1] & 15
    return f"{(struct.unpack_from('>I', digest, offset)[0] & 0x7FFFFFFF) % 10**6:06d}"


def sign_in(page: Page, site: str) -> None:
    """The coordinator signs in, sets up her app, which names ask for, and opens her vault."""
    page.goto(f"{site}/desk/")
    page.locator("[name=email]").fill("coordinator@example.org")
    page.locator("[name=passphrase]").fill(DEMO_PASSPHRASE)
    press(page)
    page.goto(f"{site}/desk/account/second-factor/app/")
    page.locator("[name=passphrase]").fill(DEMO_PASSPHRASE)
    letters = re.sub(r"\s", "", page.locator("main p.code").inner_text())
    page.locator("[name=code]").fill(one_time_code(letters))
    press(page)
    assert page.locator("ol.recovery li").count() >= 8


def press(page: Page) -> None:
    page.locator("main form button").first.click()


def roster_of(page: Page, site: str) -> str:
    page.goto(f"{site}/desk/")
    page.locator("li", has=page.locator("h3", has_text="الناصرية")).locator("a[href$='/people/']").click()
    return page.url + "roster/"


def opened(page: Page, roster: str, search: str) -> str:
    """The names that a search opens, as the page shows them."""
    page.goto(roster)
    if page.locator("a[href*='/account/names/']").count():
        page.locator("a[href*='/account/names/']").first.click()
        page.locator("[name=u-passphrase]").fill(DEMO_PASSPHRASE)
        press(page)
    page.locator("[name=why]").select_option("admit")
    page.locator("[name=q]").fill(search)
    page.locator("form:has([name=why]) button").first.click()
    return page.locator("table").inner_text() if page.locator("table").count() else ""


def check_in(page: Page, people: str, code: str) -> None:
    page.goto(people + "door/")
    page.locator("[name=code]").fill(code)
    page.locator("form:has([name=code]) button").click()
    assert page.locator(".arrival").count() == 1, page.locator("main").inner_text()


def into_record(page: Page, people: str) -> None:
    page.goto(people)
    page.locator("button[value=count]").click()
    assert page.locator(".success").count() == 1, page.locator("body").inner_text()


def test_newcomer_is_let_in_and_found_nowhere(demo: Demo, browser: Browser) -> None:
    with server(demo.operator, output=demo.said, temporary=demo.folder / "temporary") as (site, process):
        another, hers, desk = page_of(browser), page_of(browser), page_of(browser)
        last = sign_up(another, site, {"name": "امرأة أخرى"})
        assert standing(another, last) == "placed"
        ticket = sign_up(hers, site, HERS)
        assert hers.context.cookies() == []
        assert standing(hers, ticket) == "waiting"
        another.locator("a[href$='/cancel']").click()
        another.locator("button.danger").click()
        assert standing(hers, ticket) == "placed"
        code = hers.locator(".proof .code").inner_text()

        sign_in(desk, site)
        roster = roster_of(desk, site)
        people = roster.removesuffix("roster/")
        assert HERS["name"] in opened(desk, roster, "زهور")
        assert "+9647709182736" in opened(desk, roster, "المختلقه")  # as typed without the two dots
        for earlier in [each for each in codes(desk, people) if each != code][:FEWEST_TOLD]:
            check_in(desk, people, earlier)
        into_record(desk, people)
        demo.operator.must("publish", "--all")
        assert demo.attended() == FEWEST_TOLD
        check_in(desk, people, code)
        into_record(desk, people)
        demo.operator.must("publish")
        assert demo.attended() == FEWEST_TOLD + 1
        public = page_of(browser)
        public.goto(f"{site}/ar/weeks/{WEEK}/{TRAINING}/")
        assert HERS["name"] not in public.content()

        backup(demo, "before")
        assert_nobody(demo, what_processes_show(process))
        assert demo.seized(ticket.rpartition("/t/")[2]) == []

        number = destroyed(demo)
        backup(demo, "after")
        assert_nobody(demo, what_processes_show(process))
        assert hers.goto(ticket).status == 404  # type: ignore[union-attr]
        hers.goto(f"{site}/v/{number}")
        assert "26" in hers.locator("main").inner_text() or "٢٦" in hers.locator("main").inner_text()
    assert_nobody(demo, b"")
    assert "Traceback" not in demo.said.read_text(encoding="utf-8")


def codes(page: Page, people: str) -> list[str]:
    """The codes on the sheet for the door."""
    page.goto(people + "sheet/")
    return [line.inner_text() for line in page.locator("ol.printed .code").all()]


def backup(demo: Demo, name: str) -> None:
    """A sealed backup, and all that it holds once it is opened on another machine, beside what the raid found here."""
    file = demo.folder / f"{name}.tadamun"
    code = json.loads(demo.operator.must("backup", "--new-key", "--json"))["code"]
    demo.operator.must("backup", file)
    (demo.folder / name).mkdir()
    Operator(demo.folder / name / "home").must("restore", file, typed=f"{code}\n")


def destroyed(demo: Demo) -> str:
    """End what is held before its time; the certificate's number."""
    outcome = json.loads(demo.operator.must("shred", f"{WEEK}/{TRAINING}", "--yes", "--json"))
    return str(outcome["certificate"])


def assert_nobody(demo: Demo, shown: bytes) -> None:
    """Nothing of hers anywhere; and the search sees: a coordinator's address is there, and a planted trace is found."""
    assert demo.seized(*TRACES) == []
    assert not traces.found_in(TRACES, shown)
    assert demo.seized("coordinator@example.org")
    planted = demo.operator.home / "planted"
    planted.write_bytes(b"x" + base64.b64encode(HERS["name"].encode()))
    assert demo.seized(*TRACES) == [str(planted)]
    planted.unlink()


@pytest.mark.parametrize("form", list(traces.forms(TRACES[0])) + list(traces.forms(TRACES[2])))
def test_search_finds_each_form(tmp_path: Path, form: bytes) -> None:
    (tmp_path / "file").write_bytes(b"\x00\xff" + form + b"\x00")
    assert traces.found([TRACES[0], TRACES[2]], tmp_path) == [str(tmp_path / "file")]
