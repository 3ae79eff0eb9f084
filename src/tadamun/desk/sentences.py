"""Saying sentences whose parts are texts, days and numbers, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from tadamun.record.changes import Part, Sentence
from tadamun.record.structs import When
from tadamun.toolkit.templatetags.saying import day, said


def say(sentence: Sentence) -> SafeString:
    """The sentence with each part in the reader's language where there is a wording."""
    parts = {name: _said(part) for name, part in sentence.parts.items()}
    return mark_safe(escape(str(sentence.pattern)) % parts)  # noqa: S308  both halves are escaped


def _said(part: "Part | Promise | None") -> SafeString:
    if isinstance(part, When):
        return _when(part)
    if isinstance(part, Mapping):
        return said(part)
    if isinstance(part, tuple):
        return mark_safe(" ".join(_said(one) for one in part))  # noqa: S308  each is escaped
    return conditional_escape(str(part if part is not None else ""))


def _when(when: When) -> SafeString:
    told: list[Any] = [day(when.start) if when.start == when.end else f"{day(when.start)} – {day(when.end)}"]
    if when.start_time:
        hours = f"{when.start_time:%H:%M}"
        told.append(f"{hours}–{when.end_time:%H:%M}" if when.end_time else hours)
    return conditional_escape(", ".join(told))
