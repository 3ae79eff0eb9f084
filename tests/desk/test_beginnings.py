"""The first organisation of an installation, a week that gets planned, a promise that is kept: steps of a beginning."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tadamun.desk.models import Release
from tadamun.organise.network.models import Membership, Organisation
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.programme.models import Activity, Change, Promise, Week
from tadamun.organise.programme.services.states import step, step_week
from tadamun.organise.programme.services.together import undo_step
from tadamun.organise.programme.vocabulary import PromiseState, State
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.rulings import Refused
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

NOW = datetime(2099, 3, 10, 9, 0, tzinfo=UTC)
BEFORE = datetime(2099, 2, 1, 9, 0, tzinfo=UTC)
RANA = Actor("Rana", 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def activity(world: World) -> Activity:
    return make_activity(world)


def add_organisation(client: Client) -> int:
    return client.post(
        reverse("organisation_new"), {"names-ar": "كهرمانة", "kind": "path", "slug": "kahramana"}
    ).status_code


def test_operator_adds_no_organisation_where_there_are_some(world: World) -> None:
    assert add_organisation(world.client(Character.OPERATOR)) == 403
    assert "organisations/new/" not in world.client(Character.OPERATOR).get(reverse("desk")).content.decode()


def test_operator_of_an_empty_installation_coordinates_her_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    Membership.objects.all().delete()
    # The keys of the characters are no real ones.
    monkeypatch.setattr("tadamun.organise.network.services.invitations.found_missing_keys", lambda **_given: None)
    noor = world.client(Character.OPERATOR)
    assert reverse("organisation_new") in noor.get(reverse("desk")).content.decode()
    assert add_organisation(noor) == 302
    membership = Membership.objects.get()
    assert (membership.account, membership.role) == (world.accounts[Character.OPERATOR], Role.COORDINATOR)
    assert membership.may_see_names


def test_nobody_but_an_operator_begins_in_an_empty_installation(world: World) -> None:
    Membership.objects.all().delete()
    before = Organisation.objects.count()
    assert add_organisation(world.client(Character.COORDINATOR)) == 403
    assert Organisation.objects.count() == before


def test_a_short_name_is_kept_and_one_that_is_taken_is_refused(world: World) -> None:
    layla = world.client(Character.COORDINATOR)
    said = {"names-en": "Kahramana of Baghdad", "kind": "path", "slug": "kahramana"}
    assert layla.post(reverse("organisation_new"), said).status_code == 302
    assert Organisation.objects.filter(slug="kahramana").exists()
    assert layla.post(reverse("organisation_new"), said | {"act": "anyway"}).status_code == 422
    assert Organisation.objects.filter(slug__startswith="kahramana").count() == 1


def test_a_name_in_arabic_letters_is_shown_as_it_would_stand_in_addresses_before_it_stays(world: World) -> None:
    layla, said = world.client(Character.COORDINATOR), {"names-ar": "كهرمانة", "kind": "path"}
    answer = layla.post(reverse("organisation_new"), said)
    assert answer.status_code == 422
    above_the_fold = answer.content.decode().split("<details")[0]
    assert 'name="slug" value="khrmana"' in above_the_fold
    assert not Organisation.objects.filter(slug="khrmana").exists()
    assert layla.post(reverse("organisation_new"), said | {"slug": "kahramana"}).status_code == 302
    assert Organisation.objects.get(slug="kahramana").names == {"ar": "كهرمانة"}
    control = {"names-ar": "سوران", "names-en": "Soran Path", "kind": "path"}
    assert layla.post(reverse("organisation_new"), control).status_code == 302, "what has Latin letters is not asked"


def edit_week(client: Client, week: Week, **sent: str) -> HttpResponse:
    said = {
        "titles-en": "Kahramana",
        "form": "week",
        "start": "2099-03-02",
        "end": "2099-03-08",
        "timezone": "Asia/Baghdad",
    }
    return client.post(reverse("week_edit", args=[week.slug]), said | sent)  # type: ignore[return-value]  # the client's


def test_the_address_of_a_week_can_be_changed_until_it_is_published(world: World, activity: Activity) -> None:
    layla, week = world.client(Character.COORDINATOR), activity.week
    assert 'name="slug" value="our-week"' in layla.get(reverse("week_edit", args=["our-week"])).content.decode()
    assert edit_week(layla, week, slug="Kahramana-2099")["Location"] == reverse("week", args=["kahramana-2099"])
    week.refresh_from_db()
    edit_week(layla, week)
    week.refresh_from_db()
    assert week.slug == "kahramana-2099", "a form without that field leaves it"
    edit_week(layla, week, slug="")
    week.refresh_from_db()
    assert week.slug == "kahramana-2099", "made from title and year again"
    with pytest.raises(Refused):
        undo_step(actor=RANA, change=Change.objects.filter(fields__has_key="slug", act="changed").first(), now=NOW)
    Release.objects.create(week=week, by="Layla", at=NOW, goes_out_at=NOW, record=b"")
    assert 'name="slug"' not in layla.get(reverse("week_edit", args=[week.slug])).content.decode()
    edit_week(layla, week, slug="elsewhere")
    week.refresh_from_db()
    assert week.slug == "kahramana-2099"


@pytest.mark.parametrize("slug", ["2099", "their-week", "with space"])
def test_an_address_that_cannot_be_is_refused_and_the_page_still_leads_to_the_week(
    world: World, activity: Activity, slug: str
) -> None:
    make_activity(world, theirs=True)
    answer = edit_week(world.client(Character.COORDINATOR), activity.week, slug=slug)
    assert answer.status_code == 400
    assert reverse("week", args=["our-week"]) in answer.content.decode()


def test_whoever_begins_or_adds_is_told_the_address(world: World, activity: Activity) -> None:
    layla = world.client(Character.COORDINATOR)
    said = {"title": "Poetry", "kind": "talk", "day": "2099-03-03"}
    html = layla.post(reverse("activity_new", args=["our-week"]), said, follow=True).content.decode()
    assert '<code dir="ltr">poetry</code>' in html
    said = {"title": "Spring", "form": "day", "start": "2099-03-21", "organiser": str(world.ours.pk)}
    html = layla.post(reverse("begin_week", args=["nothing"]), said, follow=True).content.decode()
    assert '<code dir="ltr">spring-2099</code>' in html


def ideas(activity: Activity) -> Week:
    Activity.objects.update(state=State.IDEA)
    Week.objects.update(state=State.IDEA)
    return activity.week


@pytest.mark.parametrize(("with_ideas", "state"), [(True, State.PLANNED), (False, State.IDEA)])
def test_ideas_are_planned_with_their_week_if_that_is_meant(activity: Activity, with_ideas: bool, state: State) -> None:
    made = step_week(actor=RANA, week=ideas(activity), to=State.PLANNED, public=False, with_ideas=with_ideas, now=NOW)
    assert (Week.objects.get().state, Activity.objects.get().state) == (State.PLANNED, state)
    undo_step(actor=RANA, change=made[0], now=NOW)
    assert (Week.objects.get().state, Activity.objects.get().state) == (State.IDEA, State.IDEA)


def test_a_public_week_is_no_idea_again(activity: Activity) -> None:
    Week.objects.update(state=State.PLANNED)
    with pytest.raises(Refused, match="Take it back first"):
        step_week(actor=RANA, week=activity.week, to=State.IDEA, public=True, now=NOW)
    step_week(actor=RANA, week=activity.week, to=State.IDEA, public=False, now=NOW)
    assert Week.objects.get().state == State.IDEA


def test_a_week_to_come_was_not_held(activity: Activity) -> None:
    Week.objects.update(state=State.PLANNED)
    with pytest.raises(Refused, match="not begun"):
        step_week(actor=RANA, week=activity.week, to=State.HELD, public=False, now=BEFORE)


def test_the_page_of_the_week_plans_it(world: World, activity: Activity) -> None:
    week = ideas(activity)
    layla, address = world.client(Character.COORDINATOR), reverse("week_state", args=[week.slug])
    assert 'value="planned"' in layla.get(address).content.decode()
    assert layla.post(address, {"to": "planned", "with_ideas": "on"}).status_code == 302
    assert Activity.objects.get().state == State.PLANNED


def test_a_promise_is_kept_once_what_keeps_it_was_held(world: World, activity: Activity) -> None:
    promise = Promise.objects.create(
        week=activity.week, position=0, slug="again", text={"en": "Again"}, kept_by=activity, state="scheduled"
    )
    dropped = Promise.objects.create(
        week=activity.week, position=1, slug="no", text={"en": "No"}, kept_by=activity, state="dropped"
    )
    Activity.objects.update(state=State.PLANNED)
    step(actor=RANA, activity=activity, to=State.HELD, now=NOW)
    promise.refresh_from_db()
    dropped.refresh_from_db()
    assert (promise.state, dropped.state) == (PromiseState.HELD, PromiseState.DROPPED)
    undo_step(actor=RANA, change=Change.objects.filter(activity=activity).latest("pk"), now=NOW)
    promise.refresh_from_db()
    assert promise.state == PromiseState.SCHEDULED
