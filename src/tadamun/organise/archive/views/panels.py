"""The panel about photos: how many there are, and how many may be shown."""

from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tadamun.organise.archive.queries import photos_of
from tadamun.organise.archive.views.photos import address_of
from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit.panels import Line, Mark, Panel, Way


def panels(carried: Carried) -> Iterable[Panel]:
    """How many photos are kept of an activity or a week, and of how many nobody was asked yet. One query."""
    unasked = Q(consent=ConsentState.NOT_ASKED)
    photos = photos_of(carried.week, carried.activity)
    found = photos.order_by().aggregate(
        all=Count("pk"), unasked=Count("pk", filter=unasked), unseen=Count("pk", filter=Q(looked_at=False))
    )
    here = address_of("photos", carried)
    lines = []
    if found["all"]:
        words = ngettext("%(count)d photo", "%(count)d photos", found["all"]) % {"count": found["all"]}
        lines.append(Line(says=words, address=here))
    if found["unseen"]:
        words = ngettext("%(count)d waits for a look", "%(count)d wait for a look", found["unseen"])
        lines.append(Line(says=words % {"count": found["unseen"]}, address=here, mark=Mark.ASKS))
    if found["unasked"]:
        words = ngettext("%(count)d without consent", "%(count)d without consent", found["unasked"])
        lines.append(Line(says=words % {"count": found["unasked"]}, address=here, mark=Mark.ASKS))
    ways = (Way(_("Add a photo"), address_of("photo_new", carried)),) if carried.may_edit else ()
    empty = _("There is none yet. An activity can do without.")
    yield Panel(code="photos", title=_("Photos"), lines=tuple(lines), ways=ways, empty=empty)
