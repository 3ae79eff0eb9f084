"""Pictures from strangers, rebuilt from their pixels; and smaller ones made from those.

This is the only place that opens an untrusted image. What comes out of :func:`rebuild` holds pixels and
nothing else: no EXIF, XMP, IPTC, colour profile, comment, thumbnail or place, nothing behind the end of
the file, nothing under transparent areas. What is refused is refused before it is decoded.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import Literal, NamedTuple

from PIL import Image, ImageCms, ImageOps

from tadamun.toolkit.picture_headers import Header, Unreadable, kind_of, read_header

Format = Literal["avif", "webp", "jpeg"]

# Chosen by measurement: the slower settings of AVIF and WebP take three to eight times the time for 5 % of the bytes.
ENCODERS: dict[Format, dict[str, int | bool | str]] = {
    "avif": {"quality": 55, "speed": 9, "max_threads": 1, "codec": "aom", "subsampling": "4:2:0"},
    "webp": {"quality": 78, "method": 1},
    "jpeg": {"quality": 80, "progressive": True, "optimize": True},
}

_PAPER = (255, 255, 255)
_COVER = (70, 74, 82)
_LARGEST_PROFILE = 4_000_000


@dataclass(frozen=True)
class Limits:
    """How large a picture may be: bytes of the file, pixels that it claims, and the longest side that is kept."""

    file_bytes: int = 25_000_000
    pixels: int = 40_000_000
    kept_side: int = 2_560


class Pixels(NamedTuple):
    """A rebuilt picture: a PNG without any companion data, its size, and the SHA-256 of its bytes in hexadecimal."""

    data: bytes
    width: int
    height: int
    sha256: str


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's extractors know
    """Mark a sentence for the translators; whoever shows it looks its translation up."""
    return message


class PictureRefused(ValueError):
    """A file that will not be opened. ``sentence`` says what is wrong and what would be right.

    ``sentence`` is the untranslated pattern and ``values`` fill it, so that it can be shown in any language.
    """

    def __init__(self, sentence: str, **values: int | str) -> None:
        super().__init__(sentence.format(**values))
        self.sentence = sentence
        self.values = values


TOO_HEAVY = N_("This file has {megabytes} MB. A picture may have at most {limit} MB: send a smaller copy.")
TOO_LARGE = N_("This picture claims {width} × {height} pixels. At most {limit} million are taken: send a smaller copy.")
MOVING = N_("This picture moves. Send a still one, as JPEG, PNG, WebP or AVIF.")
BROKEN = N_("This picture is damaged or cut off. Send it again, or save it anew as JPEG.")
MIXED = N_("This file is a picture and something else at once. Open it in a picture program and save it anew as JPEG.")
HEIC = N_("This is a HEIC picture. Save or share it as JPEG and send that.")
DRAWING = N_("SVG drawings can carry programs and are not taken. Save it as PNG and send that.")
DOCUMENT = N_("This is a document, not a picture. Send the picture itself, as JPEG, PNG, WebP or AVIF.")
UNKNOWN = N_("This is not a picture that can be read here. Send it as JPEG, PNG, WebP or AVIF.")

_REFUSALS = {"mixed": MIXED, "heic": HEIC, "svg": DRAWING, "pdf": DOCUMENT, "html": DOCUMENT, "": UNKNOWN}


def rebuild(data: bytes, *, limits: Limits = Limits()) -> Pixels:
    """Make a new picture from the pixels of an untrusted file, whatever its name says it is.

    JPEG, PNG, WebP, AVIF and the first frame of a GIF are taken. The picture is turned upright, its colours
    are brought to sRGB, transparency becomes white, and a side longer than ``limits.kept_side`` is scaled down.

    :raises PictureRefused: when the file is not a still picture within the limits.
    """
    header = _admit(data, limits)
    try:
        with Image.open(io.BytesIO(data), formats=[header.format]) as opened:
            if opened.width * opened.height > limits.pixels:
                raise _too_large(opened.width, opened.height, limits)
            opened.draft("RGB", (limits.kept_side, limits.kept_side))
            opened.load()
            upright = _upright(opened)
    except PictureRefused:
        raise
    except Exception as error:  # decoders raise nearly anything at hostile bytes; all of it means one thing
        raise PictureRefused(BROKEN) from error
    return _bare(upright, limits.kept_side)


def _admit(data: bytes, limits: Limits) -> Header:
    if len(data) > limits.file_bytes:
        megabytes = -(-len(data) // 1_000_000)
        raise PictureRefused(TOO_HEAVY, megabytes=megabytes, limit=limits.file_bytes // 1_000_000)
    kind = kind_of(data)
    if kind in _REFUSALS:
        raise PictureRefused(_REFUSALS[kind])
    try:
        header = read_header(data, kind)
    except Unreadable as error:
        raise PictureRefused(BROKEN) from error
    if header.width * header.height > limits.pixels:
        raise _too_large(header.width, header.height, limits)
    if header.moves:
        raise PictureRefused(MOVING)
    return header


def _too_large(width: int, height: int, limits: Limits) -> PictureRefused:
    return PictureRefused(TOO_LARGE, width=width, height=height, limit=limits.pixels // 1_000_000)


def _upright(picture: Image.Image) -> Image.Image:
    """Turn by the camera's note, bring to sRGB and take transparency away."""
    profile = picture.info.get("icc_profile")
    try:
        turned = ImageOps.exif_transpose(picture)
    except Exception:  # noqa: BLE001 - a damaged camera note raises nearly anything; the pixels are still good
        turned = picture
    return _flat(_plain_colours(turned, profile))


def _plain_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Apply the embedded profile, so that colours stay right when it is gone. What is no profile is ignored."""
    if picture.mode.startswith(("I", "F")):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("P", "PA", "LA", "1") or (picture.mode in ("L", "RGB") and "transparency" in picture.info):
        picture = picture.convert("RGBA")
    if not profile or len(profile) > _LARGEST_PROFILE or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=wanted)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return converted or picture


def _flat(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    paper = Image.new("RGB", picture.size, _PAPER)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _bare(picture: Image.Image, longest: int) -> Pixels:
    """Copy the pixels into a picture that has never seen the file, and store that."""
    picture = _within(picture, longest)
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    buffer = io.BytesIO()
    fresh.save(buffer, "PNG", compress_level=1)
    data = buffer.getvalue()
    return Pixels(data, fresh.width, fresh.height, hashlib.sha256(data).hexdigest())


def _within(picture: Image.Image, longest: int) -> Image.Image:
    scale = longest / max(picture.size)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def covered(pixels: bytes, *, left: int, top: int, side: int) -> Pixels:
    """A rebuilt picture with one square of it painted over. What was under it is nowhere in the new one.

    Painted, not blurred: what was blurred can be guessed again.
    """
    with Image.open(io.BytesIO(pixels), formats=["PNG"]) as opened:
        opened.load()
        painted = opened.convert("RGB")
    painted.paste(_COVER, (max(0, left), max(0, top), min(painted.width, left + side), min(painted.height, top + side)))
    return _bare(painted, max(painted.size))


class Negative:
    """A rebuilt picture held in memory at the largest width that is wanted, to print several sizes from."""

    def __init__(self, pixels: bytes, *, widest: int) -> None:
        """Decode ``pixels`` (what :func:`rebuild` made) once. It is never made wider than it is."""
        with Image.open(io.BytesIO(pixels), formats=["PNG"]) as opened:
            opened.load()
            self._sizes = {widest: _narrowed(opened if opened.mode == "RGB" else opened.convert("RGB"), widest)}
        self._widest = widest

    def rendition(self, *, width: int, format: Format) -> bytes:  # noqa: A002 - the word of the trade
        """Encode at ``width`` pixels, or at the picture's own width if that is less. Same input, same bytes."""
        if width not in self._sizes:
            self._sizes[width] = _narrowed(self._sizes[self._widest], width)
        return _encode(self._sizes[width], format)

    def card(self, *, width: int, height: int, at_most: int) -> bytes:
        """Encode a JPEG of exactly this size, cut around the middle and a little above, of ``at_most`` bytes.

        Faces stand in the upper half of a photo more often than in the lower, hence "a little above".
        """
        cut = ImageOps.fit(self._sizes[self._widest], (width, height), Image.Resampling.LANCZOS, centering=(0.5, 0.4))
        for quality in (82, 74, 66, 56, 44, 30):
            card = _encode(cut, "jpeg", quality=quality)
            if len(card) <= at_most:
                break
        return card


def rendition(pixels: bytes, *, width: int, format: Format) -> bytes:  # noqa: A002 - the word of the trade
    """Encode rebuilt ``pixels`` at ``width`` pixels (never wider than they are). Same input, same bytes."""
    return Negative(pixels, widest=width).rendition(width=width, format=format)


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encode(picture: Image.Image, target: Format, **changed: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, target.upper(), **(ENCODERS[target] | changed))
    return buffer.getvalue()
