"""Addresses of the desk's own pages."""

from django.urls import path

from tadamun.desk.views import (
    activity,
    begin,
    board,
    campaigns,
    elsewhere,
    history,
    home,
    particulars,
    preview,
    publishing,
    states,
    week,
)

urlpatterns = [
    path("", home.home, name="desk"),
    path("begin/", begin.ways, name="begin"),
    path("begin/file/", begin.from_file, name="begin_from_file"),
    path("begin/<slug:code>/", begin.begin, name="begin_week"),
    path("activities/<uuid:uid>/", activity.activity, name="activity"),
    path("activities/<uuid:uid>/repeat/", elsewhere.repeat, name="repeat"),
    path("activities/<uuid:uid>/move/", board.move, name="activity_move"),
    path("activities/<uuid:uid>/moved-back/<int:change>/", board.undo, name="activity_move_back"),
    path("activities/<uuid:uid>/particulars/", particulars.particulars, name="activity_particulars"),
    path("activities/<uuid:uid>/kind/", particulars.another_kind, name="activity_kind"),
    path("activities/<uuid:uid>/state/", states.state, name="activity_state"),
    path("activities/<uuid:uid>/postpone/", states.postpone, name="activity_postpone"),
    path("activities/<uuid:uid>/cancel/", states.cancel, name="activity_cancel"),
    path("activities/<uuid:uid>/changes/", history.activity_history, name="activity_history"),
    path("activities/<uuid:uid>/changes/<int:change>/undo/", history.activity_undo, name="activity_undo"),
    path("weeks/<slug:week>/changes/", history.week_history, name="week_history"),
    path("weeks/<slug:week>/changes/<int:change>/undo/", history.week_undo, name="week_undo"),
    path("weeks/<slug:week>/", week.week, name="week"),
    path("weeks/<slug:week>/edit/", week.edit, name="week_edit"),
    path("weeks/<slug:week>/add/", board.add, name="activity_new"),
    path("weeks/<slug:week>/again/", elsewhere.copy_week, name="copy_week"),
    path("weeks/<slug:week>/publishing/", publishing.publishing, name="publishing"),
    path("weeks/<slug:week>/publishing/withdraw/", publishing.withdraw, name="publishing_withdraw"),
    path("weeks/<slug:week>/preview/photos/<str:sha256>.jpg", preview.preview_photo, name="preview_photo"),
    path("weeks/<slug:week>/preview/<slug:audience>/<slug:lang>/", preview.preview, name="preview"),
    path(
        "weeks/<slug:week>/preview/<slug:audience>/<slug:lang>/<slug:activity>/",
        preview.preview,
        name="preview_activity",
    ),
    path("series/<slug:slug>/", campaigns.editions, name="editions"),
    path("campaigns/<slug:slug>/", campaigns.report_back, name="report_back"),
]
