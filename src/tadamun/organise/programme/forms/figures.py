"""The form about a figure: a claim with its source, how it came about, how sure it is, and how it is split."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tadamun.organise.programme.forms.fields import AudiencesField, DayField
from tadamun.organise.programme.forms.rows import RowForm, RowKind
from tadamun.organise.programme.forms.split import Cells, SplitField, cells_of, total_of, words_of
from tadamun.organise.programme.models import Change, Figure, FigurePart, Source
from tadamun.organise.programme.queries.slugs import free_slug, slug_of
from tadamun.organise.programme.services import changes
from tadamun.organise.programme.services.changes import Plain
from tadamun.organise.programme.vocabulary import Dimension, Group, Precision
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.languages import days
from tadamun.toolkit.languages.asking import TextField

# A split by these takes in everybody who was counted; a split by city or role may name a few only.
_COMPLETE = (Dimension.SEX, Dimension.AGE)
_EVERYBODY = [("", gettext_lazy("everybody"))]


class FigureForm(RowForm):
    """A claim about a number."""

    group = forms.ChoiceField(label=gettext_lazy("Of whom"), required=False)
    as_of = DayField(label=gettext_lazy("As of"), required=False)
    split = SplitField(label=gettext_lazy("Split"), required=False)
    new_source = TextField(label=gettext_lazy("A source that is not in the list"), required=False)
    new_source_url = forms.URLField(label=gettext_lazy("Its address"), required=False, assume_scheme="https")
    group_names = TextField(label=gettext_lazy("Another group, in words"), required=False)
    note = TextField(label=gettext_lazy("Note"), required=False, lines=2)
    audiences = AudiencesField()
    more = ("quantity_max", "new_source", "new_source_url", "as_of", "unit", "group_names", "note", "audiences")

    class Meta:
        model = Figure
        fields = (
            "counted",
            "precision",
            "quantity",
            "group",
            "source",
            "method",
            "quantity_max",
            "as_of",
            "unit",
            "group_names",
            "note",
            "audiences",
        )
        labels = {
            "counted": gettext_lazy("What was counted"),
            "precision": gettext_lazy("How sure"),
            "quantity": gettext_lazy("Number"),
            "quantity_max": gettext_lazy("Upper end of a range"),
            "source": gettext_lazy("Source"),
            "method": gettext_lazy("How it came about"),
            "unit": gettext_lazy("Unit"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["split"] = cells_of(self.instance)
        own = self.instance.group
        others = [(own, words_of(own, self.instance.group_names))] if own and own not in Group.values else []
        self.fields["group"].choices = [*_EVERYBODY, *Group.choices, *others]  # type: ignore[attr-defined]  # it is a choice field

    def now_stored(self) -> Plain:
        """The figure and its cells."""
        return super().now_stored() | {"split": cells_of(self.instance)}

    def clean(self) -> dict[str, Any]:
        """A claim must not contradict itself; two claims may contradict each other."""
        said = super().clean() or self.cleaned_data
        if (names := said.get("group_names")) and (not said.get("group") or said["group"] in Group.values):
            said["group"] = slug_of(names, "group")[:40]
        self._check_range(said)
        if "quantity" in said and not self.errors:
            self._check_split(said["quantity_max"] or said["quantity"], said)
        return said

    def _check_range(self, said: dict[str, Any]) -> None:
        low, high = said.get("quantity"), said.get("quantity_max")
        if said.get("precision") != Precision.RANGE:
            said["quantity_max"] = None
        elif high is None:
            self.add_error("quantity_max", _("A range needs its upper end."))
        elif low is not None and high < low:
            self.add_error("quantity_max", _("The upper end lies below the lower one."))

    def _check_split(self, total: int, said: dict[str, Any]) -> None:
        for dimension in {cell["dimension"] for cell in said.get("split") or ()}:
            added = total_of(said["split"], dimension)
            exact = said["precision"] == Precision.EXACT and dimension in _COMPLETE
            if added > total or (exact and added < total):
                says = _("The lines add up to %(added)d, the figure says %(total)d.")
                self.add_error("split", says % {"added": added, "total": total})

    def also(self, *, actor: Actor, row: Any, now: datetime) -> Iterable[Change]:
        """A source that is new, and the cells.

        :raises ValidationError: when somebody else changed the same cell meanwhile.
        """
        made = self._new_source(actor, row, now) if self.cleaned_data["new_source"] else []
        seen = _by_group(self.cleaned_data["seen"].get("split") or [])
        wanted = {key: _named(cell, seen.get(key)) for key, cell in _by_group(self.cleaned_data["split"]).items()}
        stored = {(cell.dimension, cell.group): cell for cell in FigurePart.objects.filter(figure=row)}
        for key in [*wanted, *(key for key in seen if key not in wanted)]:
            made += self._cell(actor, row, key, seen.get(key), wanted.get(key), stored.get(key), now)
        return made

    def _new_source(self, actor: Actor, row: Figure, now: datetime) -> list[Change]:
        titles, url = self.cleaned_data["new_source"], self.cleaned_data["new_source_url"]
        slug = free_slug(Source.objects.all(), slug_of(titles, "source"))
        source = changes.add(actor=actor, row=Source(slug=slug, titles=titles, url=url), now=now)
        before = changes.values_of(row, ["source"])
        named = changes.change(actor=actor, row=row, seen=before, wanted={"source": source.pk}, now=now)
        return [changes.latest_of(source), *([named.change] if named.change else [])]

    def _cell(
        self, actor: Actor, figure: Figure, key: tuple[str, str], seen: Any, mine: Any, there: Any, now: datetime
    ) -> list[Change]:
        if _same(seen, mine):
            return []
        if there is None and mine is None:
            return []
        theirs = {"quantity": there.quantity, "names": there.group_names} if there else None
        if not _same(theirs, seen) and not _same(theirs, mine):
            raise ValidationError({"split": _("Somebody changed this meanwhile. Open the page again.")})
        if mine is None:
            return [changes.remove(actor=actor, row=there, now=now)]
        values = {"quantity": mine["quantity"], "group_names": mine.get("names") or {}}
        if there is None:
            last = FigurePart.objects.filter(figure=figure).aggregate(last=Max("position"))["last"]
            at = 0 if last is None else last + 1
            cell = FigurePart(figure=figure, position=at, dimension=key[0], group=key[1], **values)
            return [changes.latest_of(changes.add(actor=actor, row=cell, now=now))]
        outcome = changes.change(actor=actor, row=there, seen=changes.values_of(there, values), wanted=values, now=now)
        return [outcome.change] if outcome.change else []


def _by_group(cells: Cells) -> dict[tuple[str, str], dict[str, Any]]:
    return {(cell["dimension"], cell["group"]): cell for cell in cells}


def _named(cell: dict[str, Any], seen: dict[str, Any] | None) -> dict[str, Any]:
    """The cell with the names that its group has in other languages."""
    before = (seen or {}).get("names") or {}
    unchanged = seen is not None and cell["words"] == words_of(seen["group"], before)
    return cell | {"names": before if unchanged else {**before, **(cell.get("names") or {})}}


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is other
    return bool(one["quantity"] == other["quantity"] and (one.get("names") or {}) == (other.get("names") or {}))


def _says(figure: Figure) -> str:
    """The claim in words: “about 300 people took part”, as the labels of its parts."""
    code = get_language() or "en"
    number = days.number(figure.quantity, code)
    if figure.quantity_max is not None:
        number = f"{number}–{days.number(figure.quantity_max, code)}"
    how = "" if figure.precision in {Precision.EXACT, Precision.RANGE} else figure.get_precision_display()
    of = words_of(figure.group, figure.group_names) if figure.group else figure.get_unit_display()
    return " · ".join(filter(None, [figure.get_counted_display(), f"{how} {number}".strip(), of]))


def _take_away(*, actor: Actor, row: Figure, now: datetime) -> Iterable[Change]:
    """A figure goes with its cells, so that it comes back with them."""
    cells = [changes.remove(actor=actor, row=cell, now=now) for cell in FigurePart.objects.filter(figure=row)]
    return [*cells, changes.remove(actor=actor, row=row, now=now)]


def _from(figure: Figure) -> str:
    """By whom or how a figure came about."""
    if figure.source:
        return words_of("", figure.source.titles)
    return figure.get_method_display() or _("no source yet")


FIGURES = RowKind(
    code="figures",
    model=Figure,
    form=FigureForm,
    title=gettext_lazy("Figures"),
    one=gettext_lazy("Figure"),
    add=gettext_lazy("Add a figure"),
    empty=gettext_lazy("Nothing was counted yet. Invited, registered, took part: each is a figure of its own."),
    says=_says,
    beside=_from,
    asks=lambda figure: figure.source_id is None and not figure.method,
    take_away=_take_away,
    related=("source",),
)
