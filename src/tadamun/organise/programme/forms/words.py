"""What the things of the history, their fields and values are called: as the forms that ask for them call them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tadamun.organise.programme.forms.rows import CALLED, RowForm
from tadamun.organise.programme.vocabulary import Theme
from tadamun.organise.safety.vocabulary import Audience

Words = str | Promise

# Rows that no kind of rows is about.
_THINGS: Mapping[str, Words] = {
    "programme.week": _("Week"),
    "programme.activity": _("Activity"),
    "programme.figurepart": _("Part of a figure"),
    "programme.involvement": _("Partner"),
    "programme.source": _("Source"),
    "programme.place": _("Place"),
    "programme.occasion": _("Occasion"),
    "programme.campaign": _("Campaign"),
    "programme.series": _("Series"),
    "network.organisation": _("Organisation"),
}
# Fields that no form of rows asks for.
_FIELDS: Mapping[str, Words] = {
    "state": _("How far it is"),
    "kind": _("Kind"),
    "details": _("What the kind adds"),
    "dimension": _("Split by"),
    "group": _("Group"),
    "group_names": _("Group, in words"),
    "quantity": _("Number"),
    "figure": _("Figure"),
    "titles": _("Title"),
    "names": _("Name"),
    "publisher": _("Publisher"),
    "url": _("Address"),
    "start": _("First day"),
    "end": _("Last day"),
    "activity": _("Activity"),
    "week": _("Week"),
    "position": _("Order"),
    "told_from": _("The exact place is told from"),
    "organisation": _("Organisation"),
    "type": _("Role"),
    "line": _("Credit line"),
    "sign_off": _("Agreement"),
}
_LISTS: Mapping[str, type[models.TextChoices]] = {"themes": Theme, "audiences": Audience}


def thing(label: str) -> Words:
    """What a row of a model (``programme.figure``) is called."""
    if label in CALLED:
        return CALLED[label].one
    return _THINGS.get(label) or str(apps.get_model(label)._meta.verbose_name).capitalize()


def field_label(label: str, name: str) -> Words:
    """What a field of a model is called: by the form that asks for it, if there is one."""
    for form in _forms(RowForm):
        if form._meta.model._meta.label_lower == label and name in form.base_fields and form.base_fields[name].label:
            words: Words = form.base_fields[name].label
            return words
    return _FIELDS.get(name) or str(apps.get_model(label)._meta.get_field(name).verbose_name).capitalize()


def choices_of(field: "models.Field[Any, Any]") -> Mapping[Any, Words]:
    """The values of a field that have words of their own."""
    if field.name in _LISTS:
        return dict(_LISTS[field.name].choices)
    return dict(field.flatchoices)


def _forms(of: Any) -> Iterator[Any]:
    for form in of.__subclasses__():
        if getattr(getattr(form, "_meta", None), "model", None):
            yield form
        yield from _forms(form)
