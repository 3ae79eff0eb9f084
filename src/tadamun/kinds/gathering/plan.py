"""What only a gathering has: what happens, what to bring, and how to leave one's interest.

A picnic, a celebration, a festival, a bazaar. Its day in the calendar is an occasion, what it is meant
to do is the activity's purpose: those stand beside the plan, as for every kind.
"""

from collections.abc import Iterable

from tadamun.kinds.contract import Mistake, Plan
from tadamun.kinds.programme import Item, programme_mistakes
from tadamun.toolkit.languages.text import Text


class GatheringPlan(Plan, frozen=True):
    """A gathering. ``stay_in_touch`` says in words how visitors can join later, so that no list is needed."""

    programme: tuple[Item, ...] = ()
    stalls: tuple[Text, ...] = ()
    bring: tuple[Text, ...] = ()
    access: Text = {}
    if_it_rains: Text = {}
    stay_in_touch: Text = {}


def mistakes(plan: GatheringPlan) -> Iterable[Mistake]:
    """Numbers that cannot be meant."""
    return programme_mistakes(plan.programme, "programme")
