"""What only a debate has: its question, topics and rules.

The election is an occasion; parties and blocs are involvements of the type invited, never partners.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tadamun.kinds.contract import Mistake, Plan, Tongue, unknown_languages
from tadamun.toolkit.languages.text import Text


class DebatePlan(Plan, frozen=True):
    """A debate. Speakers are counted (``speakers``) or, when no number was stated, only put in words (“several”)."""

    question: Text = {}
    topics: tuple[Text, ...] = ()
    speakers: int | None = None
    speakers_in_words: Text = {}
    minutes_each: int | None = None
    rules: tuple[Text, ...] = ()
    recording: Text = {}
    languages: tuple[Tongue, ...] = ()


def mistakes(plan: DebatePlan) -> Iterable[Mistake]:
    """Numbers that cannot be meant, and a number of speakers that is known and unknown at once."""
    if plan.speakers is not None and plan.speakers < 1:
        yield Mistake("speakers", _("a debate has at least one speaker; leave the number out when it is not stated"))
    if plan.speakers is not None and plan.speakers_in_words:
        yield Mistake("speakers_in_words", _("the number of speakers is stated; leave the words out"))
    if plan.minutes_each is not None and plan.minutes_each < 1:
        yield Mistake("minutes_each", _("each speaker has at least one minute; leave it out when it is not stated"))
    yield from unknown_languages(plan.languages, "languages")
