"""The form about a sitting: which day or days, when, where, and when the exact place is told."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tadamun.organise.programme.forms.fields import DayField, HourField, MomentField, called
from tadamun.organise.programme.forms.rows import RowForm, RowKind
from tadamun.organise.programme.models import Sitting
from tadamun.organise.programme.vocabulary import DatePrecision, PartOfDay, State, TellPlace
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.asking import TextField


class SittingForm(RowForm):
    """One date and place of an activity."""

    start = DayField(label=gettext_lazy("Day"))
    end = DayField(label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Only if there are several."))
    start_time = HourField(label=gettext_lazy("From"), required=False)
    end_time = HourField(label=gettext_lazy("To"), required=False)
    told_from = MomentField(label=gettext_lazy("The exact place is told from"), required=False)
    note = TextField(label=gettext_lazy("Note"), required=False)
    more = ("public_place", "tell_place", "told_from", "part_of_day", "precision", "days", "note")

    class Meta:
        model = Sitting
        fields = (
            "start",
            "end",
            "start_time",
            "end_time",
            "place",
            "public_place",
            "tell_place",
            "told_from",
            "part_of_day",
            "precision",
            "days",
            "note",
        )
        labels = {
            "place": gettext_lazy("Exact place"),
            "public_place": gettext_lazy("Place that the public is told meanwhile"),
            "tell_place": gettext_lazy("The exact place is told"),
            "part_of_day": gettext_lazy("Part of the day, if there is no hour"),
            "precision": gettext_lazy("How the days are meant"),
            "days": gettext_lazy("On how many of these days"),
        }

    def clean(self) -> dict[str, Any]:
        """What the days, hours and places say of each other."""
        said = super().clean() or self.cleaned_data
        if said.get("start") and ("end" not in self.errors and self._ends_with_its_day(said)):
            said["end"] = said["start"]
        if said.get("start") and said.get("end") and said["end"] < said["start"]:
            self.add_error("end", _("The last day lies before the first one."))
            return said
        self._check_hours(said)
        self._check_days(said)
        self._check_telling(said)
        return said

    def _ends_with_its_day(self, said: dict[str, Any]) -> bool:
        """Whether no last day was given, or the one that was there when it was a single day, which has moved now."""
        last, before = said.get("end"), self.before
        return last is None or (before["start"] == before["end"] == last.isoformat() and said["start"] != last)

    def _check_hours(self, said: dict[str, Any]) -> None:
        first, last = said.get("start_time"), said.get("end_time")
        if last and not first:
            self.add_error("end_time", _("Say when it starts too, or take a part of the day."))
        elif first and last and last <= first and said.get("start") == said.get("end"):
            self.add_error("end_time", _("It ends before it starts. If it ends after midnight, give the next day too."))

    def _check_days(self, said: dict[str, Any]) -> None:
        if not said.get("start") or not said.get("end"):
            return
        span = (said["end"] - said["start"]).days + 1
        if said.get("precision") == DatePrecision.EXACT:
            said["days"] = None
        elif not said.get("days"):
            self.add_error("days", _("Say on how many of these days."))
        elif said["days"] > span:
            says = ngettext("There is only %(count)d day.", "There are only %(count)d days.", span)
            self.add_error("days", says % {"count": span})

    def _check_telling(self, said: dict[str, Any]) -> None:
        if said.get("tell_place") != TellPlace.LATER:
            said["told_from"] = None
        elif not said.get("told_from") and "told_from" not in self.errors:
            self.add_error("told_from", _("Say from when on the exact place is told, or choose “never”."))


def when(sitting: Sitting) -> str:
    """The day or days of a sitting, and its hours as far as they are known."""
    code = get_language() or "en"
    on = days.span(sitting.start, sitting.end, code)
    if sitting.start_time and sitting.end_time:
        hours = f"{days.clock(sitting.start_time, code)} – {days.clock(sitting.end_time, code)}"
    elif sitting.start_time:
        hours = days.clock(sitting.start_time, code)
    elif sitting.part_of_day:
        hours = str(PartOfDay(sitting.part_of_day).label)
    else:
        return on
    return _("%(day)s, %(hours)s") % {"day": on, "hours": hours}


def where(sitting: Sitting) -> "str | SafeString":
    """The exact place of a sitting, and whether the public knows it."""
    place = called(sitting.place) if sitting.place else _("no place yet")
    if sitting.tell_place == TellPlace.ALWAYS or not sitting.place:
        return place
    told = _("told later") if sitting.tell_place == TellPlace.LATER else _("told to nobody outside")
    return format_html('<bdi>{}</bdi> <span class="chip calm">{}</span>', place, told)


def misfits(sitting: Sitting) -> bool:
    """Whether a sitting wants to be looked at: no place, or outside of its week though nothing moved it there."""
    activity = sitting.activity
    if activity.state in {State.POSTPONED, State.CANCELLED}:
        return False
    return sitting.place_id is None or not activity.week.start <= sitting.start <= sitting.end <= activity.week.end


def _begin(sitting: Sitting) -> None:
    """The week's first day is nearer than none."""
    sitting.start = sitting.activity.week.start


SITTINGS = RowKind(
    code="sittings",
    model=Sitting,
    form=SittingForm,
    title=gettext_lazy("When and where"),
    one=gettext_lazy("Day and place"),
    add=gettext_lazy("Add a day"),
    empty=gettext_lazy("No day is set yet."),
    says=when,
    beside=where,
    asks=misfits,
    begin=_begin,
    follows=frozenset({"start", "end", "start_time", "end_time", "part_of_day", "place"}),
    then="activity_tell",
    related=("place", "public_place", "activity__week"),
)
