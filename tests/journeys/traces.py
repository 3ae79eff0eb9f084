"""Looking for traces of somebody in files, as who took the disk would: in every form that a program may write."""

import base64
import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import brotli  # type: ignore[import-untyped]  # it ships no types


def forms(word: str) -> Iterator[bytes]:
    """How bytes may hold ``word``: encodings, escapes, base64 at each of its three phases, all of them reversed too."""
    for said in (word, word[::-1]):
        plain = said.encode()
        yield from (plain, said.encode("utf-16-le"), said.encode("utf-16-be"), plain[::-1])
        yield from (plain.hex().encode(), plain.hex().upper().encode())
        yield from (quote(said).encode(), quote(said).lower().encode())
        yield said.encode("unicode_escape")
        yield "".join(f"&#{ord(letter)};" for letter in said).encode()
        for encoding in (plain, said.encode("utf-16-le")):
            yield from _base64(encoding)


def _base64(plain: bytes) -> Iterator[bytes]:
    for phase in range(3):
        inner = plain[(3 - phase) % 3 :]
        inner = inner[: len(inner) // 3 * 3]
        if len(inner) >= 6:
            yield base64.b64encode(inner)
            yield base64.urlsafe_b64encode(inner)


def found(words: Iterable[str], *places: Path) -> list[str]:
    """In which files under ``places`` a word stands, in names or content, compressed files opened."""
    needles = {form for word in words for form in forms(word)}
    files = [file for place in places for file in ([place] if place.is_file() else sorted(_below(place)))]
    return [str(file) for file in files if any(_holds(needles, text) for text in _texts(file))]


def _below(place: Path) -> Iterator[Path]:
    """Files and folders below; one that a running server removes meanwhile is passed over."""
    for folder, folders, files in os.walk(place):
        yield from (Path(folder) / name for name in (*folders, *files))


def found_in(words: Iterable[str], text: bytes) -> bool:
    """Whether a word stands in ``text``."""
    return _holds({form for word in words for form in forms(word)}, text)


def _holds(needles: set[bytes], text: bytes) -> bool:
    return any(needle in text for needle in needles)


def _texts(file: Path) -> Iterator[bytes]:
    yield str(file).encode()
    if not file.is_file():
        return
    try:
        content = file.read_bytes()
    except FileNotFoundError:  # a running server replaces what it published
        return
    yield content
    if content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    elif file.suffix == ".br":
        yield brotli.decompress(content)
    elif content[:1] == b"\x78":
        try:
            yield zlib.decompress(content)
        except zlib.error:
            return
