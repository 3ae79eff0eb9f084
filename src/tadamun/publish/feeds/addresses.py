"""Where pages and files of the site lie: paths inside the bundle, and addresses for other programs."""

import re
from functools import lru_cache
from urllib.parse import quote

from tadamun.record.structs import PhotoRecord, SiteRecord

# The largest rendition that every program can show (publish/pictures makes it).
_WIDEST = 1600

_HOME = re.compile(r"https?://[^\s\"'<>\x00-\x20\x7f]+")


@lru_cache(maxsize=16384)
def _quoted(name: str) -> str:
    return quote(name, safe="")


class Addresses:
    """Addresses of a site. They are whole when the site knows where it lives, else they begin with a slash."""

    def __init__(self, site: SiteRecord) -> None:
        self.base = site.base_url.rstrip("/") if _HOME.fullmatch(site.base_url) else ""

    @property
    def whole(self) -> bool:
        """Whether addresses can be used outside the site."""
        return bool(self.base)

    def page(self, language: str, *names: str) -> str:
        """Address a page: ``page("ar", "weeks", "kahramana")``."""
        return f"{self.base}/{'/'.join(map(_quoted, (language, *names)))}/"

    def file(self, path: str) -> str:
        """Address a file by its path in the bundle."""
        return f"{self.base}/{'/'.join(map(_quoted, path.split('/')))}"

    def photo(self, photo: PhotoRecord) -> str:
        """Address the largest JPEG of a photo."""
        return f"{self.base}/media/{_quoted(photo.sha256)}-{min(_WIDEST, photo.width)}.jpg"

    def card(self, photo: PhotoRecord) -> str:
        """Address the small card of a photo."""
        return f"{self.base}/media/{_quoted(photo.sha256)}-card.jpg"
