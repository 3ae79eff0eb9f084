"""What pages ask about partners: who takes which part, what they were asked, what still waits for an answer."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet

from tadamun.organise.network.models import Membership, Organisation
from tadamun.organise.network.vocabulary import ROLES, Permission, Standing
from tadamun.organise.programme.models import Activity, Involvement, SignOffRequest, Week
from tadamun.organise.programme.queries.reach import CARRIERS, OWNERS, carriers_of_week, reachable, weeks_in_reach
from tadamun.organise.programme.vocabulary import AGREED, LINES, Answer, Asked, InvolvementType, SignOff
from tadamun.toolkit.languages.fields import filled
from tadamun.toolkit.languages.text import Text

# What the public reads of a week or an activity, in this order.
PUBLIC_TEXTS = ("titles", "summary", "purpose", "body")
NAMERS = (*OWNERS, InvolvementType.CO_ORGANISER)
ANSWERING = frozenset(role for role, card in ROLES.items() if Permission.EDIT in card.permissions)


@dataclass(frozen=True)
class Asking:
    """An involvement with what was asked of it, the newest first."""

    involvement: Involvement
    requests: tuple[SignOffRequest, ...]
    today: date

    @property
    def subject(self) -> Activity | Week:
        """What it is a part in."""
        return self.involvement.activity or self.involvement.week

    @property
    def part(self) -> SignOffRequest | None:
        """The last question about its part that was not taken back."""
        return self._last(Asked.PART)

    @property
    def text(self) -> SignOffRequest | None:
        """The last question about the text that was not taken back."""
        return self._last(Asked.TEXT)

    @property
    def proposes(self) -> bool:
        """Whether it agrees, in other words, which nobody has decided about."""
        return self.involvement.sign_off == SignOff.ASKED and bool(self.part and self.part.answer == Answer.OTHER_WORDS)

    @property
    def is_silent(self) -> bool:
        """Whether it was asked and its time is over. Silence is no."""
        until = self.involvement.sign_off_by
        return (
            self.involvement.sign_off == SignOff.ASKED
            and not self.proposes
            and until is not None
            and until < self.today
        )

    @property
    def is_asked(self) -> bool:
        """Whether an answer about its part may still come."""
        waits = self.part is not None and self.part.waits
        return self.involvement.sign_off == SignOff.ASKED and waits and not self.is_silent

    @property
    def text_misses(self) -> bool:
        """Whether a sign-off of the text was asked for and there is none that holds for the text as it is now."""
        return self.text is not None and not (
            self.text.answer == Answer.YES and self.text.signed == public_text(self.subject)
        )

    def _last(self, about: Asked) -> SignOffRequest | None:
        return next((one for one in self.requests if one.about == about and one.closed_at is None), None)


@dataclass(frozen=True)
class OpenSignOff:
    """A sign-off of a text that was asked for and is not there: what "publishing" warns of."""

    involvement: Involvement
    request: SignOffRequest
    subject: Activity | Week
    silent: bool
    changed_since: bool


def credit_line(row: Involvement, languages: Iterable[str]) -> Text:
    """The wording by which a body is credited: the one agreed with it, else the product's own for its part."""
    if row.line:
        return dict(row.line)
    name = row.collective if row.organisation is None else row.organisation.names
    return filled(LINES.get(row.type, "%(name)s"), name, tuple(languages))


def public_text(subject: Activity | Week) -> dict[str, Text]:
    """The texts of a week or an activity that the public reads, by the field's name; empty ones left out."""
    texts = {name: getattr(subject, name, {}) for name in PUBLIC_TEXTS}
    return {name: dict(text) for name, text in texts.items() if text}


def fingerprint(request: SignOffRequest, languages: Iterable[str]) -> str:
    """A mark of exactly what the question shows, so that an answer is an answer to that and to nothing newer."""
    row = request.involvement
    if request.about == Asked.TEXT:
        shown: object = public_text(row.activity or row.week)
    else:
        shown = [row.type, credit_line(row, languages)]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:32]


def request_with(secret: str) -> SignOffRequest | None:
    """The question that a link belongs to, unless it was taken back."""
    return _questions().filter(secret_hash=hash_of(secret), closed_at=None).first()


def hash_of(secret: str) -> str:
    """What is stored of a link's secret."""
    return hashlib.sha256(b"tadamun answer 1\x00" + secret.encode()).hexdigest()


def today_of(week: Week, now: datetime) -> date:
    """The day of ``now`` where the week is."""
    return now.astimezone(ZoneInfo(week.timezone)).date()


def partners_of(week: Week, activity: Activity | None, *, now: datetime) -> list[Asking]:
    """The parts in a week as a whole, or in one activity of it, with what was asked of each. Two queries."""
    return _askings(Involvement.objects.filter(week=week, activity=activity), now)


def partner_of(week: Week, activity: Activity | None, number: int, *, now: datetime) -> Asking | None:
    """One of these parts; None for those of others. Two queries."""
    found = _askings(Involvement.objects.filter(week=week, activity=activity, pk=number), now)
    return found[0] if found else None


def asking_of(request: SignOffRequest, *, now: datetime) -> Asking:
    """The part that a question is about."""
    return _askings(Involvement.objects.filter(pk=request.involvement_id), now)[0]


def open_sign_offs(week: Week, *, now: datetime) -> list[OpenSignOff]:
    """The texts of a week and its activities for which a sign-off was asked and is missing. Two queries.

    Missing is also one with a reservation, a no, and a yes to a text that has changed since.
    """
    rows = _askings(Involvement.objects.filter(week=week, requests__about=Asked.TEXT).distinct(), now)
    return [
        OpenSignOff(
            involvement=row.involvement,
            request=row.text,
            subject=row.subject,
            silent=row.text.waits and row.text.ends_on < row.today,
            changed_since=row.text.answer == Answer.YES,
        )
        for row in rows
        if row.text and row.text_misses and row.involvement.sign_off in AGREED
    ]


def is_answered_here(organisation: Organisation) -> bool:
    """Whether the organisation has members here who answer for it, so that nobody else can with a link."""
    return Membership.objects.filter(organisation=organisation, role__in=ANSWERING, account__is_active=True).exists()


def answering_for(standing: Standing) -> list[str]:
    """The slugs of the organisations that a member may answer for."""
    return [part.organisation for part in standing.parts if Permission.EDIT in part.card.permissions]


def question_to(standing: Standing, number: int) -> SignOffRequest | None:
    """A question to one of the organisations that the member answers for; None for any other."""
    found = _questions().filter(pk=number, involvement__organisation__slug__in=answering_for(standing), closed_at=None)
    return found.first()


def questions_to(standing: Standing, now: datetime) -> list[SignOffRequest]:
    """The questions that wait for an answer of an organisation that the member answers for. One query."""
    found = _questions().filter(involvement__organisation__slug__in=answering_for(standing), answer="", closed_at=None)
    return [one for one in found if one.ends_on >= today_of(one.involvement.week, now)]


def part_of(standing: Standing, number: int) -> Involvement | None:
    """A part that one of the member's organisations agreed to and may take back; None for any other."""
    return parts_of(answering_for(standing)).filter(pk=number, sign_off=SignOff.ACCEPTED).first()


def parts_of(organisations: Iterable[str]) -> "QuerySet[Involvement]":
    """The parts of organisations (slugs), the newest week first."""
    rows = Involvement.objects.filter(organisation__slug__in=list(organisations))
    return rows.select_related("week", "activity", "organisation").order_by("-week__start", "activity__position", "pk")


def answers_awaited(standing: Standing, now: datetime) -> list[Asking]:
    """The parts in what the member carries of which an answer came that wants her, or did not come. Two queries."""
    mine = answering_for(standing)
    scope = Q(activity=None, week__in=weeks_in_reach(mine).values("pk")) | Q(activity__in=reachable(mine).values("pk"))
    asked = Q(sign_off=SignOff.ASKED, sign_off_by__isnull=False) | Q(requests__about=Asked.TEXT)
    rows = _askings(Involvement.objects.filter(scope, asked, organisation__isnull=False).distinct(), now)
    return [row for row in rows if row.proposes or row.is_silent or row.is_asked or row.text_misses]


def may_make_account(request: SignOffRequest, *, now: datetime) -> bool:
    """Whether whoever has the link may make the first account of the organisation.

    Only while nobody acts for it here, and only when it carries nothing beyond the weeks of those who asked: a link
    that they made must open nothing that belongs to others.
    """
    row = request.involvement
    if row.organisation is None or row.sign_off != SignOff.ACCEPTED or request.asked_for is None:
        return False
    invited = row.organisation.invitations.filter(used_at=None, ends_at__gt=now)
    if row.organisation.memberships.exists() or invited.exists():
        return False
    carried = Involvement.objects.filter(organisation=row.organisation, sign_off__in=AGREED, type__in=CARRIERS)
    theirs = weeks_in_reach([request.asked_for.slug]).values("pk")
    return not carried.exclude(pk=row.pk).exclude(week__in=theirs).exists()


def who_asks(row: Involvement) -> list[Organisation]:
    """The organisations of the week, in whose name a partner is asked."""
    found = Involvement.objects.filter(
        week=row.week_id, activity=None, type__in=OWNERS, organisation__isnull=False
    ).exclude(sign_off__in=(SignOff.DECLINED, SignOff.WITHDRAWN))
    return [one.organisation for one in found.select_related("organisation") if one.organisation]


def namers_of(week: Week, activity: Activity | None) -> list[str]:
    """The slugs of the organisations that decide who takes part: those that organise it, not all that work on it."""
    namers = set(carriers_of_week(week))
    if activity:
        owning = Involvement.objects.filter(activity=activity, type__in=NAMERS, sign_off__in=AGREED)
        namers |= set(owning.filter(organisation__isnull=False).values_list("organisation__slug", flat=True))
    return sorted(namers)


def carries(type_: str) -> bool:
    """Whether this part lets an organisation's members edit what it is a part in."""
    return InvolvementType(type_) in CARRIERS


def _questions() -> "QuerySet[SignOffRequest]":
    return SignOffRequest.objects.select_related(
        "involvement__week", "involvement__activity__week", "involvement__organisation", "asked_for"
    ).order_by("ends_on", "pk")


def _askings(rows: "QuerySet[Involvement]", now: datetime) -> list[Asking]:
    found = (
        rows.select_related("week", "activity", "organisation")
        .prefetch_related(Prefetch("requests", SignOffRequest.objects.select_related("asked_for")))
        .order_by("week", "activity__position", "position", "pk")
    )
    return [Asking(row, tuple(row.requests.all()), today_of(row.week, now)) for row in found]
