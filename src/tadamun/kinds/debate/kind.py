"""Debate: parties and blocs answer in public."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Kind
from tadamun.kinds.debate.plan import DebatePlan, mistakes
from tadamun.toolkit.facts import Fact, Number


def facts(plan: DebatePlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of a debate: its rules are public by nature."""
    yield from make.words("question", _("Question"), plan.question, prominent=True)
    yield from make.words("topics", _("Topics"), *plan.topics)
    if plan.speakers is not None:
        yield from make.fact("speakers", _("Speakers"), Number(plan.speakers))
    yield from make.words("speakers_in_words", _("Speakers"), plan.speakers_in_words)
    if plan.minutes_each is not None:
        yield from make.fact(
            "minutes_each", _("Time for each speaker"), Number(plan.minutes_each, unit=make.label(_("minutes")))
        )
    yield from make.words("rules", _("Rules"), *plan.rules)
    yield from make.words("recording", _("Recording"), plan.recording)
    yield from make.fact("languages", _("Languages"), *make.tongues(plan.languages))


KIND = Kind(
    code="debate",
    name=_("Debate"),
    mark="M3.5 4h11v8h-5.5l-3 3v-3H3.5zM6.5 8h5M17.5 9h3v8h-2v3l-3-3h-6v-2",
    plan=DebatePlan,
    facts=facts,
    mistakes=mistakes,
    labels={
        "question": _("Question"),
        "topics": _("Topics"),
        "speakers": _("Number of speakers"),
        "speakers_in_words": _("Speakers, if no number was stated"),
        "minutes_each": _("Minutes for each speaker"),
        "rules": _("Rules"),
        "recording": _("Recording"),
        "languages": _("Languages"),
    },
    category="MOVEMENTS_POLITICS",
)
