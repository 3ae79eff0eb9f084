"""When there is danger: kits are taken back with everything else, seals follow new keys, ended names leave counts."""

import pytest
from django.test import Client

from tadamun.organise.field.models import Entry
from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.rules import wire
from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import endings
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.safety.models import VaultKey
from tadamun.organise.safety.services import members, renewing, shutting_down
from tadamun.organise.safety.services.openings import public_key_of
from tadamun.organise.safety.vault.sealing import Context, recipient_of, seal
from tadamun.organise.safety.vault.wrapping import LIMITS
from tadamun.organise.safety.vocabulary import Ending
from tadamun.toolkit import clock
from tests.organise.field.phones import HAWRE, Phone, enrolled
from tests.organise.people_desk.houses import LAYLA, House, make_house

pytestmark = pytest.mark.django_db
WORDS = "somebody was hurt"


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(members, "COST", LIMITS.least)
    return make_house()


def test_shutting_down_takes_the_kits_back_too(house: House) -> None:
    phone = enrolled(house.activity)
    house.client().post("/desk/lockdown/")
    assert phone.sends(status=401)["erase"] is True


def test_without_the_hook_a_kit_would_live_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    monkeypatch.delitem(shutting_down._ALSO, "kits")
    phone = enrolled(house.activity)
    house.client().post("/desk/lockdown/")
    assert phone.sends()["erase"] is False


def test_a_coordinator_shuts_down_her_own_kits_alone(house: House) -> None:
    phone = enrolled(house.activity)
    endings.lockdown(actor=HAWRE, now=clock.now(), organisations=["their-forum"])
    assert phone.sends()["erase"] is False
    endings.lockdown(actor=HAWRE, now=clock.now(), organisations=["our-forum"])
    assert phone.sends(status=401)["erase"] is True


def seals(house: House, phone: Phone, count: int) -> None:
    """The phone seals notes to the key that it knows."""
    public = public_key_of(house.admission.key_subject)
    for _ in range(count):
        row = f"r{phone.number}"
        place = Context(purpose="incident", activity=str(house.activity.uid), field="note", row=row)
        phone.writes("incident", {"sealed": wire.encode(seal(public, WORDS.encode(), context=place)), "row": row})
    phone.sends()


def read_again(client: Client, house: House) -> int:
    """How many notes the desk can read."""
    return client.post(house.url("field_incidents")).content.decode().count(WORDS)


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_notes_and_sign_ups_follow_a_new_key_together(
    house: House, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(renewing, "BATCH", batch)
    phone = enrolled(house.activity)
    seals(house, phone, 5)
    for _ in range(4):
        house.sign_up()
    old = VaultKey.objects.get(subject=house.admission.key_subject, current=True)
    organisation = house.world.ours.subject
    renewing._give_new_key(house.admission.key_subject, clock.now())
    done = renewing.renew_keys(
        actor=LAYLA, keyring=house.keyring(), organisations=[organisation], now=clock.now(), seconds=60
    )
    assert (done.texts, done.waiting) == (9, 0)
    old.refresh_from_db()
    assert old.destroyed_at is not None
    sealed = [*Entry.objects.values_list("sealed", flat=True), *Registration.objects.values_list("sealed", flat=True)]
    kept = {recipient_of(bytes(envelope)) for envelope in sealed}
    assert len(kept) == 1
    assert read_again(house.client(), house) == 5
    assert phone.sends()["refused"] == [], "what is sent again is still the same entry"


def test_counts_stay_when_the_names_have_ended(house: House) -> None:
    phone, row = enrolled(house.activity), house.sign_up()
    assert row.standing == Standing.PLACED
    phone.writes("in", {"ticket": bytes(row.ticket_hash).hex()[:16], "people": 3})
    phone.sends()
    assert account_of(house.activity).state.inside == 3
    endings.retire(actor=HAWRE, admission=house.admission, how=Ending.BY_HAND, now=clock.now(), small_cell=5)
    state = account_of(house.activity).state
    assert (state.inside, state.unknown) == (3, [])
