"""Who carries one activity of a week looks at it as others would, and publishes it; never what is another's."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.desk import publication, releases
from tadamun.desk.house import our_house
from tadamun.desk.models import Conditions, PartRelease, Release
from tadamun.desk.today import needs_of
from tadamun.organise.network.models import Account, Membership
from tadamun.organise.network.queries import standing_of
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.programme.models import Activity, Person, Sitting, Week
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.vocabulary import Audience, SafetyProfile
from tadamun.publish.bundle.signing import create_key
from tadamun.toolkit import clock
from tests.characters import BEFORE_THE_WEEK, Character, World, make_world
from tests.organise.people_desk.houses import make_activity
from tests.record.given import a_photo, involved, stated

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LAYLA = Actor("Layla", 1)
DARA = Character.COORDINATOR_ELSEWHERE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for folder in ("keys", "archive", "records", "bundle"):
        (tmp_path / folder).mkdir()
    create_key(tmp_path / "keys" / "site.pem")
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=tmp_path, languages=("en",)))
    yield tmp_path
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def world(home: Path) -> World:
    """Dara's organisation carries the walk of our week, and nothing else of it."""
    world = make_world()
    run = make_activity(world)
    involved(run.week, world.theirs, a_walk(run.week), type="co_organiser")
    return world


def a_walk(week: Week, slug: str = "walk") -> Activity:
    activity = Activity.objects.create(
        uid=uuid4(),
        week=week,
        slug=slug,
        kind="gathering",
        state="planned",
        titles={"en": "The walk"},
        position=Activity.objects.count(),
        changed_at=BEFORE_THE_WEEK,
    )
    Sitting.objects.create(activity=activity, position=0, start="2099-03-04", end="2099-03-04")
    return activity


def one(slug: str = "walk") -> Activity:
    return Activity.objects.select_related("week").get(slug=slug)


def reword(slug: str = "walk", **values: Any) -> None:
    activity = one(slug)
    seen = changes.values_of(activity, values)
    changes.change(actor=LAYLA, row=activity, seen=seen, wanted=values, now=clock.now())


def publish_the_week() -> None:
    releases.let_out(actor=LAYLA, house=our_house(), week=one().week, now=clock.now())
    publication.publish(actor=LAYLA, house=our_house(), now=clock.now())


def address(slug: str = "walk") -> str:
    return reverse("activity_publishing", kwargs={"uid": one(slug).uid})


def page(world: World, who: Character = DARA, of: str = "walk") -> str:
    answer = world.client(who).get(address(of))
    assert answer.status_code == 200
    return answer.content.decode()


def post(world: World, act: str, who: Character = DARA, **fields: Any) -> str:
    return world.client(who).post(address(), {"act": act, **fields}, follow=True).content.decode()


def public(home: Path, path: str = "walk") -> str:
    file = home / "bundle" / "current" / "en" / "weeks" / "our-week" / path / "index.html"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_who_carries_an_activity_alone_sees_it_as_each_audience_would(world: World) -> None:
    client = world.client(DARA)
    for audience in Audience.values:
        parts = {"uid": one().uid, "audience": audience, "lang": "en"}
        html = client.get(reverse("preview_of_activity", kwargs=parts)).content.decode()
        assert "The walk" in html, audience
        assert 'href="/desk/weeks/' not in html, "nothing leads to what she does not carry"
    whole = {"week": "our-week", "audience": "public", "lang": "en"}
    assert client.get(reverse("preview", kwargs=whole)).status_code == 403
    assert client.get(reverse("activity", kwargs={"uid": one().uid})).content.decode().count(address()) == 1


def test_she_publishes_her_activity_and_nothing_else(world: World, home: Path) -> None:
    publish_the_week()
    reword(summary={"en": "We meet at the bridge"})
    reword("our-run", summary={"en": "A sentence nobody let out"})
    assert "Added: summary." in page(world)
    assert "It is public now." in post(world, "publish")
    assert "We meet at the bridge" in public(home)
    assert "nobody let out" not in public(home, "our-run") + public(home, "")
    assert "Nothing waits." in page(world)
    assert PartRelease.objects.get().by == "Dara"
    assert AuditEntry.objects.filter(act="release activity").count() == 1
    assert "nobody let out" not in public(home, "our-run")
    publish_the_week()
    assert "nobody let out" in public(home, "our-run"), "the control: the week's own word lets it out"


def test_who_is_withdrawn_elsewhere_stays_withdrawn(world: World, home: Path) -> None:
    run = one("our-run")
    person = stated(Person, run.week, run, role="speaker", naming="full_name", name={"en": "Zainab Hassan"})
    publish_the_week()
    assert "Zainab Hassan" in public(home, "our-run")
    changes.remove(actor=LAYLA, row=person, now=clock.now())
    reword(summary={"en": "We meet at the bridge"})
    post(world, "publish")
    assert "Zainab Hassan" not in public(home, "our-run")


def test_what_comes_along_is_what_the_activity_names(world: World, home: Path) -> None:
    publish_the_week()
    involved(one().week, world.ours, one(), type="supporter")
    involved(one().week, world.theirs, one("our-run"), type="supporter")
    photo = a_photo(one().week, one(), consent="nobody_shown")
    post(world, "publish")
    record = releases.decode(bytes(Release.objects.get(is_out=True).record))
    by_slug = {activity.slug: activity for activity in record.activities}
    assert "our-forum" in {part.organisation for part in by_slug["walk"].involvements}
    assert "our-forum" in {body.slug for body in record.organisations}
    assert "their-forum" not in {part.organisation for part in by_slug["our-run"].involvements}
    assert [shown.sha256 for shown in record.photos] == [photo.sha256]


def test_nothing_goes_out_before_the_week_does(world: World, home: Path) -> None:
    html = page(world)
    assert "The week is not public yet." in html
    assert "Our Forum" in html, "whom to ask"
    assert "The week is not public yet." in post(world, "publish")
    assert public(home) == ""


def test_an_activity_new_in_the_week_is_let_out_by_who_carries_the_week(world: World, home: Path) -> None:
    publish_the_week()
    involved(one().week, world.theirs, a_walk(one().week, "dance"), type="co_organiser")
    html = world.client(DARA).post(address("dance"), {"act": "publish"}).content.decode()
    assert "It is new in the week." in html
    assert public(home, "dance") == ""


def test_an_address_that_the_public_knows_as_anothers_is_not_taken(world: World) -> None:
    other = a_walk(one().week, "talk")
    publish_the_week()
    refusal = "Its address is still another activity’s"
    for slug, of in (("long-talk", other), ("talk", one())):
        assert refusal not in unescape(page(world))
        changes.change(actor=LAYLA, row=of, seen={"slug": of.slug}, wanted={"slug": slug}, now=clock.now())
    assert refusal in unescape(page(world, of="talk"))


def test_an_embargo_and_a_moment_that_was_decided_hold(world: World) -> None:
    publish_the_week()
    reword(summary={"en": "Early"})
    later = clock.now() + timedelta(days=2)
    Conditions.objects.update_or_create(week=one().week, defaults={"embargo_until": later})
    assert "There is an embargo." in post(world, "publish")
    Conditions.objects.update(embargo_until=None)
    releases.let_out(actor=LAYLA, house=our_house(), week=one().week, now=clock.now(), at=later)
    assert "The week goes out at a moment" in post(world, "publish")
    assert not PartRelease.objects.exists()


def test_what_was_looked_at_is_what_goes_out(world: World, home: Path) -> None:
    publish_the_week()
    html = page(world)
    seen = html.split('name="seen" value="')[1].split('"')[0]
    reword(summary={"en": "Slipped in"})
    assert "It was changed meanwhile" in post(world, "publish", seen=seen)
    assert "Slipped in" not in public(home)


def test_only_a_role_that_may_publish_publishes(world: World) -> None:
    publish_the_week()
    Membership.objects.filter(account=world.accounts[DARA]).update(role=Role.FIELD)
    assert world.client(DARA).post(address(), {"act": "publish"}).status_code == 403
    assert 'id="publish"' not in page(world)


def test_a_second_member_agrees_where_the_activity_is_of_high_risk(world: World, home: Path) -> None:
    publish_the_week()
    Activity.objects.filter(slug="walk").update(safety=SafetyProfile.HIGH_RISK)
    reword(summary={"en": "We meet at the bridge"})
    assert "A second member must agree now." in post(world, "publish")
    asked = PartRelease.objects.get()
    assert "Somebody else must agree" in post(world, "approve", release=asked.pk)
    says = needs_of(standing_of(world.accounts[Character.EDITOR]), clock.now())
    assert any("asks you to agree" in str(need.line.says) for need in says)
    assert not any("asks you to agree" in str(need.line.says) for need in needs_of(dara(world), clock.now()))
    reword(summary={"en": "Slipped in"})
    assert "The request is void" in page(world, Character.EDITOR)
    assert "It was changed meanwhile" in post(world, "approve", who=Character.EDITOR, release=asked.pk)
    post(world, "publish")
    asked = PartRelease.objects.get()
    assert "It is public now." in post(world, "approve", who=Character.EDITOR, release=asked.pk)
    assert "Slipped in" in public(home)


def dara(world: World) -> Any:
    account: Account = world.accounts[DARA]
    return standing_of(account)


def test_a_request_is_called_off(world: World) -> None:
    publish_the_week()
    Conditions.objects.update_or_create(week=one().week, defaults={"two_people": True})
    post(world, "publish")
    assert "It is called off." in post(world, "call_off")
    assert not PartRelease.objects.exists()


def test_the_page_costs_the_same_queries_however_much_the_week_holds(world: World) -> None:
    publish_the_week()
    costs = []
    for number in (1, 12):
        for more in range(number):
            a_walk(one().week, f"walk-{number}-{more}")
            stated(Person, one().week, one(), role="speaker", name={"en": f"Nobody {more}"})
        page(world)
        with CaptureQueriesContext(connection) as captured:
            page(world)
        costs.append(len(captured))
    assert costs[0] == costs[1]
