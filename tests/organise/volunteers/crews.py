"""Short ways to have shifts and helpers in a test."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.models import VaultKey
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.volunteers.models import Crew, Duty, Helper, Shift
from tadamun.organise.volunteers.services import joining
from tadamun.organise.volunteers.services.joining import SignUp
from tests.characters import World
from tests.organise.people_desk.houses import make_activity
from tests.organise.people_gate.doors import pair

NOW = datetime(2099, 2, 20, 9, 0, tzinfo=UTC)
MORNING = datetime(2099, 3, 3, 5, 0, tzinfo=UTC)
NAME, PHONE = "Samira Al-Planted", "+9647705551234"
ACTOR = Actor("Layla", 1)


def a_shift(activity: Activity, *, after: float = 0, hours: float = 4, **values: Any) -> Shift:
    """A shift that begins so many hours after eight in the morning of the activity's day."""
    start = values.pop("start", MORNING + timedelta(hours=after))
    row = Shift(
        activity=activity,
        **{"what": {"en": "Water tables", "ar": "طاولات الماء"}, "needed": 2, "start": start} | values,
        end=start + timedelta(hours=hours),
    )
    return changes.add(actor=ACTOR, row=row, now=NOW)


def joined(crew: Crew, *shifts: Shift, nonce: bytes = b"", name: str = NAME, contact: str = "", **options: Any) -> str:
    """Somebody signs up; the text of her link."""
    form = SignUp(
        entry=Entry(name=name, contact=contact),
        nonce=nonce or uuid4().bytes,
        language="en",
        shifts=[shift.pk for shift in shifts],
    )
    return joining.sign_up(crew=crew, form=form, seed=ticket_mint().seed, now=options.pop("now", NOW), **options)


def helper_of(text: str) -> Helper:
    return joining.by_secret(joining.secret_of(text))


def duty_of(text: str) -> Duty:
    return helper_of(text).duties.select_related("shift", "helper__crew__activity").get()


def a_crew(activity: Activity) -> Crew:
    """A crew sealed to a key that nobody has."""
    VaultKey.objects.create(subject=f"volunteers:{activity.uid}", public_key=pair().public, made_at=NOW)
    return Crew.objects.create(activity=activity)


def _worked(world: World) -> str:
    activity = make_activity(world)
    return joined(a_crew(activity), a_shift(activity))


def our_crew(world: World) -> Mapping[str, Any]:
    """An activity with a shift and somebody in it."""
    return {"uid": helper_of(_worked(world)).crew.activity.uid}


def our_seat(world: World) -> Mapping[str, Any]:
    """Somebody in a shift there."""
    helper = helper_of(_worked(world))
    return {"uid": helper.crew.activity.uid, "helper": helper.pk}


def our_new_shift(world: World) -> Mapping[str, Any]:
    """A shift that is to be added there."""
    return {"uid": make_activity(world).uid, "code": "shifts"}


def our_shift(world: World) -> Mapping[str, Any]:
    """A shift there."""
    shift = a_shift(make_activity(world))
    return {"uid": shift.activity.uid, "code": "shifts", "row": shift.pk}


def crew_link(world: World) -> Mapping[str, Any]:
    """The link at which helpers sign up."""
    return {"lang": "en", "link": helper_of(_worked(world)).crew.link}


def own_page(world: World) -> Mapping[str, Any]:
    """A helper's own page: its address is the only key, whoever opens it."""
    return {"secret": _worked(world)}


def an_offer(world: World) -> Mapping[str, Any]:
    """A shift that its helper hands on."""
    text = _worked(world)
    secret = joining.secret_of(text)
    joining.offer(secret=secret, duty=duty_of(text).uid, now=NOW)
    return {"lang": "en", "offer": joining.offer_text(secret, duty_of(text))}
