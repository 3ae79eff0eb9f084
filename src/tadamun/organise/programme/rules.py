"""What a member may do with an activity that her organisations carry."""

from collections.abc import Iterable

from tadamun.organise.network import rules
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.toolkit.rulings import Ruling


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
