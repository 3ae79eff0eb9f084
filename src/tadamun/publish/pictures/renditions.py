"""The files that a photo is shown with: ``media/{sha256}-{width}.{avif,webp,jpg}`` and a card for link previews.

They depend on the photo's pixels and on the encoder's settings alone, so their fingerprint never changes and
the bundle makes them once. A photo whose consent ended is in no record, so its files are in no bundle.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec

from tadamun.publish.bundle.store import Leaf
from tadamun.record.structs import PhotoRecord
from tadamun.toolkit.pictures import ENCODERS, Format, Negative

STEPS = (480, 960, 1600)
CARD = (1200, 630)
# Services that show link previews drop pictures of more than 300 kB.
CARD_BYTES = 300_000

_ENDINGS: dict[Format, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


def widths(photo_width: int) -> tuple[int, ...]:
    """List the widths in which a photo is offered: the steps below its own width, and the largest that it has.

    A photo of 1,200 pixels is offered in 480, 960 and 1200; one of 300 pixels in 300.
    """
    largest = min(STEPS[-1], photo_width)
    return (*(step for step in STEPS if step < largest), largest)


def media_path(sha256: str, width: int, format: Format) -> str:  # noqa: A002 - the word of the trade
    """Name the file of one rendition."""
    return f"media/{sha256}-{width}.{_ENDINGS[format]}"


def card_path(sha256: str) -> str:
    """Name the file of the card that link previews show."""
    return f"media/{sha256}-card.jpg"


def rendition_leaves(*, photos: Iterable[PhotoRecord], open_photo: Callable[[str], bytes]) -> Iterator[Leaf]:
    """List every file of every photo, each photo once, however many weeks and activities show it.

    ``open_photo`` gives the rebuilt pixels for a ``sha256``. It is called once for a photo whose files are
    made one after the other, and not at all when they all exist already.
    """
    darkroom = _Darkroom(open_photo)
    seen: set[str] = set()
    for photo in photos:
        if photo.sha256 in seen:
            continue
        seen.add(photo.sha256)
        for width in widths(photo.width):
            for target in _ENDINGS:
                path = media_path(photo.sha256, width, target)
                make = partial(darkroom.rendition, photo.sha256, width, target)
                yield Leaf(path, _fingerprint(photo.sha256, width, target), make)
        yield Leaf(card_path(photo.sha256), _card_fingerprint(photo.sha256), partial(darkroom.card, photo.sha256))


class _Darkroom:
    """Holds the photo that is being printed, so that its pixels are decoded once and not ten times."""

    def __init__(self, open_photo: Callable[[str], bytes]) -> None:
        self._open = open_photo
        self._held: tuple[str, Negative] | None = None

    def rendition(self, sha256: str, width: int, target: Format) -> bytes:
        return self._negative(sha256).rendition(width=width, format=target)

    def card(self, sha256: str) -> bytes:
        return self._negative(sha256).card(width=CARD[0], height=CARD[1], at_most=CARD_BYTES)

    def _negative(self, sha256: str) -> Negative:
        held = self._held
        if held is None or held[0] != sha256:
            self._held = held = (sha256, Negative(self._open(sha256), widest=STEPS[-1]))
        return held[1]


_SETTINGS = {target: msgspec.json.encode(settings, order="sorted") for target, settings in ENCODERS.items()}


def _fingerprint(sha256: str, width: int, target: Format) -> bytes:
    told = f"{sha256} {width} {target} ".encode() + _SETTINGS[target]
    return hashlib.blake2b(told, digest_size=16).digest()


def _card_fingerprint(sha256: str) -> bytes:
    told = f"{sha256} card {CARD} {CARD_BYTES} ".encode() + _SETTINGS["jpeg"]
    return hashlib.blake2b(told, digest_size=16).digest()
