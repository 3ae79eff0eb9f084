"""The panels that the programme brings to the page of an activity and of a week."""

from collections.abc import Iterable

from tadamun.organise.programme.forms.kinds_of_rows import ACTIVITY_ROWS, WEEK_ROWS
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.programme.views.rows import rows_panel
from tadamun.toolkit.panels import Panel


def activity_panels(carried: Carried) -> Iterable[Panel]:
    """What is stated about an activity. One query for each panel."""
    return (rows_panel(kind, carried) for kind in ACTIVITY_ROWS.values())


def week_panels(carried: Carried) -> Iterable[Panel]:
    """What is stated about a week as a whole. One query for each panel."""
    return (rows_panel(kind, carried) for kind in WEEK_ROWS.values())
