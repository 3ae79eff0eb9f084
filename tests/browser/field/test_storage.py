"""What lies on a phone: nothing readable without the PIN, no name at all, and nothing that is only said to be saved."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tadamun.organise.field.models import Entry
from tests.browser.field.handset import PIN, Handset, kit_for, signs_up
from tests.organise.people.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NewPhone = Callable[..., Handset]

# Everything that a page's origin keeps, as text in which bytes are signs; the app's own files are left out.
DUMP = """async () => {
  const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const seen = (value) => {
    if (value instanceof ArrayBuffer) value = new Uint8Array(value);
    if (value instanceof Uint8Array) return Array.from(value, (one) => String.fromCharCode(one)).join('');
    if (value && typeof value === 'object') return Object.entries(value).flat().map(seen).join(';');
    return String(value);
  };
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const part of database.objectStoreNames) {
      const shelf = database.transaction(part).objectStore(part);
      found.push(name, part, ...(await asked(shelf.getAllKeys())).map(seen));
      found.push(...(await asked(database.transaction(part).objectStore(part).getAll())).map(seen));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (request.url.includes('/field/app/')) continue;
      found.push(request.url, await (await cache.match(request)).text());
    }
  }
  return found.join('\\n');
}"""
NO_ENCRYPTION = """SubtleCrypto.prototype.encrypt = async (way, key, bytes) => bytes;
  SubtleCrypto.prototype.decrypt = async (way, key, bytes) => bytes;"""


def used(run: House, phone: Handset) -> tuple[Handset, list[str]]:
    """A phone after work at a door, locked again; and what must not be found on it."""
    ticket, row = signs_up(run, "Zaynab Qadir-Planted")
    issued = kit_for(run)
    phone.enrols(issued.secret)
    phone.offline()
    phone.checks(ticket)
    phone.page.get_by_text("With name, sealed").click()
    phone.page.get_by_label("Name").fill("Nasrin Planted")
    phone.page.get_by_role("button", name="Seal and save").click()
    expect(phone.page.locator(".word")).to_contain_text("sealed")
    phone.offline(False)
    phone.reloads()
    phone.page.get_by_label("PIN", exact=True).wait_for()
    hashed = bytes(row.ticket_hash).hex()
    readable = [
        "north gate",
        "ticket",
        "walk_in",
        hashed[:16],
        row.short_code,
        str(run.activity.uid),
        str(issued.device.uid),
    ]
    return phone, ["Planted", "Zaynab", "Nasrin", ticket, issued.secret, PIN, *readable]


def test_nothing_on_the_phone_can_be_read_without_the_pin(run: House, new_phone: NewPhone) -> None:
    phone, needles = used(run, new_phone())
    dump = phone.page.evaluate(DUMP)
    assert len(dump) > 2_000
    assert [needle for needle in needles if needle in dump] == []


def test_without_encryption_the_search_finds_the_work_and_still_no_name(run: House, new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.context.add_init_script(NO_ENCRYPTION)
    ticket, row = signs_up(run, "Zaynab Qadir-Planted")
    phone.enrols(kit_for(run).secret)
    phone.checks(ticket)
    dump = phone.page.evaluate(DUMP)
    for needle in ("north gate", bytes(row.ticket_hash).hex()[:16], row.short_code, str(run.activity.uid)):
        assert needle in dump
    assert "Zaynab" not in dump


def test_eight_wrong_pins_empty_the_phone(run: House, new_phone: NewPhone) -> None:
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    phone.reloads()
    for left in range(7, 4, -1):
        phone.tries("000000")
        expect(phone.page.get_by_role("alert")).to_contain_text(f"Tries left: {left}")
    phone.reloads()
    for left in range(4, 0, -1):
        phone.tries("111111")
        expect(phone.page.get_by_role("alert")).to_contain_text(f"Tries left: {left}")
    phone.tries("222222")
    phone.is_emptied()


def test_the_second_pin_erases_and_a_changed_pin_opens(run: House, new_phone: NewPhone) -> None:
    phone = new_phone().enrols(kit_for(run).secret)
    page = phone.page
    phone.goes("Kit")
    page.get_by_text("Change the PIN", exact=True).first.click()
    page.get_by_label("PIN until now").fill(PIN)
    page.get_by_label("New PIN").fill("long words 7")
    page.get_by_role("button", name="Change the PIN").click()
    expect(page.locator(".word")).to_contain_text("is changed")
    page.get_by_text("Second PIN", exact=True).click()
    page.get_by_label("PIN that erases").fill("long words 7")
    page.get_by_role("button", name="Set the second PIN").click()
    expect(page.locator(".word")).to_contain_text("opens the kit")
    page.get_by_label("PIN that erases").fill("112233")
    page.get_by_role("button", name="Set the second PIN").click()
    expect(page.locator(".word")).to_contain_text("is set")
    phone.reloads()
    phone.tries(PIN)
    expect(page.get_by_role("alert")).to_contain_text("Wrong PIN")
    phone.opens("long words 7")
    phone.reloads()
    phone.tries("112233")
    phone.is_emptied()


def test_hiding_shows_a_calculator_at_once_and_only_the_pin_brings_the_kit_back(
    run: House, new_phone: NewPhone
) -> None:
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    page = phone.page
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".calculator")).to_be_visible()
    assert page.title() == "1 + 1"
    assert "north gate" not in page.content()
    typed(page, "12×3=")
    expect(page.locator(".sum")).to_have_text("36")
    phone.reloads()
    expect(page.locator(".calculator")).to_be_visible()
    typed(page, "C123456=")
    expect(page.locator(".sum")).to_have_text("123456")
    typed(page, f"C{PIN}=")
    expect(page.locator("header .state")).to_be_visible()
    page.get_by_role("button", name="Hide").click()
    expect(page.locator(".calculator")).to_be_visible()


def typed(page: Page, keys: str) -> None:
    """Press the calculator's keys."""
    for key in keys:
        page.locator(".keys").get_by_role("button", name=key, exact=True).click()


def test_a_full_storage_is_said_and_nothing_is_pretended(run: House, new_phone: NewPhone) -> None:
    ticket, _row = signs_up(run)
    phone = new_phone().enrols(kit_for(run).secret)
    phone.offline()
    used_up = phone.page.evaluate("() => navigator.storage.estimate().then((one) => one.usage)")
    devtools = phone.context.new_cdp_session(phone.page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": phone.server, "quotaSize": max(1, used_up // 2)})
    # The browser grants an origin some room in advance, for thirty seconds.
    phone.page.wait_for_timeout(31_000)
    assert phone.checks(ticket) == "Not saved"
    expect(phone.page.locator(".word")).to_contain_text("storage is full")
    expect(phone.page.locator("header .state")).to_contain_text("all sent")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": phone.server})
    assert phone.checks(ticket) == "Welcome"
    expect(phone.page.locator("header .state")).to_contain_text("not sent yet: 1")
    phone.offline(False)
    phone.sends()
    assert list(Entry.objects.values_list("number", flat=True)) == [1]
