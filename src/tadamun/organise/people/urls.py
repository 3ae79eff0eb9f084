"""Addresses of the gate and of tickets. They have no namespace: public pages and letters link to them."""

from django.urls import path

from tadamun.organise.people.views import public, tickets

urlpatterns = [
    path("gate/<str:lang>/<slug:week>/<slug:activity>/", public.gate, name="gate"),
    path("t/<str:ticket>", tickets.ticket, name="ticket"),
    path("t/<str:ticket>/entry", tickets.entry, name="ticket_entry"),
    path("t/<str:ticket>/cancel", tickets.cancel, name="ticket_cancel"),
    path("t/<str:ticket>/delete", tickets.delete, name="ticket_delete"),
    path("t/<str:ticket>/coming", tickets.coming, name="ticket_coming"),
    path("t/<str:ticket>/activity.ics", tickets.calendar, name="ticket_calendar"),
    path("t/<str:ticket>/ticket.html", tickets.saved, name="ticket_saved"),
]
