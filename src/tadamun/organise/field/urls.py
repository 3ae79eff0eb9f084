"""Addresses of the field: what phones ask, and the desk's pages. They have no namespace."""

from django.urls import path

from tadamun.organise.field.views import app, sync

urlpatterns = [
    path("field/", app.page, name="field_app"),
    path("field/sw.js", app.worker, name="field_worker"),
    path("field/app.webmanifest", app.manifest, name="field_manifest"),
    path("field/app/<slug:version>/<str:name>", app.file, name="field_file"),
    path("field/enrol", sync.enrol, name="field_enrol"),
    path("field/sync", sync.sync, name="field_sync"),
]
