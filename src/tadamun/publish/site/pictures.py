"""Where the renditions of a photo lie: one for each step of width, in three formats, named by the photo's digest."""

from functools import lru_cache

from markupsafe import Markup

from tadamun.record.structs import PhotoRecord

WIDTHS = (480, 960, 1600)
_FORMATS = ("avif", "webp")


def widths(photo: PhotoRecord) -> tuple[int, ...]:
    """List the widths that exist: the steps below the photo's own, and its own or the greatest step."""
    return _steps(photo.width)


def sources(photo: PhotoRecord, sizes: str) -> Markup:
    """Offer a browser the modern formats in every width; ``sizes`` says how wide the photo is shown."""
    return _sources(photo.sha256, photo.width, sizes)


def middling(photo: PhotoRecord) -> str:
    """Give the address of the JPEG that any browser shows."""
    steps = _steps(photo.width)
    return f"/media/{photo.sha256}-{steps[min(1, len(steps) - 1)]}.jpg"


def _steps(width: int) -> tuple[int, ...]:
    greatest = min(WIDTHS[-1], width)
    return (*(step for step in WIDTHS if step < greatest), greatest)


@lru_cache(maxsize=4096)
def _sources(sha256: str, width: int, sizes: str) -> Markup:
    source = Markup('<source type="image/%s" sizes="%s" srcset="%s">')
    return Markup("").join(
        source % (form, sizes, ", ".join(f"/media/{sha256}-{step}.{form} {step}w" for step in _steps(width)))
        for form in _FORMATS
    )
