"""Links that people hand on to each other: as a code that a phone reads."""

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def qr(address: str) -> SafeString:
    """The address as QR code: an SVG that fills what it stands in."""
    picture = segno.make(address, error="m").svg_inline(border=2, svgclass=None, lineclass=None, omitsize=True)
    return mark_safe(picture)  # noqa: S308  made by us from squares, without a reader's text
