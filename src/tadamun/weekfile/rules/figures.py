"""Figures: a claim must not contradict itself. Two claims may contradict each other."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tadamun.organise.programme.vocabulary import Dimension, Group, Precision
from tadamun.weekfile.document import FigureEntry
from tadamun.weekfile.rules.findings import Finding, Ground, hint, wrong

# A split by these takes in everybody who was counted; a split by city or role may name a few only.
_COMPLETE = frozenset({Dimension.SEX, Dimension.AGE})
_NAMED = frozenset(group.value for group in Group)


def quantities_are_possible(ground: Ground) -> Iterator[Finding]:
    """Nothing is counted below nought."""
    for figure in ground.all(FigureEntry):
        if figure.quantity < 0:
            yield wrong(figure, "quantity", says=_("A quantity is never below 0."), right=_("Check the number."))
        for dimension, cells in figure.parts.items():
            for group, quantity in cells.items():
                if quantity < 0:
                    says = _("A quantity is never below 0.")
                    yield wrong(figure, "parts", dimension.value, group, says=says, right=_("Check the number."))


def ranges_have_both_ends(ground: Ground) -> Iterator[Finding]:
    """A range has a lower and an upper end; nothing else has."""
    for figure in ground.all(FigureEntry):
        if figure.precision == Precision.RANGE and figure.quantity_max is None:
            says = _("A range needs its upper end.")
            yield wrong(figure, "precision", says=says, right=_("State “quantity_max”, or another precision."))
        elif figure.quantity_max is not None and figure.precision != Precision.RANGE:
            says = _("“quantity_max” is the upper end of a range, but this is no range.")
            yield wrong(figure, "quantity_max", says=says, right=_("Write “precision: range”, or leave it out."))
        elif figure.quantity_max is not None and figure.quantity_max < figure.quantity:
            says = _("The upper end, %(upper)s, is below the lower one, %(lower)s.")
            says %= {"upper": figure.quantity_max, "lower": figure.quantity}
            yield wrong(figure, "quantity_max", says=says, right=_("Exchange them."))


def parts_agree_with_their_total(ground: Ground) -> Iterator[Finding]:
    """Parts never exceed the total. When both are exact and the split takes in everybody, they add up to it."""
    for figure in ground.all(FigureEntry):
        total = figure.quantity if figure.quantity_max is None else figure.quantity_max
        for dimension, cells in figure.parts.items():
            added = sum(cells.values())
            if added > total:
                says = _("The parts add up to %(added)s, more than the total of %(total)s.")
                says %= {"added": added, "total": total}
                yield wrong(figure, "parts", dimension.value, says=says, right=_("Check the parts and “quantity”."))
            elif added < total and figure.precision == Precision.EXACT and dimension in _COMPLETE:
                says = _("The parts add up to %(added)s, but the total is exactly %(total)s.")
                says %= {"added": added, "total": total}
                right = _("Name the missing ones as a group, or use another “precision”.")
                yield wrong(figure, "parts", dimension.value, says=says, right=right)


def group_names_belong_to_groups(ground: Ground) -> Iterator[Finding]:
    """Every name that is given is of a group of this figure; a group without any name cannot be read well."""
    for figure in ground.all(FigureEntry):
        groups = {group for cells in figure.parts.values() for group in cells} | {figure.group} - {""}
        for group in figure.group_names.keys() - groups:
            says = _("This figure has no group “%(group)s”.") % {"group": group[:60]}
            yield wrong(figure, "group_names", group, says=says, right=_("Check the spelling, or remove the name."))
        for group in sorted(groups - figure.group_names.keys() - _NAMED):
            says = _("The group “%(group)s” has no name for readers.") % {"group": group[:60]}
            yield hint(figure, says=says, right=_("Name it under “group_names”."))
