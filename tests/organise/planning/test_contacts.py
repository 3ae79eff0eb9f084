"""Who is called: sealed at once, opened only by who may, on record, and gone in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tadamun.organise.network.models import Membership
from tadamun.organise.network.queries import standing_of
from tadamun.organise.people.queries.held import certificate_of, held_page
from tadamun.organise.planning.models import Contact
from tadamun.organise.planning.queries.sheets import contacts_for
from tadamun.organise.planning.services import contacts as services
from tadamun.organise.planning.services.contacts import Reach
from tadamun.organise.programme.models import Change
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.models import AuditEntry, Holding, VaultKey
from tadamun.organise.safety.services import members, renewing, vault
from tadamun.organise.safety.services.openings import OPENED, NotAnnounced
from tadamun.organise.safety.vocabulary import HeldData, OpeningReason
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, PASSPHRASE, House
from tests.organise.planning.plans import LAWYER, NOW, a_contact, of_activity

pytestmark = pytest.mark.django_db


def opened(house: House) -> list[Reach | None]:
    rows = contacts_for(house.activity, house.activity.week, with_week=True)
    found = services.open_contacts(
        actor=LAYLA, keyring=house.keyring(), contacts=rows, why=OpeningReason.SAFETY, now=NOW
    )
    return [one.reach for one in found]


def everything_stored() -> str:
    """Every value of every table, as text."""
    stored = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                stored += [bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                           for value in row]  # fmt: skip
    return "\n".join(stored)


def test_name_and_number_are_nowhere_in_the_database(house: House) -> None:
    contact = a_contact(house, role={"en": "Lawyer"})
    stored = everything_stored()
    assert "Lawyer" in stored
    assert LAWYER.name not in stored
    assert LAWYER.number not in stored
    Contact.objects.filter(pk=contact.pk).update(sealed=LAWYER.name.encode())
    assert LAWYER.name in everything_stored(), "the search would see it"


def test_who_may_see_names_opens_them_and_the_trail_says_so(house: House) -> None:
    a_contact(house)
    assert opened(house) == [LAWYER]
    entry = AuditEntry.objects.filter(act=OPENED).latest("number")
    assert (entry.subject, entry.detail["count"], entry.detail["why"]) == (
        f"contacts:{house.activity.uid}",
        1,
        "safety",
    )
    assert LAWYER.name not in str(entry.detail)


def test_what_no_entry_of_the_trail_speaks_of_does_not_open(house: House) -> None:
    contact = a_contact(house)
    with pytest.raises(NotAnnounced):
        services._opened(house.keyring(), contact, {services.subject_of(house.activity)})


def test_a_sealed_number_that_is_moved_to_another_contact_does_not_open(house: House) -> None:
    first, second = a_contact(house), a_contact(house, Reach(number="1"))
    Contact.objects.filter(pk=second.pk).update(sealed=first.sealed)
    assert opened(house) == [LAWYER, None]


def test_the_history_holds_neither_name_nor_seal(house: House) -> None:
    contact = a_contact(house)
    changes.remove(actor=LAYLA, row=contact, now=NOW)
    assert [change.act for change in Change.objects.filter(thing="planning.contact")] == ["removed", "added"]
    assert not any("sealed" in change.fields for change in Change.objects.all())


def test_taking_away_is_undone_without_the_name(house: House) -> None:
    gone = changes.remove(actor=LAYLA, row=a_contact(house, role={"en": "Lawyer"}), now=NOW)
    changes.undo(actor=LAYLA, change_made=gone, now=NOW)
    back = Contact.objects.get()
    assert (back.role, bytes(back.sealed)) == ({"en": "Lawyer"}, b"")


def test_changing_the_role_keeps_what_is_sealed(house: House) -> None:
    contact = a_contact(house)
    wanted: dict[str, Any] = {"role": {"en": "Lawyer"}}
    services.change_contact(actor=LAYLA, contact=contact, seen={"role": {}}, wanted=wanted, reach=Reach(), now=NOW)
    assert opened(house) == [LAWYER]


def test_without_any_key_nothing_is_kept(house: House) -> None:
    VaultKey.objects.filter(subject=house.world.ours.subject).update(current=False)
    with pytest.raises(Refused, match="sealed to nobody"):
        a_contact(house)
    assert not Contact.objects.exists()


def test_a_new_key_after_somebody_left_opens_what_was_sealed_before(house: House) -> None:
    a_contact(house)
    rana = house.world.accounts[Character.EDITOR]
    VaultKey.objects.filter(subject=rana.subject).delete()
    members.found_member(actor=LAYLA, member=rana.subject, passphrase=PASSPHRASE, now=NOW)
    ours = house.world.ours.subject
    vault.give_access(actor=LAYLA, organisation=ours, member=rana.subject, keyring=house.keyring(), now=NOW)
    renewing.take_access_away(actor=LAYLA, organisation=ours, member=rana.subject, now=NOW)
    renewed = renewing.renew_keys(actor=LAYLA, keyring=house.keyring(), organisations=[ours], now=NOW)
    assert (renewed.waiting, VaultKey.objects.filter(subject__startswith="contacts:").count()) == (0, 2)
    assert opened(house) == [LAWYER], "without a store of its own the old key would be gone and the number with it"


def test_names_end_a_month_after_the_last_day_and_leave_a_certificate(house: House) -> None:
    a_contact(house, role={"en": "Lawyer"})
    holding = Holding.objects.get(what=HeldData.CONTACTS)
    assert holding.subject == f"activity:{house.activity.uid}"
    last = house.activity.sittings.get().end
    on_time = clock.now().replace(year=last.year, month=last.month, day=last.day) + timedelta(days=30)
    assert services.retire_what_is_due(now=on_time) == []
    (number,) = services.retire_what_is_due(now=on_time + timedelta(days=1))
    holding.refresh_from_db()
    assert (holding.certificate_number, holding.counts) == (number, {"entries": 1})
    assert Contact.objects.get().role == {"en": "Lawyer"}
    assert bytes(Contact.objects.get().sealed) == b""
    assert not VaultKey.objects.filter(subject__startswith="contacts:", current=True).exists()


def test_what_is_held_shows_numbers_of_a_week_to_who_carries_it(house: House) -> None:
    week = house.activity.week
    row = Contact(week=week, call_for="arrest")
    services.add_contact(actor=LAYLA, contact=row, reach=LAWYER, now=NOW)
    held = held_page(standing_of(house.layla), today=NOW.date()).held
    assert HeldData.CONTACTS in [line.what for line in held]
    dara = standing_of(house.world.accounts[Character.COORDINATOR_ELSEWHERE])
    assert held_page(dara, today=NOW.date()).held == ()
    assert [
        one.reach
        for one in services.open_contacts(
            actor=LAYLA, keyring=house.keyring(), contacts=[row], why=OpeningReason.SAFETY, now=NOW
        )
    ] == [LAWYER]
    (number,) = services.retire_what_is_due(now=NOW.replace(month=4, day=9))
    assert certificate_of(standing_of(house.layla), number)
    assert certificate_of(dara, number) is None


def test_an_activity_that_moved_keeps_its_contacts_as_much_longer(house: House) -> None:
    a_contact(house)
    house.activity.sittings.update(end=house.activity.week.end + timedelta(days=100))
    due = clock.now().replace(year=2099, month=4, day=20)
    assert services.retire_what_is_due(now=due) == []
    assert Holding.objects.get(what=HeldData.CONTACTS).until > due.date()


# --- pages --------------------------------------------------------------------------------------


def test_the_form_seals_and_shows_nothing_again(house: House) -> None:
    client = house.client()
    sent = {"call_for": "arrest", "turn": "1", "role-en": "Lawyer", "name": LAWYER.name, "number": LAWYER.number}
    assert client.post(of_activity(house, "contact_new"), sent).status_code == 302
    contact = Contact.objects.get()
    for address in (of_activity(house, "contact", row=contact.pk), of_activity(house, "contacts")):
        page = client.get(address).content.decode()
        assert "Lawyer" in page
        assert LAWYER.name not in page
    assert opened(house) == [LAWYER]


def test_the_sheet_opens_on_request_for_one_answer(house: House) -> None:
    a_contact(house)
    client, address = house.client(), of_activity(house, "contacts")
    page = client.post(address, {"why": "print"})
    assert LAWYER.number in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert LAWYER.number not in client.get(address).content.decode()


def test_a_locked_vault_and_a_member_without_names_open_nothing(house: House) -> None:
    a_contact(house)
    address = of_activity(house, "contacts")
    for client in (house.client(unlocked=False), house.client(Character.EDITOR), house.client(Character.DOOR)):
        answer = client.post(address, {"why": "print"})
        assert answer.status_code == 403
        assert LAWYER.number not in answer.content.decode()
    Membership.objects.filter(account=house.layla).update(may_see_names=False)
    assert house.client().post(address, {"why": "print"}).status_code == 403


def test_more_than_an_hour_may_bring_is_refused(house: House, settings: Any) -> None:
    a_contact(house)
    settings.OPENINGS_PER_HOUR = 0
    answer = house.client().post(of_activity(house, "contacts"), {"why": "print"})
    assert answer.status_code == 429
    assert LAWYER.number not in answer.content.decode()
