"""The panel that the field brings to an activity's page: the kits that are out, and the way to the day's screen."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from tadamun.organise.field.queries.desk import kits_of
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit import clock
from tadamun.toolkit.panels import Line, Panel, Way


def activity_panels(carried: Carried) -> Iterable[Panel]:
    """Kits and how they stand; names nobody. One query."""
    parts = {"uid": carried.one.uid}
    yield Panel(
        code="field",
        title=_("The day itself"),
        lines=tuple(
            Line(
                says=kit.device.label,
                beside=kit.stands,
                address=reverse("field_kit", kwargs={**parts, "kit": kit.device.uid}),
                mark=kit.mark,
            )
            for kit in kits_of(carried.one, now=clock.now())
            if kit.device.revoked_at is None
        ),
        ways=(
            Way(_("The day’s screen"), reverse("field_day", kwargs=parts)),
            Way(_("Kits for phones"), reverse("field_kits", kwargs=parts)),
            Way(_("Paper"), reverse("field_paper", kwargs=parts)),
        ),
        empty=_("No phone has a kit yet. A kit checks tickets and counts without a network."),
    )
