"""Long lists that were asked for: how mine stands, and which of others' wait for my answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tadamun.organise.network.models import Membership
from tadamun.organise.network.vocabulary import ROLES, Permission, Role, Standing
from tadamun.organise.people import rules
from tadamun.organise.people.models import Admission, ListRequest
from tadamun.organise.people.vocabulary import ListState
from tadamun.organise.programme.queries.reach import carriers_of, reachable
from tadamun.organise.safety.vocabulary import OpeningReason

_ADMITTING = [role for role in Role if Permission.ADMIT in ROLES[role].permissions]


@dataclass(frozen=True)
class AskedList:
    """A long list that was asked for, as the page shows it. ``until`` is when its state ends by itself."""

    uid: UUID
    state: ListState
    why: OpeningReason
    people: int
    asker: str
    second: str
    at: datetime
    until: datetime


@dataclass(frozen=True)
class ListsPage:
    """My latest request, those of others that I may answer, and whether there is anybody who can answer mine."""

    mine: AskedList | None
    to_answer: tuple[AskedList, ...]
    somebody_can_answer: bool


def state_of(row: ListRequest, *, now: datetime) -> ListState:
    """How it stands with a request."""
    return rules.list_state(
        answer=row.answer, asked_at=row.asked_at, answered_at=row.answered_at, used_at=row.used_at, now=now
    )


def lists_page(*, standing: Standing, member: int, admission: Admission, now: datetime) -> ListsPage:
    """What the page of long lists shows to the account ``member``. A fixed number of queries."""
    rows = list(ListRequest.objects.filter(admission=admission).select_related("asker", "second").order_by("-pk"))
    carriers = carriers_of(admission.activity)
    mine = next((_shown(row, now) for row in rows if row.asker_id == member), None)
    waiting = tuple(
        _shown(row, now)
        for row in rows
        if state_of(row, now=now) is ListState.WAITING
        and rules.may_answer(standing=standing, organisations=carriers, asker=row.asker.subject)
    )
    others = Membership.objects.filter(
        organisation__slug__in=carriers, role__in=_ADMITTING, may_see_names=True, account__is_active=True
    ).exclude(account=member)
    return ListsPage(mine=mine, to_answer=waiting, somebody_can_answer=others.exists())


def lists_to_answer(*, standing: Standing, member: int, now: datetime) -> QuerySet[ListRequest]:
    """The requests of others that wait for this member's answer, the oldest first, for counting and linking."""
    admits = [part.organisation for part in standing.parts if Permission.ADMIT in part.card.permissions]
    sees = [part.organisation for part in standing.parts if part.may_see_names]
    rows = ListRequest.objects.filter(
        answer=ListState.WAITING,
        asked_at__gt=now - rules.ANSWERED_WITHIN,
        admission__activity__in=reachable(admits),
    ).filter(admission__activity__in=reachable(sees))
    if standing.needs_second_factor and not standing.second_factor:
        return rows.none()
    return rows.exclude(asker=member).select_related("admission__activity").order_by("pk")


def _shown(row: ListRequest, now: datetime) -> AskedList:
    return AskedList(
        uid=row.uid,
        state=state_of(row, now=now),
        why=OpeningReason(row.why),
        people=row.people,
        asker=str(row.asker),
        second=str(row.second) if row.second else "",
        at=row.used_at or row.answered_at or row.asked_at,
        until=row.answered_at + rules.APPROVED_FOR if row.answered_at else row.asked_at + rules.ANSWERED_WITHIN,
    )
