"""Addresses of the gate, of tickets, and of the desk's pages about people. They have no namespace."""

from django.urls import path

from tadamun.organise.people.views import (
    attendance,
    desk,
    door,
    endings,
    files,
    handing_out,
    letters,
    public,
    roster,
    tickets,
)

_PEOPLE = "desk/activities/<uuid:uid>/people/"

urlpatterns = [
    path("gate/<str:lang>/<slug:week>/<slug:activity>/", public.gate, name="gate"),
    # A form that is sent to its own address would make the browser forget the page that going back should find.
    path("gate/<str:lang>/<slug:week>/<slug:activity>/sent", public.gate, name="gate_sent"),
    path("t/<str:ticket>", tickets.ticket, name="ticket"),
    path("t/<str:ticket>/entry", tickets.entry, name="ticket_entry"),
    path("t/<str:ticket>/cancel", tickets.cancel, name="ticket_cancel"),
    path("t/<str:ticket>/delete", tickets.delete, name="ticket_delete"),
    path("t/<str:ticket>/coming", tickets.coming, name="ticket_coming"),
    path("t/<str:ticket>/activity.ics", tickets.calendar, name="ticket_calendar"),
    path("t/<str:ticket>/ticket.html", tickets.saved, name="ticket_saved"),
    path("t/<str:ticket>/attendance", attendance.own_attendance, name="ticket_attendance"),
    path("v/<str:number>", endings.certificate_check, name="certificate_check"),
    path(_PEOPLE, desk.people, name="people"),
    path(f"{_PEOPLE}settings/", desk.people_settings, name="people_settings"),
    path(f"{_PEOPLE}settings/<slug:part>/<slug:code>/", desk.people_part, name="people_part"),
    path(f"{_PEOPLE}roster/", roster.roster, name="roster"),
    path(f"{_PEOPLE}door/", door.door, name="door"),
    path(f"{_PEOPLE}by-hand/", door.add_by_hand, name="add_by_hand"),
    path(f"{_PEOPLE}sheet/", door.sign_in_sheet, name="sign_in_sheet"),
    path(f"{_PEOPLE}attendance/", attendance.people_attendance, name="people_attendance"),
    path(f"{_PEOPLE}import/", files.people_import, name="people_import"),
    path(f"{_PEOPLE}export/", handing_out.people_export, name="people_export"),
    path(f"{_PEOPLE}messages/", letters.people_letters, name="people_letters"),
    path(f"{_PEOPLE}shred/", endings.shred, name="shred"),
    path("desk/data-held/", endings.data_held, name="data_held"),
    path("desk/data-held/<str:number>/<slug:lang>.pdf", endings.certificate, name="certificate"),
    path("desk/lockdown/", endings.lockdown, name="lockdown"),
]
