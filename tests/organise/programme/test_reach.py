"""Which activities a member may work on: those that her organisations carry, by the week or by themselves."""

from datetime import date
from uuid import uuid4

import pytest

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import OrganisationKind, Part, Role, Standing
from tadamun.organise.programme import rules
from tadamun.organise.programme.models.parts import Involvement
from tadamun.organise.programme.models.weeks import Activity, Week
from tadamun.organise.programme.queries import reach
from tadamun.organise.programme.vocabulary import InvolvementType, SignOff, WeekForm
from tests.characters import BEFORE_THE_WEEK

pytestmark = pytest.mark.django_db


def organisation(slug: str) -> Organisation:
    return Organisation.objects.get_or_create(slug=slug, defaults={"kind": OrganisationKind.FORUM})[0]


@pytest.fixture
def week() -> Week:
    week = Week.objects.create(
        uid=uuid4(),
        slug="our-week",
        form=WeekForm.WEEK,
        start=date(2018, 3, 22),
        end=date(2018, 3, 31),
        timezone="Asia/Baghdad",
        changed_at=BEFORE_THE_WEEK,
    )
    for position, slug in enumerate(("race", "talk")):
        Activity.objects.create(
            uid=uuid4(), week=week, slug=slug, position=position, kind=slug, changed_at=BEFORE_THE_WEEK
        )
    return week


def involve(
    week: Week,
    slug: str,
    kind: InvolvementType,
    activity: str = "",
    sign_off: SignOff = SignOff.ACCEPTED,
) -> None:
    Involvement.objects.create(
        week=week,
        activity=week.activities.get(slug=activity) if activity else None,
        organisation=organisation(slug),
        type=kind,
        sign_off=sign_off,
        position=Involvement.objects.count(),
    )


def member_of(slug: str) -> Standing:
    return Standing("member:1", "Layla", False, True, (Part(slug, Role.EDITOR, True),))


def reached(slug: str) -> list[str]:
    found = reach.reachable(member_of(slug).organisations).order_by("position")
    return list(found.values_list("slug", flat=True))


@pytest.mark.parametrize("kind", [InvolvementType.ORGANISER, InvolvementType.RUNS, InvolvementType.CO_ORGANISER])
def test_who_carries_the_week_works_on_all_of_it(week: Week, kind: InvolvementType) -> None:
    involve(week, "forum", kind)
    assert reached("forum") == ["race", "talk"]


@pytest.mark.parametrize(
    "kind",
    [InvolvementType.COOPERATION, InvolvementType.HOST, InvolvementType.FUNDER, InvolvementType.SUPPORTER],
)
def test_other_parts_in_the_week_open_nothing(week: Week, kind: InvolvementType) -> None:
    involve(week, "forum", kind)
    assert reached("forum") == []


@pytest.mark.parametrize(
    "kind", [InvolvementType.COOPERATION, InvolvementType.HOST, InvolvementType.CO_ORGANISER, InvolvementType.ORGANISER]
)
def test_who_shares_one_activity_works_on_that_one(week: Week, kind: InvolvementType) -> None:
    involve(week, "sports", kind, "race")
    assert reached("sports") == ["race"]


@pytest.mark.parametrize("kind", [InvolvementType.FUNDER, InvolvementType.INVITED, InvolvementType.SUPPORTER])
def test_who_only_supports_an_activity_does_not_work_on_it(week: Week, kind: InvolvementType) -> None:
    involve(week, "sports", kind, "race")
    assert reached("sports") == []


@pytest.mark.parametrize("sign_off", [SignOff.ASKED, SignOff.DECLINED, SignOff.WITHDRAWN])
def test_who_has_not_agreed_or_went_away_works_on_nothing(week: Week, sign_off: SignOff) -> None:
    involve(week, "sports", InvolvementType.COOPERATION, "race", sign_off)
    involve(week, "forum", InvolvementType.CO_ORGANISER, sign_off=sign_off)
    assert reached("sports") == reached("forum") == []


def test_another_organisations_activity_is_not_there_at_all(week: Week) -> None:
    involve(week, "forum", InvolvementType.ORGANISER)
    race = week.activities.get(slug="race")
    assert reach.activity_of(member_of("forum"), race.uid) == race
    assert reach.activity_of(member_of("elsewhere"), race.uid) is None
    assert reach.activity_of(member_of("forum"), uuid4()) is None
    assert [entry.uid for entry in reach.activities_of(member_of("forum"))] == [
        activity.uid for activity in week.activities.order_by("position")
    ]


def test_the_carriers_of_an_activity_are_those_whose_members_reach_it(week: Week) -> None:
    involve(week, "forum", InvolvementType.ORGANISER)
    involve(week, "sports", InvolvementType.COOPERATION, "race")
    involve(week, "fund", InvolvementType.FUNDER)
    race, talk = week.activities.order_by("position")
    assert reach.carriers_of(race) == ["forum", "sports"]
    assert reach.carriers_of(talk) == ["forum"]
    for slug in ("forum", "sports", "fund"):
        carries = slug in reach.carriers_of(race)
        assert bool(rules.may_edit_activity(standing=member_of(slug), carriers=reach.carriers_of(race))) is carries
