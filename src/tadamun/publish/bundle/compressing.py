"""Compressed siblings of text files, made once so that no server compresses while a reader waits.

Measured on mixed Arabic and English pages of 10 KB, one core: brotli 3 takes 0.13 ms and leaves 41 %, brotli 4
takes 0.24 ms for 39 %, brotli 5 takes 0.35 ms for 37 %; gzip 2 takes 0.13 ms and leaves 42 %, gzip 6 takes
0.23 ms for 40 %. They are most of what compiling costs, so the quick ones are taken. Gzip stays beside brotli
because browsers ask for brotli over https alone, and an onion address has none.
"""

import zlib

import brotli  # type: ignore[import-untyped]  # it ships no types

TEXT_ENDINGS = frozenset({"html", "css", "js", "svg", "xml", "json", "ics", "atom", "txt", "csv", "webmanifest"})
BROTLI_QUALITY = 3
GZIP_LEVEL = 2
# What fits into one packet arrives no sooner when it is smaller, and each file costs a write.
ONE_PACKET = 1400
_GZIP_WINDOW = 16 + zlib.MAX_WBITS


def is_text(path: str) -> bool:
    """Say whether files of this name are worth compressing."""
    return path.rpartition(".")[2] in TEXT_ENDINGS


def compressed(path: str, body: bytes) -> tuple[bytes, bytes]:
    """Return the brotli and the gzip form; empty bytes stand for "not smaller", for one packet and for what is no text.

    The same body gives the same bytes: zlib's gzip header carries no time and no name (RFC 1952, MTIME 0).
    """
    if not is_text(path) or len(body) <= ONE_PACKET:
        return b"", b""
    small = brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    packer = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    zipped = packer.compress(body) + packer.flush()
    return (small if len(small) < len(body) else b"", zipped if len(zipped) < len(body) else b"")
