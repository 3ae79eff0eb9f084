"""Forms about a week as a whole: what is asked before it begins, what it says."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.forms.fields import AddressField, DayField, ManyField, ManyRowsField, called
from tadamun.organise.programme.forms.rows import RowForm
from tadamun.organise.programme.models import Occasion, Place, Source, Week
from tadamun.organise.programme.queries.slugs import free_slug, week_slug
from tadamun.organise.programme.services.templates import WeekTemplate
from tadamun.organise.programme.vocabulary import PlaceKind, Theme, WeekForm
from tadamun.toolkit.languages.asking import TextField


def own_organisations(standing: Standing) -> Any:
    """The organisations for which a member may begin something."""
    slugs = [part.organisation for part in standing.parts if standing.may(Permission.EDIT, [part.organisation])]
    return Organisation.objects.filter(slug__in=slugs)


class BeginForm(forms.Form):
    """All that a week needs to begin: its title in one language, what it is, when, who organises it."""

    title = forms.CharField(
        label=_("Title"), max_length=300, help_text=_("In your language. Others can be added when it has begun.")
    )
    form = forms.ChoiceField(label=_("Kind of week"), choices=WeekForm.choices)
    start = DayField(label=_("First day"))
    end = DayField(label=_("Last day"), required=False)
    organiser = forms.ModelChoiceField(
        label=_("Who organises it"), queryset=Organisation.objects.none(), empty_label=None
    )
    slug = AddressField(rows=Week.objects.all())
    template_name = "programme/desk/row_form.html"

    def __init__(self, *args: Any, standing: Standing, template: WeekTemplate | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.template = template
        organiser: Any = self.fields["organiser"]
        organiser.queryset = own_organisations(standing)
        organiser.label_from_instance = called
        if template:
            del self.fields["form"]
            self.fields["end"].help_text = _("Left empty, it is as long as it usually is.")

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that are shown at once."""
        return [field for field in self if field.name != "slug"]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields below the fold."""
        return [self["slug"]]

    @property
    def more_is_open(self) -> bool:
        """Whether something below the fold is wrong."""
        return "slug" in self.errors

    def clean(self) -> dict[str, Any]:
        """Days that run forwards; a day of action needs no last day.

        :raises ValidationError: at the last day.
        """
        said: dict[str, Any] = super().clean() or {}
        start, end = said.get("start"), said.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day comes before the first."))
        if start and not end and not self.template and "end" not in self.errors:
            if said.get("form") == WeekForm.DAY:
                said["end"] = start
            else:
                self.add_error("end", _("Say the last day."))
        return said


class WeekSaysForm(RowForm):
    """What a week says of itself. Its address can be changed while ``address_is_open``."""

    titles = TextField(label=_("Title"))
    start = DayField(label=_("First day"))
    end = DayField(label=_("Last day"))
    timezone = forms.ChoiceField(label=_("Time zone"))
    summary = TextField(label=_("In a few sentences"), required=False, lines=4)
    body = TextField(label=_("Text"), required=False, lines=12)
    themes = ManyField(label=_("Themes"), choices=Theme.choices, required=False)
    places = ManyRowsField(label=_("Where"), queryset=Place.objects.exclude(kind=PlaceKind.LANDMARK))
    occasions = ManyRowsField(label=_("Occasions"), queryset=Occasion.objects.all())
    also_told_by = ManyRowsField(label=_("Also told by"), queryset=Source.objects.all())
    more = ("body", "reach", "themes", "places", "occasions", "also_told_by", "series", "edition", "timezone", "slug")

    class Meta:
        model = Week
        fields = (
            "titles",
            "form",
            "start",
            "end",
            "summary",
            "target_group",
            "body",
            "reach",
            "themes",
            "places",
            "occasions",
            "also_told_by",
            "series",
            "edition",
            "timezone",
            "slug",
        )
        labels = {
            "form": _("Kind of week"),
            "target_group": _("For whom"),
            "reach": _("Where, in words"),
            "series": _("Series"),
            "edition": _("Which edition"),
        }

    def __init__(self, *args: Any, address_is_open: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if address_is_open:
            self.fields["slug"] = AddressField(rows=Week.objects.exclude(pk=self.instance.pk))
            self.fields["slug"].help_text = _("Links that were given to somebody break when it changes.")
        else:
            del self.fields["slug"]
        zones = sorted(available_timezones() | {self.instance.timezone})
        self.fields["timezone"].choices = [(zone, zone) for zone in zones]  # type: ignore[attr-defined]  # a choice's

    @property
    def entered(self) -> list[str]:
        """The names of the model's fields that this form asks for."""
        return [name for name in super().entered if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Days that run forwards; an emptied address is made from the title again.

        :raises ValidationError: at the last day.
        """
        said: dict[str, Any] = super().clean() or {}
        start, end = said.get("start"), said.get("end")
        if self.add_prefix("slug") not in self.data:
            said["slug"] = self.before.get("slug")
        elif said.get("slug") == "" and start:
            others = Week.objects.exclude(pk=self.instance.pk)
            said["slug"] = free_slug(others, week_slug(said.get("titles") or {}, str(said.get("form", "")), start))
        if start and end and end < start:
            self.add_error("end", _("The last day comes before the first."))
        if said.get("edition") == 0:
            self.add_error("edition", _("Editions are counted from 1."))
        return said
