"""Wiring of the programme app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Weeks, activities, places, involvements, figures, promises."""

    name = "tadamun.organise.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"
