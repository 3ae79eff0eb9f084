"""What personal data is still held, for those who carry the activity; and certificates of what was destroyed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tadamun.organise.network.vocabulary import Standing
from tadamun.organise.programme.queries.reach import reachable, weeks_in_reach
from tadamun.organise.safety.models import Holding
from tadamun.organise.safety.vocabulary import Ending, HeldData, HoldingReason
from tadamun.toolkit.languages.text import Text

_ACTIVITY = "activity:"


@dataclass(frozen=True)
class HeldLine:
    """One holding as the page shows it; ``activity`` is set when the member may go there."""

    label: Text
    what: HeldData
    why: HoldingReason
    since: date
    until: date
    late: bool
    activity: UUID | None


@dataclass(frozen=True)
class GoneLine:
    """What was destroyed: how many entries, when, how, and under which certificate."""

    label: Text
    what: HeldData
    how: Ending
    ended_on: date
    since: date
    entries: int
    certificate: str

    @property
    def of_log(self) -> bool:
        """Whether it was a field log, and no sign-up."""
        return self.what is HeldData.FIELD


@dataclass(frozen=True)
class HeldPage:
    """All that the page shows."""

    held: tuple[HeldLine, ...]
    gone: tuple[GoneLine, ...]


def held_page(standing: Standing, *, today: date) -> HeldPage:
    """What is held, what ends first being first, and what is gone, the latest first. Three queries."""
    mine = {f"{_ACTIVITY}{uid}": uid for uid in reachable(standing.organisations).values_list("uid", flat=True)}
    rows = Holding.objects.all()
    if not standing.operator:
        rows = rows.filter(subject__in=[*mine, *_weeks(standing)])
    found = list(rows)
    held = [
        HeldLine(
            label=row.label,
            what=HeldData(row.what),
            why=HoldingReason(row.why),
            since=row.since,
            until=row.until,
            late=row.until < today,
            activity=mine.get(row.subject),
        )
        for row in found
        if row.ended_at is None
    ]
    gone = sorted((row for row in found if row.certificate_number), key=_latest, reverse=True)
    return HeldPage(tuple(held), tuple(gone_line(row) for row in gone))


def certificate_of(standing: Standing, number: str) -> GoneLine | None:
    """A certificate of what one of the member's organisations carried; None for those of others."""
    row = Holding.objects.filter(certificate_number=number).first()
    if row is None:
        return None
    uid = row.subject.removeprefix(_ACTIVITY)
    carried = row.subject != uid and reachable(standing.organisations).filter(uid=uid).exists()
    return gone_line(row) if carried or standing.operator or row.subject in _weeks(standing) else None


def public_certificate(number: str) -> GoneLine | None:
    """A certificate, for whoever was given its number."""
    row = Holding.objects.filter(certificate_number=number.strip().upper()).first()
    return gone_line(row) if row else None


def gone_line(row: Holding) -> GoneLine:
    """A holding that ended, as a certificate says it."""
    return GoneLine(
        label=row.label,
        what=HeldData(row.what),
        how=Ending(row.ended_how),
        ended_on=row.ended_at.date() if row.ended_at else row.until,
        since=row.since,
        entries=int(row.counts.get("entries", 0)),
        certificate=row.certificate_number or "",
    )


def _weeks(standing: Standing) -> list[str]:
    """The weeks that the member's organisations carry as a whole, as holdings name them."""
    return [f"week:{uid}" for uid in weeks_in_reach(standing.organisations).values_list("uid", flat=True)]


def _latest(row: Holding) -> tuple[date, str]:
    return (row.ended_at.date() if row.ended_at else row.until, row.certificate_number or "")
