"""The roster names nobody until it is opened; opening is given, unlocked, limited, noted (P-07, P-11, P-13)."""

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tadamun.organise.network.models import Membership
from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import opened
from tadamun.organise.people.vocabulary import Promotion, Standing
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.audit import first_broken_entry
from tadamun.organise.safety.services.openings import OPENED, REFUSED_OPENING
from tadamun.toolkit import clock
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, PLANTED_NAME, PLANTED_PHONE, House, make_house

pytestmark = pytest.mark.django_db


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def openings() -> list[int]:
    return [entry.detail["count"] for entry in AuditEntry.objects.filter(act=OPENED)]


def open_names(client: Client, house: House, **more: str) -> HttpResponse:
    return client.post(house.url("roster"), {"why": "contact", **more})


def test_a_closed_roster_shows_codes_and_no_names(house: House) -> None:
    row = house.sign_up(contact=PLANTED_PHONE)
    page = text(house.client().get(house.url("roster")))
    assert row.short_code in page
    assert PLANTED_NAME not in page
    assert PLANTED_PHONE not in page
    assert openings() == []


def test_opening_shows_the_names_and_writes_down_who_how_many_and_why(house: House) -> None:
    house.sign_up(contact=PLANTED_PHONE)
    answer = open_names(house.client(), house)
    assert PLANTED_NAME in text(answer)
    assert PLANTED_PHONE in text(answer)
    entry = AuditEntry.objects.get(act=OPENED)
    assert (entry.actor, entry.subject) == ("Layla", house.admission.key_subject)
    assert (entry.detail["count"], entry.detail["why"]) == (1, "contact")
    assert PLANTED_NAME not in str(entry.detail)
    assert first_broken_entry() is None


def test_names_stay_closed_without_an_open_vault(house: House) -> None:
    house.sign_up()
    answer = open_names(house.client(unlocked=False), house)
    assert answer.status_code == 403
    assert PLANTED_NAME not in text(answer)
    assert openings() == []


def test_names_stay_closed_to_whom_seeing_them_was_not_given(house: House) -> None:
    house.sign_up()
    Membership.objects.filter(account=house.layla).update(may_see_names=False)
    answer = open_names(house.client(), house)
    assert answer.status_code == 403
    assert PLANTED_NAME not in text(answer)


def test_names_stay_closed_without_a_reason(house: House) -> None:
    house.sign_up()
    for why in ("", "curiosity", "export"):
        answer = house.client().post(house.url("roster"), {"why": why})
        assert PLANTED_NAME not in text(answer)
    assert openings() == []


def test_the_one_above_the_hourly_limit_is_refused_and_noted(house: House, settings: Settings) -> None:
    settings.OPENINGS_PER_HOUR = 2
    for number in range(3):
        house.sign_up(f"{PLANTED_NAME} {number}")
    answer = open_names(house.client(), house)
    assert answer.status_code == 429
    assert PLANTED_NAME not in text(answer)
    assert AuditEntry.objects.filter(act=REFUSED_OPENING).count() == 1
    settings.OPENINGS_PER_HOUR = 3
    assert PLANTED_NAME in text(open_names(house.client(), house))


def test_nothing_opens_that_was_not_announced(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with the announcement left out, the keyring itself refuses."""
    house.sign_up()
    monkeypatch.setattr(opened, "announce", lambda **_options: None)
    answer = open_names(house.client(), house)
    assert answer.status_code == 500
    assert PLANTED_NAME not in text(answer)


def test_what_shows_names_is_kept_nowhere(house: House) -> None:
    house.sign_up()
    answer = open_names(house.client(), house)
    assert "no-store" in answer.headers["Cache-Control"]
    assert not [message for message in get_messages(answer.wsgi_request) if PLANTED_NAME in str(message)]
    assert PLANTED_NAME not in str(dict(answer.wsgi_request.session))


def test_search_finds_a_name_however_it_was_typed_and_shows_no_other(house: House) -> None:
    house.sign_up("فاطمة الزهراء")
    house.sign_up("هەتاو كريم")
    page = text(open_names(house.client(), house, q="فاطمه"))
    assert "فاطمة" in page
    assert "هەتاو" not in page
    page = text(open_names(house.client(), house, q="کریم"))
    assert "هەتاو" in page
    assert "فاطمة" not in page


def test_a_second_sign_up_of_the_same_address_is_shown_as_a_pair(house: House) -> None:
    house.sign_up(contact=PLANTED_PHONE)
    second = house.sign_up("Somebody else", contact=PLANTED_PHONE)
    assert second.standing == Standing.SHADOW
    assert "the same address as no. 1" in text(house.client().get(house.url("roster")))


def test_a_remark_is_sealed_and_shown_only_opened(house: House) -> None:
    row = house.sign_up()
    house.client().post(house.url("roster"), {"act": "remark", "uid": str(row.uid), "remark": "needs a lift home"})
    row.refresh_from_db()
    assert b"lift" not in bytes(row.remark)
    assert "lift home" not in text(house.client().get(house.url("roster")))
    assert "lift home" in text(open_names(house.client(), house))


def test_a_deleted_entry_is_said_to_be_deleted(house: House) -> None:
    row = house.sign_up()
    Registration.objects.filter(pk=row.pk).update(sealed=b"", own_copy=b"")
    assert "deleted by herself" in text(open_names(house.client(), house))


def test_an_altered_entry_is_said_not_to_open(house: House) -> None:
    row = house.sign_up()
    sealed = bytearray(row.sealed)
    sealed[-1] ^= 1
    Registration.objects.filter(pk=row.pk).update(sealed=bytes(sealed))
    assert "cannot be opened" in text(open_names(house.client(), house))


def act(house: House, row: Registration, name: str, **more: str) -> int:
    return house.client().post(house.url("roster"), {"act": name, "uid": str(row.uid), **more}).status_code


def test_an_organiser_admits_declines_and_cancels() -> None:
    house = make_house(capacity=1, promotion=Promotion.BY_HAND)
    placed, first, second = house.sign_up(), house.sign_up(), house.sign_up()
    assert act(house, placed, "cancel") == 200
    assert act(house, second, "admit") == 422
    assert act(house, second, "admit", because="came from far away") == 200
    assert act(house, first, "decline") == 200
    standings = [Registration.objects.get(pk=row.pk).standing for row in (placed, first, second)]
    assert standings == [Standing.CANCELLED, Standing.DECLINED, Standing.PLACED]
    assert act(house, first, "decline") == 422


def test_acting_on_an_opened_roster_leaves_it_open(house: House) -> None:
    row = house.sign_up()
    answer = house.client().post(house.url("roster"), {"act": "check_in", "uid": str(row.uid), "why": "door"})
    assert PLANTED_NAME in text(answer)
    assert Registration.objects.get(pk=row.pk).came


def test_the_door_may_check_in_but_not_decide(house: House) -> None:
    row = house.sign_up()
    hawre = house.client(Character.DOOR)
    assert hawre.post(house.url("roster"), {"act": "cancel", "uid": str(row.uid)}).status_code == 403
    assert hawre.post(house.url("roster"), {"act": "check_in", "uid": str(row.uid)}).status_code == 200


def test_a_page_costs_the_same_queries_however_many_signed_up(
    house: House, django_assert_num_queries: "object"
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(client: Client, **post: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.post(house.url("roster"), post) if post else client.get(house.url("roster"))
        return len(queries)

    house.sign_up()
    client = house.client()
    client.get(house.url("roster"))
    closed, openly = cost(client), cost(client, why="door")
    for number in range(12):
        house.sign_up(f"guest {number}", group_code="")
    assert (cost(client), cost(client, why="door")) == (closed, openly)


def test_another_coalition_finds_nothing_here(house: House) -> None:
    house.sign_up()
    assert house.client(Character.COORDINATOR_ELSEWHERE).get(house.url("roster")).status_code == 404


def test_a_remark_is_limited(house: House) -> None:
    row = house.sign_up()
    row.admission = house.admission
    with pytest.raises(Exception, match="at most 500"):
        opened.put_remark(actor=LAYLA, registration=row, remark="x" * 501, now=clock.now())
