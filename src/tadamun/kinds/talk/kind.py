"""Talk: people tell and listen, over tea or on a stage."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Kind
from tadamun.kinds.talk.plan import Story, TalkPlan, mistakes
from tadamun.kinds.talk.rules import told_to
from tadamun.organise.programme.vocabulary import Naming
from tadamun.toolkit.facts import Fact, Words


def facts(plan: TalkPlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of a talk. A story without a live consent for this audience leaves no trace."""
    quoted = plan.format | make.phrase(_("“%(name)s”"), name=plan.format)
    yield from make.words("format", _("Format"), quoted, prominent=True)
    yield from make.words("theme", _("Theme"), plan.theme, prominent=True)
    yield from make.fact("languages", _("Languages"), *make.tongues(plan.languages))
    for story in told_to(plan.stories, audience=make.audience, today=make.today):
        yield _told(story, make)


def _told(story: Story, make: FactMaker) -> Fact:
    values = [Words(story.title)]
    if story.naming is not Naming.NOBODY:
        values.append(Words(story.teller | make.phrase(_("told by %(name)s"), name=story.teller)))
    if story.text:
        values.append(Words(story.text))
    return Fact(key="story", label=make.label(_("Story")), values=tuple(values))


KIND = Kind(
    code="talk",
    name=_("Talk"),
    mark=(
        "M7.5 6h9c0 3.2-2.3 3.3-2.3 5.3s2.3 2.4 2.3 4.4c0 1.6-1 2.3-2.2 2.3H9.7"
        "c-1.2 0-2.2-.7-2.2-2.3 0-2 2.3-2.4 2.3-4.4S7.5 9.2 7.5 6zM4.5 20.5h15M8 8.5h8"
        "M10.3 1.7c-.9 1 .9 1.3 0 2.3M13.7 1.7c-.9 1 .9 1.3 0 2.3"
    ),
    plan=TalkPlan,
    facts=facts,
    mistakes=mistakes,
    labels={
        "format": _("Format"),
        "theme": _("Theme"),
        "stories": _("Stories"),
        "stories.title": _("Title"),
        "stories.text": _("Story"),
        "stories.teller": _("Name that the teller chose"),
        "stories.naming": _("How she chose to be named"),
        "stories.consent": _("Consent"),
        "stories.audiences": _("To whom she agreed"),
        "stories.agreed_on": _("Agreed on"),
        "stories.until": _("Until"),
        "languages": _("Languages"),
    },
    long=frozenset({"stories.text"}),
    keeps_people=True,
    schema_type="SocialEvent",
    category="NETWORKING",
)
