"""What an organiser does with one sign-up from the roster, and what the door does with what it reads."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.people import rules
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services import admissions, line, opened
from tadamun.organise.people.services.admissions import Arrival
from tadamun.organise.people.services.entries import TicketUnknown
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.vault import tickets
from tadamun.organise.safety.vault.errors import ShortCodeUnreadable, TicketPast, VaultError
from tadamun.toolkit.rulings import Refused

_TICKET_PATH = "/t/"


@transaction.atomic
def cancel_for(*, actor: Actor, registration: Registration, why: str, now: datetime) -> None:
    """Cancel for somebody who asked for it by phone or in person; whoever is next moves up.

    :raises Refused: when it has ended already, or she is in.
    """
    registration = admissions.locked(registration)
    rules.may_cancel(registration.standing, came=registration.came).require()
    line.end(registration, Standing.CANCELLED, by=actor.label, why=why, now=now)
    line.drop_letters(registration)
    detail = {"number": registration.number, "reason given": bool(why)}
    note_act(actor=actor, act="cancel for her", subject=registration.admission.key_subject, now=now, detail=detail)


def decide(*, actor: Actor, registration: Registration, act: str, why: str, remark: str, now: datetime) -> str:
    """Carry out what a button of the roster says; returns a sentence for whoever pressed it.

    :raises Refused: when a rule says no, or there is no such button.
    """
    number = {"number": registration.number}
    if act == "admit":
        admissions.admit(actor=actor, registration=registration, why=why, now=now)
        return _("No. %(number)d has a place, or the offer of one.") % number
    if act == "line":
        admissions.put_in_line(actor=actor, registration=registration, why=why, now=now)
        return _("No. %(number)d is on the waiting list.") % number
    if act == "decline":
        admissions.decline(actor=actor, registration=registration, why=why, now=now)
        return _("No. %(number)d is declined.") % number
    if act == "cancel":
        cancel_for(actor=actor, registration=registration, why=why, now=now)
        return _("No. %(number)d is cancelled.") % number
    if act == "remark":
        opened.put_remark(actor=actor, registration=registration, remark=remark, now=now)
        return _("The remark on no. %(number)d is sealed.") % number
    raise Refused(_("There is no such act. Load the page again."))


def let_in(*, actor: Actor, admission: Admission, read: str, now: datetime) -> Arrival:
    """Let somebody in by what was typed or scanned: a short code, a ticket's text or its address.

    :raises Refused: with the reason, when she cannot be let in.
    """
    text = read.strip().rpartition(_TICKET_PATH)[2].split("?")[0].strip()
    try:
        if len(text) >= tickets.TEXT_SIGNS:
            ticket = tickets.verify(
                ticket_mint().signing.public, text, activity=admission.activity.uid, today=now.date()
            )
            stored = tickets.ticket_hash(ticket.secret)
            return admissions.check_in(actor=actor, admission=admission, stored_hash=stored, now=now)
        return admissions.check_in_by_code(actor=actor, admission=admission, typed=text, now=now)
    except TicketUnknown:
        raise Refused(_("No sign-up of this activity has this code. Read it once more.")) from None
    except ShortCodeUnreadable:
        raise Refused(_("A code has eight signs, like 7K2M-9QXD. Read it once more.")) from None
    except TicketPast:
        raise Refused(_("This ticket is past its last day.")) from None
    except VaultError:
        raise Refused(_("This is not a ticket of this activity.")) from None


def undo(*, actor: Actor, admission: Admission, uid: UUID, now: datetime) -> None:
    """Take a check-in back.

    :raises Refused: when there is no such sign-up here.
    """
    found = Registration.objects.filter(admission=admission, uid=uid).first()
    if found is None:
        raise Refused(_("No sign-up of this activity has this code. Read it once more."))
    admissions.undo_check_in(actor=actor, registration=found, now=now)
