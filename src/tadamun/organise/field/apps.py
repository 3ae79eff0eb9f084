"""Wiring of the field app."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """Kits on phones, the log that they write, its merging, and paper."""

    name = "tadamun.organise.field"
    label = "field"
    default_auto_field = "django.db.models.BigAutoField"
