"""Telling everybody who signed up that an activity moved or does not take place, and taking that back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tadamun.organise.people.models import Admission, Letter, Registration
from tadamun.organise.people.services import letters
from tadamun.organise.people.vocabulary import ENDED, LetterKind, LetterState
from tadamun.organise.programme.models import Activity

OF_A_STEP = (LetterKind.CHANGED, LetterKind.POSTPONED, LetterKind.CALLED_OFF)


@dataclass(frozen=True)
class TakenBack:
    """What became of letters when their reason was undone: not sent after all; people who are told once more."""

    unsent: int
    told_again: int


def how_many(activity: Activity) -> int:
    """How many people would get a letter. One query."""
    rows = Registration.objects.filter(admission__activity=activity, reachable=True)
    return rows.exclude(standing__in=ENDED).count()


@transaction.atomic
def tell_all(*, activity: Activity, kind: LetterKind, now: datetime) -> int:
    """Owe a letter to everybody who signed up and gave an address; returns to how many. They wait to be released."""
    admission = Admission.objects.filter(activity=activity, emptied_at=None).first()
    return letters.queue(admission=admission, kind=kind, due_at=now) if admission else 0


@transaction.atomic
def take_back(*, activity: Activity, at: datetime, now: datetime) -> TakenBack:
    """Undo what was owed at a moment: what waits is not sent, whoever got it already is told that it changed again."""
    owed = Letter.objects.filter(registration__admission__activity=activity, kind__in=OF_A_STEP, due_at=at)
    told = Registration.objects.filter(letters__in=owed.filter(state=LetterState.SENT)).exclude(standing__in=ENDED)
    again = Letter.objects.bulk_create(
        Letter(registration=row, kind=LetterKind.CHANGED, due_at=now) for row in told.distinct()
    )
    unsent = owed.filter(state=LetterState.WAITING).update(state=LetterState.DROPPED)
    return TakenBack(unsent=unsent, told_again=len(again))
