"""Locking a file with a password while it is written: a ZIP that 7-Zip, WinZip, Keka and phones' archive apps open.

The format is WinZip's AE-2 with AES-256 (www.winzip.com, "AES Encryption Information: Encryption Specification
AE-1 and AE-2", 2009) around a ZIP entry whose sizes follow it (APPNOTE.TXT 6.3.10, 4.3.9). Its key derivation is
quick, so it is only as strong as its password: give it a random one, never one that somebody has thought of.
Nothing is kept: pieces come in, locked pieces go out.
"""

import hashlib
import hmac
import secrets
import struct
import zlib
from collections.abc import Iterable, Iterator

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ZIP_TYPE = "application/zip"
LARGEST = 0xFFFF_FFFE

_BLOCK, _KEY, _SALT, _CHECK, _SEAL = 16, 32, 16, 2, 10
_ROUNDS = 1000  # set by the format
_NEEDED, _BY_UNIX = 51, 3 << 8 | 51
_FLAGS = 0x0001 | 0x0008 | 0x0800  # encrypted, sizes follow, name in UTF-8
_AES_METHOD, _DEFLATE = 99, 8
_NO_TIME, _NO_DAY = 0, 0x0021  # 1 January 1980: when a list was made is said inside
_EXTRA = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, _DEFLATE)


class TooLarge(Exception):
    """The file is larger than this kind of ZIP can say (4 GiB)."""


def locked_zip(chunks: Iterable[bytes], *, name: str, password: str) -> Iterator[bytes]:
    """A ZIP with one file ``name`` (ASCII), locked with ``password`` (ASCII, random), piece by piece.

    :raises TooLarge: in the middle of the stream, above 4 GiB.
    """
    inside, salt = name.encode("ascii"), secrets.token_bytes(_SALT)
    head = struct.pack("<HHHHHIIIHH", _NEEDED, _FLAGS, _AES_METHOD, _NO_TIME, _NO_DAY, 0, 0, 0, len(inside), 11)
    local = b"PK\x03\x04" + head + inside + _EXTRA
    entry = _Entry(password, salt)
    yield local + salt + entry.check
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    plain = 0
    for chunk in chunks:
        plain += len(chunk)
        if locked := entry.locked(packer.compress(chunk)):
            yield locked
    yield entry.locked(packer.flush()) + entry.seal()
    size = entry.size + _SALT + _CHECK + _SEAL
    if max(size, plain) > LARGEST:
        raise TooLarge
    yield b"PK\x07\x08" + struct.pack("<III", 0, size, plain)
    yield _directory(inside, at=len(local) + size + 16, size=size, plain=plain)


class _Entry:
    """The locked bytes of one file: AES in counter mode, and a seal over what it gave out."""

    def __init__(self, password: str, salt: bytes) -> None:
        made = hashlib.pbkdf2_hmac("sha1", password.encode("ascii"), salt, _ROUNDS, 2 * _KEY + _CHECK)
        # The format counts its blocks from the little end, which no library's counter mode does; hence block by block.
        blocks = Cipher(algorithms.AES(made[:_KEY]), modes.ECB())  # noqa: S305  of counters, which never repeat
        self._blocks = blocks.encryptor()
        self._seal = hmac.new(made[_KEY : 2 * _KEY], digestmod=hashlib.sha1)
        self.check = made[2 * _KEY :]
        self.size = 0
        self._count, self._stream = 0, b""

    def locked(self, piece: bytes) -> bytes:
        """The next bytes, locked."""
        if not piece:
            return b""
        mask = self._mask(len(piece))
        number = int.from_bytes(piece, "little") ^ int.from_bytes(mask, "little")
        locked = number.to_bytes(len(piece), "little")
        self._seal.update(locked)
        self.size += len(piece)
        return locked

    def seal(self) -> bytes:
        """What shows that nothing was changed or cut off."""
        return self._seal.digest()[:_SEAL]

    def _mask(self, length: int) -> bytes:
        missing = length - len(self._stream)
        if missing > 0:
            blocks = -(-missing // _BLOCK)
            numbers = range(self._count + 1, self._count + blocks + 1)
            self._stream += self._blocks.update(b"".join(number.to_bytes(_BLOCK, "little") for number in numbers))
            self._count += blocks
        mask, self._stream = self._stream[:length], self._stream[length:]
        return mask


def _directory(name: bytes, *, at: int, size: int, plain: int) -> bytes:
    """The end of the file: its list of contents."""
    entry = struct.pack("<HHHHHHIII", _BY_UNIX, _NEEDED, _FLAGS, _AES_METHOD, _NO_TIME, _NO_DAY, 0, size, plain)
    places = struct.pack("<HHHHHII", len(name), len(_EXTRA), 0, 0, 0, 0o100600 << 16, 0)
    listed = b"PK\x01\x02" + entry + places + name + _EXTRA
    return listed + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), at, 0)
