"""A week of our coalition with one activity that people sign up for, and the browsers of those who work on it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tadamun.organise.network.models import Account, Membership
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import admissions, registrations
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.services.registrations import Form, Registered
from tadamun.organise.programme.models import Activity, Involvement, Sitting, Week
from tadamun.organise.programme.vocabulary import InvolvementType, SignOff, State
from tadamun.organise.safety.models import VaultKey
from tadamun.organise.safety.services import members, vault
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit import clock
from tests.characters import Character, World, make_world

PASSPHRASE = "twelve stars over the river"
LAYLA = Actor("Layla", 1)
PLANTED_NAME, PLANTED_PHONE = "Zaynab Al-Tamimi", "+9647701234567"


@dataclass
class House:
    """The activity, its sign-up, and Layla, who coordinates it and may see names."""

    world: World
    activity: Activity
    admission: Admission
    cookie: str = field(repr=False, default="")

    @property
    def layla(self) -> Account:
        return self.world.accounts[Character.COORDINATOR]

    def client(self, character: Character = Character.COORDINATOR, *, unlocked: bool = True) -> Client:
        client = self.world.client(character)
        if unlocked and character is Character.COORDINATOR:
            client.cookies[settings.UNLOCK_COOKIE_NAME] = self.cookie
        return client

    def keyring(self) -> Keyring:
        keyring = members.unlocked(self.cookie, member=self.layla.subject, now=clock.now())
        assert keyring
        return keyring

    def url(self, name: str, **parts: Any) -> str:
        return reverse(name, kwargs={"uid": self.activity.uid, **parts})

    def sign_up(self, name: str = PLANTED_NAME, contact: str = "", **options: Any) -> Registration:
        return Registration.objects.get(uid=self.registered(name, contact, **options).registration)

    def registered(self, name: str = PLANTED_NAME, contact: str = "", **options: Any) -> Registered:
        answers, note = options.pop("answers", {}), options.pop("note", "")
        form = Form(
            entry=Entry(name=name, contact=contact, answers=answers, note=note),
            nonce=uuid4().bytes,
            language="ar",
            **options,
        )
        return registrations.register(admission=self.admission, form=form, mint=ticket_mint(), now=clock.now())


def make_activity(world: World, *, theirs: bool = False, safety: SafetyProfile = SafetyProfile.OPEN) -> Activity:
    """A week and its run, which one of the two organisations organises."""
    name = "their" if theirs else "our"
    week = Week.objects.create(
        uid=uuid4(),
        slug=f"{name}-week",
        form="week",
        titles={"en": f"{name.title()} week", "ar": "أسبوعنا"},
        state=State.OPEN,
        start=date(2099, 3, 1),
        end=date(2099, 3, 8),
        timezone="Asia/Baghdad",
        changed_at=datetime(2018, 3, 1, tzinfo=UTC),
    )
    activity = Activity.objects.create(
        uid=UUID(int=2 if theirs else 1),
        week=week,
        slug=f"{name}-run",
        position=0,
        kind="gathering",
        titles={"en": f"{name.title()} run", "ar": "سباقنا"},
        state=State.OPEN,
        safety=safety,
        changed_at=datetime(2018, 3, 1, tzinfo=UTC),
    )
    Sitting.objects.create(activity=activity, position=0, start=date(2099, 3, 3), end=date(2099, 3, 3))
    Involvement.objects.create(
        week=week,
        position=0,
        organisation=world.theirs if theirs else world.ours,
        type=InvolvementType.ORGANISER,
        sign_off=SignOff.ACCEPTED,
    )
    return activity


def make_house(*, safety: SafetyProfile = SafetyProfile.OPEN, **settings_of: Any) -> House:
    """Everything, with Layla's vault open."""
    world, now = make_world(), clock.now()
    layla = world.accounts[Character.COORDINATOR]
    VaultKey.objects.filter(subject=layla.subject).delete()
    members.found_member(actor=LAYLA, member=layla.subject, passphrase=PASSPHRASE, now=now)
    members.note_code_kept(member=layla.subject)
    Membership.objects.filter(account=layla).update(may_see_names=True)
    vault.give_access(actor=LAYLA, organisation=world.ours.subject, member=layla.subject, keyring=None, now=now)
    activity = make_activity(world, safety=safety)
    admission = admissions.open_admission(actor=LAYLA, activity=activity, now=now, **settings_of)
    house = House(world, activity, admission)
    house.cookie = members.unlock(member=layla.subject, passphrase=PASSPHRASE, now=now)
    return house
