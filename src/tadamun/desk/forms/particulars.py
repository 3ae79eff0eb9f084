"""The form about what the kind adds to an activity, made from the fields of the kind's plan."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadamun.desk.forms.asking import Asked, Label, Shape, asked_of, field_for, plain_details
from tadamun.desk.forms.in_short import first_words
from tadamun.kinds.contract import Kind
from tadamun.kinds.registry import KINDS
from tadamun.organise.programme.forms.fields import ManyField, kept_words
from tadamun.toolkit.languages.asking import TextField

_SALT = "tadamun.desk.particulars"
_MOST_ROWS = 40
_SPARE = 2
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
Plain = dict[str, Any]


@dataclass(frozen=True)
class Laid:
    """A part of the page: one field, or a list of entries that have parts of their own; ``gone`` takes one away."""

    label: Label
    field: forms.BoundField | None = None
    entries: "tuple[Entry, ...]" = ()
    open: bool = False


@dataclass(frozen=True)
class Entry:
    """An entry of a list: its parts, the box that takes it away, and whether it is a new one."""

    parts: tuple[Laid, ...]
    gone: forms.BoundField | None
    new: bool
    wrong: bool = False
    says: str = ""


class ParticularsForm(forms.Form):
    """What only this kind has. ``details`` is what is stored; ``wanted`` what was sent, in the kind's structure."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, kind: Kind, details: Plain) -> None:
        super().__init__(data)
        self.kind, self.asked = kind, asked_of(kind)
        self.initial["seen"] = signing.dumps(details, salt=_SALT, compress=True)
        self.wanted: Plain = {}
        self._rows: dict[str, int] = {}
        self._stored: dict[str, int] = {}
        self._says: dict[str, str] = {}
        # Which entry of the page stands where in the list that was sent: empty ones are left out of that.
        self._kept: dict[str, list[int]] = {}
        self._add(self.asked, details, "")

    def clean_seen(self) -> Plain:
        """What the member saw when she opened the page.

        :raises ValidationError: when that was tampered with or is from another installation.
        """
        try:
            seen: Plain = signing.loads(self.cleaned_data["seen"] or self.initial["seen"], salt=_SALT)
        except signing.BadSignature:
            raise forms.ValidationError(_("Open this page again; what you wrote is still here to copy.")) from None
        return seen

    def clean(self) -> Plain:
        """Put the plan together, and let the kind say what is wrong in it, at the field."""
        said = super().clean() or self.cleaned_data
        collected = self._collected(self.asked, "")
        if self.errors:
            return said
        try:
            self.wanted = plain_details(self.kind, collected)
        except msgspec.ValidationError as error:
            self.add_error(None, str(error))
            return said
        for mistake in self.kind.mistakes(msgspec.convert(self.wanted, self.kind.plan)):
            self.add_error(self._field_at(mistake.where), _("%(what)s.") % {"what": mistake.what})
        return said

    def now_seen(self, seen: Plain) -> None:
        """Let what is sent next count as written in knowledge of this."""
        sent: Any = self.data.copy()  # type: ignore[attr-defined]  # a bound form has a QueryDict
        sent["seen"] = signing.dumps(seen, salt=_SALT, compress=True)
        self.data = sent

    @property
    def laid(self) -> tuple[Laid, ...]:
        """The parts of the page, in order."""
        return tuple(self._laid(self.asked, ""))

    def _add(self, asked: tuple[Asked, ...], stored: Plain, prefix: str) -> None:
        for one in asked:
            name, value = f"{prefix}{one.name}", stored.get(one.name)
            if one.shape in {Shape.TEXTS, Shape.ROWS}:
                self._add_list(one, list(value or ()), name)
                continue
            self.fields[name] = field_for(one, value)
            self.initial[name] = ", ".join(value or ()) if one.shape is Shape.WORD_LIST else value

    def _add_list(self, one: Asked, stored: list[Any], name: str) -> None:
        count = min(max(len(stored), self._sent_rows(name)) + _SPARE, _MOST_ROWS)
        self._rows[name], self._stored[name] = count, len(stored)
        for at in range(count):
            entry = stored[at] if at < len(stored) else {}
            if one.shape is Shape.TEXTS:
                self.fields[f"{name}-{at}"] = TextField(label=one.label, required=False, longest=20000)
                self.initial[f"{name}-{at}"] = entry
            else:
                self._add(one.parts, entry, f"{name}-{at}-")
                self._says[f"{name}-{at}"] = next(first_words(one, entry), "")
                if at < len(stored):
                    self.fields[f"{name}-{at}-gone"] = forms.BooleanField(label=_("Take it away"), required=False)

    def _sent_rows(self, name: str) -> int:
        """How many entries of a list were sent, the empty ones included."""
        start = f"{name}-"
        numbers = (key.removeprefix(start).partition("-")[0] for key in self.data if key.startswith(start))
        found = [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 4]
        # The last one that was offered was the spare one; it counts when something stands in it.
        return min(max(found, default=-1) + 1, _MOST_ROWS) if found else 0

    def _laid(self, asked: tuple[Asked, ...], prefix: str) -> Iterator[Laid]:
        for one in asked:
            name = f"{prefix}{one.name}"
            if name not in self._rows:
                yield Laid(one.label, field=self[name])
                continue
            entries = tuple(self._entry(one, name, at) for at in range(self._rows[name]))
            wrong = any(error.startswith(f"{name}-") for error in self.errors)
            yield Laid(one.label, entries=entries, open=wrong or len(entries) > _SPARE)

    def _entry(self, one: Asked, name: str, at: int) -> Entry:
        gone, new = f"{name}-{at}-gone", at >= self._stored[name]
        if one.shape is Shape.TEXTS:
            return Entry((Laid("", field=self[f"{name}-{at}"]),), None, new=new)
        parts = tuple(self._laid(one.parts, f"{name}-{at}-"))
        wrong = any(error.startswith(f"{name}-{at}-") for error in self.errors)
        return Entry(parts, None if new else self[gone], new=new, wrong=wrong, says=self._says[f"{name}-{at}"])

    def _collected(self, asked: tuple[Asked, ...], prefix: str) -> Plain:
        """The plan as it was sent, without what was left empty."""
        collected = {}
        for one in asked:
            name = f"{prefix}{one.name}"
            value = self._listed(one, name) if name in self._rows else self._value(one, name)
            if value not in (None, "", [], {}) or (value is False and one.required):
                collected[one.name] = value
        return collected

    def _listed(self, one: Asked, name: str) -> list[Any]:
        entries, self._kept[name] = [], []
        for at in range(self._rows[name]):
            entry = self._one_listed(one, f"{name}-{at}")
            if entry:
                entries.append(entry)
                self._kept[name].append(at)
        return entries

    def _one_listed(self, one: Asked, name: str) -> Any:
        if one.shape is Shape.TEXTS:
            return kept_words(self.initial.get(name), self.cleaned_data.get(name) or {})
        if self.cleaned_data.get(f"{name}-gone"):
            return None
        entry = self._collected(one.parts, f"{name}-")
        says_something = {part.name for part in one.parts if part.shape not in {Shape.CHOICE, Shape.YES}} & entry.keys()
        if not says_something and not any(f"{name}-{part.name}" in self.errors for part in one.parts):
            return None
        for part in one.parts:
            if part.required and part.name not in entry and f"{name}-{part.name}" not in self.errors:
                self.add_error(f"{name}-{part.name}", _("This belongs to it. Fill it in, or empty the whole entry."))
        return entry

    def _value(self, one: Asked, name: str) -> Any:
        value = self.cleaned_data.get(name)
        if one.shape is Shape.WORD_LIST:
            return [word for word in (part.strip() for part in str(value or "").replace("،", ",").split(",")) if word]
        if one.shape is Shape.TEXT:
            return kept_words(self.initial.get(name), value or {})
        field = self.fields[name]
        if isinstance(field, ManyField):
            return field.in_order(value or (), self.initial.get(name) or ())
        return value.isoformat() if one.shape in {Shape.HOUR, Shape.DAY} and value else value

    def _field_at(self, where: str) -> str | None:
        """The form field that a path of the plan (``distances[1].km``) is about; None for the form as a whole."""
        name = ""
        for step, number in _STEP.findall(where):
            if number:
                kept = self._kept.get(name, [])
                name = f"{name}-{kept[int(number)]}" if int(number) < len(kept) else name
            else:
                name = f"{name}-{step}" if name else step
        if name in self.fields:
            return name
        below = (field for field in self.fields if field.startswith(f"{name}-"))
        return next(below, None)


class KindForm(forms.Form):
    """Which kind an activity is."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("What the new kind does not know is put away."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [(kind.code, kind.name) for kind in KINDS.values()]
