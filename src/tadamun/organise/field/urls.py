"""Addresses of the field: what phones ask, and the desk's pages. They have no namespace."""

from django.urls import path

from tadamun.organise.field.forms.plan import DAY_ROWS
from tadamun.organise.field.views import app, day, desk, files, paper, photo, results, standing, sync
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import in_activity
from tadamun.organise.programme.views.rows import new_page, row_page

_DAY = "desk/activities/<uuid:uid>/day/"
_PLAN = "desk/activities/<uuid:uid>/of-the-day/"
_looks, _works_there = in_activity(Permission.LOOK), in_activity(Permission.RUN_DOOR)

urlpatterns = [
    path("field/", app.page, name="field_app"),
    path("field/sw.js", app.worker, name="field_worker"),
    path("field/app.webmanifest", app.manifest, name="field_manifest"),
    path("field/app/<slug:version>/<path:name>", app.file, name="field_file"),
    path("field/enrol", sync.enrol, name="field_enrol"),
    path("field/sync", sync.sync, name="field_sync"),
    path("field/standing", standing.standing, name="field_standing"),
    path("field/photo", photo.photo, name="field_photo"),
    path(f"{_PLAN}<slug:code>/new/", new_page(DAY_ROWS, _looks), name="field_activity_row_new"),
    path(f"{_PLAN}<slug:code>/<int:row>/", row_page(DAY_ROWS, _looks), name="field_activity_row"),
    path(_DAY, _works_there(day.day), name="field_day"),
    path(f"{_DAY}results/", _works_there(results.results), name="field_results"),
    path(f"{_DAY}hall/", _works_there(day.hall), name="field_hall"),
    path(f"{_DAY}files/", files.files, name="field_files"),
    path(f"{_DAY}sealed/", _works_there(day.incidents), name="field_incidents"),
    path(f"{_DAY}paper/", _works_there(paper.papers), name="field_paper"),
    path(f"{_DAY}paper/again/<uuid:keyed>/", _works_there(paper.again), name="field_paper_again"),
    path(f"{_DAY}paper/<slug:sheet>/", _works_there(paper.sheet), name="field_paper_sheet"),
    path(f"{_DAY}paper/<slug:sheet>/keyed/", _works_there(paper.keyed), name="field_paper_keyed"),
    path(f"{_DAY}kits/", _works_there(desk.kits), name="field_kits"),
    path(f"{_DAY}kits/<uuid:kit>/", _works_there(desk.kit), name="field_kit"),
    path(f"{_DAY}kits/<uuid:kit>/lost/", _works_there(desk.kit_lost), name="field_kit_lost"),
]
