"""Photos in the kit: taken without a network, in no gallery, unreadable on the phone, sent after everything else."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Route, expect

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.field.models import Device, Entry, PhotoPiece
from tadamun.organise.field.vocabulary import KitRole
from tadamun.toolkit import clock
from tests.browser.field.handset import Handset, kit_for
from tests.browser.field.test_ends import LATER
from tests.browser.field.test_storage import DUMP, NO_ENCRYPTION
from tests.organise.people.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NewPhone = Callable[..., Handset]
NOBODY = "Nobody can be recognised"
# What every JPEG that a browser makes begins with, and what cameras write into theirs.
OF_A_PICTURE = ("JFIF", "\xff\xd8\xff", "Exif")
FULL = """() => { window.put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    if (this.name === 'p') throw new DOMException('full', 'QuotaExceededError');
    return window.put.call(this, value, key);
  }; }"""
ROOM_AGAIN = "() => { IDBObjectStore.prototype.put = window.put; }"
# A picture that no encoder makes small, so that it goes in several pieces.
NOISE = """navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [3200, 1800];
  const pen = canvas.getContext('2d');
  const draw = () => {
    for (let x = 0; x < 3200; x += 16) for (let y = 0; y < 1800; y += 16) {
      pen.fillStyle = `hsl(${Math.random() * 360} 90% 50%)`;
      pen.fillRect(x, y, 16, 16);
    }
  };
  draw();
  setInterval(draw, 500);
  return canvas.captureStream(4);
};"""


def with_camera(run: House, phone: Handset, role: KitRole = KitRole.MARSHAL) -> Handset:
    """A phone whose camera may be used, at its screen for photos."""
    phone.context.grant_permissions(["camera"])
    phone.enrols(kit_for(run, role=role).secret)
    phone.goes("Photo")
    return phone


def takes(phone: Handset) -> None:
    """Open the camera and take a picture."""
    phone.page.get_by_role("button", name="Open the camera").click()
    phone.page.get_by_role("button", name="Take the picture").click()


def saves(phone: Handset, consent: str = NOBODY) -> None:
    """Say what was agreed, and save."""
    phone.page.get_by_label(consent).check()
    phone.page.get_by_role("button", name="Save the photo").click()
    expect(phone.page.locator("main > .word")).to_contain_text("saved in the kit alone")


def state(phone: Handset, words: str) -> None:
    expect(phone.page.locator("header .state")).to_contain_text(words)


def test_a_photo_is_taken_offline_lies_unreadable_and_comes_to_the_desk_as_a_draft(
    run: House, new_phone: NewPhone
) -> None:
    phone = with_camera(run, new_phone())
    phone.offline()
    page = phone.page
    takes(phone)
    assert page.locator("input[type=file]").count() == 0
    page.get_by_role("button", name="Save the photo").click()
    expect(page.locator("main > .word")).to_contain_text("Choose what")
    page.get_by_label("Somebody in it wants no photo").check()
    page.get_by_label("They agree that the coalition").check()
    page.get_by_role("button", name="Save the photo").click()
    expect(page.locator("main > .word")).to_contain_text("Throw it away")
    page.get_by_label("Somebody in it wants no photo").uncheck()
    page.get_by_label("What it shows").fill("The start, seen from behind")
    page.evaluate(FULL)
    page.get_by_role("button", name="Save the photo").click()
    expect(page.locator("main > .word")).to_contain_text("not saved")
    state(phone, "all sent")
    page.evaluate(ROOM_AGAIN)
    saves(phone, "They agree that the coalition")
    state(phone, "not sent yet: 2")
    takes(phone)
    saves(phone)
    state(phone, "not sent yet: 4")
    page.get_by_role("button", name="Take back").first.click()
    state(phone, "not sent yet: 4")  # its entry, and that it was taken back; its picture is gone
    expect(page.get_by_role("button", name="Take back")).to_have_count(1)
    phone.reloads()
    page.get_by_label("PIN", exact=True).wait_for()
    dump = page.evaluate(DUMP)
    assert len(dump) > 10_000
    assert [sign for sign in OF_A_PICTURE if sign in dump] == []
    phone.opens()
    state(phone, "not sent yet: 4")
    phone.offline(False)
    phone.sends()
    photo = Photo.objects.get()
    assert (photo.consent, photo.consent_audiences) == (ConsentState.GIVEN, ["coalition"])
    assert photo.looked_at is False
    assert photo.caption == {"en": "The start, seen from behind"}
    assert (settings.HOME / "archive" / photo.sha256).exists()
    assert Device.objects.get().unsent == 0
    assert phone.asks("store.js", "async (one) => (await one.openStore()).count('p')") == 0
    assert phone.faults == []


def test_without_encryption_the_search_finds_the_picture(run: House, new_phone: NewPhone) -> None:
    """The negative control."""
    phone = new_phone()
    phone.context.add_init_script(NO_ENCRYPTION)
    with_camera(run, phone, KitRole.LEAFLETS).offline()
    takes(phone)
    saves(phone)
    dump = phone.page.evaluate(DUMP)
    assert [sign for sign in OF_A_PICTURE if sign in dump] == ["JFIF", "\xff\xd8\xff"], "and nothing of a camera"


def test_a_cut_connection_goes_on_where_it_was_and_holds_no_entry_back(run: House, new_phone: NewPhone) -> None:
    phone, asked = new_phone(), []

    def cut(route: Route) -> None:
        asked.append(route.request.url.rpartition("from=")[2])
        route.abort() if len(asked) > 2 else route.continue_()

    phone.context.add_init_script(NOISE)
    phone.context.route("**/field/photo?*", cut)
    with_camera(run, phone)
    takes(phone)
    saves(phone)
    phone.goes("Counting")
    phone.counts("women", 2)
    expect(phone.page.locator("header .state")).to_contain_text("not sent yet: 1")
    assert Entry.objects.count() == 3, "the photo waits, what was counted does not"
    assert len(asked) > 2
    assert PhotoPiece.objects.count() == 2
    assert max(len(bytes(piece.data)) for piece in PhotoPiece.objects.all()) <= 64 * 1024
    phone.context.unroute("**/field/photo?*")
    phone.sends()
    photo = Photo.objects.get()
    assert (photo.width, photo.height) == (1600, 900)
    assert not PhotoPiece.objects.exists()


def test_a_kit_that_ended_stays_until_its_photos_are_sent(run: House, new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.context.route("**/field/photo?*", lambda route: route.abort())
    with_camera(run, phone)
    takes(phone)
    saves(phone)
    expect(phone.page.locator("header .state")).to_contain_text("not sent yet: 1")
    Device.objects.update(ends_at=clock.now())
    phone.context.add_init_script(LATER.replace("{days}", "9"))
    phone.reloads().opens()
    expect(phone.page.get_by_role("heading", name="This kit has ended")).to_be_visible()
    state(phone, "not sent yet: 1")
    phone.context.unroute("**/field/photo?*")
    phone.goes("Kit")
    phone.page.get_by_role("button", name="Send now").click()
    phone.is_emptied()
    assert Photo.objects.count() == 1


def test_without_a_camera_it_says_what_to_do_and_hiding_ends_the_camera(run: House, new_phone: NewPhone) -> None:
    # The tool that looks for barriers is a script of its own, which our policy would rightly refuse.
    phone = new_phone(bypass_csp=True)
    phone.enrols(kit_for(run, role=KitRole.NOTES).secret)
    phone.goes("Photo")
    page = phone.page
    page.get_by_role("button", name="Open the camera").click()
    expect(page.locator("#place [role=alert]")).to_contain_text("browser's settings")
    phone.context.grant_permissions(["camera"])
    page.evaluate(
        """() => { const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (...how) => (window.seen = await ask(...how)); }"""
    )
    phone.goes("Kit")
    page.locator("#f-language").select_option("ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("nav button").nth(-4).click()
    page.locator(".scanner button").click()
    page.locator(".scanner button").first.click()
    expect(page.locator(".scanner fieldset")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert Axe().run(page).response["violations"] == []
    page.wait_for_function("() => window.seen.getTracks().every((track) => track.readyState === 'ended')")
    page.locator(".scanner button").last.click()
    page.locator(".scanner button").click()
    page.wait_for_function("() => window.seen.getTracks().every((track) => track.readyState === 'live')")
    page.locator("header .hide").click()
    expect(page.locator(".calculator")).to_be_visible()
    page.wait_for_function("() => window.seen.getTracks().every((track) => track.readyState === 'ended')")
