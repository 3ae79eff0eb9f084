"""Addresses of the desk's own pages."""

from django.urls import path

from tadamun.desk.views import activity, home, week

urlpatterns = [
    path("", home.home, name="desk"),
    path("activities/<uuid:uid>/", activity.activity, name="activity"),
    path("weeks/<slug:week>/", week.week, name="week"),
]
