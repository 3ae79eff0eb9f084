"""What only a visit has: who is represented, whom the delegation meets, what stood in its way.

The cities and days are sittings, the hosts are involvements, what was decided is an outcome.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from tadamun.kinds.contract import Mistake, Plan, Tongue, unknown_languages
from tadamun.toolkit.languages.text import Text


class Meeting(Plan, frozen=True):
    """A meeting of the delegation: with which body, about what, on which day."""

    with_whom: Text
    about: Text = {}
    on: date | None = None


class VisitPlan(Plan, frozen=True):
    """A delegation, exchange or study visit. ``obstacles`` are candid: visas that were refused, for example."""

    represented: tuple[Text, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    obstacles: Text = {}
    languages: tuple[Tongue, ...] = ()


def mistakes(plan: VisitPlan) -> Iterable[Mistake]:
    """Meetings with nobody, languages that do not exist."""
    for index, meeting in enumerate(plan.meetings):
        if not meeting.with_whom:
            yield Mistake(
                f"meetings[{index}].with_whom", _("say with whom; leave the meeting out when it is not stated")
            )
    yield from unknown_languages(plan.languages, "languages")
