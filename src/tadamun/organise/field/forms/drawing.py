"""Asking for a shape on the drawing of areas: words that can be typed, and a grid to tap where there is a script."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.organise.field.models import Area
from tadamun.organise.field.models.plan import LONGEST_SHAPE
from tadamun.organise.field.queries.drawing import drawing_of
from tadamun.organise.field.rules.drawing import NotAShape, read_shape, tidy


class ShapeWidget(forms.TextInput):
    """A line for the shape, under a drawing of it among the ``others``."""

    template_name = "field/desk/shape.html"
    others: Iterable[Area] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template prints: the line, and the drawing of what is stored."""
        context = super().get_context(name, value, attrs)
        return context | {"drawing": drawing_of(self.others, own=str(value or ""))}


class ShapeField(forms.CharField):
    """A shape in words; see ``rules.drawing``."""

    widget = ShapeWidget

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "help_text",
            _("Squares such as B2 C2 or B2-D4, or corners such as 12,5 40,5 40,30. A drawing, not a map."),
        )
        super().__init__(max_length=LONGEST_SHAPE, **options)

    def clean(self, value: Any) -> str:
        """The shape, tidied.

        :raises ValidationError: naming the piece that is neither a square nor a corner.
        """
        written = tidy(str(super().clean(value)))
        try:
            read_shape(written)
        except NotAShape as error:
            says = _(
                "“%(piece)s” is neither a square of the grid (A1 to L8) nor three corners or more (0,0 to 120,80)."
            )
            raise forms.ValidationError(says, params={"piece": str(error)}) from None
        return written
