"""What a file really is and how large its picture is, read from its first bytes alone.

Nothing is decoded here and no image library is asked, so a file that promises a picture of 900 megapixels
costs no more than a small one. Formats: JPEG (ITU T.81), PNG (W3C PNG 3), GIF 89a, WebP (RFC 9649),
AVIF (ISO 23000-22 in the boxes of ISO 14496-12).
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

# The head in which readers of other formats look for their own mark (PDF readers search 1,024 bytes).
_HEAD = 1024
_FOREIGN_MARKS = (b"%pdf-", b"<html", b"<script", b"<svg", b"<!doctype", b"<?php")

_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")

# Start-of-frame markers; 0xC4, 0xC8 and 0xCC in the same row mean other things.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Header(NamedTuple):
    """The format's name as Pillow spells it, the size in pixels, and whether the picture moves."""

    format: str
    width: int
    height: int
    moves: bool = False


class Unreadable(ValueError):
    """The first bytes name a format and then do not keep to it."""


def kind_of(data: bytes) -> str:
    """Name what the bytes are: a format of ours, else ``heic``, ``svg``, ``html``, ``pdf``, ``mixed`` or nothing."""
    head = data[:_HEAD].lower()
    found = _image_format(data)
    foreign = [mark for mark in _FOREIGN_MARKS if mark in head]
    if found:
        return "mixed" if foreign else found
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "heic"
    if b"<svg" in foreign:
        return "svg"
    if b"%pdf-" in foreign:
        return "pdf"
    return "html" if foreign else ""


def read_header(data: bytes, kind: str) -> Header:
    """Read the size that a picture of this ``kind`` claims.

    :raises Unreadable: when the header is cut off or contradicts itself.
    """
    try:
        header = _READERS[kind](data)
    except (IndexError, StopIteration) as error:
        raise Unreadable(kind) from error
    if header.width < 1 or header.height < 1:
        raise Unreadable(kind)
    return header


def _image_format(data: bytes) -> str:
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        end = min(int.from_bytes(data[:4], "big"), 128)
        brands = {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}
        if brands & {b"avif", b"avis"}:
            return "AVIF"
    return ""


def _number(data: bytes, at: int, size: int, order: str = "big") -> int:
    piece = data[at : at + size]
    if len(piece) != size:
        raise IndexError(at)
    return int.from_bytes(piece, "little" if order == "little" else "big")


def _read_jpeg(data: bytes) -> Header:
    at = 2
    while True:
        if data[at] != 0xFF:
            raise Unreadable("JPEG")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _JPEG_FRAMES:
            return Header("JPEG", _number(data, at + 7, 2), _number(data, at + 5, 2))
        elif marker in (0xD9, 0xDA):
            raise Unreadable("JPEG")
        else:
            at += 2 + max(2, _number(data, at + 2, 2))


def _read_png(data: bytes) -> Header:
    if data[12:16] != b"IHDR":
        raise Unreadable("PNG")
    before_pixels = data[: data.find(b"IDAT") + 1 or len(data)]
    return Header("PNG", _number(data, 16, 4), _number(data, 20, 4), moves=b"acTL" in before_pixels)


def _read_gif(data: bytes) -> Header:
    # A still is asked of a GIF: its first frame is taken, so a moving one does no harm.
    return Header("GIF", _number(data, 6, 2, "little"), _number(data, 8, 2, "little"))


def _read_webp(data: bytes) -> Header:
    chunk = data[12:16]
    if chunk == b"VP8X":
        width, height = _number(data, 24, 3, "little") + 1, _number(data, 27, 3, "little") + 1
        return Header("WEBP", width, height, moves=bool(data[20] & 0x02))
    if chunk == b"VP8L" and data[20] == 0x2F:
        bits = _number(data, 21, 4, "little")
        return Header("WEBP", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if chunk == b"VP8 ":
        return Header("WEBP", _number(data, 26, 2, "little") & 0x3FFF, _number(data, 28, 2, "little") & 0x3FFF)
    raise Unreadable("WEBP")


def _read_avif(data: bytes) -> Header:
    # A file may hold several pictures (tiles, transparency, a thumbnail); the largest claim counts.
    meta = next(body for name, body in _boxes(data) if name == b"meta")
    sizes = []
    at = meta.find(b"ispe")
    while at >= 0:
        sizes.append((_number(meta, at + 8, 4), _number(meta, at + 12, 4)))
        at = meta.find(b"ispe", at + 4)
    if not sizes:
        raise Unreadable("AVIF")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return Header("AVIF", width, height, moves=data[8:12] == b"avis")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size = _number(data, at, 4)
        if size < 8:
            return
        yield data[at + 4 : at + 8], data[at + 8 : at + size]
        at += size


_READERS: dict[str, Callable[[bytes], Header]] = {
    "JPEG": _read_jpeg,
    "PNG": _read_png,
    "GIF": _read_gif,
    "WEBP": _read_webp,
    "AVIF": _read_avif,
}
