"""Who may know what: every decision about an audience, as pure functions of plain values.

The coalition is inside; every other audience is *outside*. Whatever is unset or unknown is hidden. The rules
follow the promises P-18, P-20 and P-30 and the project's rule that no one is spoken for.
"""

from collections.abc import Collection
from datetime import date, datetime

from tadamun.organise.archive.vocabulary import LIVE, ConsentState
from tadamun.organise.programme.vocabulary import AGREED, Naming, SignOff, State, TellPlace
from tadamun.organise.safety.vocabulary import Audience, SafetyProfile

OUTSIDE = frozenset(Audience) - {Audience.COALITION}
_SETTLED = frozenset(State) - {State.IDEA}
_NAMED = frozenset(Naming) - {Naming.NOBODY}
_LESS_THAN_HIGH_RISK = frozenset({SafetyProfile.OPEN, SafetyProfile.CAREFUL})


class NotForThisAudience(Exception):
    """There is no record of this week for this audience; ``str()`` says which and why."""


def is_outside(audience: Audience) -> bool:
    """Whether readers of this audience are not of the coalition."""
    return audience != Audience.COALITION


def is_told(audiences: Collection[str], audience: Audience) -> bool:
    """Whether a part that was stated for ``audiences`` is told to this one. No audiences: nobody is told."""
    return audience in audiences


def week_is_told(state: str, audience: Audience) -> bool:
    """Whether a week in this state has a record for the audience: an idea has one for the coalition only."""
    return not is_outside(audience) or state in _SETTLED


def activity_is_told(state: str, audience: Audience) -> bool:
    """Whether an activity in this state stands in the record: an idea is the coalition's own."""
    return not is_outside(audience) or state in _SETTLED


def involvement_is_told(*, audiences: Collection[str], sign_off: str, audience: Audience) -> bool:
    """Whether a body or a collective is named with its part.

    It must be told to the audience and signed off. The coalition also sees who was asked and has not answered;
    who declined or withdrew is shown to nobody. Collectives and invited parties have nobody who signs: whoever
    enters them states ``not_needed``, and the column decides for them as for all others.
    """
    agreed = sign_off in AGREED or (sign_off == SignOff.ASKED and not is_outside(audience))
    return agreed and is_told(audiences, audience)


def name_is_told(naming: str) -> bool:
    """Whether a person's name is told. Who chose to be named by nobody is named to nobody, not even inside."""
    return naming in _NAMED


def is_guarded(safety: str, audience: Audience) -> bool:
    """Whether an activity keeps its exact place, its people and recognisable faces from this audience.

    That is so for every outside audience of a high-risk activity; an unknown profile counts as high risk.
    """
    return is_outside(audience) and safety not in _LESS_THAN_HIGH_RISK


def exact_place_is_told(
    *, tell: str, told_from: datetime | None, safety: str, audience: Audience, now: datetime
) -> bool:
    """Whether the audience may know the exact place of a sitting at ``now``, or only its public place."""
    if not is_outside(audience):
        return True
    if is_guarded(safety, audience):
        return False
    return tell == TellPlace.ALWAYS or (tell == TellPlace.LATER and told_from is not None and told_from <= now)


def photo_is_told(
    *,
    consent: str,
    audiences: Collection[str],
    until: date | None,
    safety: str,
    audience: Audience,
    today: date,
) -> bool:
    """Whether a photo has a live consent for this audience today; ``until`` is the last day of the consent.

    Of a guarded activity only photos that show nobody leave the coalition.
    """
    if is_guarded(safety, audience) and consent != ConsentState.NOBODY_SHOWN:
        return False
    return consent in LIVE and is_told(audiences, audience) and (until is None or today <= until)
