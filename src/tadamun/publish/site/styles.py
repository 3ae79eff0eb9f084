"""The one style sheet of the public site: small files, put together, minified, inlined, named by its hash.

It is printed into every page, so that a page is whole in one request; the content security policy allows
this very sheet by its digest and no other style.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parent / "styles"

# In the order of the cascade: what comes later may refine what came before.
_FILES = ("base", "frame", "poster", "days", "cards", "figures", "gallery", "pages", "paper")


@cache
def style_sheet() -> str:
    """Put the sheet together and minify it."""
    return minified("".join((_FOLDER / f"{name}.css").read_text("utf-8") for name in _FILES))


def minified(css: str) -> str:
    """Take comments and white space out that no browser needs. Strings with such signs are not used here."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r"(?<=[{;])([-\w]+): ", r"\1:", css)
    return css.replace(";}", "}").strip()


@cache
def content_security_policy() -> str:
    """Write the policy for pages: nothing but pictures of this site, this style sheet, forms to this site."""
    digest = b64encode(sha256(style_sheet().encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src 'self'; style-src 'sha256-{digest}'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
