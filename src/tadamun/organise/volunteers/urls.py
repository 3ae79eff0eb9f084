"""Addresses of the gate for helpers, of their own pages, and of the desk's. They have no namespace."""

from django.urls import path

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import in_activity
from tadamun.organise.programme.views.rows import new_page, row_page
from tadamun.organise.volunteers.forms.desk import KINDS
from tadamun.organise.volunteers.views import around, desk, mine, public

_HELPERS = "desk/activities/<uuid:uid>/helpers/"
_look, _decide = in_activity(Permission.LOOK), in_activity(Permission.ADMIT)

urlpatterns = [
    path("gate/<str:lang>/shifts/<str:link>/", public.shifts, name="shifts"),
    path("gate/<str:lang>/shift/<str:offer>/", public.take_over, name="take_over"),
    path("h/<str:secret>", mine.helper, name="helper"),
    path("h/<str:secret>/entry", mine.entry, name="helper_entry"),
    path("h/<str:secret>/delete", mine.delete, name="helper_delete"),
    path("h/<str:secret>/hours", mine.own_hours, name="helper_hours"),
    path(f"{_HELPERS}rows/<slug:code>/new/", new_page(KINDS, _look), name="volunteers_activity_row_new"),
    path(f"{_HELPERS}rows/<slug:code>/<int:row>/", row_page(KINDS, _look), name="volunteers_activity_row"),
    path(_HELPERS, _look(desk.helpers), name="helpers"),
    path(f"{_HELPERS}settings/", _decide(around.helpers_settings), name="helpers_settings"),
    path(f"{_HELPERS}sheet/", _look(around.helpers_sheet), name="helpers_sheet"),
    path(f"{_HELPERS}<int:helper>/hours.pdf", _decide(around.helpers_hours), name="helpers_hours"),
    path(f"{_HELPERS}shred/", in_activity(Permission.DESTROY)(desk.helpers_shred), name="helpers_shred"),
]
