"""Long lists leave only when a second member agrees: asking, answering, and using the answer once (P-12)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Account
from tadamun.organise.network.queries import standing_of
from tadamun.organise.people import rules
from tadamun.organise.people.models import Admission, ListRequest
from tadamun.organise.people.queries.lists import state_of
from tadamun.organise.people.vocabulary import ListState
from tadamun.organise.programme.queries.reach import carriers_of
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit.rulings import Refused, Ruling

ASKED, APPROVED, REFUSED = "ask for long list", "approve long list", "refuse long list"


@transaction.atomic
def ask(
    *, actor: Actor, member: Account, admission: Admission, why: OpeningReason, people: int, now: datetime
) -> ListRequest:
    """Ask that a list of ``people`` may leave, for ``member``. It takes the place of what she asked before."""
    earlier = ListRequest.objects.filter(admission=admission, asker=member, used_at__isnull=True)
    earlier.delete()
    request = ListRequest.objects.create(admission=admission, asker=member, why=why, people=people, asked_at=now)
    detail = {"list": str(request.uid), "people": people, "why": why.value}
    note_act(actor=actor, act=ASKED, subject=admission.key_subject, now=now, detail=detail)
    return request


@transaction.atomic
def answer(
    *, actor: Actor, member: Account, admission: Admission, uid: UUID, approved: bool, now: datetime
) -> ListRequest:
    """Agree that a list leaves, or refuse it.

    :raises Refused: when it was answered or withdrawn meanwhile, or the member may not answer.
    """
    request = ListRequest.objects.select_for_update().filter(admission=admission, uid=uid).first()
    if request is None or state_of(request, now=now) is not ListState.WAITING:
        raise Refused(_("Nobody waits for this answer any more."))
    _may_answer(member, request).require()
    request.answer = ListState.APPROVED if approved else ListState.REFUSED
    request.second, request.answered_at = member, now
    request.save(update_fields=["answer", "second", "answered_at"])
    act, detail = APPROVED if approved else REFUSED, {"list": str(request.uid), "people": request.people}
    note_act(actor=actor, act=act, subject=admission.key_subject, now=now, detail=detail)
    return request


def usable(*, asker: int | None, admission: Admission, now: datetime) -> ListRequest:
    """The approved request of the account ``asker``, whose second member still has the right to agree.

    :raises Refused: when there is none.
    """
    rows = ListRequest.objects.filter(admission=admission, asker=asker).select_related("second", "asker")
    request = rows.order_by("-pk").first()
    if request is None or state_of(request, now=now) is not ListState.APPROVED:
        raise Refused(_("A list of this length needs the approval of a second member first."))
    if request.second is None or not request.second.is_active or not _may_answer(request.second, request):
        raise Refused(_("Who approved this list may not do so any more. Ask somebody else."))
    return request


def use_up(request: ListRequest, *, now: datetime) -> None:
    """Use the approval, inside the caller's transaction: of two at once only one gets through.

    :raises Refused: when it was used meanwhile.
    """
    free = ListRequest.objects.filter(pk=request.pk, answer=ListState.APPROVED, used_at__isnull=True)
    if not free.update(used_at=now):
        raise Refused(_("This approval was used already. Ask again."))


def _may_answer(member: Account, request: ListRequest) -> Ruling:
    carriers = carriers_of(request.admission.activity)
    return rules.may_answer(standing=standing_of(member), organisations=carriers, asker=request.asker.subject)
