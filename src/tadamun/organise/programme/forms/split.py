"""How a figure is split, for example by sex: a few short lines of a dimension, a group and a number."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tadamun.organise.programme.models import Figure, FigurePart
from tadamun.organise.programme.queries.slugs import slug_of
from tadamun.organise.programme.vocabulary import Dimension, Group
from tadamun.toolkit.languages.text import spoken

Cells = list[dict[str, Any]]
_SPARE_LINES = 2
_MOST_LINES = 60


class SplitWidget(forms.Widget):
    """Lines of a dimension, a group in words and a number, with some empty ones below."""

    template_name = "programme/desk/split.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template prints: the lines, the dimensions to choose from, the groups that have a name already."""
        context = super().get_context(name, value, attrs)
        cells = [*(value or ()), *({} for _line in range(_SPARE_LINES))]
        context["widget"]["dimensions"] = Dimension.choices
        context["widget"]["groups"] = [label for _code, label in Group.choices]
        context["widget"]["lines"] = [
            {"prefix": f"{name}-{at}", "dimension": Dimension.SEX, "words": "", "group": "", "quantity": ""} | cell
            for at, cell in enumerate(cells[:_MOST_LINES])
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]]:
        """The lines as they were sent, empty ones included."""
        lines = []
        for at in range(_MOST_LINES):
            if f"{name}-{at}-words" not in data:
                break
            lines.append({part: data.get(f"{name}-{at}-{part}", "") for part in _PARTS})
        return lines

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether no line was sent at all."""
        return f"{name}-0-words" not in data

    def id_for_label(self, id_: str) -> str:
        """The whole is a group of boxes with labels of their own."""
        return ""


_PARTS = ("dimension", "group", "words", "quantity")


class SplitField(forms.Field):
    """The cells of a figure: ``[{"dimension": …, "group": …, "names": {…}, "quantity": …}]``."""

    widget = SplitWidget

    def to_python(self, value: Any) -> Cells:
        """The lines that say something.

        :raises ValidationError: when one says half of it, or says it twice.
        """
        cells: Cells = []
        for line in value or ():
            words, quantity = line["words"].strip(), str(line["quantity"]).strip()
            if not words and not quantity:
                continue
            if not words or not quantity.isascii() or not quantity.isdigit():
                raise ValidationError(_("Each line needs a group and a whole number. Empty both to take it away."))
            if line["dimension"] not in Dimension.values:
                raise ValidationError(_("Choose what the figure is split by."))
            cell = {"dimension": line["dimension"], "words": words, "quantity": int(quantity)}
            cells.append(cell | _group(line["group"], words))
        if len({(cell["dimension"], cell["group"]) for cell in cells}) != len(cells):
            raise ValidationError(_("A group is there twice. Put both numbers into one line."))
        return cells

    def prepare_value(self, value: Any) -> Any:
        """Stored cells with their groups in words; what was sent, as it was sent."""
        return [
            {**cell, "words": cell.get("words") or words_of(cell["group"], cell.get("names"))} for cell in value or ()
        ]


def words_of(group: str, names: Mapping[str, str] | None) -> str:
    """What a group is called in the reader's language."""
    if names:
        return spoken(names, get_language() or "en", ["en"]).words
    return str(Group(group).label) if group in Group.values else group.replace("_", " ")


def _group(stored: str, words: str) -> dict[str, Any]:
    """The group that is meant by the words: the stored one, one that comes with the product, or a new one."""
    if stored and words == words_of(stored, None):
        return {"group": stored}
    for group in Group:
        if words == str(group.label):
            return {"group": group.value}
    here = get_language() or "en"
    return {"group": (stored or slug_of({here: words}, f"group-{words}"))[:40], "names": {here: words}}


def cells_of(figure: Figure) -> Cells:
    """The stored cells of a figure. One query."""
    rows = FigurePart.objects.filter(figure=figure.pk) if figure.pk else FigurePart.objects.none()
    return [
        {"dimension": row.dimension, "group": row.group, "names": row.group_names, "quantity": row.quantity}
        for row in rows
    ]


def total_of(cells: Sequence[Mapping[str, Any]], dimension: str) -> int:
    """What the cells of a dimension add up to."""
    return sum(cell["quantity"] for cell in cells if cell["dimension"] == dimension)
