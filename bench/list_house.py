"""Activities with many people for `handing_out`: sealed as the product seals them. Needs Django to be set up."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.db import transaction

from tadamun.config.environment import Environment
from tadamun.config.installation import prepare
from tadamun.organise.network.models import Account, Membership, Organisation
from tadamun.organise.network.vocabulary import OrganisationKind, Role
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import admissions, entries
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.vocabulary import Sex, Standing
from tadamun.organise.programme.models import Activity, Involvement, Sitting, Week
from tadamun.organise.programme.vocabulary import InvolvementType, SignOff, State, WeekForm
from tadamun.organise.safety.services import members, vault
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.openings import public_key_of
from tadamun.toolkit import clock

LAYLA = Actor("Layla")
PASSPHRASE = "twelve stars over the river"
NAMES = ("زينب قادر", "فاطمة الزهراء", "ڕۆژین ئەحمەد", "Hawre Karim", "Noor Al-Tamimi")
_AT_ONCE = 2000


def make(**people: int) -> None:
    """An empty installation with Layla, who may see names, Rana, who may agree, and activities by slug."""
    prepare(Environment.read())
    now, soon = clock.now(), clock.now().date() + timedelta(days=20)
    ours = Organisation.objects.create(slug="ours", kind=OrganisationKind.FORUM, names={"en": "Ours"})
    for name in ("layla", "rana"):
        account = Account.objects.create_user(email=f"{name}@example.org", shown_name=name.title(), created_at=now)
        Membership.objects.create(account=account, organisation=ours, role=Role.COORDINATOR, may_see_names=True)
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
        members.found_member(actor=LAYLA, member=account.subject, passphrase=PASSPHRASE, now=now)
        members.note_code_kept(member=account.subject)
        if name == "layla":
            vault.give_access(actor=LAYLA, organisation=ours.subject, member=account.subject, keyring=None, now=now)
    week = Week.objects.create(
        uid=uuid4(), slug="week", form=WeekForm.WEEK, titles={"en": "A week"}, state=State.OPEN, start=soon,
        end=soon, timezone="Asia/Baghdad", changed_at=now,
    )  # fmt: skip
    Involvement.objects.create(
        week=week, position=0, organisation=ours, type=InvolvementType.ORGANISER, sign_off=SignOff.ACCEPTED
    )
    for position, (slug, many) in enumerate(people.items()):
        activity = Activity.objects.create(
            uid=uuid4(), week=week, slug=slug, position=position, kind="race", titles={"en": slug}, state=State.OPEN,
            changed_at=now,
        )  # fmt: skip
        Sitting.objects.create(activity=activity, position=1, start=soon, end=soon)
        fill(admissions.open_admission(actor=LAYLA, activity=activity, now=now), many)


def fill(admission: Admission, people: int) -> None:
    """Sign up so many people, sealed; in the database at once instead of one by one."""
    rows, public_key = _rows(admission, people), public_key_of(admission.key_subject)
    with transaction.atomic():
        while batch := [_sealed(row, admission, public_key) for row in islice(rows, _AT_ONCE)]:
            Registration.objects.bulk_create(batch)
    Admission.objects.filter(pk=admission.pk).update(taken=people)


def entry_of(number: int) -> Entry:
    """What a person wrote."""
    return Entry(name=f"{NAMES[number % 5]} {number}", contact=f"+9647{number:09}", note="تحتاج إلى منحدر للكرسي")


def _rows(admission: Admission, people: int) -> Iterator[Registration]:
    today = clock.now().date()
    for number in range(1, people + 1):
        yield Registration(
            admission=admission, number=number, standing=Standing.PLACED, told=Standing.PLACED, language="ar",
            ticket_hash=hashlib.sha256(b"%d %d" % (admission.pk, number)).digest(), short_code=f"{number:08}",
            form_mark=secrets.token_bytes(32), sex=Sex.WOMAN, registered_on=today, reachable=True,
        )  # fmt: skip


def _sealed(row: Registration, admission: Admission, public_key: bytes) -> Registration:
    closed = entries.close(
        entry_of(row.number),
        public_key=public_key,
        ticket_secret=secrets.token_bytes(16),
        activity=admission.activity.uid,
        registration=row.uid,
    )
    row.sealed, row.own_copy = closed.sealed, closed.own_copy
    return row
