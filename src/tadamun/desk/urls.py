"""Addresses of the desk's own pages."""

from django.urls import path

from tadamun.desk.views import activity, begin, board, campaigns, elsewhere, home, week

urlpatterns = [
    path("", home.home, name="desk"),
    path("begin/", begin.ways, name="begin"),
    path("begin/file/", begin.from_file, name="begin_from_file"),
    path("begin/<slug:code>/", begin.begin, name="begin_week"),
    path("activities/<uuid:uid>/", activity.activity, name="activity"),
    path("activities/<uuid:uid>/repeat/", elsewhere.repeat, name="repeat"),
    path("activities/<uuid:uid>/move/", board.move, name="activity_move"),
    path("activities/<uuid:uid>/moved-back/<int:change>/", board.undo, name="activity_move_back"),
    path("weeks/<slug:week>/", week.week, name="week"),
    path("weeks/<slug:week>/edit/", week.edit, name="week_edit"),
    path("weeks/<slug:week>/add/", board.add, name="activity_new"),
    path("weeks/<slug:week>/again/", elsewhere.copy_week, name="copy_week"),
    path("series/<slug:slug>/", campaigns.editions, name="editions"),
    path("campaigns/<slug:slug>/", campaigns.report_back, name="report_back"),
]
