"""Backups: the whole installation in one file that only a code kept elsewhere opens.

The server knows the public half of the backup key alone, so whoever takes the server cannot open its backups.
Layout of the file: a line that names the format; the length and the envelope of the file's own key, sealed to the
backup key (HPKE, RFC 9180); then pieces of at most 64 KiB, each AES-256-GCM under a counter that also says which is
the last. So a wrong code, a flipped byte, a missing end and pieces out of order are all refused. Inside is a tar with
``tables/*.jsonl`` (all rows, whichever database they come from) and ``home/…`` (photos, records, keys).
"""

import hashlib
import io
import secrets
import struct
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction

from tadamun.config.outcome import CannotGoOn
from tadamun.organise.safety.vault import recovery
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.organise.safety.vault.keys import KeyPair
from tadamun.organise.safety.vault.sealing import Context, open_sealed, seal

FORMAT = b"tadamun-backup/1\n"
PIECE = 65_536
PUBLIC_KEY = Path("keys") / "backup.pub"
FOLDERS = ("archive", "records", "keys")
# What must not outlive the machine: sessions and opened keys. What the database makes itself: content types.
LEFT_OUT = frozenset({"sessions.session", "safety.unlocking", "contenttypes.contenttype"})
_CONTEXT = Context(purpose="backup")


def new_backup_key(home: Path) -> str:
    """Make a backup key: keeps its public half in ``home`` and returns the code, which is nowhere else."""
    secret = recovery.new_secret()
    (home / PUBLIC_KEY).write_bytes(_pair(secret).public)
    return recovery.code_text(secret)


def write_backup(*, home: Path, file: Path) -> int:
    """Write everything to ``file``; returns its size in bytes. Writers go on meanwhile.

    :raises CannotGoOn: when there is no backup key, or the file is there already or cannot be written.
    """
    try:
        public_key = (home / PUBLIC_KEY).read_bytes()
    except FileNotFoundError:
        raise CannotGoOn("There is no backup key yet. Make one first: tadamun backup --new-key") from None
    draft = file.with_name(f"{file.name}.part")
    try:
        if file.exists():
            raise CannotGoOn(f"{file} is there already; name another file.")
        with draft.open("xb") as raw:
            with _Sealing(raw, public_key) as sealing, tarfile.open(fileobj=sealing, mode="w|gz") as tar:
                _add_tables(tar)
                _add_files(tar, home)
            raw.flush()
        draft.rename(file)
    except OSError as error:
        raise CannotGoOn(f"{file} cannot be written ({error.strerror}).") from error
    finally:
        draft.unlink(missing_ok=True)
    return file.stat().st_size


def restore_backup(*, home: Path, file: Path, code: str) -> int:
    """Put a backup into an empty home and database; returns the number of rows.

    All of the file is checked before anything is put anywhere.

    :raises CannotGoOn: when the home is not empty, the code is not the right one, or the file is damaged.
    """
    if _rows_here():
        raise CannotGoOn("This installation is in use. Restore into an empty TADAMUN_HOME (and an empty database).")
    with tempfile.TemporaryDirectory(dir=home) as folder:
        plain = Path(folder) / "backup.tar"
        with file.open("rb") as sealed, plain.open("wb") as opened:
            for piece in _opened(sealed, code):
                opened.write(piece)
        with tarfile.open(plain, mode="r:gz") as tar:
            rows = _put_tables(tar)
            _put_files(tar, home)
    return rows


class _Sealing(io.RawIOBase):
    """Takes bytes and writes sealed pieces."""

    def __init__(self, raw: BinaryIO, public_key: bytes) -> None:
        key = secrets.token_bytes(32)
        envelope = seal(public_key, key, context=_CONTEXT)
        header = FORMAT + struct.pack(">I", len(envelope)) + envelope
        raw.write(header)
        self._raw, self._cipher, self._bound = raw, AESGCM(key), hashlib.sha256(header).digest()
        self._count, self._held = 0, bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(cast(bytes, data))
        self._held += piece
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._put(bytes(self._held), last=True)
            self._held.clear()
        super().close()

    def _put(self, piece: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._count, last=last), piece, self._bound)
        self._raw.write(struct.pack(">I?", len(sealed), last) + sealed)
        self._count += 1


def _opened(file: BinaryIO, code: str) -> Iterator[bytes]:
    try:
        secret = recovery.read_code(code)
    except VaultError as error:
        raise CannotGoOn(f"This is no backup code: {error.sentence % error.details}") from error
    if file.read(len(FORMAT)) != FORMAT:
        raise CannotGoOn("This file is not a backup of Tadamun.")
    length = file.read(4)
    envelope = file.read(struct.unpack(">I", length)[0]) if len(length) == 4 else b""
    try:
        key = open_sealed(_pair(secret), envelope, context=_CONTEXT)
    except VaultError as error:
        raise CannotGoOn("This code does not open this backup, or its beginning is damaged.") from error
    bound = hashlib.sha256(FORMAT + length + envelope).digest()
    yield from _pieces(file, AESGCM(key), bound)


def _pieces(file: BinaryIO, cipher: AESGCM, bound: bytes) -> Iterator[bytes]:
    count, last = 0, False
    while not last:
        head = file.read(5)
        length, last = struct.unpack(">I?", head) if len(head) == 5 else (0, False)
        try:
            yield cipher.decrypt(_nonce(count, last=last), file.read(min(length, 2 * PIECE)), bound)
        except (InvalidTag, ValueError) as error:
            raise CannotGoOn("The backup is damaged or cut off. Use another copy of it.") from error
        count += 1
    if file.read(1):
        raise CannotGoOn("The backup is damaged: something was added at its end. Use another copy of it.")


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])


def _pair(secret: bytes) -> KeyPair:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"tadamun backup key 1")
    return KeyPair.of_private(derive.derive(secret))


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in serializers.sort_dependencies([(app, None) for app in apps.get_app_configs()], allow_cycles=True)
        if model._meta.label_lower not in LEFT_OUT and model._meta.managed and not model._meta.proxy
    ]


def _add_tables(tar: tarfile.TarFile) -> None:
    with _snapshot():
        for number, model in enumerate(_models()):
            with tempfile.SpooledTemporaryFile(max_size=8_000_000) as rows:
                lines = io.TextIOWrapper(cast(IO[bytes], rows), encoding="utf-8", write_through=True)
                serializers.serialize("jsonl", model._default_manager.order_by("pk").iterator(), stream=lines)
                entry = tarfile.TarInfo(f"tables/{number:03}-{model._meta.label_lower}.jsonl")
                entry.size = rows.tell()
                rows.seek(0)
                tar.addfile(entry, cast(IO[bytes], rows))
                lines.detach()


def _add_files(tar: tarfile.TarFile, home: Path) -> None:
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                tar.add(path, arcname=f"home/{path.relative_to(home)}", recursive=False)


@transaction.atomic
def _put_tables(tar: tarfile.TarFile) -> int:
    count = 0
    for entry in sorted(tar.getmembers(), key=lambda member: member.name):
        source = tar.extractfile(entry) if entry.name.startswith("tables/") else None
        if source is not None:
            for row in serializers.deserialize("jsonl", io.TextIOWrapper(source, encoding="utf-8")):
                row.save()
                count += 1
    statements = connection.ops.sequence_reset_sql(no_style(), _models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return count


def _put_files(tar: tarfile.TarFile, home: Path) -> None:
    for entry in tar.getmembers():
        source = tar.extractfile(entry) if entry.name.startswith("home/") and entry.isfile() else None
        target = (home / entry.name.removeprefix("home/")).resolve()
        if source is not None and target.is_relative_to(home.resolve()):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read())
            target.chmod(0o600)


def _rows_here() -> bool:
    return any(
        model._default_manager.exists()
        for model in _models()
        if model._meta.app_label in {"network", "programme", "people"}
    )


@contextmanager
def _snapshot() -> Iterator[None]:
    """Read everything as of one moment, without holding writers up."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    elif connection.in_atomic_block:
        yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
