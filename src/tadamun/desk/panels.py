"""Which apps bring panels to the page of an activity and of a week, in the order in which they stand there."""

from collections.abc import Callable, Iterable

from tadamun.desk.audiences import public_panel
from tadamun.desk.carrying import carry_on
from tadamun.desk.particulars import particulars_panels
from tadamun.organise.archive.views import panels as archive
from tadamun.organise.field.views import panels as field
from tadamun.organise.people.views import panels as people
from tadamun.organise.planning.views import panels as planning
from tadamun.organise.press.views import panels as press
from tadamun.organise.programme.views import panels as programme
from tadamun.organise.programme.views import partner_panels as partners
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.volunteers.views import panels as volunteers
from tadamun.toolkit.panels import Panel

Bring = Callable[[Carried], Iterable[Panel]]

OF_ACTIVITY: tuple[Bring, ...] = (
    programme.activity_plan_panels,
    particulars_panels,
    partners.partner_panels,
    people.activity_panels,
    volunteers.panels,
    field.activity_panels,
    planning.panels,
    programme.activity_record_panels,
    archive.panels,
    public_panel,
    carry_on,
)
OF_WEEK: tuple[Bring, ...] = (
    programme.week_panels,
    partners.partner_panels,
    planning.panels,
    archive.panels,
    press.week_panels,
    public_panel,
    carry_on,
)


def panels_of(carried: Carried) -> list[Panel]:
    """All panels of an activity's page, or of a week's."""
    return [panel for bring in (OF_ACTIVITY if carried.activity else OF_WEEK) for panel in bring(carried)]
