"""Wiring of the field app."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """Kits on phones, the log that they write, its merging, and paper."""

    name = "tadamun.organise.field"
    label = "field"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say where phones' notes are sealed, and that kits are taken back when everything is shut down."""
        from tadamun.organise.field.services import kits, sealed_rows  # noqa: PLC0415  needs the models, which come later
        from tadamun.organise.safety.services.shutting_down import also_shut  # noqa: PLC0415  the same

        sealed_rows.register()
        also_shut("kits", kits.revoke_all)
