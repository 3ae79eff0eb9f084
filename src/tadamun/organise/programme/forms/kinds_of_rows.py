"""The kinds of rows that a week or an activity has, in the order in which their panels stand."""

from tadamun.organise.programme.forms.figures import FIGURES
from tadamun.organise.programme.forms.record import (
    CONTRIBUTIONS,
    OUTCOMES,
    PEOPLE,
    POSTPONEMENTS,
    PROMISES,
    RELATIONS,
)
from tadamun.organise.programme.forms.sittings import SITTINGS

# What is set before, and what is written down of it.
PLANNED = (SITTINGS, POSTPONEMENTS)
RECORDED = (PEOPLE, PROMISES, FIGURES, OUTCOMES, CONTRIBUTIONS, RELATIONS)

ACTIVITY_ROWS = {kind.code: kind for kind in (*PLANNED, *RECORDED)}
WEEK_ROWS = {kind.code: kind for kind in (PROMISES, FIGURES, OUTCOMES, PEOPLE, CONTRIBUTIONS, POSTPONEMENTS)}
