"""Wiring of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who comes: places, sign-up, waiting list, tickets, messages; sealed from the first moment."""

    name = "tadamun.organise.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
