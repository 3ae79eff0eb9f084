"""Addresses of the field: what phones ask, and the desk's pages. They have no namespace."""

from django.urls import path

from tadamun.organise.field.views import sync

urlpatterns = [
    path("field/enrol", sync.enrol, name="field_enrol"),
    path("field/sync", sync.sync, name="field_sync"),
]
