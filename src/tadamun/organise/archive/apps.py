"""Wiring of the archive app."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Photos and documents with their consent."""

    name = "tadamun.organise.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"
