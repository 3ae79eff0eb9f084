"""A database column for a text in several languages, and labels of code in all languages."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tadamun.toolkit.languages.asking import TextField
from tadamun.toolkit.languages.registry import UnknownLanguage, language
from tadamun.toolkit.languages.text import Text

if TYPE_CHECKING:
    _Column = models.JSONField[Text, Text]
else:
    _Column = models.JSONField


class TextColumn(_Column):
    """A ``Text``: language code → words. Empty wordings are not stored."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", dict)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def get_prep_value(self, value: Any) -> Any:
        """Drop empty wordings and order the languages, so that equal texts are equal bytes."""
        if isinstance(value, dict):
            value = {code: value[code] for code in sorted(value) if value[code]}
        return super().get_prep_value(value)

    def formfield(self, form_class: Any = None, choices_form_class: Any = None, **options: Any) -> Any:
        """A form asks for it language by language. ``lines`` above 1 makes boxes for longer words."""
        options.setdefault("required", not self.blank)
        return models.Field.formfield(self, form_class or TextField, choices_form_class, **options)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Accept only known language codes with words.

        :raises ValidationError: naming what is not a text in a language.
        """
        super().validate(value, model_instance)
        if not isinstance(value, dict):
            raise ValidationError(_("A text is a wording for each language."))
        for code, words in value.items():
            try:
                language(code)
            except UnknownLanguage:
                raise ValidationError(_("“%(code)s” is not a language code."), params={"code": code}) from None
            if not isinstance(words, str):
                raise ValidationError(_("The wording in “%(code)s” is not a text."), params={"code": code})


def label_in(languages: Iterable[str], label: "str | Promise") -> Text:
    """Say a label of the code (a lazy translation) in each of ``languages`` that has a wording for it.

    A language without a translation gets none, rather than English in disguise.
    """
    return dict(_labels(tuple(languages), label if isinstance(label, str) else _source_of(label), label))


def filled(pattern: "str | Promise", name: Text, languages: Iterable[str]) -> Text:
    """A wording with ``%(name)s`` in it, in each language that has both the wording and the name.

    When no language has both, the name stands alone: it is never lost.
    """
    wordings = label_in(languages, pattern)
    lines = {code: words % {"name": name[code]} for code, words in wordings.items() if name.get(code)}
    return lines or dict(name)


@lru_cache(maxsize=4096)
def _labels(languages: tuple[str, ...], source: str, label: "str | Promise") -> tuple[tuple[str, str], ...]:
    wordings = []
    for code in languages:
        with translation.override(code):
            words = str(label)
        if code == "en" or words != source:
            wordings.append((code, words))
    return tuple(wordings)


def _source_of(label: Promise) -> str:
    with translation.override(None):
        return str(label)
