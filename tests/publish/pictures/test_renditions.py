"""The files of a photo: which sizes, made once, and only for photos that a record holds."""

import io
import time

import pytest
from PIL import Image

from tadamun.publish.pictures.renditions import card_path, media_path, rendition_leaves, widths
from tadamun.record.structs import PhotoRecord
from tadamun.toolkit.pictures import Pixels, rebuild


def photo_like(width: int, height: int) -> bytes:
    """Soft clouds of colour: compresses about as a photograph does."""
    channels = [Image.effect_noise((width // 8, height // 8), 60 + 20 * number) for number in range(3)]
    picture = Image.merge("RGB", channels).resize((width, height), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


class Store:
    """The rebuilt pixels, with a note of how often each was opened."""

    def __init__(self, *photos: Pixels) -> None:
        self.pixels = {photo.sha256: photo for photo in photos}
        self.opened: list[str] = []

    def records(self) -> list[PhotoRecord]:
        return [
            PhotoRecord(sha256=sha, width=photo.width, height=photo.height, caption={}, alternative={})
            for sha, photo in self.pixels.items()
        ]

    def open(self, sha256: str) -> bytes:
        self.opened.append(sha256)
        return self.pixels[sha256].data


@pytest.mark.parametrize(
    ("own", "offered"),
    [(4000, (480, 960, 1600)), (1600, (480, 960, 1600)), (1200, (480, 960, 1200)), (960, (480, 960)), (300, (300,))],
)
def test_a_photo_is_offered_in_steps_and_never_wider_than_it_is(own: int, offered: tuple[int, ...]) -> None:
    assert widths(own) == offered


def test_every_file_has_the_name_format_and_size_that_pages_link_to() -> None:
    store = Store(rebuild(photo_like(1200, 800)))
    made = {leaf.path: leaf.make() for leaf in rendition_leaves(photos=store.records(), open_photo=store.open)}

    sha = next(iter(store.pixels))
    expected = {media_path(sha, width, target) for width in (480, 960, 1200) for target in ("avif", "webp", "jpeg")}
    assert set(made) == expected | {card_path(sha)}
    for path, data in made.items():
        with Image.open(io.BytesIO(data)) as opened:
            opened.load()
            if path.endswith("-card.jpg"):
                assert opened.size == (1200, 630)
                assert len(data) < 300_000
            else:
                width = int(path.rsplit("-", 1)[1].split(".")[0])
                assert opened.size == (width, round(800 * width / 1200))
                assert {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[path.rsplit(".", 1)[1]] == opened.format
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened.info)


def test_a_photo_shown_in_many_places_is_listed_once_and_opened_once() -> None:
    store = Store(rebuild(photo_like(500, 400)), rebuild(photo_like(640, 400)))
    leaves = list(rendition_leaves(photos=store.records() * 3, open_photo=store.open))

    assert len(leaves) == len({leaf.path for leaf in leaves}) == 2 * (2 * 3 + 1)
    assert store.opened == []
    for leaf in leaves:
        leaf.make()
    assert len(store.opened) == 2


def test_fingerprints_differ_by_file_and_stay_the_same_for_ever() -> None:
    store = Store(rebuild(photo_like(1000, 500)))
    first, again = (
        [(leaf.path, leaf.fingerprint) for leaf in rendition_leaves(photos=store.records(), open_photo=store.open)]
        for _ in range(2)
    )
    assert first == again
    assert len({fingerprint for _, fingerprint in first}) == len(first)


def test_a_photo_that_no_record_holds_has_no_file() -> None:
    store = Store(rebuild(photo_like(500, 400)), rebuild(photo_like(640, 400)))
    kept, withdrawn = store.records()
    paths = [leaf.path for leaf in rendition_leaves(photos=[kept], open_photo=store.open)]
    assert paths
    assert not any(withdrawn.sha256 in path for path in paths)
    assert any(withdrawn.sha256 in leaf.path for leaf in rendition_leaves(photos=[withdrawn], open_photo=store.open))


@pytest.mark.slow
def test_a_photo_is_printed_within_its_share_of_five_seconds() -> None:
    store = Store(rebuild(photo_like(4000, 3000)))
    leaves = list(rendition_leaves(photos=store.records(), open_photo=store.open))
    before = time.process_time()
    for leaf in leaves:
        leaf.make()
    assert time.process_time() - before < 2.5  # the aim is 1 s on an idle core; other work at the same time slows it
