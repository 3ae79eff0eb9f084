"""A member's key opens with her passphrase or her printed code, for a time, in one browser."""

from datetime import timedelta

import pytest

from tadamun.organise.safety.models import MemberWrap, Unlocking, VaultKey
from tadamun.organise.safety.services import members, renewing, vault
from tadamun.organise.safety.vault.errors import WrongSecret
from tadamun.toolkit.rulings import Refused
from tests.organise.safety.vault_world import ACTOR, FORUM, NOW, PASSPHRASE, let_in, member

pytestmark = pytest.mark.django_db
LATER = NOW + members.UNLOCKED_FOR
OTHER = "another long passphrase for the day"


def test_a_passphrase_opens_the_vault_for_a_time() -> None:
    layla = member(1)
    assert layla.keyring(LATER - timedelta(seconds=1))
    assert members.unlocked(layla.cookie, member=layla.subject, now=LATER) is None


def test_the_wrong_passphrase_opens_nothing() -> None:
    layla = member(1)
    with pytest.raises(WrongSecret):
        members.unlock(member=layla.subject, passphrase=OTHER, now=NOW)


def test_a_cookie_is_worth_nothing_for_another_member_or_without_the_servers_half() -> None:
    layla, rana = member(1), member(2)
    assert members.unlocked(layla.cookie, member=rana.subject, now=NOW) is None
    handle, secret = layla.cookie.split(".")
    assert members.unlocked(f"{rana.cookie.split('.')[0]}.{secret}", member=rana.subject, now=NOW) is None
    for spoilt in ("", handle, f"{handle}.", f"{handle}.{secret[:-2]}", f"x.{secret}"):
        assert members.unlocked(spoilt, member=layla.subject, now=NOW) is None
    assert layla.keyring()
    members.forget_unlocking(layla.cookie)
    assert members.unlocked(layla.cookie, member=layla.subject, now=NOW) is None


def test_the_servers_half_alone_is_no_key() -> None:
    layla = member(1)
    row = Unlocking.objects.get(member=layla.subject)
    assert layla.keyring().pair.private not in bytes(row.stored)
    assert layla.cookie.split(".")[1].encode() not in bytes(row.stored)


def test_shutting_down_forgets_everybody() -> None:
    layla, rana = member(1), member(2)
    assert members.forget_all_unlockings() == 2
    for who in (layla, rana):
        assert members.unlocked(who.cookie, member=who.subject, now=NOW) is None


def test_halves_whose_time_is_over_are_deleted_at_the_next_sign_in() -> None:
    layla = member(1)
    members.unlock(member=layla.subject, passphrase=PASSPHRASE, now=LATER)
    assert Unlocking.objects.count() == 1


def test_the_printed_code_opens_too() -> None:
    layla = member(1)
    cookie = members.unlock_with_code(member=layla.subject, code=layla.code.lower().replace("-", " "), now=NOW)
    assert members.unlocked(cookie, member=layla.subject, now=NOW)


def test_a_new_code_has_to_be_written_down_anew() -> None:
    layla = member(1)
    assert not members.keeps_code(layla.subject)
    members.note_code_kept(member=layla.subject)
    assert members.keeps_code(layla.subject)
    fresh = members.renew_code(actor=ACTOR, keyring=layla.keyring(), now=NOW)
    assert not members.keeps_code(layla.subject)
    with pytest.raises(WrongSecret):
        members.unlock_with_code(member=layla.subject, code=layla.code, now=NOW)
    assert members.unlock_with_code(member=layla.subject, code=fresh, now=NOW)


def test_changing_the_passphrase_needs_the_old_one_and_closes_all_browsers() -> None:
    layla = member(1)
    let_in(layla)
    with pytest.raises(WrongSecret):
        members.change_passphrase(actor=ACTOR, member=layla.subject, old=OTHER, new=OTHER, now=NOW)
    assert layla.keyring()
    members.change_passphrase(actor=ACTOR, member=layla.subject, old=PASSPHRASE, new=OTHER, now=NOW)
    assert members.unlocked(layla.cookie, member=layla.subject, now=NOW) is None
    with pytest.raises(WrongSecret):
        members.unlock(member=layla.subject, passphrase=PASSPHRASE, now=NOW)
    layla.cookie = members.unlock(member=layla.subject, passphrase=OTHER, now=NOW)
    assert layla.keyring().reaches(FORUM)


def test_the_code_gives_a_new_passphrase_and_is_used_up() -> None:
    layla = member(1)
    let_in(layla)
    fresh = members.recover_member(actor=ACTOR, member=layla.subject, code=layla.code, new=OTHER, now=NOW)
    layla.cookie = members.unlock(member=layla.subject, passphrase=OTHER, now=NOW)
    assert layla.keyring().reaches(FORUM)
    with pytest.raises(WrongSecret):
        members.unlock_with_code(member=layla.subject, code=layla.code, now=NOW)
    assert members.unlock_with_code(member=layla.subject, code=fresh, now=NOW)


def test_who_forgot_both_gets_an_empty_key_until_another_member_lets_her_in() -> None:
    layla, rana = member(1), member(2)
    let_in(layla)
    let_in(rana, by=layla)
    members.found_member(actor=ACTOR, member=rana.subject, passphrase=OTHER, now=NOW)
    assert members.unlocked(rana.cookie, member=rana.subject, now=NOW) is None
    rana.cookie = members.unlock(member=rana.subject, passphrase=OTHER, now=NOW)
    assert not rana.keyring().reaches(FORUM)
    let_in(rana, by=layla)
    assert rana.keyring().reaches(FORUM)
    assert VaultKey.objects.filter(subject=rana.subject, current=True).count() == 1
    assert MemberWrap.objects.count() == 2
    renewing.take_access_away(actor=ACTOR, organisation=FORUM, member=layla.subject, now=NOW)
    assert vault.holders_of(FORUM) == [rana.subject]


def test_without_a_key_there_is_nothing_to_open() -> None:
    with pytest.raises(Refused):
        members.unlock(member="member:9", passphrase=PASSPHRASE, now=NOW)


def test_a_wrap_that_was_cheap_is_made_dear_at_the_next_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    layla = member(1)
    dearer = members.wrapping.Cost(memory=members.COST.memory + 1024, passes=2, lanes=1)
    monkeypatch.setattr(members, "COST", dearer)
    members.unlock(member=layla.subject, passphrase=PASSPHRASE, now=NOW)
    wrap = MemberWrap.objects.get()
    assert members.wrapping.cost_of(bytes(wrap.by_passphrase)) == dearer
    assert members.unlock(member=layla.subject, passphrase=PASSPHRASE, now=NOW)
