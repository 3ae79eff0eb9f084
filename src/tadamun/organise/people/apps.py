"""Wiring of the people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who comes: places, sign-up, waiting list, tickets, messages; sealed from the first moment."""

    name = "tadamun.organise.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where sign-ups keep what is sealed."""
        from tadamun.organise.people.services import sealed_rows  # noqa: PLC0415  needs the models, which come later

        sealed_rows.register()
