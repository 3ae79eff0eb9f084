"""Finds the strings of Django templates for Babel, so that no gettext tools need to be installed.

Django itself can turn a template into lines of ``gettext("…")``; Babel reads those. See ``babel.cfg``.
"""

from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

Message = tuple[int, Any, Any, Any]


def extract_django(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any
) -> Iterator[Message]:
    """Yield (line, function, messages, comments) of one template, as Babel asks of an extraction method."""
    lines = templatize(fileobj.read().decode("utf-8"))
    yield from extract_python(BytesIO(lines.encode("utf-8")), keywords, comment_tags, options)
