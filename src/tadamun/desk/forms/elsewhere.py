"""Asking what is different elsewhere: when an activity is repeated in another place, or a week is begun again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.forms.rows import DayField
from tadamun.organise.programme.models import Activity, Involvement, Place, Promise, Week
from tadamun.organise.programme.queries.reach import weeks_in_reach
from tadamun.organise.programme.queries.world import rows_for
from tadamun.organise.programme.services.copying import Elsewhere, places_of, swapped, swaps_between
from tadamun.organise.programme.vocabulary import PromiseState
from tadamun.toolkit import clock
from tadamun.toolkit.languages.asking import TextField
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.templatetags.saying import said

_OPEN = (PromiseState.PROMISED, PromiseState.SCHEDULED)


class _Said(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Chooses a row by its words in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """The row's titles, names or text."""
        return said(getattr(obj, "titles", None) or getattr(obj, "names", None) or getattr(obj, "text", {}))


class _Partners(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Chooses involvements: who it is, and as what."""

    def label_from_instance(self, obj: Any) -> str:
        """For example “Al-Amal: in cooperation”."""
        who = obj.organisation.names if obj.organisation else obj.collective
        return _("%(who)s: %(part)s") % {"who": said(who), "part": obj.get_type_display()}


def own_organisations(standing: Standing) -> Any:
    """The organisations for which the member may begin something."""
    slugs = [slug for slug in standing.organisations if standing.may(Permission.EDIT, [slug])]
    return Organisation.objects.filter(slug__in=slugs)


class RepeatForm(forms.Form):
    """An activity in another place: when, where, for whom, with whom."""

    promise = _Said(
        label=_("Which promise does it keep?"), queryset=Promise.objects.none(), required=False, empty_label=_("none")
    )
    titles = TextField(
        label=_("Title"), help_text=_("In each language of the week. Where it names the old place, the new one is put.")
    )
    titled_for = forms.CharField(widget=forms.HiddenInput, required=False)
    first_day = DayField(label=_("First day"))
    place = _Said(
        label=_("Place"), queryset=Place.objects.none(), required=False, empty_label=_("not known yet"),
        help_text=_("Where the old place is named in texts and conditions, the new one is written."),
    )  # fmt: skip
    target_group = TextField(label=_("For whom"), required=False, lines=2)
    week = _Said(label=_("In which week"), queryset=Week.objects.none(), required=False, empty_label=_("by itself"))
    organisation = _Said(label=_("Who organises it"), queryset=Organisation.objects.none(), empty_label=None)
    keep = _Partners(
        label=_("Ask these partners again"), queryset=Involvement.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("They are named only after they have agreed to the new one."),
    )  # fmt: skip
    with_body = forms.BooleanField(
        label=_("Take the long text along, too"), required=False,
        help_text=_("A report of what was is usually written anew."),
    )  # fmt: skip

    def __init__(self, *args: Any, activity: Activity, standing: Standing, **options: Any) -> None:
        self.activity = activity
        promises = Promise.objects.filter(week=activity.week, state__in=_OPEN).order_by("-activity", "position")
        promised = _promised(promises.filter(activity=activity).first())
        titles = self._titled(activity.titles, promised.get("place"))
        options["initial"] = {**promised, **titles, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self._choices(promises, standing)

    def _choices(self, promises: Any, standing: Standing) -> None:
        chosen: dict[str, Any] = {
            "promise": promises,
            "place": rows_for(Place, standing, clock.now()).order_by("slug"),
            "week": weeks_in_reach(standing.organisations).order_by("-start"),
            "organisation": own_organisations(standing),
            "keep": self.activity.involvements.select_related("organisation"),
        }
        for name, rows in chosen.items():
            field: Any = self.fields[name]
            field.queryset = rows

    def _titled(self, titles: Text, place: Place | None) -> dict[str, Any]:
        """The title with the new place's name in it, and for which place it was made."""
        if place is None:
            return {"titles": titles, "titled_for": ""}
        swaps = swaps_between(places_of(self.activity), place)
        return {"titles": swapped(titles, swaps), "titled_for": str(place.pk)}

    def clean(self) -> dict[str, Any]:
        """A title that names the old place is shown once more with the new one; what is sent then holds."""
        data = super().clean() or self.cleaned_data
        place, titles = data.get("place"), data.get("titles")
        if place is None or not titles or data.get("titled_for") == str(place.pk):
            return data
        titled = self._titled(titles, place)
        if titled["titles"] != titles:
            sent = self.data.copy() if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
            sent["titled_for"] = titled["titled_for"]
            for code, words in titled["titles"].items():
                sent[f"titles-{code}"] = words
            self.data = sent
            self.add_error(
                "titles", _("It named the old place and names the new one now. Look at it, and send it again.")
            )
        return data

    def elsewhere(self) -> Elsewhere:
        """What was asked, for the service."""
        data = self.cleaned_data
        place: Place | None = data["place"]
        return Elsewhere(
            titles=data["titles"],
            first_day=data["first_day"],
            week=data["week"],
            organisation=data["organisation"],
            place=place,
            target_group=data["target_group"] or None,
            swaps=swaps_between(places_of(self.activity), place) if place else (),
            keep=[row.pk for row in data["keep"]],
            promise=data["promise"],
            with_body=data["with_body"],
        )


def _promised(promise: Promise | None) -> dict[str, Any]:
    """What a promise says already about the repeat that keeps it."""
    if promise is None:
        return {}
    return {
        "promise": promise,
        "place": promise.place,
        "target_group": promise.target_group,
        "first_day": promise.due_on,
    }


class CopyWeekForm(forms.Form):
    """A week begun again: its title, its first day, who organises it, whom to ask again."""

    titles = TextField(label=_("Title"))
    first_day = DayField(label=_("First day"))
    organisation = _Said(label=_("Who organises it"), queryset=Organisation.objects.none(), empty_label=None)
    keep = _Partners(
        label=_("Ask these partners again"), queryset=Involvement.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("They are named only after they have agreed to the new one."),
    )  # fmt: skip

    def __init__(self, *args: Any, week: Week, standing: Standing, **options: Any) -> None:
        options["initial"] = {"titles": week.titles, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        chosen: dict[str, Any] = {
            "organisation": own_organisations(standing),
            "keep": week.involvements.select_related("organisation"),
        }
        for name, rows in chosen.items():
            field: Any = self.fields[name]
            field.queryset = rows

    @property
    def kept(self) -> Sequence[int]:
        """The keys of the involvements that are asked again."""
        return [row.pk for row in self.cleaned_data["keep"]]
