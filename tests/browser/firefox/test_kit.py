"""The kit in Firefox: recorded, started anew and handed over without a network, sent after, hidden and erased."""

from collections.abc import Callable

import pytest

from tadamun.organise.archive.models import Photo
from tadamun.organise.field.models import Entry
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.people.models import Registration
from tests.browser.field.handset import kit_for, signs_up
from tests.browser.field.test_carrying import CAMERA
from tests.browser.firefox.handset import PIN, Phone
from tests.browser.firefox.marionette import Firefox, until
from tests.organise.people.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NewPhone = Callable[[], Phone]
ESCAPE = "\ue00c"
NOTHING_LEFT = """return (await indexedDB.databases()).length + (await caches.keys()).length
  + (await navigator.serviceWorker.getRegistrations()).length + localStorage.length === 0;"""


def counts(phone: Phone, times: int) -> None:
    """Count women."""
    phone.presses("Counting", "nav button")
    for _ in range(times):
        before = int(phone.text("[data-counter=women] strong"))
        phone.taps("[data-counter=women]")
        phone.reads("[data-counter=women] strong", str(before + 1))


def test_a_door_without_network_starts_anew_and_sends_all_after(
    run: House, firefox: Firefox, new_phone: NewPhone
) -> None:
    ticket, row = signs_up(run)
    _other, typed = signs_up(run)
    phone = new_phone().enrols(kit_for(run).secret)
    firefox.offline()
    assert phone.checks(f"https://week.example/t/{ticket}") == "Welcome"
    assert phone.checks(ticket) == "Already in"
    assert phone.checks(typed.short_code.lower()) == "Welcome"
    assert phone.checks("ZZZZ-ZZZZ") == "Unknown"
    phone.opens()
    phone.reads("header .state", "not sent yet: 2")
    assert phone.checks(ticket) == "Already in"
    phone.presses("Came without sign-up", "summary")
    phone.presses("With name, sealed", "summary")
    phone.fills(Name="Nasrin Planted")
    phone.presses("Seal and save")
    phone.reads(".word", "sealed")
    assert phone.runs("return (await fetch('/field/standing?', { cache: 'no-store' }).catch(() => null)) === null;"), (
        "the control"
    )
    firefox.offline(False)
    phone.sends()
    arrived, _second, sealed = Entry.objects.order_by("number")
    assert arrived.body == {"ticket": bytes(row.ticket_hash).hex()[:16]}
    assert run.opened(Registration(uid=sealed.body["row"], sealed=bytes(sealed.sealed))).name == "Nasrin Planted"


def test_a_photo_is_taken_without_network_and_an_incident_is_sealed(
    run: House, firefox: Firefox, new_phone: NewPhone
) -> None:
    phone = new_phone().enrols(kit_for(run, role=KitRole.MARSHAL).secret)
    firefox.offline()
    phone.presses("Start now")
    phone.fills(Bib="١٧")
    phone.presses("Finish")
    phone.reads(".word", "Finish saved: 17")
    phone.presses("Note", "nav button")
    phone.presses("Incident", "summary")
    phone.fills(What_happened="Two men film the start")
    phone.presses("Seal and save")
    phone.reads(".word", "sealed")
    phone.presses("Photo", "nav button")
    phone.presses("Open the camera")
    phone.presses("Take the picture")
    phone.ticks("Nobody can be recognised")
    phone.presses("Save the photo")
    phone.reads("main > .word", "saved in the kit alone")
    phone.reads("header .state", "not sent yet: 5")
    phone.opens()
    phone.reads("header .state", "not sent yet: 5")
    firefox.offline(False)
    phone.sends()
    kinds = list(Entry.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["race_start", "finish", "incident", "photo"]
    assert b"film" not in bytes(Entry.objects.get(kind="incident").sealed)
    assert Photo.objects.get().width > 0
    phone.presses("Kit", "nav button")
    phone.chooses("Language", "ar")
    until(lambda: phone.runs("return document.documentElement.dir === 'rtl';"))
    assert phone.runs("return document.documentElement.scrollWidth;") <= 360


def test_entries_are_handed_over_as_a_file_and_by_camera(run: House, firefox: Firefox, new_phone: NewPhone) -> None:
    hands, takes = (new_phone().enrols(kit_for(run).secret) for _ in range(2))
    firefox.offline()
    counts(hands, 3)
    for phone in (hands, takes):
        phone.presses("Carry", "nav button")
    hands.presses("Hand over a file")
    path = until(lambda: next((one for one in firefox.profile.glob("day*.json") if one.stat().st_size), None))
    assert "women" not in path.read_text()
    takes.hands_in("File of another phone", path)
    takes.presses("Take along")
    takes.reads(".word", "Taken along, unread")
    counts(hands, 1)
    hands.presses("Carry", "nav button")
    takes.runs(CAMERA)
    takes.presses("Scan with the camera")
    hands.presses("Show as codes")
    hands.presses("Pause")
    codes = int(hands.text(".series .sums").split()[-1])
    for read in range(1, codes + 1):
        hands.presses("Next code")
        takes.runs("await window.shows(given[0]);", hands.runs("return document.querySelector('.code').toDataURL();"))
        takes.reads("main", f"Read {read} of {codes}" if read < codes else "Entries taken along: 4")
    firefox.offline(False)
    takes.sends()
    assert Entry.objects.count() == 4
    hands.sends()
    assert Entry.objects.count() == 4, "brought three times, counted once"


def test_it_hides_works_in_one_tab_and_wrong_pins_erase_it(run: House, firefox: Firefox, new_phone: NewPhone) -> None:
    phone = new_phone().enrols(kit_for(run).secret)
    second = phone.beside("/field/")
    second.reads("h1", "Open in another tab")
    second.closes()
    phone.presses("Hide")
    phone.reads("main.calculator", "7")
    phone.goes_to("/field/")
    for key in [*PIN, "="]:
        phone.presses(key)
    phone.finds("css", "nav button")
    phone.types(ESCAPE, ESCAPE)
    phone.reads("main.calculator", "7")
    for key in [*PIN, "="]:
        phone.presses(key)
    phone.finds("css", "nav button")
    phone.goes_to("/field/")
    for left in range(7, 0, -1):
        phone.tries("000000")
        phone.reads(".word", f"left: {left}")
    phone.tries("000000")
    phone.reads("main.calculator", "7")
    until(lambda: phone.runs(NOTHING_LEFT))
