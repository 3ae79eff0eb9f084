"""Wiring of the press app."""

from django.apps import AppConfig


class PressConfig(AppConfig):
    """Translations, their state, the glossary."""

    name = "tadamun.organise.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"
