"""Wiring of the toolkit: its templates and static files are found like those of an app."""

from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    """The frame of the desk, components, assets."""

    name = "tadamun.toolkit"
    label = "toolkit"
