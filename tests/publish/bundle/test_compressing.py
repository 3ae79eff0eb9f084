"""Which texts have compressed siblings, and that they are the same however they were made."""

import gzip
import random
import zlib

import brotli
import pytest

from tadamun.publish.bundle import compressing
from tadamun.publish.bundle.compressing import compressed

pytestmark = pytest.mark.pure

STYLE = b"<!doctype html><style>" + b"".join(b".c%d{margin:%dpx}" % (n, n) for n in range(1500)) + b"</style>"


@pytest.fixture(autouse=True)
def real_sizes(monkeypatch):
    monkeypatch.setattr(compressing, "SMALLEST", 2800)
    monkeypatch.setattr(compressing, "BROTLI_FROM", 64 * 1024)


def words(size: int) -> bytes:
    return " ".join(str(number * number) for number in range(size)).encode()[:size]


@pytest.mark.parametrize(
    ("path", "size", "siblings"),
    [
        ("feeds/en/weeks/x/race.ics", 2799, (False, False)),
        ("en/index.html", 2800, (False, True)),
        ("en/index.html", 64 * 1024 - 1, (False, True)),
        ("feeds/en/all.ics", 64 * 1024, (True, True)),
        ("media/x.jpg", 64 * 1024, (False, False)),
    ],
)
def test_compressed_siblings_are_made_where_they_earn_their_file(path, size, siblings):
    body = words(size)
    small, zipped = compressed(path, body)
    assert (bool(small), bool(zipped)) == siblings
    assert not zipped or gzip.decompress(zipped) == body
    assert not small or brotli.decompress(small) == body


def test_larger_than_the_text_is_no_sibling():
    noise = random.Random(8).randbytes(70_000)
    assert compressed("a.txt", noise) == (b"", b"")


@pytest.mark.parametrize("rest", [b"", b"<title>x</title>", words(20_000), words(90_000), STYLE, b"</style>" * 900])
def test_style_compressed_before_gives_the_bytes_of_the_whole(rest):
    """A mirror makes the siblings again from the text alone: it must come to the bytes that were signed."""
    whole = zlib.compressobj(compressing.GZIP_LEVEL, zlib.DEFLATED, 31)
    expected = whole.compress(STYLE + rest) + whole.flush()
    for _ in range(2):
        assert compressed("en/index.html", STYLE + rest)[1] == expected
    assert gzip.decompress(expected) == STYLE + rest
