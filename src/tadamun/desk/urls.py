"""Addresses of the desk's own pages."""

from django.urls import path

from tadamun.desk.views import home

urlpatterns = [path("", home.home, name="desk")]
