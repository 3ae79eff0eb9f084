"""Wiring of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The organisers' pages that are made of several apps."""

    name = "tadamun.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
