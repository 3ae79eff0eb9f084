"""Where an activity or a week leads on, and what each app brings along when it is repeated or begun again."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from tadamun.organise.people.services.copying import carry_sign_up
from tadamun.organise.planning.services.carrying import carry_lists
from tadamun.organise.programme.models import Campaign, Relation
from tadamun.organise.programme.services.copying import Carry
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.programme.vocabulary import RelationType
from tadamun.toolkit.panels import Line, Panel, Way
from tadamun.toolkit.templatetags.saying import said

CARRY: tuple[Carry, ...] = (carry_sign_up, carry_lists)


def carry_on(carried: Carried) -> Iterable[Panel]:
    """Where an activity or a week leads on: repeats, editions, campaigns. At most three queries."""
    ways = []
    if carried.activity and carried.may_edit:
        ways.append(Way(_("Repeat in another place"), reverse("repeat", kwargs={"uid": carried.activity.uid})))
    elif not carried.activity:
        ways.append(Way(_("Begin this week again"), reverse("copy_week", kwargs={"week": carried.week.slug})))
    if series := carried.subject.series:
        ways.append(Way(_("Editions side by side"), reverse("editions", kwargs={"slug": series.slug})))
    campaigns = Campaign.objects.filter(contributions__week=carried.week, contributions__activity=carried.activity)
    lines = [
        Line(said(campaign.names), _("campaign of others"), reverse("report_back", kwargs={"slug": campaign.slug}))
        for campaign in campaigns.distinct()
    ]
    if carried.activity:
        repeats = Relation.objects.filter(to=carried.activity, type=RelationType.REPEAT_OF).select_related("activity")
        lines += [
            Line(
                said(repeat.activity.titles),
                repeat.activity.get_state_display(),
                reverse("activity", kwargs={"uid": repeat.activity.uid}),
            )
            for repeat in repeats
        ]
    yield Panel(
        code="elsewhere",
        title=_("Carry on elsewhere"),
        lines=tuple(lines),
        ways=tuple(ways),
        empty=_("Nothing follows from this yet."),
    )
