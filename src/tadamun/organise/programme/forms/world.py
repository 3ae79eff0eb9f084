"""Forms about what weeks refer to in the outside world: places, occasions, campaigns, series, sources."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.forms.fields import AddressField, DayField, ManyRowsField
from tadamun.organise.programme.forms.rows import RowForm
from tadamun.organise.programme.models import Campaign, Occasion, Place, Series, Source
from tadamun.organise.programme.vocabulary import PlaceKind
from tadamun.toolkit.languages.asking import TextField
from tadamun.toolkit.languages.days import span
from tadamun.toolkit.languages.registry import UnknownLanguage, language


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def prepare_value(self, value: Any) -> Any:
        """The texts one below another."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The texts, each once, without empty lines."""
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another text was sent."""
        return bool((initial or []) != self.to_python(data))


class WorldForm(RowForm):
    """A form about a row that belongs to no week. What is new may be given a short name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, week=None, activity=None, **options)  # type: ignore[arg-type]  # the world has no week
        if self.instance.pk is None:
            self.fields["slug"] = AddressField(rows=self._meta.model._default_manager.all())

    def clean(self) -> dict[str, Any]:
        """The short name of what is new goes with it."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("slug"):
            self.instance.slug = said["slug"]
        return said

    def _runs_forwards(self, said: dict[str, Any]) -> dict[str, Any]:
        if said.get("start") and said.get("end") and said["end"] < said["start"]:
            self.add_error("end", _("The last day comes before the first."))
        return said


class PlaceForm(WorldForm):
    """A place: what it is called and what it lies in is enough."""

    names = TextField(label=_("Name"))
    landmark = TextField(
        label=_("How to find it"), required=False, help_text=_("For example: near the statue of Shahrazad.")
    )
    spellings = LinesField(label=_("Other spellings"), help_text=_("One a line. They help to find it."))
    more = ("landmark", "keeper", "spellings", "latitude", "longitude", "slug")

    class Meta:
        model = Place
        fields = ("names", "kind", "within", "landmark", "keeper", "spellings", "latitude", "longitude")
        labels = {
            "kind": _("Kind of place"),
            "within": _("Lies in"),
            "keeper": _("Who runs the place"),
            "latitude": _("Latitude"),
            "longitude": _("Longitude"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is None:
            self.initial["kind"] = PlaceKind.VENUE

    def clean(self) -> dict[str, Any]:
        """A whole point or none; no place that lies within itself.

        :raises ValidationError: at the field.
        """
        said: dict[str, Any] = super().clean() or {}
        if (said.get("latitude") is None) != (said.get("longitude") is None):
            self.add_error("longitude", _("A point needs both numbers."))
        around, passed = said.get("within"), set()
        while around is not None and around.pk not in passed:
            if around.pk == self.instance.pk:
                self.add_error("within", _("A place cannot lie within itself."))
                break
            passed.add(around.pk)
            around = around.within
        return said


class OccasionForm(WorldForm):
    """A day or an event of the outside world."""

    names = TextField(label=_("Name"))
    start = DayField(label=_("Day"))
    end = DayField(label=_("Last day"), required=False, help_text=_("Only if there are several."))
    more = ("slug",)

    class Meta:
        model = Occasion
        fields = ("names", "kind", "start", "end")
        labels = {"kind": _("Kind of occasion")}

    def clean(self) -> dict[str, Any]:
        """One day where no last day is said.

        :raises ValidationError: at the last day.
        """
        said: dict[str, Any] = super().clean() or {}
        if "end" not in self.errors:
            said["end"] = said.get("end") or said.get("start")
        return self._runs_forwards(said)


class CampaignForm(WorldForm):
    """Somebody else's campaign, with the days on which it runs."""

    names = TextField(label=_("Name"))
    start = DayField(label=_("First day"), required=False)
    end = DayField(label=_("Last day"), required=False)
    owners = ManyRowsField(label=_("Whose it is"), queryset=Organisation.objects.all())
    theme = TextField(label=_("What it is about"), required=False, lines=2)
    hashtags = LinesField(label=_("Hashtags"), help_text=_("One a line."))
    url = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    more = ("owners", "theme", "hashtags", "url", "slug")

    class Meta:
        model = Campaign
        fields = ("names", "start", "end", "owners", "theme", "hashtags", "url")

    def clean(self) -> dict[str, Any]:
        """Days that run forwards.

        :raises ValidationError: at the last day.
        """
        return self._runs_forwards(super().clean() or {})


class SeriesForm(WorldForm):
    """What editions belong to."""

    names = TextField(label=_("Name"))
    more = ("slug",)

    class Meta:
        model = Series
        fields = ("names",)


class SourceForm(WorldForm):
    """Where a claim or an account comes from."""

    titles = TextField(label=_("Title"))
    publisher = TextField(label=_("Who published it"), required=False)
    url = forms.URLField(label=_("Web address"), required=False, max_length=500, assume_scheme="https")
    published_on = DayField(label=_("Published on"), required=False)
    more = ("slug",)

    class Meta:
        model = Source
        fields = ("titles", "publisher", "url", "published_on", "language")
        labels = {"language": _("Language")}
        help_texts = {"language": _("Its code, for example ar, ckb or en.")}

    def clean_language(self) -> str:
        """A language that is known, or none.

        :raises ValidationError: when it is none.
        """
        code = str(self.cleaned_data["language"]).strip()
        if code:
            try:
                language(code)
            except UnknownLanguage:
                raise forms.ValidationError(_("“%(code)s” is not a language code."), params={"code": code}) from None
        return code


@dataclass(frozen=True, kw_only=True)
class WorldKind:
    """A kind of rows of the outside world: its code in addresses, its form, how it is called."""

    code: str
    model: type[models.Model]
    form: type[WorldForm]
    title: "str | Promise"
    add: "str | Promise"
    says: "str | Promise"
    beside: Callable[[Any, str], "str | Promise | SafeString"] = lambda _row, _language: ""
    related: tuple[str, ...] = ()


def _when(row: Any, code: str) -> str:
    return span(row.start, row.end, code) if row.start and row.end else ""


WORLD: Mapping[str, WorldKind] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            WorldKind(
                code="places",
                model=Place,
                form=PlaceForm,
                title=pgettext_lazy("where things happen", "Places"),
                add=_("Add a place"),
                says=_("Venues, parks, cities: where things happen."),
                beside=lambda row, _code: row.get_kind_display(),
            ),
            WorldKind(
                code="occasions",
                model=Occasion,
                form=OccasionForm,
                title=_("Occasions"),
                add=_("Add an occasion"),
                says=_("Holidays, international days, elections: what else is on a day."),
                beside=_when,
            ),
            WorldKind(
                code="campaigns",
                model=Campaign,
                form=CampaignForm,
                title=_("Campaigns of others"),
                add=_("Add a campaign"),
                says=_("International campaigns to which activities contribute."),
                beside=_when,
            ),
            WorldKind(
                code="series",
                model=Series,
                form=SeriesForm,
                title=_("Series"),
                add=_("Add a series"),
                says=_("What keeps editions together when they change their name."),
            ),
            WorldKind(
                code="sources",
                model=Source,
                form=SourceForm,
                title=_("Sources"),
                add=_("Add a source"),
                says=_("Reports and articles that figures come from."),
                beside=lambda row, _code: row.published_on or "",
            ),
        )
    }
)
