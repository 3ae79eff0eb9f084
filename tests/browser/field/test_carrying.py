"""From phone to phone without a network: a file and a series of codes, closed to everybody but the server."""

import base64
import json
import random
from collections.abc import Callable

import pytest
import segno
from playwright.sync_api import expect

from tadamun.organise.field.models import Entry
from tests.browser.field.handset import Handset, kit_for, signs_up
from tests.organise.people.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NewPhone = Callable[..., Handset]

# A camera that sees what `shows(picture)` holds before it: askew on a grey table, 640 × 480, and moving.
CAMERA = """
  const table = document.createElement('canvas');
  [table.width, table.height] = [640, 480];
  const pen = table.getContext('2d');
  window.shows = async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    pen.fillStyle = '#8a8a80';
    pen.fillRect(0, 0, 640, 480);
    pen.setTransform(Math.cos(.06), Math.sin(.06), -Math.sin(.06), Math.cos(.06), 330, 235);
    pen.drawImage(image, -215, -215, 430, 430);
    pen.setTransform(1, 0, 0, 1, 0, 0);
  };
  setInterval(() => pen.fillRect(0, 0, 2, 2), 40);
  navigator.mediaDevices.getUserMedia = async () => table.captureStream(25);
  delete window.BarcodeDetector;
"""


def counted(phone: Handset, times: int) -> Handset:
    """Counts that the server does not have; the network is gone."""
    phone.offline()
    phone.goes("Counting")
    phone.counts("women", times)
    phone.goes("Carry")
    return phone


def all_in(content: str) -> str:
    """All that a finder gets out of a file without a key."""
    closed = [base64.urlsafe_b64decode(one + "==") for one in json.loads(content)["packs"]]
    return content + "".join(one.decode("latin-1") for one in closed)


def test_entries_go_from_phone_to_phone_as_a_file_unread_and_count_once(run: House, new_phone: NewPhone) -> None:
    issued = kit_for(run)
    first, second = new_phone(accept_downloads=True), new_phone()
    counted(first.enrols(issued.secret), 2)
    second.enrols(kit_for(run, label="south gate").secret)
    second.offline()
    with first.page.expect_download() as handed:
        first.page.get_by_role("button", name="Hand over a file").click()
    path = handed.value.path()
    said = [str(issued.device.uid), str(run.activity.uid), "tally", "women"]
    assert [one for one in said if one in all_in(path.read_text())] == []
    plain = [str(issued.device.uid), 1, 5, "tally", str(run.activity.uid), {"counter": "women"}, ""]
    shown = json.dumps({"packs": [base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()]})
    assert [one for one in said if one not in all_in(shown)] == [], "the control: a plain file shows"
    second.goes("Carry")
    for told in ("Taken along, unread", "has it already"):
        second.page.get_by_label("File of another phone").set_input_files(path)
        second.page.get_by_role("button", name="Take along").click()
        expect(second.page.locator(".word")).to_contain_text(told)
    second.reloads().opens()
    expect(second.page.locator("header .state")).to_contain_text("not sent yet: 1")
    second.offline(False)
    second.sends()
    assert [entry.device_id for entry in Entry.objects.all()] == [issued.device.pk] * 2
    first.offline(False)
    first.sends()
    assert Entry.objects.count() == 2
    assert first.faults + second.faults == []


def test_a_series_of_codes_is_read_by_another_phones_camera_in_any_order(run: House, new_phone: NewPhone) -> None:
    first, second = new_phone(reduced_motion="reduce"), new_phone()
    second.context.add_init_script(CAMERA)
    counted(first.enrols(kit_for(run).secret), 14)
    second.enrols(kit_for(run, label="south gate").secret)
    second.offline()
    second.goes("Carry")
    shows, reads = first.page, second.page
    shows.get_by_role("button", name="Show as codes").click()
    where = shows.locator(".series .sums")
    expect(where).to_have_text("Code 1 of 4")
    expect(shows.get_by_role("button", name="Go on showing")).to_be_visible()
    reads.get_by_role("button", name="Scan with the camera").click()

    def read_code(number: int) -> None:
        while where.inner_text().split()[1] != str(number):
            shows.get_by_role("button", name="Next code").click()
        reads.evaluate("(code) => window.shows(code)", shows.evaluate("document.querySelector('.code').toDataURL()"))

    read_code(3)
    expect(reads.locator("main .sums")).to_have_text("Read 1 of 4. Still missing: 1, 2, 4")
    read_code(1)
    expect(reads.locator("main .sums")).to_have_text("Read 2 of 4. Still missing: 2, 4")
    reads.evaluate("(code) => window.shows(code)", segno.make_qr("K1:ABC").png_data_uri(scale=8))
    expect(reads.locator("main .sums")).to_contain_text("damaged")
    shows.get_by_role("button", name="Larger squares").click()
    expect(where).to_contain_text("of 7")
    for number in (4, 3, 7):
        read_code(number)
        if number != 7:
            expect(reads.locator("main .sums")).to_contain_text("Still missing")
            expect(reads.locator("main .sums")).not_to_contain_text(f" {number}, ")
    expect(reads.locator(".word")).to_have_text("Entries taken along: 14. This phone sends them.")
    shows.get_by_role("button", name="Go on showing").click()
    expect(where).to_have_text("Code 1 of 7")
    second.offline(False)
    second.sends()
    assert Entry.objects.count() == 14
    assert first.faults + second.faults == []


def test_a_door_scans_tickets_where_the_browser_has_no_reader(run: House, new_phone: NewPhone) -> None:
    ticket, _row = signs_up(run)
    phone = new_phone()
    phone.context.add_init_script(CAMERA)
    phone.enrols(kit_for(run).secret)
    phone.offline()
    phone.page.get_by_role("button", name="Scan with the camera").click()
    link = f"https://week.example/t/{ticket}"
    phone.page.evaluate("(code) => window.shows(code)", segno.make(link, error="m").png_data_uri(scale=6, border=4))
    expect(phone.page.locator(".answer strong")).to_have_text("Welcome")
    phone.page.get_by_role("button", name="Stop the camera").click()
    expect(phone.page.locator("video")).to_be_hidden()
    assert phone.faults == []


def test_pieces_of_a_series_prove_themselves_and_damage_is_refused(new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.page.goto(f"{phone.server}/field/")
    work = """async (series, { bytes, order }) => {
      const ascii = (text) => Uint8Array.from(text, (one) => one.charCodeAt());
      const whole = Uint8Array.from(bytes);
      const codes = (await Promise.all(series.SIZES.map((size) => series.codesOf(whole, size)))).flat();
      const collected = new series.Collected();
      const said = order.map((at) => collected.take(codes[at % codes.length]));
      const flipped = codes[0].slice(0, 9) + (codes[0][9] === 'A' ? 'B' : 'A') + codes[0].slice(10);
      const odd = [flipped, codes[0].slice(0, -3), 'K1:', 'https://week.example', ''];
      const found = await collected.whole();
      const [crc, missing] = [series.crc32(ascii('123456789')), collected.stand.missing.length];
      const base = ['AB', 'Hello!!'].map((text) => series.toBase45(ascii(text)));
      return { said, odd: odd.map(series.pieceIn), found: found && Array.from(found), crc, missing, base };
    }"""
    chance = random.Random(7)
    content = list(chance.randbytes(2_345))
    order = [chance.randrange(1_000) for _ in range(300)]
    told = phone.asks("series.js", work, {"bytes": content, "order": order})
    assert (told["found"], told["missing"]) == (content, 0)
    assert set(told["said"]) == {"new", "known"}
    assert told["odd"] == ["damaged", "damaged", "damaged", "foreign", "foreign"]
    assert told["crc"] == 0xCBF43926, "the check value of CRC-32"
    assert told["base"] == ["BB8", "%69 VD92EX0"], "the examples of RFC 9285"
    few = phone.asks("series.js", work, {"bytes": content, "order": [1, 5]})
    assert few["found"] is None
    assert few["missing"] > 0
