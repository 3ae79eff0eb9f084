"""Publishing on the desk: nothing goes out by itself, somebody says so, a second one agrees where it is asked."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.desk import publication, releases
from tadamun.desk.house import our_house
from tadamun.desk.models import Conditions, Release
from tadamun.desk.today import needs_of
from tadamun.organise.network.queries import standing_of
from tadamun.organise.programme.models import Activity, Involvement, Person, Sitting
from tadamun.organise.programme.services import changes, states
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.signing import create_key
from tadamun.toolkit import clock
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity
from tests.record.given import a_photo, a_place, counted, stated

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LAYLA = Actor("Layla", 1)
WEEK = "our-week"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for folder in ("keys", "archive", "records", "bundle"):
        (tmp_path / folder).mkdir()
    create_key(tmp_path / "keys" / "site.pem")
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=tmp_path))
    yield tmp_path
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def world(home: Path) -> World:
    world = make_world()
    make_activity(world)
    return world


def the_activity() -> Activity:
    return Activity.objects.select_related("week").get(slug="our-run")


def page_of(world: World, who: Character = Character.COORDINATOR) -> tuple[Client, str]:
    return world.client(who), reverse("publishing", kwargs={"week": WEEK})


def post(world: World, act: str, who: Character = Character.COORDINATOR, **fields: Any) -> Any:
    client, address = page_of(world, who)
    return client.post(address, {"act": act, **fields}, follow=True)


def public(home: Path, path: str = "") -> str | None:
    page = home / "bundle" / "current" / "en" / "weeks" / WEEK / path / "index.html"
    return page.read_text(encoding="utf-8") if page.exists() else None


def reword(**values: Any) -> None:
    """As the desk changes an activity."""
    activity = the_activity()
    seen = changes.values_of(activity, values)
    changes.change(actor=LAYLA, row=activity, seen=seen, wanted=values, now=clock.now())


def by_itself() -> None:
    """What housekeeping does some seconds later."""
    now = clock.now()
    if publication.due(now):
        publication.publish(actor=LAYLA, house=our_house(), now=now)


def test_a_planned_week_is_not_public_until_somebody_publishes_it(world: World, home: Path) -> None:
    reword(titles={"en": "Our run"})
    by_itself()
    assert public(home) is None
    answer = post(world, "publish")
    assert "It is public now." in answer.content.decode()
    assert "Our run" in (public(home, "our-run") or "")
    assert AuditEntry.objects.filter(act="release", subject=f"week:{WEEK}").count() == 1


def test_an_edit_waits_and_a_withdrawal_does_not(world: World, home: Path) -> None:
    activity = the_activity()
    person = stated(Person, activity.week, activity, role="speaker", naming="full_name", name={"en": "Zainab Hassan"})
    post(world, "publish")
    assert "Zainab Hassan" in (public(home, "our-run") or "")
    reword(summary={"en": "A sentence nobody let out"})
    by_itself()
    assert "nobody let out" not in (public(home, "our-run") or "")
    changes.remove(actor=LAYLA, row=person, now=clock.now())
    by_itself()
    assert "Zainab Hassan" not in (public(home, "our-run") or "")
    assert "nobody let out" not in (public(home, "our-run") or "")
    post(world, "publish")
    assert "nobody let out" in (public(home, "our-run") or "")


def test_the_page_says_what_waits_and_what_a_hostile_reader_would_find(world: World) -> None:
    post(world, "publish")
    Sitting.objects.update(start="2099-03-04", end="2099-03-04")
    reword(body={"en": "Ask layla@example.org"})
    client, address = page_of(world)
    html = client.get(address).content.decode()
    assert "It moved from 3 March 2099 to 4 March 2099." in html
    assert "Added: text." in html
    assert "A text holds a contact that anybody can copy: layla@example.org" in html
    assert f"/desk/activities/{the_activity().uid}/#plan" in html


def test_what_was_looked_at_is_what_goes_out(world: World, home: Path) -> None:
    client, address = page_of(world)
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', client.get(address).content.decode())[0]
    reword(summary={"en": "Written meanwhile"})
    answer = client.post(address, {"act": "publish", "seen": seen})
    assert answer.status_code == 409
    assert "It was changed meanwhile" in answer.content.decode()
    assert public(home) is None


# --- moments ---------------------------------------------------------------------------------------


def test_a_scheduled_release_goes_out_at_its_moment_as_it_was_decided(
    world: World, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(days=2)
    local = later.astimezone(tz=None).strftime("%Y-%m-%dT%H:%M")
    answer = post(world, "publish", at=local)
    assert "It goes out on" in answer.content.decode()
    reword(summary={"en": "Written after the decision"})
    by_itself()
    assert public(home) is None
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(days=1))
    by_itself()
    assert public(home) is not None
    assert "after the decision" not in (public(home, "our-run") or "")


def test_a_scheduled_release_can_be_called_off(world: World) -> None:
    later = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    post(world, "publish", at=later)
    assert "It is called off." in post(world, "call_off").content.decode()
    assert not Release.objects.exists()


def test_an_embargo_holds_for_everybody(world: World, home: Path) -> None:
    until = clock.now() + timedelta(days=5)
    post(world, "conditions", embargo_until=until.strftime("%Y-%m-%dT%H:%M"))
    assert "There is an embargo." in post(world, "publish").content.decode()
    releases.mark_imported(WEEK)
    publication.publish_for_operator(actor=LAYLA, house=our_house(), now=clock.now())
    assert public(home) is None, "the operator's word waits for its end"
    assert publication.due(until + timedelta(minutes=1))


def test_a_postponement_is_public_at_once_with_its_new_day(world: World, home: Path) -> None:
    post(world, "publish")
    assert "2099-03-03" in (public(home, "our-run") or "")
    states.postpone(actor=LAYLA, activity=the_activity(), start=date(2099, 4, 9), now=clock.now())
    reword(summary={"en": "A sentence nobody let out"})
    by_itself()
    html = public(home, "our-run") or ""
    assert "2099-04-09" in html
    assert "moved to" in html
    assert "nobody let out" not in html


# --- two people --------------------------------------------------------------------------------------


def risky() -> None:
    Activity.objects.update(safety=SafetyProfile.HIGH_RISK)


def test_what_is_of_high_risk_needs_a_second_member(world: World, home: Path) -> None:
    risky()
    answer = post(world, "publish").content.decode()
    assert "A second member must agree now." in answer
    assert public(home) is None
    asked = Release.objects.get()
    own = post(world, "approve", release=asked.pk).content.decode()
    assert "Somebody else must agree" in own
    answer = post(world, "approve", who=Character.EDITOR, release=asked.pk).content.decode()
    assert "It is public now." in answer
    assert public(home) is not None


def test_asking_for_two_is_a_condition_of_any_week(world: World, home: Path) -> None:
    post(world, "conditions", two_people="on")
    post(world, "publish")
    assert public(home) is None
    assert Conditions.objects.get().two_people


def test_an_edit_after_asking_ends_the_request(world: World, home: Path) -> None:
    risky()
    post(world, "publish")
    reword(summary={"en": "Slipped in"})
    answer = post(world, "approve", who=Character.EDITOR, release=Release.objects.get().pk).content.decode()
    assert "It was changed meanwhile" in answer
    assert "The request is void" in answer
    assert public(home) is None


def test_who_may_publish_elsewhere_cannot_agree_here(world: World) -> None:
    risky()
    post(world, "publish")
    client, address = page_of(world, Character.COORDINATOR_ELSEWHERE)
    assert client.post(address, {"act": "approve", "release": Release.objects.get().pk}).status_code == 404
    client, address = page_of(world, Character.DOOR)
    assert client.post(address, {"act": "publish"}).status_code == 403


def test_a_second_member_finds_the_request_on_her_first_page_and_who_asked_does_not(world: World) -> None:
    risky()
    post(world, "publish")
    says = {
        who: [str(need.line.says) for need in needs_of(standing_of(world.accounts[who]), clock.now())]
        for who in (Character.COORDINATOR, Character.EDITOR, Character.COORDINATOR_ELSEWHERE)
    }
    assert any("asks you to agree" in one for one in says[Character.EDITOR])
    assert not any("asks you to agree" in one for who, all_ in says.items() if who != Character.EDITOR for one in all_)


# --- taking back ---------------------------------------------------------------------------------------


def test_a_week_is_taken_back_when_asked_twice(world: World, home: Path) -> None:
    post(world, "publish")
    client = world.client(Character.COORDINATOR)
    address = reverse("publishing_withdraw", kwargs={"week": WEEK})
    assert "Take this week back?" in client.get(address).content.decode()
    assert public(home) is not None
    html = client.post(address, follow=True).content.decode()
    assert "It is taken back" in html
    assert public(home) is None
    current = home / "bundle" / "current"
    assert not [path for path in current.rglob("*") if path.is_file() and WEEK.encode() in path.read_bytes()]
    by_itself()
    assert public(home) is None


def test_a_site_that_could_not_be_made_is_made_later(world: World, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_options: Any) -> Any:
        raise BundleError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(publication, "compile_bundle", full)
        assert "It is tried again soon." in post(world, "publish").content.decode()
    assert public(home) is None
    by_itself()
    assert public(home) is not None


# --- pages -----------------------------------------------------------------------------------------


def enlarge(number: int) -> None:
    """A week that holds so many of everything that there is to warn of."""
    activity = the_activity()
    for one in range(number):
        stated(Person, activity.week, activity, role="speaker", name={"en": f"Nobody {one}"})
        stated(Involvement, activity.week, activity, collective={"en": f"Neighbours {one}"}, type="supporter")
        counted(activity.week, activity, 4)
        a_photo(activity.week, activity, consent="not_asked")
        place = a_place(f"secret-{number}-{one}", names={"en": f"Garden {one}"})
        day = {"start": "2099-03-03", "end": "2099-03-03"}
        Sitting.objects.create(activity=activity, position=one + number, place=place, tell_place="never", **day)


@pytest.mark.parametrize("name", ["publishing", "week"])
def test_pages_cost_the_same_queries_however_much_the_week_holds(world: World, name: str) -> None:
    post(world, "publish")
    client, address = world.client(Character.COORDINATOR), reverse(name, kwargs={"week": WEEK})
    costs = []
    for more in (1, 49):
        enlarge(more)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]
