"""The panel about photos: how many there are, and how many may be shown."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit.panels import Line, Mark, Panel


def activity_panels(carried: Carried) -> Iterable[Panel]:
    """How many photos are kept of an activity; no panel while there is none. One query."""
    unasked = Q(consent=ConsentState.NOT_ASKED)
    found = Photo.objects.filter(activity=carried.one).aggregate(all=Count("pk"), unasked=Count("pk", filter=unasked))
    if not found["all"]:
        return
    lines = [Line(says=ngettext("%(count)d photo", "%(count)d photos", found["all"]) % {"count": found["all"]})]
    if found["unasked"]:
        words = ngettext("%(count)d without consent", "%(count)d without consent", found["unasked"])
        lines.append(Line(says=words % {"count": found["unasked"]}, mark=Mark.ASKS))
    yield Panel(code="photos", title=_("Photos"), lines=tuple(lines))
