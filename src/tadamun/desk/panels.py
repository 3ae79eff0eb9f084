"""Which apps bring panels to the page of an activity and of a week, in the order in which they stand there."""

from collections.abc import Callable, Iterable

from tadamun.desk.views import elsewhere
from tadamun.organise.programme.views import panels as programme
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit.panels import Panel

Bring = Callable[[Carried], Iterable[Panel]]

OF_ACTIVITY: tuple[Bring, ...] = (
    programme.activity_plan_panels,
    programme.activity_record_panels,
    elsewhere.carry_on,
)
OF_WEEK: tuple[Bring, ...] = (programme.week_panels, elsewhere.carry_on)


def panels_of(carried: Carried) -> list[Panel]:
    """All panels of an activity's page, or of a week's."""
    return [panel for bring in (OF_ACTIVITY if carried.activity else OF_WEEK) for panel in bring(carried)]
