"""To whom a record speaks, when, and in which languages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db import models

from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import is_outside
from tadamun.record.builders.terms import stated_term, term
from tadamun.record.structs import Term


@dataclass(frozen=True)
class Telling:
    """One making of a record. ``zone`` is the week's; days begin and end in it.

    ``every_link``: links to weeks that are not published stand in it too, for whoever takes them out before it is read.
    """

    audience: Audience
    now: datetime
    zone: ZoneInfo
    languages: tuple[str, ...]
    small_cell: int
    every_link: bool = False

    @property
    def today(self) -> date:
        """The day of ``now`` where the week is."""
        return self.now.astimezone(self.zone).date()

    @property
    def outside(self) -> bool:
        """Whether it is made for readers who are not of the coalition."""
        return is_outside(self.audience)

    def term(self, vocabulary: type[models.TextChoices], code: str) -> Term:
        """A code with its label."""
        return term(vocabulary, code, self.languages)

    def stated(self, vocabulary: type[models.TextChoices], code: str) -> Term | None:
        """A code with its label, or None when none was stated."""
        return stated_term(vocabulary, code, self.languages)


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC, so that equal records are equal bytes on every database."""
    return moment.astimezone(UTC)
