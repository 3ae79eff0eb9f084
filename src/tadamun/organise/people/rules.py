"""Who may sign up, who gets a place, who hands a long list out. Pure decisions: no database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from tadamun.organise.network import rules as network_rules
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.network.vocabulary import Standing as MemberStanding
from tadamun.organise.people.vocabulary import Asked, ListState, Promotion, Standing
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.rulings import ALLOWED, Ruling


@dataclass(frozen=True)
class Door:
    """What decides whether sign-up is open. ``to_come``: the activity is planned, and was not opened for it yet."""

    closed: bool
    emptied: bool
    opens_at: datetime | None
    closes_at: datetime | None
    open_state: bool
    to_come: bool


def may_sign_up(door: Door, *, now: datetime) -> Ruling:
    """Whether anybody may sign up now."""
    if door.emptied or not (door.open_state or door.to_come):
        return Ruling(_("Sign-up for this activity is over."))
    if door.to_come:
        return Ruling(_("Sign-up has not begun yet. Please look again later."))
    if door.closed:
        return Ruling(_("Sign-up is closed at the moment. Please look again later."))
    if door.opens_at is not None and now < door.opens_at:
        return Ruling(_("Sign-up has not begun yet. Please look again later."))
    if door.closes_at is not None and now >= door.closes_at:
        return Ruling(_("Sign-up for this activity is over."))
    return ALLOWED


@dataclass(frozen=True)
class House:
    """The places at one moment, as seen by one party: open ones, and those held for its group."""

    capacity: int | None
    taken: int
    held_for_groups: int
    taken_by_groups: int
    group_places: int = 0
    group_taken: int = 0

    @property
    def open_free(self) -> int | None:
        """Free places that are held for nobody; None without a limit."""
        if self.capacity is None:
            return None
        return max(0, self.capacity - self.held_for_groups - (self.taken - self.taken_by_groups))

    def fits_in_group(self, party: int) -> bool:
        """Whether the whole party fits into its group's places, and into the house."""
        fits_house = self.capacity is None or self.taken + party <= self.capacity
        return party <= self.group_places - self.group_taken and fits_house

    def fits_in_open(self, party: int) -> bool:
        """Whether the whole party fits into the open places."""
        return self.open_free is None or party <= self.open_free


@dataclass(frozen=True)
class Seat:
    """Where a party sits: nowhere, in the open places, or in its group's."""

    found: bool
    in_group: bool = False


def seat(house: House, *, party: int) -> Seat:
    """Find places for a party: its group's first, then the open ones."""
    if house.group_places and house.fits_in_group(party):
        return Seat(found=True, in_group=True)
    return Seat(found=house.fits_in_open(party))


@dataclass(frozen=True)
class Newcomer:
    """The rules for somebody who signs up now."""

    approval: bool
    waiting_list: bool
    promotion: str
    suspicious: bool
    somebody_waits: bool
    seat: Seat


def standing_of(newcomer: Newcomer) -> Standing | None:
    """How somebody who signs up now stands; None when there is neither a place nor a waiting list.

    Nobody overtakes the line: where organisers promote by hand, who comes later waits too. Where promotion goes
    by itself, whoever waits did not fit into what is free, so a smaller party that fits may be placed.
    """
    if newcomer.suspicious:
        return Standing.QUARANTINED
    if newcomer.approval:
        return Standing.PENDING
    overtakes = newcomer.somebody_waits and newcomer.promotion == Promotion.BY_HAND
    if newcomer.seat.found and not overtakes:
        return Standing.PLACED
    return Standing.WAITING if newcomer.waiting_list else None


@dataclass(frozen=True)
class Answer:
    """Whether one condition holds, and in which words the person was asked."""

    says: str
    holds: bool


def is_eligible(answers: Sequence[Answer]) -> Ruling:
    """Whether all conditions hold; the reason names those that do not, in the words that were shown."""
    missing = [answer.says for answer in answers if not answer.holds]
    if not missing:
        return ALLOWED
    return Ruling(
        _("This activity is for people to whom all of this applies. Still open: %(missing)s")
        % {"missing": "; ".join(missing)}
    )


def may_cancel(standing: str, *, came: bool) -> Ruling:
    """Whether a place may still be given back."""
    if came:
        return Ruling(_("You have been checked in already."))
    if standing in {Standing.CANCELLED, Standing.DECLINED}:
        return Ruling(_("This sign-up was cancelled already."))
    return ALLOWED


def may_check_in(standing: str, *, came: bool) -> Ruling:
    """Whether somebody may be let in."""
    if came:
        return Ruling(_("Already in."))
    if standing in {Standing.CANCELLED, Standing.DECLINED}:
        return Ruling(_("This sign-up was cancelled."))
    if standing not in {Standing.PLACED, Standing.OFFERED}:
        return Ruling(_("Has no place yet."))
    return ALLOWED


_HOW_MUCH = {Asked.NEVER: 0, Asked.OPTIONAL: 1, Asked.REQUIRED: 2}


def may_ask(
    profile: SafetyProfile,
    *,
    name: str,
    contact: str,
    retention_days: int,
    defaults: Mapping[str, Mapping[str, Any]],
    knowingly: bool,
) -> Ruling:
    """Whether this much may be asked and kept this long; more than the safety profile sets only ``knowingly``.

    ``defaults`` maps a profile to what it sets: ``{"name": …, "contact": …, "retention_days": …}``.
    """
    usual = defaults[profile]
    more = (
        _HOW_MUCH[Asked(name)] > _HOW_MUCH[usual["name"]]
        or _HOW_MUCH[Asked(contact)] > _HOW_MUCH[usual["contact"]]
        or retention_days > usual["retention_days"]
    )
    if profile is SafetyProfile.OPEN or not more or knowingly:
        return ALLOWED
    return Ruling(
        _(
            "This asks for more, or keeps it longer, than the safety profile “%(profile)s” has it "
            "(name: %(name)s, contact: %(contact)s, %(days)d days). If it must be, say so below."
        )
        % {
            "profile": profile.label,
            "name": Asked(usual["name"]).label,
            "contact": Asked(usual["contact"]).label,
            "days": usual["retention_days"],
        }
    )


ANSWERED_WITHIN = timedelta(days=1)
APPROVED_FOR = timedelta(hours=1)
FACTOR_FRESH_FOR = network_rules.FACTOR_FRESH_FOR


def list_state(
    *, answer: str, asked_at: datetime, answered_at: datetime | None, used_at: datetime | None, now: datetime
) -> ListState:
    """How it stands with a long list: nobody answering for a day means no, and a yes is good for an hour, once."""
    if used_at is not None:
        return ListState.USED
    if answered_at is None:
        return ListState.WAITING if now < asked_at + ANSWERED_WITHIN else ListState.LAPSED
    if answer == ListState.APPROVED and now >= answered_at + APPROVED_FOR:
        return ListState.LAPSED
    return ListState(answer)


def may_answer(*, standing: MemberStanding, organisations: Iterable[str], asker: str) -> Ruling:
    """Whether a member may answer when ``asker`` (member:…) wants a long list of what the organisations carry."""
    carriers = tuple(organisations)
    if standing.member == asker:
        return Ruling(_("You asked for it yourself. Somebody else has to answer."))
    ruling = network_rules.may(Permission.ADMIT, standing=standing, organisations=carriers)
    # To agree opens nothing, so her own vault may stay locked.
    return ruling and network_rules.may_see_names(standing=standing, organisations=carriers, unlocked=True)


def factor_is_fresh(shown_at: datetime | None, *, now: datetime) -> Ruling:
    """Whether a second factor was shown lately enough for a long list."""
    if shown_at is not None and now - shown_at <= FACTOR_FRESH_FOR:
        return ALLOWED
    return Ruling(_("Show your second factor again: for a long list the last ten minutes count."))
