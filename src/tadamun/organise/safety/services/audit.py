"""Adding to the audit trail and checking it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tadamun.organise.safety.models.audit import FIRST_LINK, AuditEntry, AuditHead


@dataclass(frozen=True)
class Actor:
    """Who acts: a label for the trail (never a contact), and the account where there is one."""

    label: str
    account: int | None = None


COMMAND_LINE = Actor("command line")


@transaction.atomic
def note_act(
    *, actor: Actor, act: str, subject: str, now: datetime, detail: dict[str, Any] | None = None
) -> AuditEntry:
    """Add one entry to the trail, inside the caller's transaction.

    ``detail`` must hold no name, number or address of a person.
    """
    AuditHead.objects.get_or_create(pk=1)
    head = AuditHead.objects.select_for_update().get(pk=1)
    entry = AuditEntry(number=head.number + 1, at=now, actor=actor.label, act=act, subject=subject, detail=detail or {})
    entry.link = entry.link_after(head.link)
    entry.save()
    head.number, head.link = entry.number, entry.link
    head.save()
    return entry


def first_broken_entry() -> int | None:
    """The number of the first entry that was changed, or that follows a removed one; None when all is whole."""
    link, number = FIRST_LINK, 0
    for entry in AuditEntry.objects.order_by("number").iterator():
        number += 1
        if entry.number != number or entry.link != entry.link_after(link):
            return number
        link = entry.link
    head = AuditHead.objects.filter(pk=1).first()
    return None if head is None or (head.number, head.link) == (number, link) else number + 1
