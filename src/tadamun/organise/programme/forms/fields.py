"""Fields that forms about weeks and activities are made of: days, hours, moments, choices that keep their order."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tadamun.organise.safety.vocabulary import Audience
from tadamun.toolkit.languages.asking import TextField
from tadamun.toolkit.languages.text import spoken

# Words that stand in addresses of the desk where a short name could stand.
_OUR_OWN = frozenset({"new"})
_MOMENT = "%Y-%m-%dT%H:%M"


class DayField(forms.DateField):
    """A calendar day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)


class AddressField(forms.SlugField):
    """The short name of something new, which stays in addresses and week files; ``rows`` are those that have one."""

    def __init__(self, *, rows: "QuerySet[Any]", longest: int = 80) -> None:
        super().__init__(
            label=_("Short name for addresses"),
            required=False,
            max_length=longest,
            help_text=_("Latin letters, numbers, hyphens. Left empty, it is made from the name. It stays as it is."),
        )
        self.rows = rows

    def clean(self, value: Any) -> str:
        """A name that is free, or none.

        :raises ValidationError: when it is taken, has other signs, or is a number alone, as years are.
        """
        slug = str(super().clean(value)).lower()
        if slug.isdigit():
            raise ValidationError(_("A number alone is no name. Put a word to it."))
        if slug and (slug in _OUR_OWN or self.rows.filter(slug=slug).exists()):
            raise ValidationError(_("This name is taken. Choose another one, or leave it empty."))
        return slug


class HourField(forms.TimeField):
    """A time of day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, input_formats=["%H:%M", "%H:%M:%S"], **options)


class MomentField(forms.Field):
    """A moment, asked for in the time zone of the week (``set_zone``), given back in UTC."""

    def __init__(self, **options: Any) -> None:
        self.zone = ZoneInfo("UTC")
        super().__init__(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT), **options)

    def set_zone(self, name: str) -> None:
        """Ask in this time zone (IANA name)."""
        self.zone = ZoneInfo(name)

    def prepare_value(self, value: Any) -> Any:
        """The stored moment as the clock there shows it."""
        return value.astimezone(self.zone).strftime(_MOMENT) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """The moment in UTC.

        :raises ValidationError: when it is none.
        """
        if not value:
            return None
        try:
            said = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise ValidationError(_("This is no day with an hour. Write it like 2026-03-21T15:30.")) from None
        return said.replace(tzinfo=said.tzinfo or self.zone).astimezone(UTC)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another moment was sent."""
        return bool(initial != self.to_python(data))


class ManyField(forms.MultipleChoiceField):
    """Several of some choices, as boxes to tick. What was stored keeps its order, what is new follows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)

    def in_order(self, ticked: Iterable[str], stored: Iterable[str]) -> list[str]:
        """The ticked ones in the order in which they are stored."""
        ticked, stored = list(ticked), list(stored)
        return [code for code in stored if code in ticked] + [code for code in ticked if code not in stored]


class AudiencesField(ManyField):
    """To whom a thing is told."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Told to"))
        super().__init__(choices=Audience.choices, required=False, **options)


class ManyRowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the rows are the caller's
    """Several rows, as boxes to tick."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, required=False, **options)


def kept_words(stored: Mapping[str, str] | None, sent: Mapping[str, str]) -> dict[str, str]:
    """A text as it was sent; where only space around the words or the way a line ends differs, as it is stored."""
    before = stored or {}
    tidy = TextField(required=False).to_python(before)
    return {code: before[code] if tidy.get(code) == words else words for code, words in sent.items()}


def called(row: Any) -> str:
    """What a row is called in the reader's language: its name or title, else what the row says of itself."""
    text = getattr(row, "names", None) or getattr(row, "titles", None)
    here = get_language() or settings.LANGUAGE_CODE
    return spoken(text, here, [code for code, _name in settings.LANGUAGES]).words or str(row)
