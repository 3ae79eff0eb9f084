"""What only a talk has: the name of its format, its theme, and the stories that were told.

A story belongs to its teller. It carries how she is named, whom she allowed to read it, and until when.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from tadamun.kinds.contract import Mistake, Plan, Tongue, unknown_languages
from tadamun.kinds.talk.vocabulary import StoryConsent
from tadamun.organise.programme.vocabulary import Naming
from tadamun.organise.safety.vocabulary import Audience
from tadamun.toolkit.languages.text import Text


class Story(Plan, frozen=True):
    """One story. ``until`` is the last day on which it may be told; without it the consent has no end."""

    title: Text
    text: Text = {}
    teller: Text = {}
    naming: Naming = Naming.NOBODY
    consent: StoryConsent = StoryConsent.NOT_ASKED
    audiences: tuple[Audience, ...] = ()
    agreed_on: date | None = None
    until: date | None = None


class TalkPlan(Plan, frozen=True):
    """A talk. ``format`` is the name of a format that is used again, such as “tea and talks”."""

    format: Text = {}
    theme: Text = {}
    stories: tuple[Story, ...] = ()
    languages: tuple[Tongue, ...] = ()


def mistakes(plan: TalkPlan) -> Iterable[Mistake]:
    """Consents that do not say to what, and names of people who chose not to be named."""
    for index, story in enumerate(plan.stories):
        where = f"stories[{index}]"
        if story.naming is Naming.NOBODY and story.teller:
            yield Mistake(f"{where}.teller", _("the teller chose not to be named; take her name out of the file"))
        if story.naming is not Naming.NOBODY and not story.teller:
            yield Mistake(f"{where}.teller", _("state the name that the teller chose, or set naming to nobody"))
        if story.consent is StoryConsent.GIVEN and not story.audiences:
            yield Mistake(f"{where}.audiences", _("state to whom the teller agreed, for example [public, coalition]"))
        if story.agreed_on and story.until and story.until < story.agreed_on:
            yield Mistake(f"{where}.until", _("the consent ends before it was given; check both days"))
    yield from unknown_languages(plan.languages, "languages")
