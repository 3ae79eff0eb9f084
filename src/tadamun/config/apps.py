"""Wiring of the whole: Django looks for the command line's own checks here."""

from django.apps import AppConfig


class TadamunConfig(AppConfig):
    """The installation."""

    name = "tadamun.config"
    label = "installation"
    default_auto_field = "django.db.models.BigAutoField"
