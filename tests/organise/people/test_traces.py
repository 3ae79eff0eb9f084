"""Who takes the database finds nobody in it (P-01), and after retention not even what was sealed (P-02).

Searched are the bytes of all files of SQLite (main file, write-ahead log), or all tables of PostgreSQL, for what was
planted, in every shape in which it could have slipped through.
"""

import base64
from pathlib import Path
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection

from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import admissions, endings, entries, registrations
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.safety.models import VaultKey, VaultLink
from tadamun.organise.safety.vocabulary import Ending
from tests.organise.people.house import LAYLA, MINT, NOW, House, comes, form, house, leaves, row_of, secret_of
from tests.taken import bytes_of

pytestmark = pytest.mark.django_db(transaction=True)
SQLITE = connection.vendor == "sqlite"
NAME, PHONE, EMAIL = "زينب المزروعة", "+9647701234599", "zaynab.planted@example.org"
ANSWER, NOTE = "the list of the reed", "my brother must not know"
PLANTED = (NAME, PHONE, EMAIL, ANSWER, NOTE, "zaynab.planted")


def shapes(word: str) -> dict[str, bytes]:
    """A word as it could lie in a file."""
    plain = word.encode()
    found = {
        "UTF-8": plain,
        "UTF-16": word.encode("utf-16-le"),
        "URL-encoded": quote(word, safe="").encode(),
        "JSON-escaped": word.encode("ascii", "backslashreplace"),
        "hexadecimal": plain.hex().encode(),
        "reversed": word[::-1].encode(),
        "reversed bytes": plain[::-1],
        "small letters": word.casefold().encode(),
    }
    for shift in range(3):
        # Without the signs at the ends, which depend on what stands beside the word.
        inner = base64.b64encode(b"\x00" * shift + plain)[4 if shift else 0 :]
        found[f"base64 at {shift}"] = inner.rstrip(b"=")[:-2]
    return found


def everything() -> bytes:
    """All bytes that a thief would have."""
    if SQLITE:
        file = Path(str(connection.settings_dict["NAME"]))
        return b"".join(bytes_of(path) for path in sorted(file.parent.glob(f"{file.name}*")))
    with connection.cursor() as cursor:
        parts = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                parts += [bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in row]
    return b"\x00".join(parts)


def found(words: tuple[str, ...] = PLANTED) -> set[str]:
    heap = everything()
    return {shape for word in words for shape, signs in shapes(word).items() if signs in heap}


def a_week_of_use(run: House) -> list[registrations.Registered]:
    """People sign up in all ways, twice, mend, cancel, delete, come."""
    filled = Entry(name=NAME, contact=PHONE, answers={"list": ANSWER}, note=NOTE)
    sent = [form(), form(), form(), form(), form(PHONE), form(EMAIL)]
    answers = []
    for number, each in enumerate(sent):
        entry = filled if number < 4 else Entry(name=NAME, contact=each.entry.contact)
        if number == 3:
            entry = Entry(name=NAME, contact=EMAIL.upper(), note=NOTE)
        whole = registrations.Form(entry=entry, nonce=each.nonce, language="ar")
        answers.append(registrations.register(admission=run.admission, form=whole, mint=MINT, now=NOW))
    secret = secret_of(answers[3])
    registrations.change_own_entry(secret=secret, entry=Entry(name=NAME, contact=EMAIL, note=NOTE), now=NOW)
    registrations.delete_own_entry(secret=secret_of(answers[5]), now=NOW)
    leaves(answers[1])
    stored = bytes(row_of(answers[0]).ticket_hash)
    admissions.check_in(actor=LAYLA, admission=run.admission, stored_hash=stored, now=NOW)
    return answers


def test_a_stolen_database_names_nobody() -> None:
    run = house(3)
    answers = a_week_of_use(run)
    assert run.opened(row_of(answers[0])).name == NAME, "it is there, sealed"
    assert found() == set()
    secrets = [secret_of(answer) for answer in answers]
    heap = everything()
    assert [secret for secret in secrets if secret in heap or secret.hex().encode() in heap] == []
    assert [answer for answer in answers if answer.ticket.encode() in heap] == []


def test_without_the_seal_the_search_finds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the search."""
    monkeypatch.setattr(entries, "seal", lambda _key, plain, context: plain)
    a_week_of_use(house(3))
    assert "UTF-8" in found((NAME,))
    assert "UTF-8" in found((PHONE,))


@pytest.mark.parametrize("shape", sorted(shapes(NAME)))
def test_the_search_finds_a_name_in_every_shape(shape: str) -> None:
    run = house(3)
    answer = comes(run)
    planted = b"beside " + shapes(NAME)[shape] + b" it"
    Registration.objects.filter(pk=row_of(answer).pk).update(sealed=planted)
    assert shape in found((NAME,))


def test_a_contact_mark_cannot_be_tried_against_without_the_key_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    run = house(3)
    mark = bytes(row_of(comes(run, PHONE)).contact_mark or b"")
    assert entries._CONTACT_KEY not in everything()
    monkeypatch.setattr(entries, "_CONTACT_KEY", b"another server's key, after a restart"[:32])
    assert entries.contact_mark(PHONE, activity=run.activity.uid) != mark


def closed_things(run: House) -> list[bytes]:
    """What must be gone after retention, as bytes: seals, own copies, hashes of tickets, links to the key."""
    things = [bytes(part) for row in run.rows() for part in (row.sealed, row.own_copy, row.ticket_hash) if part]
    return things + [bytes(link.envelope) for link in VaultLink.objects.filter(key__subject=run.admission.key_subject)]


def kept_by(run: House) -> None:
    """An organisation that holds the activity's key."""
    holder = VaultKey.objects.create(subject="organisation:forum", public_key=b"p" * 32, made_at=NOW)
    key = VaultKey.objects.get(subject=run.admission.key_subject)
    VaultLink.objects.create(key=key, holder=holder, envelope=b"the activity's key, sealed to the forum" * 2)


def retire(run: House) -> None:
    endings.retire(actor=LAYLA, admission=run.admission, how=Ending.TIME, now=NOW, small_cell=5)


def remains(things: list[bytes]) -> int:
    heap = everything()
    return sum(thing in heap for thing in things)


def test_after_retention_not_even_the_seals_are_left() -> None:
    run = house(3)
    kept_by(run)
    a_week_of_use(run)
    things = closed_things(run)
    assert len(things) > 10
    assert remains(things) == len(things)
    retire(run)
    assert remains(things) == 0
    assert found() == set()
    assert (run.rows(), VaultLink.objects.count()) == ([], 0)
    assert VaultKey.objects.get(subject=run.admission.key_subject).destroyed_at == NOW


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL's files are not searched: its tables are")
@pytest.mark.parametrize("guard", ["overwriting", "write-ahead log"])
def test_without_the_guards_they_would_be_left(guard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the search sees what SQLite would leave behind."""
    run = house(3)
    kept_by(run)
    a_week_of_use(run)
    things = closed_things(run)
    if guard == "overwriting":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA secure_delete=OFF")
    else:
        monkeypatch.setattr(endings, "wipe_leftovers", lambda *models: None)
    retire(run)
    assert remains(things) > 0
    connection.close()


def test_every_table_is_searched() -> None:
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
    assert {model._meta.db_table for model in apps.get_models()} <= names
