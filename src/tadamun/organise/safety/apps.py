"""Wiring of the safety app."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Audit trail, vault, retention."""

    name = "tadamun.organise.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"
