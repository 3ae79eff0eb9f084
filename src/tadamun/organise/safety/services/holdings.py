"""What personal data is still held, why and until when; and the certificate once it is gone."""

import secrets
from datetime import date, datetime

from django.db import transaction

from tadamun.organise.safety.models import Holding
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.vault.letters import encode
from tadamun.organise.safety.vocabulary import Ending, HeldData, HoldingReason
from tadamun.toolkit.languages.text import Text

_NUMBER_BYTES = 5


@transaction.atomic
def begin_holding(
    *, subject: str, label: Text, what: HeldData, why: HoldingReason, since: date, until: date
) -> Holding:
    """Write down that personal data is held from now on; of a subject and kind that is held already, mend the end."""
    holding, _made = Holding.objects.update_or_create(
        subject=subject,
        what=what,
        ended_at__isnull=True,
        defaults={"label": label, "why": why, "until": until},
        create_defaults={"label": label, "why": why, "until": until, "since": since, "ended_at": None},
    )
    return holding


@transaction.atomic
def end_holding(
    *, actor: Actor, subject: str, what: HeldData, how: Ending, counts: dict[str, int], now: datetime
) -> str | None:
    """Write down that the data is gone; returns the certificate's number, None when nothing was held.

    ``counts`` say how much of what was destroyed, for example ``{"entries": 41}``; they must be of no person.
    """
    holding = Holding.objects.select_for_update().filter(subject=subject, what=what, ended_at__isnull=True).first()
    if holding is None:
        return None
    holding.ended_at, holding.ended_how, holding.counts = now, how, counts
    holding.certificate_number = _number()
    holding.save()
    note_act(
        actor=actor,
        act="end holding",
        subject=subject,
        now=now,
        detail={"what": what.value, "how": how.value, "certificate": holding.certificate_number, **counts},
    )
    return holding.certificate_number


def open_holdings() -> list[Holding]:
    """Everything that is still held, what ends first being first."""
    return list(Holding.objects.filter(ended_at__isnull=True))


def _number() -> str:
    """Eight signs with a dash, such as 7K2M-9QXD: enough not to be guessed by trying, short enough to be typed."""
    signs = encode(secrets.token_bytes(_NUMBER_BYTES))
    return f"{signs[:4]}-{signs[4:]}"
