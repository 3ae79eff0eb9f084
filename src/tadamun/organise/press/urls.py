"""Addresses of the translation desk. They have no namespace."""

from django.urls import path

from tadamun.organise.press.views import glossary, words

urlpatterns = [
    path("desk/weeks/<slug:week>/words/", words.words, name="words"),
    path(
        "desk/weeks/<slug:week>/words/<str:thing>/<int:row>/<slug:lang>/<path:path>", words.one_wording, name="wording"
    ),
    path("desk/glossary/", glossary.glossary, name="glossary"),
    path("desk/glossary/<slug:kind>/<slug:slug>/", glossary.entry, name="glossary_entry"),
]
