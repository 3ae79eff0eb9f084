"""Wiring of the network app."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Organisations, ties, accounts, memberships."""

    name = "tadamun.organise.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
