"""Filters that say texts and times in the reader's language."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tadamun.toolkit import prose
from tadamun.toolkit.languages.registry import Language, language
from tadamun.toolkit.languages.text import spoken

register = template.Library()


class Wording(NamedTuple):
    """A text in one of its languages, as a template prints it."""

    code: str
    direction: str
    words: str


@register.filter
def said(text: Mapping[str, str] | None) -> SafeString:
    """A text in several languages, in the reader's where there is a wording; otherwise marked as what it is."""
    here = _here()
    words, code = spoken(text, here.code, [code for code, _name in settings.LANGUAGES])
    if code == here.code:
        return format_html("<bdi>{}</bdi>", words)
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', code, language(code).direction, words)


@register.filter
def tongues(text: Mapping[str, str] | None) -> list[Wording]:
    """All wordings of a text, the reader's own first, each with its language."""
    here = _here().code
    codes = sorted(text or {}, key=lambda code: (code != here, code))
    return [Wording(code, language(code).direction, (text or {})[code]) for code in codes]


@register.filter
def marked_up(words: str) -> SafeString:
    """A Markdown text as the public reads it."""
    return mark_safe(str(prose.rendered(words)))  # noqa: S308  cleaned by the allowlist there


@register.filter
def day(value: date | None) -> str:
    """A calendar day: 21 March 2026."""
    return format_date(value, "d MMMM y", locale=_here().locale) if value else ""


@register.filter
def weekday(value: date | None) -> str:
    """The weekday of a calendar day: Saturday."""
    return format_date(value, "EEEE", locale=_here().locale) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in the site's time zone: 21 March 2026, 15:30."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(settings.ENVIRONMENT.timezone) if settings.ENVIRONMENT.timezone else UTC)
    return format_datetime(local, "d MMMM y, HH:mm", locale=_here().locale)


def _here() -> Language:
    return language(get_language() or settings.LANGUAGE_CODE)
