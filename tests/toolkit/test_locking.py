"""A locked file opens for a stranger's program with the password, and with nothing else."""

import io
import os
from collections.abc import Iterator

import pytest
import pyzipper

from tadamun.toolkit.sheets import locking
from tadamun.toolkit.sheets.locking import TooLarge, locked_zip

pytestmark = pytest.mark.pure
PASSWORD = "ABCDE-FGHJK-MNPQR-STVWX"
# Around the size of a block of the cipher, and nothing at all.
PIECES = [os.urandom(size) + b"Zaynab" * size for size in (0, 1, 15, 16, 17, 4_000, 70_001)]


def locked(pieces: list[bytes], password: str = PASSWORD) -> bytes:
    return b"".join(locked_zip(iter(pieces), name="people.csv", password=password))


def opened(file: bytes, password: str = PASSWORD) -> bytes:
    with pyzipper.AESZipFile(io.BytesIO(file)) as zipped:
        zipped.setpassword(password.encode())
        content: bytes = zipped.read("people.csv")
        return content


@pytest.mark.parametrize("pieces", [PIECES, PIECES[::-1], [], [b""], [b"x"]])
def test_a_stranger_opens_it_with_the_password(pieces: list[bytes]) -> None:
    assert opened(locked(pieces)) == b"".join(pieces)


def test_another_password_opens_nothing() -> None:
    with pytest.raises(RuntimeError, match="Bad password"):
        opened(locked(PIECES), "ABCDE-FGHJK-MNPQR-STVWY")


def test_a_changed_byte_is_noticed() -> None:
    file = bytearray(locked([os.urandom(5_000)]))
    file[len(file) // 2] ^= 1
    with pytest.raises(Exception, match=r"Bad HMAC|Error -3|invalid"):
        opened(bytes(file))


def test_nothing_that_was_written_stands_in_it() -> None:
    assert b"Zaynab" not in locked([b"Zaynab"])
    assert locked([b"Zaynab"]) != locked([b"Zaynab"]), "the same file twice must not be known again"


def test_it_is_written_while_it_is_read() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[bytes]:
        for number in range(100):
            taken.append(number)
            yield os.urandom(50_000)

    stream = locked_zip(pieces(), name="people.csv", password=PASSWORD)
    next(stream), next(stream)
    assert len(taken) < 5


def test_a_file_too_large_for_its_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "LARGEST", 100)
    with pytest.raises(TooLarge):
        locked([b"x" * 101])
