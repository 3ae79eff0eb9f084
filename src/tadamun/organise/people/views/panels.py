"""The panel that sign-up brings to an activity's page: how many have signed up, and the way in."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.organise.people.queries.roster import admission_of
from tadamun.organise.people.services.letters import waiting_letters
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit import clock
from tadamun.toolkit.panels import Line, Mark, Panel, Way


def activity_panels(carried: Carried) -> Iterable[Panel]:
    """Counts, never names. Two queries."""
    parts = {"uid": carried.one.uid}
    admission, address = admission_of(carried.one), reverse("people", kwargs=parts)
    lines = []
    if admission:
        taken = ngettext("%(count)d place is taken", "%(count)d places are taken", admission.taken)
        of = _("of %(capacity)d") % {"capacity": admission.capacity} if admission.capacity is not None else ""
        lines.append(Line(says=taken % {"count": admission.taken}, beside=of, address=address))
        if admission.waiting:
            waiting = ngettext("%(count)d person waits", "%(count)d people wait", admission.waiting)
            lines.append(Line(says=waiting % {"count": admission.waiting}, address=address))
        if letters := waiting_letters(admission, now=clock.now()):
            owed = ngettext(
                "%(count)d message waits until somebody opens the addresses.",
                "%(count)d messages wait until somebody opens the addresses.",
                letters,
            )
            way = reverse("people_letters", kwargs=parts)
            lines.append(Line(says=owed % {"count": letters}, address=way, mark=Mark.ASKS))
    yield Panel(
        code="people",
        title=_("Sign-up"),
        lines=tuple(lines),
        ways=(Way(_("People") if admission else _("Let people sign up"), address),),
        empty=_("Nobody can sign up yet."),
    )
