"""Addresses of the desk's own pages."""

from django.urls import path

from tadamun.desk.views import activity, campaigns, elsewhere, home, week

urlpatterns = [
    path("", home.home, name="desk"),
    path("activities/<uuid:uid>/", activity.activity, name="activity"),
    path("activities/<uuid:uid>/repeat/", elsewhere.repeat, name="repeat"),
    path("weeks/<slug:week>/", week.week, name="week"),
    path("weeks/<slug:week>/again/", elsewhere.copy_week, name="copy_week"),
    path("series/<slug:slug>/", campaigns.editions, name="editions"),
    path("campaigns/<slug:slug>/", campaigns.report_back, name="report_back"),
]
