"""What the frame of every desk page needs: language, menu, who is signed in. Worked out only where a page prints it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from tadamun.toolkit.languages.registry import Language, language


@dataclass(frozen=True)
class Entry:
    """A line of the menu."""

    address: str
    label: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """Everything around the page's own content."""

    language: Language
    languages: tuple[Language, ...]
    menu: tuple[Entry, ...]
    signed_in: bool
    member: str
    path: str


def frame(request: HttpRequest) -> Mapping[str, Any]:
    """Context processor: ``frame``. Pages that do not use it never touch the session."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    account = getattr(request, "user", None)
    signed_in = bool(account and account.is_authenticated)
    entries = [(reverse(name), label) for name, label in settings.DESK_MENU] if signed_in else []
    here = max((address for address, _label in entries if request.path.startswith(address)), key=len, default="")
    return Frame(
        language=language(get_language() or settings.LANGUAGE_CODE),
        languages=tuple(language(code) for code, _name in settings.LANGUAGES),
        menu=tuple(Entry(address, str(label), address == here) for address, label in entries),
        signed_in=signed_in,
        member=str(account) if signed_in else "",
        path=request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("desk"),
    )
