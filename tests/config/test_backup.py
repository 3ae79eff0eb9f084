"""A backup opens with its code alone, whole or not at all, and brings everything back (P-03, P-04)."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from tadamun.config import backup
from tadamun.config.outcome import CannotGoOn
from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Week
from tadamun.organise.safety.models import AuditEntry, AuditHead
from tadamun.organise.safety.services.audit import Actor, first_broken_entry, note_act

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SECRET = "أسبوع لا يعرفه أحد 0770 123 4567"

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in ("keys", "archive", "records"):
        (tmp_path / "home" / folder).mkdir(parents=True)
    (tmp_path / "home" / "archive" / "photo").write_bytes(b"pixels" * 50_000)
    Organisation.objects.create(slug="kahramana", kind="path", names={"ar": SECRET})
    note_act(actor=Actor("Layla"), act="plan week", subject="spring", now=NOW)
    return tmp_path / "home"


def emptied() -> None:
    Organisation.objects.all().delete()
    Week.objects.all().delete()
    AuditEntry.objects.all().delete()
    AuditHead.objects.all().delete()


def test_backup_brings_everything_back(home: Path, tmp_path: Path) -> None:
    code = backup.new_backup_key(home)
    backup.write_backup(home=home, file=tmp_path / "b")
    emptied()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert backup.restore_backup(home=elsewhere, file=tmp_path / "b", code=code.lower()) >= 3
    assert Organisation.objects.get(slug="kahramana").names == {"ar": SECRET}
    assert first_broken_entry() is None
    assert (elsewhere / "archive" / "photo").read_bytes() == b"pixels" * 50_000
    Organisation.objects.create(slug="after", kind="team")
    assert Organisation.objects.count() == 2


def test_backup_shows_nothing_without_its_code(home: Path, tmp_path: Path) -> None:
    code = backup.new_backup_key(home)
    backup.write_backup(home=home, file=tmp_path / "b")
    seen = (tmp_path / "b").read_bytes()
    for form in (SECRET.encode(), SECRET.encode("utf-16-le"), b"kahramana", b"pixels"):
        assert form not in seen
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert code.encode() not in kept
    assert code.replace("-", "").encode() not in kept


def test_wrong_code_is_refused_and_nothing_is_put_anywhere(home: Path, tmp_path: Path) -> None:
    backup.new_backup_key(home)
    backup.write_backup(home=home, file=tmp_path / "b")
    other = backup.new_backup_key(home)
    emptied()
    with pytest.raises(CannotGoOn, match="does not open"):
        backup.restore_backup(home=home, file=tmp_path / "b", code=other)
    with pytest.raises(CannotGoOn, match="no backup code"):
        backup.restore_backup(home=home, file=tmp_path / "b", code="hello")
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("place", [0.0, 0.01, 0.3, 0.7, 0.999])
def test_flipped_byte_is_refused(home: Path, tmp_path: Path, place: float) -> None:
    code = backup.new_backup_key(home)
    backup.write_backup(home=home, file=tmp_path / "b")
    content = bytearray((tmp_path / "b").read_bytes())
    content[int(place * (len(content) - 1))] ^= 1
    (tmp_path / "b").write_bytes(content)
    emptied()
    with pytest.raises(CannotGoOn):
        backup.restore_backup(home=home, file=tmp_path / "b", code=code)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("cut", [1, 5, 100])
def test_cut_off_or_lengthened_backup_is_refused(home: Path, tmp_path: Path, cut: int) -> None:
    code = backup.new_backup_key(home)
    backup.write_backup(home=home, file=tmp_path / "b")
    whole = (tmp_path / "b").read_bytes()
    emptied()
    for content in (whole[:-cut], whole + b"x" * cut):
        (tmp_path / "b").write_bytes(content)
        with pytest.raises(CannotGoOn, match="damaged"):
            backup.restore_backup(home=home, file=tmp_path / "b", code=code)


def test_installation_in_use_is_not_overwritten(home: Path, tmp_path: Path) -> None:
    code = backup.new_backup_key(home)
    backup.write_backup(home=home, file=tmp_path / "b")
    with pytest.raises(CannotGoOn, match="in use"):
        backup.restore_backup(home=home, file=tmp_path / "b", code=code)


def test_backup_needs_a_key_and_a_new_file(home: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn, match="--new-key"):
        backup.write_backup(home=home, file=tmp_path / "b")
    backup.new_backup_key(home)
    (tmp_path / "b").write_bytes(b"precious")
    with pytest.raises(CannotGoOn, match="already"):
        backup.write_backup(home=home, file=tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"precious"


@pytest.mark.django_db(transaction=True)
def test_backup_is_of_one_moment_and_writers_go_on(home: Path, tmp_path: Path) -> None:
    assert not connection.in_atomic_block
    code = backup.new_backup_key(home)
    backup.write_backup(home=home, file=tmp_path / "b")
    emptied()
    assert backup.restore_backup(home=home, file=tmp_path / "b", code=code) >= 3


def test_pieces_in_another_order_are_refused(home: Path, tmp_path: Path) -> None:
    (home / "archive" / "noise").write_bytes(os.urandom(4 * backup.PIECE))
    code = backup.new_backup_key(home)
    backup.write_backup(home=home, file=tmp_path / "b")
    content = (tmp_path / "b").read_bytes()
    begin = len(backup.FORMAT) + 4 + int.from_bytes(content[len(backup.FORMAT) :][:4], "big")
    size = 5 + int.from_bytes(content[begin : begin + 4], "big")
    first, second = content[begin : begin + size], content[begin + size : begin + 2 * size]
    assert first[:5] == second[:5]
    (tmp_path / "b").write_bytes(content[:begin] + second + first + content[begin + 2 * size :])
    emptied()
    with pytest.raises(CannotGoOn, match="damaged"):
        backup.restore_backup(home=home, file=tmp_path / "b", code=code)
