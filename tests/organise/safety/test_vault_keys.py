"""Names open for members of the organisations that they were sealed to, and for nobody else."""

import dataclasses

import pytest

from tadamun.organise.safety.models import AuditEntry, VaultKey, VaultLink
from tadamun.organise.safety.services import openings, renewing, vault
from tadamun.organise.safety.vault.errors import ChainBroken, SealBroken
from tadamun.toolkit.rulings import Refused
from tests.organise.safety.vault_world import (
    ACTOR,
    CENTRE,
    FORUM,
    NOW,
    RUN,
    let_in,
    member,
    opened_activity,
    read,
    sealed,
)

pytestmark = pytest.mark.django_db


def test_members_of_every_organisation_of_the_activity_read_what_was_sealed() -> None:
    layla, rana = member(1), member(2)
    let_in(layla)
    let_in(rana, organisation=CENTRE)
    opened_activity(FORUM, CENTRE)
    envelope, context = sealed("r1")
    assert read(layla, envelope, context) == read(rana, envelope, context) == "Zaynab, +964 770 000 0000"


def test_a_member_who_was_not_let_in_reads_nothing() -> None:
    layla, dara = member(1), member(3)
    let_in(layla)
    let_in(dara, organisation="organisation:their-forum")
    opened_activity()
    envelope, context = sealed("r1")
    with pytest.raises(ChainBroken):
        read(dara, envelope, context)


def test_an_entry_does_not_open_in_another_ones_place() -> None:
    layla = member(1)
    let_in(layla)
    opened_activity()
    envelope, context = sealed("r1")
    with pytest.raises(SealBroken):
        read(layla, envelope, dataclasses.replace(context, row="r2"))


def test_only_who_can_open_the_names_lets_another_member_in() -> None:
    layla, rana, dara = member(1), member(2), member(3)
    let_in(layla)
    for by in (None, dara):
        with pytest.raises(Refused):
            let_in(rana, by=by)
    let_in(rana, by=layla)
    let_in(rana, by=layla)
    assert vault.holders_of(FORUM) == ["member:1", "member:2"]


def test_a_member_without_a_key_cannot_be_let_in() -> None:
    with pytest.raises(Refused, match="sign in once"):
        vault.give_access(actor=ACTOR, organisation=FORUM, member="member:9", keyring=None, now=NOW)


def test_sign_up_needs_an_organisation_that_can_open_it() -> None:
    with pytest.raises(Refused, match="nobody"):
        opened_activity()
    assert not openings.has_key(RUN)
    with pytest.raises(Refused, match="no key"):
        openings.public_key_of(RUN)


def test_an_organisation_that_joins_later_is_let_in() -> None:
    layla, rana = member(1), member(2)
    let_in(layla)
    let_in(rana, organisation=CENTRE)
    opened_activity()
    envelope, context = sealed("r1")
    with pytest.raises(ChainBroken):
        read(rana, envelope, context)
    with pytest.raises(Refused):
        vault.share_activity_key(actor=ACTOR, activity=RUN, organisation=CENTRE, keyring=rana.keyring(), now=NOW)
    vault.share_activity_key(actor=ACTOR, activity=RUN, organisation=CENTRE, keyring=layla.keyring(), now=NOW)
    assert read(rana, envelope, context)


def test_names_die_with_the_key_and_not_before() -> None:
    layla = member(1)
    let_in(layla)
    opened_activity()
    envelope, context = sealed("r1")
    assert read(layla, envelope, context)
    assert vault.destroy_key(actor=ACTOR, subject=RUN, why="time", now=NOW) == 1
    with pytest.raises(ChainBroken):
        read(layla, envelope, context)
    assert not VaultLink.objects.filter(key__subject=RUN).exists()
    assert not openings.has_key(RUN)
    assert VaultKey.objects.get(subject=RUN).destroyed_at == NOW


def test_every_change_of_keys_is_in_the_trail() -> None:
    layla, rana = member(1), member(2)
    let_in(layla)
    let_in(rana, by=layla)
    opened_activity()
    renewing.take_access_away(actor=ACTOR, organisation=FORUM, member=rana.subject, now=NOW)
    vault.destroy_key(actor=ACTOR, subject=RUN, why="time", now=NOW)
    assert list(AuditEntry.objects.values_list("act", flat=True)) == [
        "make member key",
        "make member key",
        "give access to names",
        "give access to names",
        "make key of sign-up",
        "take access to names away",
        "destroy key",
    ]
