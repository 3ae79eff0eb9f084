"""Adding people whom an organiser signs up herself: one by hand, or many from a sheet."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tadamun.organise.people.models import Admission
from tadamun.organise.people.services import registrations
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.services.registrations import Form, Registered
from tadamun.organise.safety.services.audit import Actor, note_act


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody who is signed up by an organiser; ``group`` is a slug. The same nonce twice is the same person."""

    entry: Entry = field(repr=False)
    nonce: bytes = field(repr=False)
    language: str
    guests: int = 0
    group: str = ""
    sex: str = ""
    age_band: str = ""
    governorate: str = ""
    needs: tuple[str, ...] = ()


@transaction.atomic
def add(*, actor: Actor, admission: Admission, newcomer: Newcomer, now: datetime) -> Registered:
    """Sign somebody up, also while the door is closed; conditions are the organiser's to answer for.

    :raises Refused: when there is neither a place nor a waiting list.
    """
    answer = add_quietly(admission=admission, newcomer=newcomer, now=now)
    if not answer.again:
        note_act(actor=actor, act="add by hand", subject=admission.key_subject, now=now)
    return answer


def add_quietly(*, admission: Admission, newcomer: Newcomer, now: datetime) -> Registered:
    """As ``add``, without an entry in the trail: for whoever writes one for many.

    :raises Refused: when there is neither a place nor a waiting list.
    """
    form = Form(
        entry=newcomer.entry,
        nonce=newcomer.nonce,
        language=newcomer.language,
        guests=newcomer.guests,
        group_slug=newcomer.group,
        sex=newcomer.sex,
        age_band=newcomer.age_band,
        governorate=newcomer.governorate,
        needs=newcomer.needs,
    )
    return registrations.register(admission=admission, form=form, mint=ticket_mint(), now=now, by_hand=True)
