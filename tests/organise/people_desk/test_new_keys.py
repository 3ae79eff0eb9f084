"""Rana could open the names and is let go: what she copied opens nothing new, and soon nothing that is stored."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tadamun.organise.network.models import Account, Membership
from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import endings, entries, opened, registrations
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.services.opened import open_entries
from tadamun.organise.safety.models import AuditEntry, VaultKey, VaultLink
from tadamun.organise.safety.services import members, openings, renewing, vault
from tadamun.organise.safety.services.openings import OPENED, Keyring
from tadamun.organise.safety.services.renewing import Renewed
from tadamun.organise.safety.vault import chains
from tadamun.organise.safety.vault import tickets as signed
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.organise.safety.vault.keys import KeyPair
from tadamun.organise.safety.vault.sealing import Context, open_sealed
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, PASSPHRASE, PLANTED_NAME, House, make_house

pytestmark = pytest.mark.django_db
REMARK = "comes by bus"


@dataclass
class Leaver:
    """Rana, and every private key that she could ever copy."""

    account: Account
    keys: tuple[KeyPair, ...]

    def reads(self, envelope: bytes, context: Context) -> bool:
        """Whether one of her keys opens a sealed text."""
        return any(_opens(pair, envelope, context) for pair in self.keys)

    def reads_anything(self, house: House) -> bool:
        """Whether she could read an entry or a remark with the whole database in her hands."""
        uid = house.activity.uid
        links = [openings.as_link(row) for row in VaultLink.objects.select_related("key", "holder")]
        more = [pair for key in self.keys for link in links if (pair := _followed(key, link))]
        her = Leaver(self.account, (*self.keys, *more))
        return any(
            her.reads(bytes(row.sealed), entries.context_of(uid, row.uid))
            or her.reads(bytes(row.remark), entries.remark_context_of(uid, row.uid))
            for row in house.admission.registrations.all()
        )


def _opens(pair: KeyPair, envelope: bytes, context: Context) -> bool:
    try:
        return bool(open_sealed(pair, envelope, context=context))
    except VaultError:
        return False


def _followed(pair: KeyPair, link: chains.Link) -> KeyPair | None:
    try:
        return chains.follow(pair, link)
    except VaultError:
        return None


def rana_of(house: House) -> Leaver:
    """Rana may see names, was let in, and has copied all keys that she reaches."""
    rana, now = house.world.accounts[Character.EDITOR], clock.now()
    VaultKey.objects.filter(subject=rana.subject).delete()
    members.found_member(actor=LAYLA, member=rana.subject, passphrase=PASSPHRASE, now=now)
    Membership.objects.filter(account=rana).update(may_see_names=True)
    organisation = house.world.ours.subject
    vault.give_access(actor=LAYLA, organisation=organisation, member=rana.subject, keyring=house.keyring(), now=now)
    keyring = keyring_of(rana)
    return Leaver(rana, (keyring.pair, keyring.reach(organisation), keyring.reach(house.admission.key_subject)))


def keyring_of(account: Account) -> Keyring:
    cookie = members.unlock(member=account.subject, passphrase=PASSPHRASE, now=clock.now())
    keyring = members.unlocked(cookie, member=account.subject, now=clock.now())
    assert keyring
    return keyring


def let_go(house: House, leaver: Leaver) -> int:
    return renewing.take_access_away(
        actor=LAYLA, organisation=house.world.ours.subject, member=leaver.account.subject, now=clock.now()
    )


def renew(house: House, *, seconds: float = 60) -> Renewed:
    ours = [house.world.ours.subject]
    return renewing.renew_keys(
        actor=LAYLA, keyring=house.keyring(), organisations=ours, now=clock.now(), seconds=seconds
    )


def names(house: House) -> list[str]:
    rows = list(house.admission.registrations.order_by("number"))
    read = open_entries(
        actor=LAYLA,
        keyring=house.keyring(),
        admission=house.admission,
        rows=rows,
        why=OpeningReason.CONTACT,
        now=clock.now(),
    )
    return [f"{line.entry.name} {line.remark}".strip() if line.entry else "" for line in read]


def with_remark(house: House, name: str = PLANTED_NAME) -> Registration:
    row = house.sign_up(name)
    opened.put_remark(actor=LAYLA, registration=row, remark=REMARK, now=clock.now())
    return row


@pytest.fixture
def leaver(house: House) -> Leaver:
    with_remark(house)
    found = rana_of(house)
    assert found.reads_anything(house), "before she goes her keys do open: else nothing below would mean anything"
    return found


def test_what_comes_after_she_went_is_out_of_her_reach_though_nobody_opened_the_vault(
    house: House, leaver: Leaver
) -> None:
    assert let_go(house, leaver) == 1
    house.admission.registrations.all().delete()
    with_remark(house, "Noor")
    assert not leaver.reads_anything(house)
    assert names(house) == [f"Noor {REMARK}"]


def test_without_a_new_key_of_the_activity_she_would_read_what_comes_after(
    house: House, leaver: Leaver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the organisation's new key alone, as it was before."""
    monkeypatch.setattr(renewing, "_give_new_key", lambda subject, now: None)
    let_go(house, leaver)
    house.admission.registrations.all().delete()
    with_remark(house, "Noor")
    assert leaver.reads_anything(house)


def test_what_was_there_is_sealed_to_the_new_key_by_the_next_open_vault(house: House, leaver: Leaver) -> None:
    let_go(house, leaver)
    assert leaver.reads_anything(house), "sealing anew waits for somebody who can open"
    assert names(house) == [f"{PLANTED_NAME} {REMARK}"], "until then who stays reads the old ones, too"
    assert renew(house) == Renewed(texts=2, keys=1, waiting=0)
    assert not leaver.reads_anything(house)
    assert names(house) == [f"{PLANTED_NAME} {REMARK}"]
    alive = VaultKey.objects.filter(destroyed_at__isnull=True).exclude(subject__startswith="member:")
    assert sorted(alive.values_list("subject", "current")) == sorted(
        [(house.admission.key_subject, True), (house.world.ours.subject, True)]
    )


def test_without_sealing_anew_she_would_go_on_reading_what_was_there(
    house: House, leaver: Leaver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the old key is ended, and the rows stay as they were."""
    monkeypatch.setattr(renewing._Run, "_seal", lambda run, batch, public_key: len(batch))
    let_go(house, leaver)
    renew(house)
    assert leaver.reads_anything(house)


def test_her_own_open_vault_reaches_nothing_any_more(house: House, leaver: Leaver) -> None:
    keyring = keyring_of(leaver.account)
    let_go(house, leaver)
    assert not keyring.reaches(house.admission.key_subject)
    assert not keyring.reaches(house.world.ours.subject)
    assert renewing.renew_keys(
        actor=LAYLA, keyring=keyring, organisations=[house.world.ours.subject], now=clock.now()
    ) == Renewed(texts=0, keys=0, waiting=1)


def test_nothing_that_is_sealed_anew_counts_as_an_opening_and_the_trail_tells_it(house: House, leaver: Leaver) -> None:
    let_go(house, leaver)
    renew(house)
    assert not AuditEntry.objects.filter(act=OPENED).exists()
    assert AuditEntry.objects.get(act="seal entries anew").detail == {"why": "keys", "entries": 2}
    assert AuditEntry.objects.filter(act="end old key").count() == 1


def test_a_run_that_ends_early_is_gone_on_with_and_does_nothing_twice(
    house: House, leaver: Leaver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewing, "BATCH", 2)
    for number in range(4):
        house.sign_up(f"N{number}")
    let_go(house, leaver)
    assert renew(house, seconds=0) == Renewed(texts=0, keys=0, waiting=1)
    original, batches = renewing._Run._batch, []

    def dying(run: Any, after: int) -> int | None:
        done = original(run, after)
        batches.append(done)
        if len(batches) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(renewing._Run, "_batch", dying)
    with pytest.raises(KeyboardInterrupt):
        renew(house)
    monkeypatch.setattr(renewing._Run, "_batch", original)
    assert len(names(house)) == 5
    assert "" not in names(house)
    assert renew(house) == Renewed(texts=1, keys=1, waiting=0), (
        "five entries and a remark, of which five texts were done"
    )
    assert not leaver.reads_anything(house)


def test_a_sign_up_that_began_before_there_was_a_new_key_is_not_lost(house: House, leaver: Leaver) -> None:
    old = openings.public_key_of(house.admission.key_subject)
    let_go(house, leaver)
    late = house.sign_up("Late")
    closed = entries.close(
        entries.Entry(name="Late"),
        public_key=old,
        ticket_secret=b"s" * 16,
        activity=house.activity.uid,
        registration=late.uid,
    )
    original = renewing._Run._left

    def hidden_at_first(run: Any, after: int, limit: int | None) -> Any:
        """The late one is committed after the last batch was looked for, and before the old key is ended."""
        found = original(run, after, limit)
        if limit is not None and not found:
            Registration.objects.filter(pk=late.pk).update(sealed=closed.sealed)
        return found

    renewing._Run._left, kept = hidden_at_first, renewing._Run._left  # type: ignore[method-assign]  # put back below
    try:
        assert renew(house).waiting == 0
    finally:
        renewing._Run._left = kept  # type: ignore[method-assign]  # as it was
    assert names(house) == [f"{PLANTED_NAME} {REMARK}", "Late"]


def test_a_damaged_entry_stops_nothing_and_is_told(house: House, leaver: Leaver) -> None:
    broken = house.sign_up("Broken")
    sealed = bytes(Registration.objects.get(pk=broken.pk).sealed)
    Registration.objects.filter(pk=broken.pk).update(sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))
    let_go(house, leaver)
    assert renew(house) == Renewed(texts=2, keys=1, waiting=0)
    assert AuditEntry.objects.get(act="end old key").detail["cannot be opened"] == 1
    assert names(house) == [f"{PLANTED_NAME} {REMARK}", ""]


def test_two_who_go_one_after_the_other_leave_one_new_key(house: House, leaver: Leaver) -> None:
    hawre = house.world.accounts[Character.DOOR]
    VaultKey.objects.filter(subject=hawre.subject).delete()
    members.found_member(actor=LAYLA, member=hawre.subject, passphrase=PASSPHRASE, now=clock.now())
    ours = house.world.ours.subject
    let_go(house, leaver)
    vault.give_access(actor=LAYLA, organisation=ours, member=hawre.subject, keyring=house.keyring(), now=clock.now())
    second = keyring_of(hawre)
    assert second.reach_key(house.admission.key_subject, leaver.keys[2].public), "she reads the old ones, too"
    kept = Leaver(hawre, (second.pair, second.reach(ours), second.reach(house.admission.key_subject)))
    house.sign_up("Between")
    let_go(house, kept)
    assert renewing.keys_waiting([ours]) == 1, "one activity, though two of its keys"
    assert renew(house) == Renewed(texts=3, keys=2, waiting=0)
    house.sign_up("After")
    assert not leaver.reads_anything(house)
    assert not kept.reads_anything(house)
    assert names(house) == [f"{PLANTED_NAME} {REMARK}", "Between", "After"]


def test_names_that_end_meanwhile_leave_nothing_to_renew(house: House, leaver: Leaver) -> None:
    let_go(house, leaver)
    endings.retire(actor=LAYLA, admission=house.admission, how=endings.Ending.TIME, now=clock.now(), small_cell=5)
    assert renewing.keys_waiting([house.world.ours.subject]) == 0
    assert not VaultLink.objects.filter(key__subject=house.admission.key_subject).exists()
    assert VaultKey.objects.filter(subject=house.world.ours.subject, destroyed_at__isnull=True).count() == 1


def test_her_ticket_goes_on_working_for_whoever_signed_up(house: House, leaver: Leaver) -> None:
    answer = house.registered("Zaynab", "zaynab@example.org")
    row = Registration.objects.get(uid=answer.registration)
    mint = ticket_mint()
    secret = signed.verify(
        mint.signing.public, answer.ticket, activity=house.activity.uid, today=clock.now().date()
    ).secret
    let_go(house, leaver)
    renew(house)
    assert registrations.see_own_entry(secret=secret).name == "Zaynab"
    registrations.change_own_entry(secret=secret, entry=entries.Entry(name="Zeinab"), now=clock.now())
    assert bytes(Registration.objects.get(pk=row.pk).own_copy)
    assert names(house)[-1] == "Zeinab"


def test_two_organisations_keep_their_common_names_when_one_lets_somebody_go(house: House, leaver: Leaver) -> None:
    dara = house.world.accounts[Character.COORDINATOR_ELSEWHERE]
    VaultKey.objects.filter(subject=dara.subject).delete()
    members.found_member(actor=LAYLA, member=dara.subject, passphrase=PASSPHRASE, now=clock.now())
    theirs, activity = house.world.theirs.subject, house.admission.key_subject
    vault.give_access(actor=LAYLA, organisation=theirs, member=dara.subject, keyring=None, now=clock.now())
    vault.share_activity_key(
        actor=LAYLA, activity=activity, organisation=theirs, keyring=house.keyring(), now=clock.now()
    )
    let_go(house, leaver)
    assert vault.holders_of(activity) == sorted([house.world.ours.subject, theirs])
    done = renewing.renew_keys(actor=LAYLA, keyring=keyring_of(dara), organisations=[theirs], now=clock.now())
    assert done == Renewed(texts=2, keys=1, waiting=0), "either of the two can do the work"
    assert names(house) == [f"{PLANTED_NAME} {REMARK}"]


def test_keys_whose_rows_nobody_told_of_are_handed_over_as_they_are(house: House, leaver: Leaver) -> None:
    ours, other = house.world.ours.subject, "press:list"
    vault.found_activity_key(actor=LAYLA, activity=other, organisations=[ours], now=clock.now())
    before = house.keyring().reach(other).public
    let_go(house, leaver)
    assert house.keyring().reach(other).public == before
    renew(house)
    assert house.keyring().reach(other).public == before
    held = VaultLink.objects.get(key__subject=other)
    assert held.holder.current
    assert VaultKey.objects.filter(subject=ours, destroyed_at__isnull=True).count() == 1


def test_the_page_of_members_says_what_waits_and_the_next_open_vault_does_it(house: House, leaver: Leaver) -> None:
    membership = leaver.account.memberships.get()
    page = f"/desk/organisations/{house.world.ours.slug}/members/"
    locked = house.client(unlocked=False)
    locked.post(f"{page}{membership.pk}/end/")
    assert leaver.reads_anything(house)
    said = locked.get(page).content.decode()
    assert "the older entries of 1 list still have the key from before" in said
    assert "Give them new keys" not in said
    assert "The names are locked" in locked.post(f"{page}keys/", follow=True).content.decode()
    assert "Give them new keys" in house.client().get(page).content.decode()
    assert "sealed to their new keys" in house.client().post(f"{page}keys/", follow=True).content.decode()
    assert "the key from before" not in house.client().get(page).content.decode()
    assert not leaver.reads_anything(house)


def test_letting_go_with_open_names_renews_at_once(house: House, leaver: Leaver) -> None:
    page = f"/desk/organisations/{house.world.ours.slug}/members/"
    house.client().post(f"{page}{leaver.account.memberships.get().pk}/end/")
    assert renewing.keys_waiting([house.world.ours.subject]) == 0
    assert not leaver.reads_anything(house)


def test_opening_the_names_renews_what_waits(house: House, leaver: Leaver) -> None:
    let_go(house, leaver)
    client: Client = house.client(unlocked=False)
    client.post("/desk/account/names/", {"act": "unlock", "u-passphrase": PASSPHRASE})
    assert settings.UNLOCK_COOKIE_NAME in client.cookies
    assert not leaver.reads_anything(house)


def test_a_removal_that_fails_half_way_changes_nothing(
    house: House, leaver: Leaver, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(VaultKey.objects.order_by("pk").values_list("pk", "current"))
    monkeypatch.setattr(renewing, "note_act", lambda **_options: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        let_go(house, leaver)
    assert list(VaultKey.objects.order_by("pk").values_list("pk", "current")) == before
    assert vault.holders_of(house.world.ours.subject) == sorted([house.layla.subject, leaver.account.subject])


def test_a_house_without_sign_ups_has_its_new_key_too(db: None) -> None:
    house = make_house()
    leaver = rana_of(house)
    let_go(house, leaver)
    assert renew(house) == Renewed(texts=0, keys=1, waiting=0)
