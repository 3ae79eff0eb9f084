"""A race day without a network, on two phones and on paper: one true result at the desk, equal to the log kept beside.

Both phones come back in the wrong order, one of them with its clock hours behind, the other hours ahead; a line breaks
in the middle, a piece comes three times, paper is keyed in between. Whoever takes the phones meanwhile reads nothing.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from time_machine import travel

from tadamun.organise.field.models import BibCategory, Device, Entry, Wave
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.people.models import Registration
from tadamun.organise.programme.models import Activity, Figure
from tadamun.organise.programme.vocabulary import Method
from tests.browser.field.handset import kit_for
from tests.browser.field.test_storage import DUMP
from tests.browser.serving import served
from tests.characters import Character
from tests.journeys.race_day import CATEGORIES, DOOR, EVENING, GUESTS, LINE, MORNING, PAPER, WAVES, Guest, RaceDay
from tests.journeys.race_phones import PIN, PhoneOnDisk
from tests.journeys.race_storage import PLANT, Secrets
from tests.organise.field.plans import planned
from tests.organise.people_desk.houses import House, make_house

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOUR = 3_600_000
PATIENCE_AT_A_DOOR = 1_000
NAME = "Zubaida Planted-{}"
READ_RESULTS = """[...document.querySelectorAll('table.results')].map((table) => [
  table.parentElement.previousElementSibling.textContent,
  [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim())),
])"""


@dataclass
class Ground:
    """Where it happens: the desk's activity, the server, the day as it was invented, both phones."""

    desk: House
    site: str
    day: RaceDay
    door: PhoneOnDisk
    line: PhoneOnDisk
    members: list[BrowserContext] = field(default_factory=list)

    @property
    def phones(self) -> tuple[PhoneOnDisk, PhoneOnDisk]:
        """Both."""
        return self.door, self.line

    def page(self, browser: Browser, member: Character) -> Page:
        """A member's own browser at the desk, without script."""
        client = self.desk.client(member)
        context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {
            settings.LANGUAGE_COOKIE_NAME: "en"
        }
        context.add_cookies([{"name": name, "value": value, "url": self.site} for name, value in cookies.items()])
        self.members.append(context)
        return context.new_page()

    def opens(self, page: Page, name: str, **parts: Any) -> Page:
        """One of the activity's pages."""
        page.goto(self.site + self.desk.url(name, **parts))
        return page


@pytest.fixture
def ground(browser: Browser, transactional_db: None, tmp_path: Path) -> Iterator[Ground]:
    """Everybody has signed up, waves and categories are planned, both phones have their kits."""
    (tmp_path / "home").mkdir()
    with travel(MORNING, tick=False) as time, override_settings(HOME=tmp_path / "home"), served() as site:
        desk = make_house(categories=["sex"], name="optional")
        Activity.objects.filter(pk=desk.activity.pk).update(kind="race")
        for model, spans in ((Wave, WAVES), (BibCategory, CATEGORIES)):
            for name, (first, last) in spans.items():
                planned(desk.activity, model, name={"en": name}, bib_from=first, bib_to=last)
        day = RaceDay([guest(desk, number) for number in range(GUESTS)])
        kits = [
            kit_for(desk, role=role, label=label) for role, label in ((KitRole.DOOR, DOOR), (KitRole.MARSHAL, LINE))
        ]
        phones = [
            PhoneOnDisk(browser, site, tmp_path / f"phone{hours}", at=MORNING, skew=hours * HOUR) for hours in (-7, 5)
        ]
        for phone, kit in zip(phones, kits, strict=True):
            phone.enrols(kit.secret, PIN)
            phone.goes("Kit")
            assert phone.tries_to_send() == "All is sent."
            phone.offline()
        time.move_to(EVENING)
        ground = Ground(desk, site, day, *phones)
        yield ground
        for context in (*ground.members, *(phone.context for phone in phones)):
            context.close()


def guest(desk: House, number: int) -> Guest:
    """Somebody signs up with a name that must be found on no phone."""
    made = desk.registered(NAME.format(number))
    row = Registration.objects.get(uid=made.registration)
    return Guest(made.ticket, row.short_code, bytes(row.ticket_hash).hex()[:16])


def test_what_two_phones_and_paper_recorded_becomes_the_one_true_result(ground: Ground, browser: Browser) -> None:
    day, layla, hawre = ground.day, ground.page(browser, Character.COORDINATOR), ground.page(browser, Character.DOOR)
    rows = printed(ground, layla)
    ticks = " ".join(rows[guest.code] for guest in day.ticked)
    work(ground)
    stolen(ground)
    assert not Entry.objects.exists()

    ground.line.opens(PIN).it_is(EVENING)
    ground.line.offline(False)
    ground.line.sends()
    assert Entry.objects.count() == day.entries_of(LINE)
    pieces = lost_on_the_way(ground.door)
    assert Entry.objects.filter(device__label=DOOR).exists()
    keyed_twice(ground, layla, hawre, "sign-in", ticks, mistyped=ticks.partition(" ")[2])
    keyed_twice(ground, layla, hawre, "bibs", day.finishes_on_paper())
    tries = [ground.door.tries_to_send() for _ in range(2)]
    assert "All is sent." in (tries[-1], ground.door.tries_to_send())
    ground.door.sends()
    assert max(pieces.values()) >= 3, "no piece came three times"
    assert {label: Entry.objects.filter(device__label=label).count() for label in (DOOR, LINE, PAPER)} == {
        label: day.entries_of(label) for label in (DOOR, LINE, PAPER)
    }
    at_the_desk(ground, layla)
    readable_when_planted(ground.line)
    took = sorted(ground.door.took)
    assert took[len(took) * 95 // 100] < PATIENCE_AT_A_DOOR, took[-20:]
    assert ground.door.faults + ground.line.faults == []


def printed(ground: Ground, page: Page) -> dict[str, str]:
    """The sign-in sheet as it hangs at the door: the row of each code. It names nobody."""
    ground.opens(page, "field_paper_sheet", sheet="sign-in")
    assert NAME.partition("-")[0] not in page.content()
    cells = page.locator("main table tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [row.cells[1].textContent.trim(), row.cells[0].textContent.trim()])"
    )
    assert {code for code, _row in cells} == {guest.code for guest in ground.day.guests}
    return dict(cells)


def work(ground: Ground) -> None:
    """The day itself, without a network; one phone is started anew in the middle of it."""
    day, door, line = ground.day, ground.door, ground.line
    noon = len(day.at_door) // 2
    door.goes("Door")
    door.does(day.at_door[:noon])
    door.reloads().opens(PIN)
    door.does(day.at_door[noon:])
    door.has_unsent(day.entries_of(DOOR))
    line.goes("Race")
    line.does(day.at_line)
    line.has_unsent(day.entries_of(LINE))


def secrets_of(ground: Ground) -> Secrets:
    """All that both phones were told or recorded, and the names that they never heard."""
    guests = ground.day.guests
    devices = [str(uid) for uid in Device.objects.values_list("uid", flat=True)]
    words = (NAME.partition("-")[0], "Kahramana Planted", PIN, DOOR, LINE, "Our run")
    records = ("walk_in", "race_start", "finish", "opt_in", "ticket", "bib_categories", "no_photo")
    return Secrets(
        (*words, *WAVES, *CATEGORIES, str(ground.desk.activity.uid), *devices),
        records,
        frozenset(guest.ticket for guest in guests),
        frozenset(guest.hash for guest in guests),
        frozenset(guest.code for guest in guests),
    )


def stolen(ground: Ground) -> None:
    """Both phones are switched off and copied, switched on again and looked through: nothing without the PIN."""
    secrets = secrets_of(ground)
    for phone in ground.phones:
        phone.off()
        assert secrets.in_folder(phone.folder) == set()
        phone.on()
        dump = phone.page.evaluate(DUMP)
        assert len(dump) > 10_000
        assert secrets.in_values(dump) == set()


def readable_when_planted(phone: PhoneOnDisk) -> None:
    """The control: what lies there unclosed is found, in the values and in the folder."""
    ticket, hashed, code = "7K" * 79 + "7", "0123456789abcdef", "7K2M-9QXD"
    secrets = Secrets(("Kahramana Planted",), ("walk_in",), frozenset({ticket}), frozenset({hashed}), frozenset({code}))
    everything = {*secrets.words, *secrets.records, *secrets.whole, *secrets.codes}
    phone.page.evaluate(PLANT, " ".join(everything))
    assert secrets.in_values(phone.page.evaluate(DUMP)) == everything
    phone.off()
    assert secrets.in_folder(phone.folder) == everything
    phone.on()


def lost_on_the_way(phone: PhoneOnDisk) -> Counter[str]:
    """It finds a network that brings one piece and then loses two answers; how often each piece was brought."""
    pieces: Counter[str] = Counter()

    def brings(route: Route) -> None:
        body = route.request.post_data or ""
        pieces[body] += 1
        alone = json.loads(body)["unsent"] == 0
        if sum(pieces.values()) + alone > 1 and max(pieces.values()) < 3:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.opens(PIN).it_is(EVENING)
    phone.context.route("**/field/sync", brings)
    phone.offline(False)
    phone.goes("Kit")
    assert "No network" in phone.tries_to_send()
    return pieces


def keyed_twice(ground: Ground, first: Page, second: Page, sheet: str, words: str, *, mistyped: str = "") -> None:
    """A sheet is keyed in by one member, then by another, who errs once where ``mistyped`` says how."""
    ground.opens(first, "field_paper_keyed", sheet=sheet)
    first.locator("textarea[name=words]").fill(words)
    first.get_by_role("button", name="Go on").click()
    expect(first.locator(".success")).to_contain_text("Kept")
    ground.opens(second, "field_paper_keyed", sheet=sheet)
    second.locator("ul.lines a").click()
    for typed in filter(None, (mistyped, words)):
        assert words not in second.content()
        second.locator("textarea[name=words]").fill(typed)
        second.get_by_role("button", name="Compare").click()
        told = ("[role=alert]", "These differ") if typed == mistyped else (".success", "in the log")
        expect(second.locator(f"main {told[0]}, {told[0]}").first).to_contain_text(told[1])


def at_the_desk(ground: Ground, page: Page) -> None:
    """The day's screen, the two decisions, the results, the figures: all as the log kept beside says."""
    day = ground.day
    ground.opens(page, "field_day")
    assert page.locator(".conflict.waits").count() == 2
    later, sooner = day.twice_finished
    for bib, label in ((later, PAPER), (sooner, LINE)):
        conflict = page.locator(".conflict", has_text=f"Bib {bib} finished twice")
        conflict.locator("li", has_text=label).locator("button").click()
    assert page.locator(".conflict.waits").count() == 0
    decided = {later: PAPER, sooner: LINE}
    inside, finished = len(day.came) + day.walked_in, len(day.times(decided))
    numbers = page.locator("dl.big-numbers > div").evaluate_all(
        "(all) => Object.fromEntries(all.map((it) => [it.children[0].textContent, Number(it.children[1].textContent)]))"
    )
    assert numbers == {
        "came in": inside,
        "by ticket": len(day.came),
        "without a sign-up": day.walked_in,
        "bibs": len(day.bibs),
        "finished": finished,
        "not in the places": 2,
    }
    expect(page.locator("li.line", has_text="Tickets that were shown again")).to_contain_text(str(day.shown_again))
    assert "3 devices" in page.locator("main").inner_text()
    page.get_by_role("button", name="Put the counts into the record").click()
    assert Registration.objects.filter(came=True).count() == len(day.came)
    ground.opens(page, "field_results")
    ranked = {name: [tuple(row[:3]) for row in rows if row[0]] for name, rows in page.evaluate(READ_RESULTS)}
    truth = {name: [(str(place), bib, time) for place, bib, time in rows] for name, rows in day.places(decided).items()}
    assert ranked == truth
    assert day.places({}) != day.places(decided), "the decisions change the result"
    in_the_record({"attended": inside, "started": len(day.bibs), "finished": finished})


def in_the_record(counts: dict[str, int]) -> None:
    """The figures stand with their source and with how they were counted."""
    figures = Figure.objects.select_related("source")
    assert {one.counted: one.quantity for one in figures} == counts
    for one in figures:
        assert (one.method, one.source.slug) == (Method.COUNTED, "field-log")
        assert one.note["en"] == f"Counted on the spot by 3 devices, merged {EVENING:%Y-%m-%d %H:%M} UTC"


def test_the_invented_day_is_as_large_as_it_says() -> None:
    lines = RaceDay([Guest(f"T{number}", f"C{number}", f"{number:016x}") for number in range(GUESTS)]).lines
    assert sum(line.what in {"in", "walk_in"} for line in lines) == 500
    assert sum(line.what == "finish" for line in lines) == 300
    assert {line.who for line in lines} == {DOOR, LINE, PAPER}
