"""Wiring of the volunteers app."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """Who helps and when: shifts, sign-up by a link, rest, checking back, hours; names sealed from the first moment."""

    name = "tadamun.organise.volunteers"
    label = "volunteers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where helpers' entries keep what is sealed, and what is shut in danger."""
        from tadamun.organise.safety.services.shutting_down import also_shut  # noqa: PLC0415  the same
        from tadamun.organise.volunteers.services import crews, sealed_rows  # noqa: PLC0415  needs the models

        sealed_rows.register()
        also_shut("helpers", crews.close_all)
