"""Asking for a text in several languages: one field, a wording for each language, side by side or one below another."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tadamun.toolkit.languages.registry import UnknownLanguage, language
from tadamun.toolkit.languages.text import Text

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})*")
LONGEST_LINE = 300


class TextWidget(forms.Widget):
    """A box for each language of the site, the reader's own first, and for every other language that has a wording."""

    template_name = "components/text.html"
    # The boxes are a group; what it is called is said with each of them.
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, lines: int = 1) -> None:
        super().__init__(attrs)
        self.lines = lines
        self.longest: int | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template prints: a box for each language."""
        context = super().get_context(name, value, attrs)
        text = value if isinstance(value, dict) else {}
        here = get_language() or settings.LANGUAGE_CODE
        offered = [code for code, _name in settings.LANGUAGES]
        codes = sorted({*offered, *text}, key=lambda code: (code != here, code not in offered, code))
        context["widget"]["lines"] = self.lines
        context["widget"]["longest"] = self.longest
        context["widget"]["boxes"] = [
            {
                "name": f"{name}-{code}",
                "id": f"{context['widget']['attrs'].get('id', name)}-{code}",
                "language": language(code),
                "words": text.get(code, ""),
                "first": code == codes[0],
            }
            for code in codes
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Text:
        """The wordings that were sent, by language code; empty ones say that a wording was taken away."""
        start = f"{name}-"
        return {
            key.removeprefix(start): data[key]
            for key in data
            if key.startswith(start) and _CODE.fullmatch(key.removeprefix(start))
        }

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether nothing of it was sent at all."""
        return not self.value_from_datadict(data, files, name)

    def id_for_label(self, id_: str) -> str:
        """The whole is a group of boxes, of which each has a label of its own."""
        return ""

    def use_required_attribute(self, initial: Any) -> bool:
        """One wording is enough, which the browser cannot check."""
        return False


class TextField(forms.Field):
    """A ``Text``. Required means: in at least one language."""

    widget = TextWidget

    def __init__(self, *, lines: int = 1, longest: int | None = None, **options: Any) -> None:
        self.longest = longest or (LONGEST_LINE if lines == 1 else None)
        options.setdefault("widget", TextWidget(lines=lines))
        super().__init__(**options)
        self.widget.longest = self.longest

    def to_python(self, value: Any) -> Text:
        """The wordings without space around them, in composed letters (NFC), those that are empty left out."""
        said = {}
        for code, words in (value or {}).items():
            try:
                language(code)
            except UnknownLanguage:
                raise ValidationError(_("“%(code)s” is not a language code."), params={"code": code}) from None
            if tidy := unicodedata.normalize("NFC", str(words)).replace("\r\n", "\n").strip():
                said[code] = tidy
        return said

    def validate(self, value: Text) -> None:
        """Refuse what is empty and must not be, and what is too long.

        :raises ValidationError: with the language that it is about.
        """
        if self.required and not value:
            raise ValidationError(_("Say it in at least one language."))
        for code, words in value.items():
            if self.longest and len(words) > self.longest:
                raise ValidationError(
                    _("%(language)s: at most %(longest)d characters fit here, these are %(length)d."),
                    params={"language": language(code).own_name, "longest": self.longest, "length": len(words)},
                )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether a wording differs."""
        return {code: words for code, words in (initial or {}).items() if words} != self.to_python(data)
