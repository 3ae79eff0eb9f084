"""A form about one row of a week, and the kinds of rows that a page offers to add, change and take away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.forms.choices import not_in_the_list
from tadamun.organise.programme.forms.fields import DayField, HourField, ManyField, MomentField, called, kept_words
from tadamun.organise.programme.models import Activity, Change, Place, Week
from tadamun.organise.programme.queries.world import rows_for
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.changes import Both, Plain, plain, values_of
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.languages.asking import TextField

__all__ = ["CALLED", "DayField", "HourField", "RowForm", "RowKind"]
# Every kind of rows there is, by the label of its model.
CALLED: "dict[str, RowKind]" = {}
_SALT = "tadamun.programme.seen"


class RowForm(forms.ModelForm):  # type: ignore[type-arg]  # the model is the subclass's
    """A form about a row. It carries what the member saw, so that a change by somebody else meanwhile is noticed.

    ``more`` names the fields that are asked for below a fold, because few rows need them.
    """

    template_name = "programme/desk/row_form.html"
    more: ClassVar[tuple[str, ...]] = ()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, week: Week, activity: Activity | None, **options: Any) -> None:
        self.week, self.activity = week, activity
        super().__init__(*args, **options)
        self.before = self.now_stored()
        self.initial["seen"] = signing.dumps(self.before, salt=_SALT, compress=True)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.help_text = field.help_text or not_in_the_list(field.queryset)
                setattr(field, "label_from_instance", called)  # noqa: B010  their own names, not their slugs
            elif isinstance(field, MomentField):
                field.set_zone(week.timezone)

    @property
    def entered(self) -> list[str]:
        """The names of the model's fields that this form asks for."""
        return list(self._meta.fields or ())

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that are shown at once."""
        return [field for field in self.visible_fields() if field.name not in self.more]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields below the fold."""
        return [self[name] for name in self.more if name in self.fields]

    @property
    def more_is_open(self) -> bool:
        """Whether something below the fold is wrong, so that it must be seen."""
        return any(field.errors for field in self.more_fields)

    def now_stored(self) -> Plain:
        """The values that are stored, of which the member has to know that they changed."""
        return values_of(self.instance, self.entered)

    def also(self, *, actor: Actor, row: Any, now: datetime) -> Iterable[Change]:
        """Write what this form says beside the row itself, within the same transaction.

        :raises django.core.exceptions.ValidationError: when that cannot be; then nothing at all is written.
        """
        return ()

    def offer(self, standing: Standing, now: datetime) -> None:
        """Offer only places that the member may know of, and those that stand here already."""
        for name, field in self.fields.items():
            rows = getattr(field, "queryset", None)
            if rows is not None and rows.model is Place:
                stored = self.before.get(name) or []
                here = stored if isinstance(stored, list) else [stored]
                known = rows_for(Place, standing, now).values("pk")
                setattr(field, "queryset", rows.filter(Q(pk__in=known) | Q(pk__in=here)))  # noqa: B010  of any such field

    def clean_seen(self) -> Plain:
        """What the member saw when she opened the form."""
        try:
            seen: Plain = signing.loads(self.cleaned_data["seen"] or self.initial["seen"], salt=_SALT)
        except signing.BadSignature:
            raise forms.ValidationError(_("Open this page again; what you wrote is still here to copy.")) from None
        return seen

    @property
    def wanted(self) -> Plain:
        """What the member sends, as plain values."""
        return {name: plain(self._sent(name)) for name in self.entered}

    def _sent(self, name: str) -> Any:
        """What was sent, without differences that nobody made."""
        field, value, before = self.fields[name], self.cleaned_data[name], self.before.get(name)
        if isinstance(field, TextField):
            return kept_words(before, value)
        return field.in_order(value, before or ()) if isinstance(field, ManyField) else value

    def show_both(self, both: tuple[Both, ...]) -> None:
        """Tell of fields that somebody else changed meanwhile; sending again knowingly writes over those alone."""
        seen = dict(self.cleaned_data["seen"])
        for clash in both:
            seen[clash.field] = self._now_known(clash, seen.get(clash.field))
        sent = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        sent[self.add_prefix("seen")] = signing.dumps(seen, salt=_SALT, compress=True)
        self.data = sent
        for clash in both:
            self.add_error(clash.field, self._changed_meanwhile(clash))

    def _now_known(self, clash: Both, seen: Any) -> Any:
        """What the member knows of a field once she has read of the clash; of a text, the languages that clashed."""
        if not isinstance(self.fields[clash.field], TextField):
            return clash.theirs
        before, theirs, mine = seen or {}, clash.theirs or {}, clash.mine or {}
        codes = {*before, *theirs, *mine}
        clashing = {code for code in codes if len({text.get(code, "") for text in (before, theirs, mine)}) == 3}
        return {**before, **{code: theirs.get(code, "") for code in clashing}}

    def _changed_meanwhile(self, clash: Both) -> forms.ValidationError:
        return forms.ValidationError(
            _(
                "%(who)s changed this while you wrote. Stored now: “%(theirs)s”. "
                "Yours is in the field; send what shall hold."
            ),
            params={"who": clash.by or _("Somebody"), "theirs": self._in_words(clash.field, clash.theirs)},
        )

    def _in_words(self, name: str, value: Any) -> str:
        if isinstance(value, dict):
            return " · ".join(value.values()) or "—"
        if value in (None, "", []):
            return "—"
        values = value if isinstance(value, list) else [value]
        choices = {str(key): label for key, label in getattr(self.fields[name], "choices", ())}
        return " · ".join(str(choices.get(str(one), one)) for one in values)


@dataclass(frozen=True, kw_only=True)
class RowKind:
    """A kind of rows that a week or an activity has, as pages offer it.

    ``code`` stands in the address. ``says`` puts a row into one line. ``begin`` sets what a new row starts with,
    ``take_away`` removes one (keywords as of ``changes.remove``). What is ``hushed`` has no panel while there is none.
    """

    code: str
    model: type[models.Model]
    form: type[RowForm]
    title: "str | Promise"
    one: "str | Promise"
    add: "str | Promise"
    empty: "str | Promise"
    says: Callable[[Any], "str | SafeString"]
    beside: Callable[[Any], "str | Promise | SafeString"] = lambda _row: ""
    asks: Callable[[Any], bool] = lambda _row: False
    begin: Callable[[Any], None] = lambda _row: None
    take_away: Callable[..., Iterable[Change]] = lambda **given: (changes.remove(**given),)
    hushed: bool = False
    # When one of these fields changed, or a row went, the page of this name asks what follows from it.
    follows: frozenset[str] = frozenset()
    then: str = ""
    related: tuple[str, ...] = ()
    permission: Permission = Permission.EDIT

    def __post_init__(self) -> None:
        """Whoever reads the history finds what the rows of this kind are called."""
        CALLED[self.model._meta.label_lower] = self

    def rows(self, week: Week, activity: Activity | None) -> "models.QuerySet[Any]":
        """The rows of the activity, or those of the week that are about no single activity. One query."""
        names = {field.name for field in self.model._meta.concrete_fields}
        scope: dict[str, Any] = {"activity": activity} if "activity" in names else {}
        if "week" in names:
            scope["week"] = week
        return self.model._default_manager.filter(**scope).select_related(*self.related)

    def new(self, week: Week, activity: Activity | None) -> Any:
        """A row that is not stored yet."""
        names = {field.name for field in self.model._meta.concrete_fields}
        row: Any = self.model()
        if "week" in names:
            row.week = week
        if "activity" in names:
            row.activity = activity
        self.begin(row)
        return row
