"""Shaping how an activity is signed up for: its door, its places, what it asks and of whom. Each change is audited."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from tadamun.organise.people.models import Admission, Condition, PlaceGroup, Question
from tadamun.organise.people.rules import may_ask
from tadamun.organise.people.services import admissions, line
from tadamun.organise.people.services.announcing import door_changed
from tadamun.organise.people.services.entries import code_hash
from tadamun.organise.people.vocabulary import Proof, QuestionKind
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.services.holdings import begin_holding
from tadamun.organise.safety.vocabulary import HeldData, HoldingReason, SafetyProfile
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.rulings import Refused

_CODE_BYTES = 4
AnyPart = TypeVar("AnyPart", Question, Condition)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The settings of an admission that a form changes at once. The number of places has verbs of its own."""

    opens_at: datetime | None
    closes_at: datetime | None
    approval: bool
    waiting_list: bool
    promotion: str
    offer_hours: int
    guests_max: int
    name: str
    contact: str
    categories: Sequence[str]
    needs: Sequence[str]
    retention_days: int
    attendance_share: int = 80


@transaction.atomic
def shape(
    *,
    actor: Actor,
    admission: Admission,
    shape: Shape,
    capacity: int | None,
    knowingly: bool,
    now: datetime,
) -> list[str]:
    """Change the settings; returns the names of those that changed. Who waits moves up if places became free.

    :raises Refused: when it asks more than the safety profile has and that was not confirmed (``knowingly``), when
        everything was destroyed already, or when more places are taken than there would be.
    """
    admission = line.lock(admission)
    if admission.emptied_at is not None:
        raise Refused(_("What was entered here is destroyed; this sign-up is over."))
    may_ask(
        SafetyProfile(admission.activity.safety),
        name=shape.name,
        contact=shape.contact,
        retention_days=shape.retention_days,
        defaults=admissions.PROFILE_DEFAULTS,
        knowingly=knowingly,
    ).require()
    changed = []
    for part in fields(shape):
        value = getattr(shape, part.name)
        value = list(value) if part.name in {"categories", "needs"} else value
        if getattr(admission, part.name) != value:
            setattr(admission, part.name, value)
            changed.append(part.name)
    if changed:
        admission.save(update_fields=changed)
        door_changed(admission.pk)
        note_act(actor=actor, act="change sign-up", subject=admission.key_subject, now=now, detail={"changed": changed})
    if "retention_days" in changed:
        _hold_until(admission, now)
    if admission.capacity != capacity:
        admissions.set_capacity(actor=actor, admission=admission, capacity=capacity, now=now)
        changed.append("capacity")
    if "promotion" in changed:
        line.move_up(line.lock(admission), now=now)
    return changed


@dataclass(frozen=True, kw_only=True)
class AskedQuestion:
    """A question as a form brings it."""

    text: Text
    why: Text
    kind: QuestionKind
    choices: Sequence[Text]
    required: bool


@transaction.atomic
def keep_question(*, actor: Actor, admission: Admission, code: str, question: AskedQuestion, now: datetime) -> Question:
    """Add a question (``code`` empty) or mend one; the code under which answers are sealed stays.

    :raises Refused: when a choice has no answers to choose from.
    """
    if question.kind == QuestionKind.CHOICE and len(question.choices) < 2:
        raise Refused(_("A choice needs at least two answers, one on a line."))
    row = _row(Question, admission, code)
    row.text, row.why, row.kind, row.required = question.text, question.why, question.kind, question.required
    row.choices = list(question.choices) if question.kind == QuestionKind.CHOICE else []
    row.save()
    _note(actor, "keep question", admission, now, row.code)
    return row


@transaction.atomic
def keep_condition(
    *, actor: Actor, admission: Admission, code: str, says: Text, proof: Proof, secret: str, now: datetime
) -> tuple[Condition, str]:
    """Add a condition (``code`` empty) or mend one; returns it and the new code word that bodies hand on, if any.

    An empty ``secret`` keeps the code word, or makes one where a proof needs one; only its hash is stored.
    """
    row = _row(Condition, admission, code)
    row.says, row.proof = says, proof
    word = ""
    if proof == Proof.DECLARED:
        row.code_hash = ""
    elif secret or not row.code_hash:
        word = secret or _code_word()
        row.code_hash = code_hash(word)
    row.save()
    _note(actor, "keep condition", admission, now, row.code)
    return row, word


@transaction.atomic
def keep_group(
    *, actor: Actor, admission: Admission, slug: str, names: Text, places: int, secret: str, now: datetime
) -> tuple[PlaceGroup, str]:
    """Hold places for a group (``slug`` empty for a new one); returns it and the new code word of its people, if any.

    :raises Refused: when the house has no room for them, or the group has taken more.
    """
    admission = line.lock(admission)
    row = PlaceGroup.objects.filter(admission=admission, slug=slug).first() if slug else None
    if row is None:
        row = PlaceGroup(admission=admission, slug=_free_code(PlaceGroup, admission, "slug"), places=0)
    row.names = names
    word = ""
    if secret or not row.code_hash:
        word = secret or _code_word()
        row.code_hash = code_hash(word)
    row.save()
    admissions.hold_places(actor=actor, admission=admission, group=row, places=places, now=now)
    row.refresh_from_db()
    return row, word


@transaction.atomic
def drop_part(*, actor: Actor, row: Question | Condition | PlaceGroup, now: datetime) -> None:
    """Take a question, a condition or a group away. Answers that were given stay sealed where they are.

    :raises Refused: when people have places of the group.
    """
    admission = line.lock(row.admission)
    if isinstance(row, PlaceGroup) and PlaceGroup.objects.get(pk=row.pk).taken:
        raise Refused(_("People have places of this group; it can go once they have none."))
    code = row.slug if isinstance(row, PlaceGroup) else row.code
    row.delete()
    line.move_up(admission, now=now)
    _note(actor, f"drop {row._meta.model_name}", admission, now, code)


def _row(model: type[AnyPart], admission: Admission, code: str) -> AnyPart:
    rows = model._default_manager.filter(admission=admission)
    found = rows.filter(code=code).first() if code else None
    if found is not None:
        return found
    last = rows.aggregate(last=Max("position"))["last"]
    return model(admission=admission, code=_free_code(model, admission, "code"), position=(last or 0) + 1)


def _free_code(model: type[Model], admission: Admission, name: str) -> str:
    stem = {"Question": "q", "Condition": "c", "PlaceGroup": "g"}[model.__name__]
    taken = set(model._default_manager.filter(admission=admission).values_list(name, flat=True))
    return next(f"{stem}{number}" for number in range(1, len(taken) + 2) if f"{stem}{number}" not in taken)


def _code_word() -> str:
    return secrets.token_hex(_CODE_BYTES).upper()


def _hold_until(admission: Admission, now: datetime) -> None:
    begin_holding(
        subject=admission.key_subject,
        label=admission.activity.titles,
        what=HeldData.REGISTRATIONS,
        why=HoldingReason.ACTIVITY,
        since=now.date(),
        until=admissions.ends_on(admission),
    )


def _note(actor: Actor, act: str, admission: Admission, now: datetime, code: str) -> None:
    note_act(actor=actor, act=act, subject=admission.key_subject, now=now, detail={"code": code})


def said(values: Mapping[str, str]) -> Text:
    """A text from a form: only the wordings that are there."""
    return {code: words.strip() for code, words in values.items() if words.strip()}
