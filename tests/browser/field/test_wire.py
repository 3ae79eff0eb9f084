"""Both sides make the same bytes: entries, seals, tickets. The kit's words are those of the catalogues."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tadamun.organise.field.views import app
from tadamun.organise.field.views.words import WORDS
from tadamun.organise.safety.vault import tickets
from tadamun.organise.safety.vault.errors import SealBroken, ShortCodeUnreadable
from tadamun.organise.safety.vault.keys import generate
from tadamun.organise.safety.vault.sealing import Context, open_sealed
from tests.browser.field.handset import Handset

LARGEST_KIT = 150_000
VECTORS = Path(__file__).parents[2] / "organise" / "field" / "vectors.json"


@pytest.fixture
def phone(new_phone: Callable[..., Handset]) -> Handset:
    made = new_phone()
    made.page.goto(f"{made.server}/field/")
    made.page.get_by_role("heading").wait_for()
    return made


@pytest.mark.browser
def test_the_kit_signs_entries_as_the_server_checks_them(phone: Handset) -> None:
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
    work = """async (log, { key, fields }) => {
      const bytes = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
      const made = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
      return [log.canonical(fields), await log.mac(made, fields)];
    }"""
    for vector in vectors["entries"]:
        *fields, mac = vector["entry"]
        assert phone.asks("log.js", work, {"key": vectors["key"], "fields": fields}) == [vector["canonical"], mac]


@pytest.mark.browser
@pytest.mark.parametrize("plain", ["", "a" * 127, "b" * 128, "نسرين"])
def test_the_server_opens_what_the_browser_sealed_in_its_own_place_only(phone: Handset, plain: str) -> None:
    pair = generate()
    work = """async (hpke, { key, plain }) => Array.from(await hpke.seal(Uint8Array.from(key),
      new TextEncoder().encode(plain), { purpose: 'incident', activity: 'a', field: 'note', row: 'r' }))"""
    envelope = bytes(phone.asks("hpke.js", work, {"key": list(pair.public), "plain": plain}))
    place = Context(purpose="incident", activity="a", field="note", row="r")
    assert open_sealed(pair, envelope, context=place) == plain.encode()
    with pytest.raises(SealBroken):
        open_sealed(pair, envelope, context=Context(purpose="incident", activity="a", field="note", row="other"))


@pytest.mark.browser
def test_short_codes_and_typed_letters_are_those_of_the_server(phone: Handset) -> None:
    work = """async (tickets, { hash, typed }) =>
      [await tickets.shortCode(Uint8Array.from(hash)), tickets.codeIn(typed)]"""
    stored = tickets.ticket_hash(b"0" * 16)
    code = tickets.short_code(stored)
    for typed in (code.lower(), code.replace("-", " "), "٧k2m–9qxd", "OIL1 0000", "short"):
        made = phone.asks("tickets.js", work, {"hash": list(stored), "typed": typed})
        try:
            assert made == [code, tickets.read_short_code(typed)]
        except ShortCodeUnreadable:
            assert made == [code, None]


@pytest.mark.pure
def test_the_scripts_say_no_words_that_the_catalogues_lack() -> None:
    said: set[str] = set()
    for path in app.SCRIPTS.glob("*.js"):
        script = path.read_text(encoding="utf-8")
        said.update(re.findall(r'\bt\(\s*"([^"]*)"', script), re.findall(r'^\s*title: "([^"]+)"', script, re.MULTILINE))
    assert said == set(WORDS)


@pytest.mark.pure
def test_the_whole_kit_is_small() -> None:
    assert sum(len(found.packed) for found in app.app().files.values()) < LARGEST_KIT


@pytest.mark.pure
def test_scripts_are_readable_pieces_without_markup_or_code_from_texts() -> None:
    for path in app.SCRIPTS.glob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert len(script.splitlines()) <= 400, path.name
        assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script), path.name
