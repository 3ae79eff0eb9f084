"""A gate and a ticket made quickly, for tests that ask only who may open which address."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from uuid import uuid4

from tadamun.organise.people.models import Admission
from tadamun.organise.people.services import registrations
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.programme.models import Activity, Sitting, Week
from tadamun.organise.programme.vocabulary import State, WeekForm
from tadamun.organise.safety.models import VaultKey
from tadamun.organise.safety.vault.keys import KeyPair, generate

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
FAR = date(2099, 3, 21)


@cache
def pair() -> KeyPair:
    return generate()


def make_door() -> Admission:
    """An open activity in a far year, sealed to a key that nobody has."""
    week = Week.objects.create(
        uid=uuid4(),
        slug="far-week",
        form=WeekForm.WEEK,
        titles={"en": "Far Week"},
        state=State.OPEN,
        start=FAR,
        end=FAR,
        timezone="Asia/Baghdad",
        changed_at=NOW,
    )
    activity = Activity.objects.create(
        uid=uuid4(), week=week, slug="run", position=1, kind="race", titles={"en": "Run"}, state="open", changed_at=NOW
    )
    Sitting.objects.create(activity=activity, position=1, start=FAR, end=FAR)
    VaultKey.objects.create(subject=f"activity:{activity.uid}", public_key=pair().public, made_at=NOW)
    return Admission.objects.create(activity=activity)


def gate_names() -> Mapping[str, str]:
    """The parts of an open gate's address."""
    activity = make_door().activity
    return {"lang": "en", "week": activity.week.slug, "activity": activity.slug}


def ticket_names() -> Mapping[str, str]:
    """The part of a true ticket's address."""
    form = registrations.Form(entry=Entry(), nonce=b"0" * 16, language="en")
    answer = registrations.register(admission=make_door(), form=form, mint=ticket_mint(), now=NOW)
    return {"ticket": answer.ticket}
