"""The interface's words in one language, from the gettext catalogues under ``locale/``.

English is written in the code and needs no catalogue. A catalogue that was not compiled yet is read
from its ``.po`` file, so that a fresh checkout prints the same pages as an installed one.
"""

import gettext
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import tadamun

_DOMAIN = "django"


class Catalogue(NamedTuple):
    """The words of one language and a digest of the file that they came from."""

    translations: gettext.NullTranslations
    digest: bytes


def default_folder() -> Path:
    """Where the catalogues lie: beside the package when it is installed, else in the checkout."""
    package = Path(tadamun.__file__).parent
    for folder in (package / "locale", package.parent.parent / "locale"):
        if folder.is_dir():
            return folder
    return package / "locale"


@cache
def load(code: str, folder: Path) -> Catalogue:
    """Load the words of a language once per process. A language without catalogue speaks English."""
    po = folder / code.replace("-", "_") / "LC_MESSAGES" / f"{_DOMAIN}.po"
    mo = po.with_suffix(".mo")
    if po.exists():
        source = po.read_bytes()
        compiled = mo.read_bytes() if _is_newer(mo, po) else _compiled(source)
        return Catalogue(gettext.GNUTranslations(BytesIO(compiled)), sha256(source).digest())
    if mo.exists():
        compiled = mo.read_bytes()
        return Catalogue(gettext.GNUTranslations(BytesIO(compiled)), sha256(compiled).digest())
    return Catalogue(gettext.NullTranslations(), b"")


def _is_newer(compiled: Path, source: Path) -> bool:
    return compiled.exists() and compiled.stat().st_mtime_ns > source.stat().st_mtime_ns


def _compiled(source: bytes) -> bytes:
    buffer = BytesIO()
    write_mo(buffer, read_po(BytesIO(source)))
    return buffer.getvalue()
