"""Wiring of the planning app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Permits, risks, go or no-go, who is called, tasks, material, money: the coalition's own."""

    name = "tadamun.organise.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where contacts keep what is sealed."""
        from tadamun.organise.planning.services import sealed_rows  # noqa: PLC0415  needs the models, which come later

        sealed_rows.register()
