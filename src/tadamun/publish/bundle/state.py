"""What the compiler remembers between two calls. Losing it costs one full compile and nothing else.

``root/state.msgpack`` is a CRC-32 in four bytes, then msgpack. It is not forced to the disk: after a power cut it may
be an older one or damaged, and both are noticed, by the checksum and by comparing it with ``current``.
"""

import os
import zlib
from pathlib import Path

import msgspec

VERSION = 1
_NAME = "state.msgpack"


class Entry(msgspec.Struct, array_like=True, gc=False):
    """One leaf as it lies on the disk; a sibling's size of 0 says that there is none.

    ``span`` is the length in bytes of its entries in the manifest.
    """

    fingerprint: bytes
    sha256: bytes
    size: int
    brotli_size: int
    gzip_size: int
    span: int


class State(msgspec.Struct, array_like=True):
    """The last compile: leaves in order of their paths, the tree of every folder, and the trees that wait for removal.

    ``retired`` gives the moment (seconds since 1970) since which no reader is sent to the tree; ``turn`` counts the
    compiles.
    """

    version: int
    public_key: bytes
    manifest_sha256: bytes
    leaves: dict[str, Entry]
    folders: dict[str, str]
    retired: dict[str, float]
    turn: int = 0

    @property
    def root(self) -> str:
        """The tree of the site's own folder."""
        return self.folders[""]


_decode = msgspec.msgpack.Decoder(State).decode
_encode = msgspec.msgpack.Encoder().encode


def load_state(root: Path) -> State | None:
    """Read what is remembered, or nothing if it is absent, damaged or of another version."""
    try:
        written = (root / _NAME).read_bytes()
        if int.from_bytes(written[:4], "big") != zlib.crc32(memoryview(written)[4:]):
            return None
        state = _decode(memoryview(written)[4:])
    except (OSError, msgspec.MsgspecError):
        return None
    return state if state.version == VERSION and "" in state.folders else None


def save_state(root: Path, state: State) -> None:
    """Replace what is remembered, by one rename."""
    body = _encode(state)
    draft = root / f"{_NAME}.new"
    with draft.open("wb") as file:
        file.write(zlib.crc32(body).to_bytes(4, "big"))
        file.write(body)
    os.replace(draft, root / _NAME)
