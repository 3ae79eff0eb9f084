"""Pictures from strangers: what is taken, what is refused, and that only pixels come through (P-33, P-60, P-61)."""

import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from tadamun.toolkit import pictures
from tadamun.toolkit.picture_headers import Unreadable, kind_of, read_header
from tadamun.toolkit.pictures import Limits, Negative, PictureRefused, rebuild, rendition

MARK = b"PLANTED-SECRET-33"
TAKEN = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")


def two_coloured(width: int = 64, height: int = 48) -> Image.Image:
    """Red above, blue below: shows which way up a picture is."""
    picture = Image.new("RGB", (width, height), (200, 20, 20))
    picture.paste((20, 20, 200), (0, height // 2, width, height))
    return picture


def colour(picture: Image.Image, at: tuple[int, int]) -> tuple[int, int, int]:
    """The red, green and blue of one pixel."""
    red, green, blue = picture.convert("RGB").crop((*at, at[0] + 1, at[1] + 1)).tobytes()
    return red, green, blue


def saved(picture: Image.Image, kind: str, **extra: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **extra)
    return buffer.getvalue()


def camera_note(orientation: int = 1) -> bytes:
    """EXIF with a place, a maker's text and an owner."""
    note = Image.Exif()
    note[0x0112] = orientation
    note[0x010E] = MARK.decode()
    note[0x9C9B] = MARK
    note.get_ifd(0x8825).update({1: "N", 2: (33.0, 18.0, 45.0), 29: MARK.decode()})
    return note.tobytes()


def marked_profile() -> bytes:
    """A colour profile that carries a text of its own."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(profile) + MARK


def marked_jpeg() -> bytes:
    plain = saved(two_coloured(), "JPEG", exif=camera_note(), comment=MARK, icc_profile=marked_profile())
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(MARK) + 5) + b"\x1c\x02\x78\x00\x11" + MARK
    packet = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>" + MARK + b"</x:xmpmeta>"
    segments = b"".join(
        bytes((0xFF, code)) + struct.pack(">H", len(body) + 2) + body for code, body in ((0xED, iptc), (0xE1, packet))
    )
    return plain[:2] + segments + plain[2:] + MARK


def marked_png() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", MARK.decode())
    texts.add_itxt("XML:com.adobe.xmp", MARK.decode())
    return saved(two_coloured(), "PNG", pnginfo=texts, exif=camera_note(), icc_profile=marked_profile()) + MARK


def marked_webp() -> bytes:
    return saved(two_coloured(), "WEBP", exif=camera_note(), xmp=MARK, icc_profile=marked_profile())


def marked_avif() -> bytes:
    return saved(two_coloured(), "AVIF", exif=camera_note(), xmp=MARK, icc_profile=marked_profile())


PLANTED: dict[str, Callable[[], bytes]] = {
    "JPEG": marked_jpeg,
    "PNG": marked_png,
    "WEBP": marked_webp,
    "AVIF": marked_avif,
}


def leaks(data: bytes) -> bool:
    """Whether a companion of the pixels is left: the planted mark (plain, wide, packed) or any holder of such."""
    with Image.open(io.BytesIO(data)) as opened:
        opened.load()
        holders = {"exif", "xmp", "icc_profile", "comment", "photoshop", "XML:com.adobe.xmp", "Comment"}
        told = holders & set(opened.info) or len(opened.getexif())
        texts = " ".join(map(str, getattr(opened, "text", {}).values())).encode()
    wide = MARK.decode().encode("utf-16-le")
    return bool(told) or MARK in data or wide in data or MARK in texts or b"Exif\x00" in data


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that claims ``width`` × ``height`` pixels and would really unfold to them."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    packer = zlib.compressobj(9)
    row = bytes(1 + width // 8)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", TAKEN)
def test_a_picture_of_each_format_is_taken_by_its_content(kind: str) -> None:
    rebuilt = rebuild(saved(two_coloured(), kind))

    with Image.open(io.BytesIO(rebuilt.data)) as opened:
        assert (opened.format, opened.size, opened.mode) == ("PNG", (64, 48), "RGB")
        top, bottom = colour(opened, (32, 5)), colour(opened, (32, 43))
    assert (rebuilt.width, rebuilt.height) == (64, 48)
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


@pytest.mark.parametrize("kind", PLANTED)
def test_nothing_but_pixels_survives(kind: str) -> None:
    planted = PLANTED[kind]()
    assert leaks(planted)

    rebuilt = rebuild(planted)

    assert not leaks(rebuilt.data)
    for made in ("avif", "webp", "jpeg"):
        assert not leaks(rendition(rebuilt.data, width=32, format=made))


@pytest.mark.parametrize("kind", PLANTED)
def test_saving_without_rebuilding_would_leak(kind: str) -> None:
    """The negative control: what many programs do with an upload carries the planted mark on."""
    with Image.open(io.BytesIO(PLANTED[kind]())) as opened:
        kept = {key: opened.info[key] for key in ("exif", "xmp", "icc_profile", "comment") if key in opened.info}
        assert leaks(saved(opened, kind, **kept))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_camera_note_turns_the_picture_before_it_is_dropped(orientation: int) -> None:
    shown = {1: "top", 2: "top", 3: "bottom", 4: "bottom", 5: "left", 6: "right", 7: "right", 8: "left"}[orientation]
    rebuilt = rebuild(saved(two_coloured(), "JPEG", quality=95, exif=camera_note(orientation)))

    with Image.open(io.BytesIO(rebuilt.data)) as opened:
        width, height = opened.size
        points = {"top": (width // 2, 2), "bottom": (width // 2, height - 3), "left": (2, height // 2)}
        red_at = colour(opened, points.get(shown, (width - 3, height // 2)))
    assert (width > height) == (orientation < 5)
    assert red_at[0] > 150 > red_at[2]


def test_what_is_transparent_is_not_kept_underneath() -> None:
    hidden = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    hidden.paste((0, 0, 255, 255), (0, 0, 20, 40))

    with Image.open(io.BytesIO(rebuild(saved(hidden, "PNG")).data)) as opened:
        assert colour(opened, (30, 20)) == (255, 255, 255)
        assert colour(opened, (5, 20)) == (0, 0, 255)


def test_colours_are_converted_before_their_profile_is_dropped() -> None:
    """A profile whose red stands for green: only who applies it sees that this red picture is a green one."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    crossed = plain.replace(b"rXYZ", b"swap").replace(b"gXYZ", b"rXYZ").replace(b"swap", b"gXYZ")
    red = Image.new("RGB", (20, 20), (255, 0, 0))

    with Image.open(io.BytesIO(rebuild(saved(red, "PNG", icc_profile=crossed)).data)) as opened:
        seen = colour(opened, (10, 10))
    assert seen[1] > 200 > seen[0]


def test_printers_colours_are_taken() -> None:
    grey = Image.new("CMYK", (20, 20), (0, 0, 0, 128))
    with Image.open(io.BytesIO(rebuild(saved(grey, "JPEG")).data)) as opened:
        assert all(abs(part - 127) < 6 for part in colour(opened, (10, 10)))


def test_a_profile_that_is_no_profile_is_ignored() -> None:
    assert rebuild(saved(two_coloured(), "PNG", icc_profile=b"not a profile")).width == 64


def test_sixteen_bit_grey_keeps_its_brightness() -> None:
    with Image.open(io.BytesIO(rebuild(saved(Image.new("I;16", (20, 20), 0x8000), "PNG")).data)) as opened:
        assert all(abs(part - 128) <= 1 for part in colour(opened, (10, 10)))


def test_a_very_large_photo_is_kept_smaller() -> None:
    rebuilt = rebuild(saved(two_coloured(900, 300), "JPEG"), limits=Limits(kept_side=300))
    assert (rebuilt.width, rebuilt.height) == (300, 100)


def test_the_same_file_gives_the_same_bytes() -> None:
    photo = marked_jpeg()
    assert rebuild(photo) == rebuild(photo)
    pixels = rebuild(photo).data
    for made in ("avif", "webp", "jpeg"):
        assert rendition(pixels, width=40, format=made) == rendition(pixels, width=40, format=made)


def opened_with_little_memory(data: bytes, most: int) -> str:
    """Rebuild in a process that may take 60 MB more than it has, and tell the refusal and what lay behind it."""
    program = (
        "import resource, sys\n"
        "from PIL import Image, PngImagePlugin\n"
        "from tadamun.toolkit.pictures import Limits, PictureRefused, rebuild\n"
        "Image.MAX_IMAGE_PIXELS = None\n"
        "data = sys.stdin.buffer.read()\n"
        "most = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize() + 60_000_000\n"
        "resource.setrlimit(resource.RLIMIT_AS, (most, most))\n"
        "try:\n    rebuild(data, limits=Limits(pixels=int(sys.argv[1])))\n"
        "except PictureRefused as error:\n    print(error, repr(error.__cause__))\n"
    )
    command = [sys.executable, "-c", program, str(most)]
    return subprocess.run(command, input=data, capture_output=True, timeout=60, check=True).stdout.decode()


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    """30,000 × 30,000 pixels in a small file, opened where a fifteenth of them would not find room."""
    data = bomb(30_000, 30_000)
    assert len(data) < 200_000
    told = opened_with_little_memory(data, Limits().pixels)
    assert "30000 × 30000" in told
    assert "40 million" in told
    assert "MemoryError" not in told


def test_with_the_guard_off_the_bomb_takes_all_memory() -> None:
    """The negative control: the same file, and a limit that lets it pass."""
    assert "MemoryError" in opened_with_little_memory(bomb(30_000, 30_000), 10**10)


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "WEBP", "AVIF"])
def test_a_header_that_claims_too_much_is_refused_in_each_format(kind: str) -> None:
    with pytest.raises(PictureRefused, match="64 × 48"):
        rebuild(saved(two_coloured(), kind), limits=Limits(pixels=3_000))


def test_a_lossless_webp_and_an_extended_one_are_measured_too() -> None:
    for extra in ({"lossless": True}, {"exif": camera_note()}):
        data = saved(two_coloured(), "WEBP", **extra)
        assert read_header(data, kind_of(data))[1:3] == (64, 48)


def test_a_file_that_is_too_heavy_is_refused_unread() -> None:
    with pytest.raises(PictureRefused, match="at most 25 MB"):
        rebuild(b"\xff\xd8\xff" + bytes(25_000_000))


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (SVG, pictures.DRAWING),
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", pictures.DOCUMENT),
        (b"%PDF-1.7\n1 0 obj<</JS (app.alert(1))>>", pictures.DOCUMENT),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", pictures.HEIC),
        (b"BM" + bytes(60), pictures.UNKNOWN),
        (b"MZ" + bytes(60), pictures.UNKNOWN),
        (b"", pictures.UNKNOWN),
        (b"II*\x00" + bytes(60), pictures.UNKNOWN),
        (saved(two_coloured(), "GIF", comment=b"<script>alert(1)</script>"), pictures.MIXED),
        (b"\xff\xd8\xff\xfe\x00\x10%PDF-1.4 12345" + saved(two_coloured(), "JPEG")[2:], pictures.MIXED),
    ],
)
def test_what_is_no_picture_or_more_than_one_thing_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        rebuild(data)
    assert refused.value.sentence == said


def test_what_hangs_behind_the_picture_is_left_behind() -> None:
    """A phone's moving photo, or an archive made to look like a photo: the pixels come through, the rest does not."""
    photo = saved(Image.effect_noise((200, 200), 80).convert("RGB"), "JPEG")
    appended = photo + b"PK\x03\x04" + SVG
    rebuilt = rebuild(appended)
    assert SVG not in rebuilt.data
    assert b"PK\x03\x04" not in rebuilt.data


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_a_moving_picture_is_refused(kind: str) -> None:
    frames = [Image.new("RGB", (32, 32), named) for named in ("red", "green", "blue")]
    moving = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    with pytest.raises(PictureRefused) as refused:
        rebuild(moving)
    assert refused.value.sentence == pictures.MOVING


def test_of_a_moving_gif_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (32, 32), named) for named in ("red", "blue")]
    moving = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    with Image.open(io.BytesIO(rebuild(moving).data)) as opened:
        assert colour(opened, (16, 16)) == (255, 0, 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_file_cut_off_anywhere_is_refused_with_a_sentence(kind: str) -> None:
    noisy = Image.effect_noise((200, 200), 80).convert("RGB")
    whole = saved(noisy, kind)
    for keep in (12, 20, 40, len(whole) // 4, len(whole) // 2, len(whole) * 3 // 4):
        with pytest.raises(PictureRefused) as refused:
            rebuild(whole[:keep])
        assert refused.value.sentence in (pictures.BROKEN, pictures.UNKNOWN)


@pytest.mark.parametrize("kind", TAKEN)
def test_damaged_files_never_raise_anything_but_a_refusal(kind: str) -> None:
    whole = bytearray(PLANTED.get(kind, lambda: saved(two_coloured(), "GIF"))())
    for at in range(0, min(len(whole), 1200), 7):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        try:
            rebuild(bytes(damaged), limits=Limits(pixels=1_000_000))
        except PictureRefused:
            continue


def test_a_header_without_a_size_is_unreadable() -> None:
    for kind, data in (
        ("PNG", b"\x89PNG\r\n\x1a\n" + bytes(30)),
        ("AVIF", b"\x00\x00\x00\x10ftypavif\x00\x00\x00\x00"),
    ):
        with pytest.raises(Unreadable):
            read_header(data, kind)


def test_a_rendition_is_never_wider_than_its_pixels() -> None:
    pixels = rebuild(saved(two_coloured(100, 50), "PNG")).data
    for asked, got in ((480, 100), (40, 40)):
        with Image.open(io.BytesIO(rendition(pixels, width=asked, format="webp"))) as opened:
            assert opened.width == got


def test_a_card_has_its_exact_size_and_stays_light() -> None:
    pixels = rebuild(saved(Image.effect_noise((1400, 900), 120).convert("RGB"), "PNG")).data
    card = Negative(pixels, widest=1600).card(width=1200, height=630, at_most=300_000)
    with Image.open(io.BytesIO(card)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (1200, 630))
    assert len(card) < 300_000
