"""How forms look: label, why it is asked, hint, field, error, tied together for screen readers."""

from typing import TypeVar

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise

AnyField = TypeVar("AnyField", bound=forms.Field)


class DeskRenderer(TemplatesSetting):
    """Prints ``{{ form }}`` with the desk's components."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


def asked_because(why: "str | Promise", field: AnyField) -> AnyField:
    """Say beside a field why it is asked."""
    field.why = why  # type: ignore[attr-defined]  # the template prints it
    return field
