"""A kit ends: by its time, by order, by a newer version of the app; and only one tab works with it."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tadamun.organise.field.models import Device, Entry
from tadamun.organise.field.services import kits
from tadamun.organise.field.views import app
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import clock
from tests.browser.field.handset import PIN, Handset, kit_for
from tests.organise.people.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NewPhone = Callable[..., Handset]
LATER = "const now = Date.now; Date.now = () => now() + {days} * 86400000;"


def works_offline(run: House, phone: Handset, secret: str) -> None:
    """Two counts that the server does not have."""
    phone.enrols(secret)
    phone.offline()
    phone.goes("Counting")
    phone.counts("women", 2)


def test_a_kit_after_its_end_sends_what_it_has_and_erases_itself(run: House, new_phone: NewPhone) -> None:
    phone, issued = new_phone(), kit_for(run)
    works_offline(run, phone, issued.secret)
    phone.context.add_init_script(LATER.replace("{days}", "9"))
    Device.objects.filter(pk=issued.device.pk).update(ends_at=clock.now() - timedelta(minutes=1))
    phone.reloads().opens()
    expect(phone.page.get_by_role("heading", name="This kit has ended")).to_be_visible()
    expect(phone.page.locator("nav button")).to_have_count(2)
    phone.goes("Carry")
    expect(phone.page.get_by_role("button", name="Hand over a file")).to_be_visible()
    expect(phone.page.locator("header .state")).to_contain_text("not sent yet: 2")
    phone.offline(False)
    phone.is_emptied()
    assert Entry.objects.count() == 2


def test_a_kit_that_sent_all_and_has_ended_goes_without_any_pin(run: House, new_phone: NewPhone) -> None:
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    phone.context.add_init_script(LATER.replace("{days}", "9"))
    phone.reloads()
    phone.is_emptied()


def test_a_phone_that_was_taken_back_hands_over_its_log_and_is_emptied(run: House, new_phone: NewPhone) -> None:
    phone, issued = new_phone(), kit_for(run)
    works_offline(run, phone, issued.secret)
    kits.revoke_kit(actor=Actor("Hawre"), device=issued.device, now=clock.now())
    phone.offline(False)
    phone.is_emptied()
    assert Entry.objects.count() == 2


def test_a_second_tab_waits_for_the_first(run: House, new_phone: NewPhone) -> None:
    phone = new_phone().enrols(kit_for(run).secret)
    second = phone.context.new_page()
    second.goto(f"{phone.server}/field/")
    expect(second.get_by_role("heading", name="Open in another tab")).to_be_visible()
    assert second.get_by_label("PIN").count() == 0
    phone.page.close()
    expect(second.get_by_label("PIN", exact=True)).to_be_visible()


def test_an_update_while_entries_wait_loses_nothing(
    run: House, new_phone: NewPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, issued = new_phone(), kit_for(run)
    works_offline(run, phone, issued.secret)
    old = app.app()
    newer = app.App("0123456789ab", {**old.files, "new.json": app._pack("new.json", b"{}")})
    monkeypatch.setattr(app, "app", lambda: newer)
    phone.context.route("**/field/sync", lambda route: route.abort())
    phone.offline(False)
    phone.page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => null)")
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="New version: load it").click()
    phone.opens(PIN)
    assert phone.page.evaluate("caches.keys()") == ["kit 0123456789ab"]
    assert "0123456789ab" in phone.page.locator("script").get_attribute("src")  # type: ignore[operator]  # there is one
    expect(phone.page.locator("header .state")).to_contain_text("not sent yet: 2")
    phone.context.unroute("**/field/sync")
    phone.sends()
    assert Entry.objects.count() == 2


def test_a_locked_phone_is_erased_by_order_only_when_nothing_is_waited_for(run: House, new_phone: NewPhone) -> None:
    phone, issued = new_phone(), kit_for(run)
    works_offline(run, phone, issued.secret)
    kits.revoke_kit(actor=Actor("Hawre"), device=issued.device, now=clock.now())
    phone.reloads()
    phone.page.get_by_label("PIN", exact=True).wait_for()
    with phone.page.expect_response("**/field/standing") as asked:
        phone.offline(False)
    assert asked.value.json() == {"erase": False}
    assert json.loads(asked.value.request.post_data or "").keys() == {"token"}
    assert Entry.objects.count() == 0, "it is locked: it can send nothing"
    kits.revoke_kit(actor=Actor("Hawre"), device=issued.device, now=clock.now(), unopened=True)
    phone.reloads()
    phone.is_emptied()
    assert Entry.objects.count() == 0
    assert phone.faults == []
