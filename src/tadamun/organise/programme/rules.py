"""What a member may do with an activity that her organisations carry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from tadamun.organise.network import rules
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.vocabulary import PARTICIPATING, InvolvementType, SignOff, State
from tadamun.toolkit.rulings import ALLOWED, Ruling

NOT_THE_ORGANISATIONS_OWN = Ruling(
    _("What is stated about it is changed by its own members, or by those whose weeks it takes part in.")
)


def may_edit_activity(*, standing: Standing, carriers: Iterable[str]) -> Ruling:
    """Whether a member may change an activity that the organisations ``carriers`` (slugs) carry."""
    return rules.may(Permission.EDIT, standing=standing, organisations=carriers)


def may_decide_sign_up(*, standing: Standing, carriers: Iterable[str]) -> Ruling:
    """Whether a member may open and close an activity's sign-up and decide who gets a place."""
    return rules.may(Permission.ADMIT, standing=standing, organisations=carriers)


def may_run_door(*, standing: Standing, carriers: Iterable[str]) -> Ruling:
    """Whether a member may check people in."""
    return rules.may(Permission.RUN_DOOR, standing=standing, organisations=carriers)


def may_open_names(*, standing: Standing, carriers: Iterable[str], unlocked: bool) -> Ruling:
    """Whether a member may open an activity's names now."""
    return rules.may_see_names(standing=standing, organisations=carriers, unlocked=unlocked)


def may_add_organisation(*, standing: Standing, first: bool = False) -> Ruling:
    """Whether a member may state an organisation that is not known here; the ``first`` one is an operator's own."""
    if standing.may(Permission.EDIT, standing.organisations) or (first and standing.operator):
        return ALLOWED
    return Ruling(_("Organisations are added by editors and coordinators."))


def may_name_partners(*, standing: Standing, namers: Iterable[str]) -> Ruling:
    """Whether a member may say who takes part in what the organisations ``namers`` (slugs) organise."""
    if standing.may(Permission.EDIT, namers):
        return ALLOWED
    return Ruling(_("Who takes part is decided by those who organise this. Ask one of their editors or coordinators."))


def may_take_part(*, political: bool, type_: str) -> Ruling:
    """Whether a body may have this part: parties and blocs are invited, addressed, or sign; they are no partners."""
    if political and type_ not in PARTICIPATING:
        return Ruling(
            _("Parties and blocs take part; they are never partners. They can be invited, addressed or sign.")
        )
    return ALLOWED


def first_sign_off(*, type_: str, political: bool, collective: bool, own: bool) -> SignOff:
    """Whether a body that is entered must agree first. ``own``: whoever enters it answers for it.

    A collective has nobody who could sign, an addressee is not asked, and an invited party came in public.
    """
    if collective or type_ == InvolvementType.ADDRESSEE or (political and type_ == InvolvementType.INVITED):
        return SignOff.NOT_NEEDED
    return SignOff.ACCEPTED if own else SignOff.ASKED


def may_answer(*, waits: bool, over: bool) -> Ruling:
    """Whether a question can still be answered."""
    if not waits:
        return Ruling(
            _("This was answered already, or is not asked any more. Open the page again to see how it stands.")
        )
    if over:
        return Ruling(_("The time to answer is over, and no answer counts as no. Ask those who invited you for more."))
    return ALLOWED


# How an activity goes from state to state (design.md §3). Whatever else was done by mistake is undone instead.
STEPS: Mapping[State, tuple[State, ...]] = {
    State.IDEA: (State.PLANNED, State.CANCELLED),
    State.PLANNED: (State.OPEN, State.HELD, State.POSTPONED, State.CANCELLED, State.IDEA),
    State.OPEN: (State.HELD, State.PLANNED, State.POSTPONED, State.CANCELLED),
    State.POSTPONED: (State.POSTPONED, State.CANCELLED),
    State.CANCELLED: (State.PLANNED,),
    State.HELD: (State.DOCUMENTED,),
    State.DOCUMENTED: (State.PUBLISHED, State.HELD),
    State.PUBLISHED: (State.DOCUMENTED,),
}

# A week opens no sign-up of its own; its dates that moved are stated beside it.
WEEK_STEPS: Mapping[State, tuple[State, ...]] = {
    State.IDEA: (State.PLANNED, State.CANCELLED),
    State.PLANNED: (State.HELD, State.POSTPONED, State.CANCELLED, State.IDEA),
    State.OPEN: (State.HELD, State.PLANNED, State.POSTPONED, State.CANCELLED),
    State.POSTPONED: (State.PLANNED, State.CANCELLED),
    State.CANCELLED: (State.PLANNED,),
    State.HELD: (State.DOCUMENTED, State.PLANNED),
    State.DOCUMENTED: (State.PUBLISHED, State.HELD),
    State.PUBLISHED: (State.DOCUMENTED,),
}

Days = tuple[date, date]


@dataclass(frozen=True)
class Facts:
    """What rules about states need to know of an activity: its first and last day, and whether anything came of it."""

    state: State
    days: Days | None
    recorded: bool


def may_step(*, facts: Facts, to: State, today: date) -> Ruling:
    """Whether an activity may go on to a state; ``today`` is the day at its place."""
    if to not in STEPS[facts.state]:
        return Ruling(_("This step does not follow from how it stands now. Open the page again."))
    if to is State.OPEN:
        return _may_open(facts, today)
    if to is State.HELD:
        return _was_held(facts, today)
    if to is State.POSTPONED and facts.days is None:
        return Ruling(_("It has no day yet that could be postponed."))
    if to is State.DOCUMENTED and not facts.recorded:
        return Ruling(_("Write down what came of it first: a text, a figure or an outcome."))
    return ALLOWED


def may_step_week(*, state: State, to: State, start: date, public: bool, today: date) -> Ruling:
    """Whether a week may go on to a state. ``public``: it is on the site; ``today`` is the day at its place."""
    if to not in WEEK_STEPS[state]:
        return Ruling(_("This step does not follow from how it stands now. Open the page again."))
    if to is State.IDEA and public:
        return Ruling(_("It is public. Take it back first, on the page about publishing."))
    if to is State.HELD and state is not State.DOCUMENTED and today < start:
        return Ruling(_("It has not begun yet."))
    return ALLOWED


def _may_open(facts: Facts, today: date) -> Ruling:
    if facts.days is None:
        return Ruling(_("Set a day first: whoever signs up wants to know when."))
    return Ruling(_("Its last day is over.")) if facts.days[1] < today else ALLOWED


def _was_held(facts: Facts, today: date) -> Ruling:
    if facts.state is State.DOCUMENTED:
        return ALLOWED
    if facts.days is None:
        return Ruling(_("Set the day on which it was held first."))
    return Ruling(_("It has not begun yet.")) if facts.days[0] > today else ALLOWED
