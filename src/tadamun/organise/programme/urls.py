"""Addresses of the desk's pages about weeks and activities. They have no namespace."""

from django.urls import path

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.forms.kinds_of_rows import ACTIVITY_ROWS, WEEK_ROWS
from tadamun.organise.programme.views import activity
from tadamun.organise.programme.views.carried import in_activity, in_week
from tadamun.organise.programme.views.rows import new_page, row_page

_ACTIVITY = "desk/activities/<uuid:uid>/rows/<slug:code>/"
_WEEK = "desk/weeks/<slug:week>/rows/<slug:code>/"
_IN_ACTIVITY, _IN_WEEK = in_activity(Permission.LOOK), in_week(Permission.LOOK)

urlpatterns = [
    path("desk/activities/<uuid:uid>/plan/", activity.plan, name="activity_plan"),
    path(f"{_ACTIVITY}new/", new_page(ACTIVITY_ROWS, _IN_ACTIVITY), name="activity_row_new"),
    path(f"{_ACTIVITY}<int:row>/", row_page(ACTIVITY_ROWS, _IN_ACTIVITY), name="activity_row"),
    path(f"{_WEEK}new/", new_page(WEEK_ROWS, _IN_WEEK), name="week_row_new"),
    path(f"{_WEEK}<int:row>/", row_page(WEEK_ROWS, _IN_WEEK), name="week_row"),
]
