"""At the door without a network: every ticket is told apart on the phone, and nothing that was recorded is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tadamun.organise.field.models import Contact, Entry
from tadamun.organise.people.models import Registration
from tests.browser.field.handset import Handset, kit_for, signs_up
from tests.organise.people.house import House, house

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NewPhone = Callable[..., Handset]


def test_a_door_without_network_tells_every_ticket_apart(run: House, new_phone: NewPhone) -> None:
    ticket, row = signs_up(run)
    _other, typed = signs_up(run)
    elsewhere, _row = signs_up(house(10))
    phone = new_phone().enrols(kit_for(run).secret)
    late, _row = signs_up(run)
    phone.offline()
    assert phone.checks(f"https://week.example/t/{ticket}") == "Welcome"
    assert phone.checks(ticket) == "Already in"
    assert phone.checks(typed.short_code.lower().replace("-", " ")) == "Welcome"
    assert phone.checks(elsewhere) == "Another activity"
    assert phone.checks(late) == "Welcome"
    flipped = ticket[:60] + ("A" if ticket[60] != "A" else "B") + ticket[61:]
    assert phone.checks(flipped) == "Not a true ticket"
    assert phone.checks("ZZZZ-ZZZZ") == "Unknown"
    assert phone.checks("hello") == "Not readable"
    expect(phone.page.locator("header .state")).to_contain_text("not sent yet: 3")
    phone.offline(False)
    phone.sends()
    assert [entry.kind for entry in Entry.objects.order_by("number")] == ["in", "in", "in"]
    assert Entry.objects.get(number=1).body == {"ticket": bytes(row.ticket_hash).hex()[:16]}
    assert Entry.objects.get(number=2).body == {"code": typed.short_code}
    assert phone.faults == []


def test_cancelled_and_waiting_are_told_before_anybody_is_let_in(run: House, new_phone: NewPhone) -> None:
    over, row = signs_up(run)
    waits, line = signs_up(run)
    Registration.objects.filter(pk=row.pk).update(standing="cancelled")
    Registration.objects.filter(pk=line.pk).update(standing="waiting")
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    assert phone.checks(over) == "Ticket cancelled"
    assert phone.checks(waits) == "Waiting list"
    expect(phone.page.locator("header .state")).to_contain_text("all sent")
    phone.page.get_by_role("button", name="Let in all the same").click()
    expect(phone.page.locator(".answer strong")).to_have_text("Welcome")
    expect(phone.page.locator("header .state")).to_contain_text("not sent yet: 1")


def test_what_was_recorded_survives_a_new_start_without_network(run: House, new_phone: NewPhone) -> None:
    ticket, _row = signs_up(run)
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    phone.checks(ticket)
    phone.goes("Counting")
    phone.counts("women", 3)
    phone.reloads().opens()
    expect(phone.page.locator("header .state")).to_contain_text("not sent yet: 4")
    assert phone.checks(ticket) == "Already in"
    phone.goes("Counting")
    phone.counts("women")
    phone.page.get_by_role("button", name="Take back the last").click()
    expect(phone.page.locator("[data-counter=women] strong")).to_have_text("3")
    phone.offline(False)
    phone.sends()
    numbers = list(Entry.objects.order_by("number").values_list("number", "kind"))
    assert numbers == [(1, "in"), (2, "tally"), (3, "tally"), (4, "tally"), (5, "tally"), (6, "undo")]
    assert phone.faults == []


def test_a_check_in_taken_back_is_open_again(run: House, new_phone: NewPhone) -> None:
    ticket, _row = signs_up(run)
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    phone.checks(ticket)
    phone.page.get_by_role("button", name="Take back", exact=True).click()
    expect(phone.page.locator(".answer strong")).to_have_text("Taken back")
    assert phone.checks(ticket) == "Welcome"


def test_walk_ins_are_counted_by_category_or_sealed_on_the_phone(run: House, new_phone: NewPhone) -> None:
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    page = phone.page
    page.get_by_text("Came without sign-up", exact=True).click()
    page.get_by_label("Woman or man").select_option("sex:woman")
    page.get_by_role("button", name="Count one who came without sign-up").click()
    expect(page.locator(".word")).to_contain_text("Saved")
    page.get_by_text("With name, sealed").click()
    page.get_by_label("Name").fill("Nasrin Planted")
    page.get_by_role("button", name="Seal and save").click()
    expect(page.locator(".word")).to_contain_text("sealed")
    phone.offline(False)
    phone.sends()
    counted, sealed = Entry.objects.order_by("number")
    assert counted.body == {"count": 1, "sex:woman": 1}
    row = Registration(uid=sealed.body["row"], sealed=bytes(sealed.sealed))
    assert run.opened(row).name == "Nasrin Planted"


def test_a_lost_answer_loses_nothing_and_counts_nothing_twice(run: House, new_phone: NewPhone) -> None:
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    phone.goes("Counting")
    phone.counts("men", 2)
    phone.context.route("**/field/sync", lambda route: (route.fetch(), route.abort())[1])
    phone.offline(False)
    phone.goes("Kit")
    phone.page.get_by_role("button", name="Send now").click()
    expect(phone.page.locator(".word")).to_contain_text("No network")
    assert Entry.objects.count() == 2
    expect(phone.page.locator("header .state")).to_contain_text("not sent yet: 2")
    phone.context.unroute("**/field/sync")
    phone.sends()
    assert Entry.objects.count() == 2


def test_a_clock_that_steps_back_drops_nothing(run: House, new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.page.add_init_script("const now = Date.now; Date.now = () => now() + (window.shift ?? 0);")
    phone.enrols(kit_for(run).secret)
    phone.offline()
    phone.goes("Counting")
    phone.counts("men")
    phone.page.evaluate("() => { window.shift = -48 * 3600 * 1000; }")
    phone.counts("men")
    phone.offline(False)
    phone.sends()
    first, second = Entry.objects.order_by("number")
    assert second.clock < first.clock
    assert Contact.objects.filter(phone_clock__lt=first.clock - 40 * 3600 * 1000).exists()
