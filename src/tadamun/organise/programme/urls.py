"""Addresses of the desk's pages about weeks and activities. They have no namespace."""

from django.urls import path

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.forms.kinds_of_rows import ACTIVITY_ROWS, WEEK_ROWS
from tadamun.organise.programme.views import activity, answering, organisations, partners, public, world
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
    path("desk/activities/<uuid:uid>/partners/new/", partners.new_page(_IN_ACTIVITY), name="activity_partner_new"),
    path(
        "desk/activities/<uuid:uid>/partners/<int:row>/", partners.partner_page(_IN_ACTIVITY), name="activity_partner"
    ),
    path(
        "desk/activities/<uuid:uid>/partners/<int:row>/end/",
        partners.withdrawal_page(_IN_ACTIVITY),
        name="activity_partner_end",
    ),
    path("desk/weeks/<slug:week>/partners/new/", partners.new_page(_IN_WEEK), name="week_partner_new"),
    path("desk/weeks/<slug:week>/partners/<int:row>/", partners.partner_page(_IN_WEEK), name="week_partner"),
    path("desk/weeks/<slug:week>/partners/<int:row>/end/", partners.withdrawal_page(_IN_WEEK), name="week_partner_end"),
    path("desk/questions/<int:number>/", answering.question, name="question"),
    path("desk/parts/<int:row>/end/", answering.part_end, name="part_end"),
    path("desk/organisations/", organisations.organisation_list, name="organisations"),
    path("desk/organisations/new/", organisations.organisation_new, name="organisation_new"),
    path("desk/organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("desk/world/", world.world, name="world"),
    path("desk/world/<slug:code>/", world.world_list, name="world_list"),
    path("desk/world/<slug:code>/new/", world.world_new, name="world_new"),
    path("desk/world/<slug:code>/undo/<int:change>/", world.world_undo, name="world_undo"),
    path("desk/world/<slug:code>/of/<slug:slug>/", world.world_row, name="world_row"),
    path("gate/answer/<str:secret>/", public.answer, name="answer"),
    path("gate/answer/<str:secret>/<str:lang>/", public.answer, name="answer_in"),
]
