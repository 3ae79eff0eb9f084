"""The house that `registering` fills: made with the product's own rows and services. Needs Django to be set up."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_bytes
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.urls import reverse

from tadamun.config.environment import Environment
from tadamun.config.installation import prepare
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import entries, registrations
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.vocabulary import HOLDS_PLACES, Standing
from tadamun.organise.programme.models import Activity, Sitting, Week
from tadamun.organise.programme.vocabulary import State, WeekForm
from tadamun.organise.safety.models import VaultKey
from tadamun.organise.safety.vault.keys import KeyPair, generate
from tadamun.organise.safety.vault.sealing import open_sealed, seal
from tadamun.toolkit import clock
from tadamun.toolkit.gate import slips

_SEALS = 2000


@dataclass(frozen=True)
class Measured:
    """An open activity. ``held`` of its places are taken before anybody comes."""

    activity: Activity
    admission: Admission
    pair: KeyPair = field(repr=False)
    held: int

    @classmethod
    def made(cls, *, places: int, sign_ups: int) -> "Measured":
        """An empty installation with one activity that has ``places`` left for ``sign_ups`` people.

        The house is so large that this many sign-ups are no flood; most of it is taken.
        """
        prepare(Environment.read())
        now, soon = clock.now(), clock.now().date() + timedelta(days=20)
        week = Week.objects.create(
            uid=uuid4(), slug="week", form=WeekForm.WEEK, titles={"en": "A week"}, state=State.OPEN, start=soon,
            end=soon, timezone="Asia/Baghdad", changed_at=now,
        )  # fmt: skip
        activity = Activity.objects.create(
            uid=uuid4(), week=week, slug="run", position=1, kind="race", titles={"en": "Run"}, state=State.OPEN,
            changed_at=now,
        )  # fmt: skip
        Sitting.objects.create(activity=activity, position=1, start=soon, end=soon)
        pair = generate()
        VaultKey.objects.create(subject=f"activity:{activity.uid}", public_key=pair.public, made_at=now)
        held = 8 * sign_ups
        admission = Admission.objects.create(activity=activity, capacity=held + places, taken=held)
        return cls(activity, admission, pair, held)

    @property
    def path(self) -> str:
        """Where the form is sent to."""
        return reverse("gate", kwargs={"lang": "ar", "week": "week", "activity": self.activity.slug})

    def slips(self, many: int) -> list[str]:
        """As many forms as people, given out a minute ago."""
        given = clock.now() - timedelta(minutes=1)
        return [slips.new_slip(about=f"sign-up {self.activity.uid}", now=given) for _ in range(many)]

    def bare(self, many: int) -> float:
        """How many sign-ups' statements a second the database takes without all the rest."""
        recorded: list[list[tuple[str, Any]]] = []
        for number in range(many):
            with _recording() as statements:
                form = registrations.Form(
                    entry=Entry(name="زينب", contact=f"b{number}@example.org"), nonce=token_bytes(16), language="ar"
                )
                registrations.register(admission=self.admission, form=form, mint=ticket_mint(), now=clock.now())
            recorded.append(statements)
        self._empty()
        span = _seconds(lambda: [_again(statements) for statements in recorded])
        if Registration.objects.count() != many:
            raise SystemExit("The recorded statements did not do what they had done.")
        self._empty()
        return many / span

    def sealing(self) -> dict[str, float]:
        """Entries sealed (with their own copy) and opened a second."""
        uid, entry = uuid4(), Entry(name="زينب قادر", contact="+9647701234567", note="needs a ramp")
        context = entries.context_of(self.activity.uid, uid)
        closing = {"public_key": self.pair.public, "ticket_secret": token_bytes(16)}
        seals = _seconds(
            lambda: [
                entries.close(entry, activity=self.activity.uid, registration=uid, **closing) for _ in range(_SEALS)
            ]
        )
        sealed = seal(self.pair.public, b"x" * 200, context=context)
        opens = _seconds(lambda: [open_sealed(self.pair, sealed, context=context) for _ in range(_SEALS)])
        return {"seals": _SEALS / seals, "opens": _SEALS / opens}

    def counted(self) -> dict[str, int]:
        """Who has a place, who waits, and how many places too many were given."""
        admission = Admission.objects.get(pk=self.admission.pk)
        placed = Registration.objects.filter(standing__in=HOLDS_PLACES).count()
        waiting = Registration.objects.filter(standing=Standing.WAITING).count()
        if placed + self.held != admission.taken or admission.capacity is None:
            raise SystemExit(f"{admission.taken} places are counted, {placed + self.held} are taken.")
        too_many = max(0, placed + self.held - admission.capacity)
        return {"oversold": too_many, "placed": placed, "waiting": waiting}

    def _empty(self) -> None:
        Registration.objects.all().delete()
        Admission.objects.filter(pk=self.admission.pk).update(taken=self.held, waiting=0, arrivals=0)


@contextmanager
def _recording() -> Iterator[list[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("BEGIN"):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        yield statements


def _again(statements: list[tuple[str, Any]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
