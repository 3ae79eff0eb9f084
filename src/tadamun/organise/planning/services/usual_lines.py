"""The lines of the usual lists, by kind of activity.

Few and from experience: races that are safe for women (female marshals, a changing place, a zone without pictures),
teams in the street (pairs, checking back, the lawyer's number, when to stop), rooms that let everybody in.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tadamun.organise.planning.vocabulary import CallFor, Degree


@dataclass(frozen=True)
class UsualLine:
    """Anything that is usual; by itself a thing that is needed."""

    says: "str | Promise"


@dataclass(frozen=True)
class UsualTask(UsualLine):
    """A task, due so many days before the first day."""

    days_before: int


@dataclass(frozen=True)
class UsualPermit(UsualLine):
    """A permit, wanted so many days before the first day."""

    days_before: int


@dataclass(frozen=True)
class UsualRisk(UsualLine):
    """A risk with what is mostly done about it."""

    measure: "str | Promise"
    likelihood: Degree
    harm: Degree


@dataclass(frozen=True)
class UsualCall(UsualLine):
    """Somebody to call, by role."""

    call_for: CallFor


_LOW, _MIDDLE, _HIGH = Degree.LOW, Degree.MIDDLE, Degree.HIGH

EVERYWHERE: tuple[UsualLine, ...] = (
    UsualTask(_("Say who leads the day and who stands in"), 14),
    UsualTask(_("Agree with the partners on words and logos"), 14),
    UsualTask(_("Go through the run sheet together"), 3),
    UsualTask(_("Tell everybody when, where and what to bring"), 2),
    UsualTask(_("Write down the figures, each with its source"), -1),
    UsualTask(_("Thank those who helped"), -2),
    UsualLine(_("First-aid kit")),
    UsualCall(_("Who leads the day"), CallFor.LEADS),
    UsualCall(_("First aider"), CallFor.INJURY),
    UsualCall(_("A woman whom women can talk to"), CallFor.HARASSMENT),
    UsualCall(_("Who speaks to the press"), CallFor.PRESS),
)
_INDOORS: tuple[UsualLine, ...] = (
    UsualTask(_("Book the room; look at ramp, toilets, exits"), 21),
    UsualTask(_("Arrange interpretation"), 10),
    UsualTask(_("Arrange childcare"), 10),
    UsualLine(_("Water and cups")),
    UsualLine(_("Projector, cables, extension lead")),
    UsualLine(_("Large sheets, pens, tape")),
    UsualRisk(_("The room is taken from us at the last moment"), _("Agree on a second room."), _MIDDLE, _MIDDLE),
    UsualRisk(
        _("Somebody takes pictures of people who do not want it"),
        _("Say the rule at the start; keep rows where nobody is photographed."),
        _MIDDLE,
        _HIGH,
    ),
    UsualCall(_("Keeper of the place"), CallFor.VENUE),
)
_OUTDOORS: tuple[UsualLine, ...] = (
    UsualPermit(_("Use of the street, square or park"), 21),
    UsualTask(_("Walk the place or route at the same hour, a week before"), 7),
    UsualTask(_("Tell the nearest hospital and the traffic police"), 7),
    UsualLine(_("Drinking water")),
    UsualRisk(_("Heat, rain or dust"), _("Water, shade, a cooler hour; say who decides to stop."), _MIDDLE, _MIDDLE),
    UsualRisk(_("Somebody is hurt"), _("First aid on the spot; know the way to the hospital."), _LOW, _HIGH),
    UsualCall(_("Lawyer"), CallFor.ARREST),
)
_RACE: tuple[UsualLine, ...] = (
    UsualTask(_("Find female marshals for the whole route"), 21),
    UsualTask(_("Set up a changing place for women, guarded by women"), 1),
    UsualTask(_("Mark a zone where nobody takes pictures"), 1),
    UsualTask(_("Brief the marshals: route, harassment, whom to call"), 2),
    UsualLine(_("Race numbers, without names")),
    UsualLine(_("Vests for the marshals")),
    UsualLine(_("Tent or screens for the changing place")),
    UsualLine(_("Signs: no pictures here")),
    UsualRisk(
        _("Women are harassed along the route"),
        _("Female marshals within sight of one another, who know whom to call."),
        _MIDDLE,
        _HIGH,
    ),
    UsualRisk(
        _("Pictures of runners are spread against their will"),
        _("A zone without pictures; press with armbands; ask before each portrait."),
        _MIDDLE,
        _HIGH,
    ),
)
_STREET: tuple[UsualLine, ...] = (
    UsualTask(_("Make pairs: nobody goes alone"), 3),
    UsualTask(_("Agree on the hours at which every pair checks back"), 3),
    UsualTask(_("Agree when to stop, and how everybody hears of it"), 3),
    UsualTask(_("Give everybody the lawyer’s number on paper"), 1),
    UsualTask(_("Count the leaflets out and back"), 0),
    UsualLine(_("Leaflets, in all languages")),
    UsualLine(_("Vests or badges")),
    UsualLine(_("Charged phones and a power bank")),
    UsualRisk(
        _("A pair is stopped by police or armed men"),
        _("Stay calm, stop handing out, call the lawyer, leave together."),
        _MIDDLE,
        _HIGH,
    ),
    UsualRisk(
        _("A pair does not check back"), _("Call after ten minutes; after twenty, go there as a group."), _LOW, _HIGH
    ),
    UsualRisk(
        _("Somebody becomes aggressive"), _("Do not argue; walk away; tell who leads the day."), _MIDDLE, _MIDDLE
    ),
    UsualCall(_("Who waits for the pairs to check back"), CallFor.MISSING),
)
_STATEMENT: tuple[UsualLine, ...] = (
    UsualTask(_("Agree on the text in all languages"), 7),
    UsualTask(_("Ask organisations to sign, with a deadline"), 5),
)
_VISIT: tuple[UsualLine, ...] = (
    UsualTask(_("Ask the hosts about the rules of the house"), 7),
    UsualTask(_("Arrange the way there and back"), 5),
    UsualCall(_("Driver"), CallFor.TRANSPORT),
)

OF_KIND: dict[str, tuple[UsualLine, ...]] = {
    "training": _INDOORS,
    "seminar": _INDOORS,
    "talk": _INDOORS,
    "debate": _INDOORS,
    "gathering": _OUTDOORS,
    "race": (*_RACE, *_OUTDOORS),
    "outreach": (*_STREET, *_OUTDOORS),
    "statement": _STATEMENT,
    "visit": _VISIT,
}
