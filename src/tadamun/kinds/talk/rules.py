"""Which stories an audience may read today. The one place where that is decided."""

from collections.abc import Iterable
from datetime import date

from tadamun.kinds.talk.plan import Story
from tadamun.kinds.talk.vocabulary import StoryConsent
from tadamun.organise.safety.vocabulary import Audience


def told_to(stories: Iterable[Story], *, audience: Audience, today: date) -> tuple[Story, ...]:
    """The stories whose tellers agreed that ``audience`` reads them, and whose consent has not run out."""
    return tuple(story for story in stories if _is_told(story, audience, today))


def _is_told(story: Story, audience: Audience, today: date) -> bool:
    in_time = story.until is None or today <= story.until
    return story.consent is StoryConsent.GIVEN and audience in story.audiences and in_time
