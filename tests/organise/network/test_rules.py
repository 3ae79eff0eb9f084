"""Roles, seeing names, inviting: who may, and why not."""

from collections.abc import Iterable

import pytest

from tadamun.organise.network import rules
from tadamun.organise.network.vocabulary import ROLES, Part, Permission, Role, Standing

pytestmark = pytest.mark.pure


def standing(*parts: tuple[str, Role, bool], second_factor: bool = True, operator: bool = False) -> Standing:
    return Standing("member:1", "Layla", operator, second_factor, tuple(Part(*part) for part in parts))


LAYLA = standing(("forum", Role.COORDINATOR, True))
RANA = standing(("forum", Role.EDITOR, False))


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        (Role.VIEWER, {Permission.LOOK}),
        (Role.TRANSLATOR, {Permission.LOOK, Permission.TRANSLATE}),
        (Role.FIELD, {Permission.LOOK, Permission.RUN_DOOR}),
        (Role.EDITOR, set(Permission) - {Permission.INVITE, Permission.DESTROY, Permission.SHUT_DOWN}),
        (Role.COORDINATOR, set(Permission)),
    ],
)
def test_a_role_may_what_its_card_says_in_its_own_organisation_only(
    role: Role, permissions: Iterable[Permission]
) -> None:
    whoever = standing(("forum", role, False))
    assert {
        permission for permission in Permission if rules.may(permission, standing=whoever, organisations=["forum"])
    } == permissions
    assert not any(rules.may(permission, standing=whoever, organisations=["elsewhere"]) for permission in Permission)


def test_every_refusal_says_why() -> None:
    nobody = standing()
    assert all(str(rules.may(permission, standing=nobody, organisations=["forum"]).reason) for permission in Permission)
    assert all(str(card.title) and str(card.says) for card in ROLES.values())


def test_an_operator_may_shut_down_and_nothing_else() -> None:
    noor = standing(operator=True)
    assert [
        permission for permission in Permission if rules.may(permission, standing=noor, organisations=["forum"])
    ] == [Permission.SHUT_DOWN]


def test_seeing_names_is_apart_from_every_role() -> None:
    def may(whoever: Standing, *, unlocked: bool = True) -> str:
        return str(rules.may_see_names(standing=whoever, organisations=["forum"], unlocked=unlocked).reason)

    assert may(LAYLA) == ""
    assert "not given" in may(standing(("forum", Role.COORDINATOR, False)))
    assert "not given" in may(standing(("elsewhere", Role.COORDINATOR, True)))
    assert may(standing(("forum", Role.VIEWER, True), second_factor=False)) == ""
    assert "locked" in may(LAYLA, unlocked=False)


def test_names_stay_closed_to_coordinators_and_operators_without_a_second_factor() -> None:
    without = standing(("forum", Role.COORDINATOR, True), second_factor=False)
    assert "second factor" in str(rules.may_see_names(standing=without, organisations=["forum"], unlocked=True).reason)
    operator = standing(("forum", Role.EDITOR, True), second_factor=False, operator=True)
    assert not rules.may_see_names(standing=operator, organisations=["forum"], unlocked=True)


def test_only_coordinators_invite_and_only_who_sees_names_lets_others_see_them() -> None:
    def may(whoever: Standing, *, sees_names: bool = False) -> bool:
        return bool(rules.may_invite(standing=whoever, organisation="forum", role=Role.EDITOR, sees_names=sees_names))

    assert may(LAYLA, sees_names=True)
    assert not may(RANA)
    blind = standing(("forum", Role.COORDINATOR, False))
    assert may(blind)
    assert not may(blind, sees_names=True)
    assert not may(standing(("elsewhere", Role.COORDINATOR, True)))


def test_the_last_coordinator_stays() -> None:
    def may(*, last: bool) -> bool:
        return bool(
            rules.may_change_member(standing=LAYLA, organisation="forum", member="member:1", last_coordinator=last)
        )

    assert may(last=False)
    assert not may(last=True)
