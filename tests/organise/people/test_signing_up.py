"""Signing up: once is once, twice stays one's own secret, and what is sealed is hers."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadamun.organise.people.models import Condition, Registration
from tadamun.organise.people.services import admissions, endings, entries, line, registrations
from tadamun.organise.people.services.entries import Entry, TicketUnknown
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.safety.vault import tickets
from tadamun.toolkit.rulings import Refused
from tests.organise.people.house import (
    LAYLA,
    MINT,
    NOW,
    comes,
    group,
    house,
    leaves,
    row_of,
    secret_of,
    wrongs,
)

pytestmark = pytest.mark.django_db
PLACED, WAITING, SHADOW, CANCELLED = Standing.PLACED, Standing.WAITING, Standing.SHADOW, Standing.CANCELLED
HERS = "zaynab@example.org"
QUERIES_OF_A_SIGN_UP = 7


def test_the_same_form_twice_is_one_place_and_one_ticket() -> None:
    """P-75: a form that is sent again after a lost answer gets the ticket that it got."""
    run = house(5)
    first = comes(run, HERS, nonce=b"n" * 16)
    again = comes(run, HERS, nonce=b"n" * 16)
    assert (again.ticket, again.told, again.registration) == (first.ticket, first.told, first.registration)
    assert (first.again, again.again) == (False, True)
    assert (len(run.rows()), run.admission.taken) == (1, 1)


def test_a_lost_answer_can_be_asked_for_again_when_the_door_is_shut() -> None:
    """P-75."""
    run = house(1)
    first = comes(run, nonce=b"n" * 16)
    admissions.set_closed(actor=LAYLA, admission=run.admission, closed=True, now=NOW)
    assert comes(run, nonce=b"n" * 16).ticket == first.ticket
    with pytest.raises(Refused):
        comes(run, nonce=b"m" * 16)


def test_the_same_nonce_at_another_activity_is_another_sign_up() -> None:
    run, talk = house(1), house(1)
    assert comes(run, nonce=b"n" * 16).ticket != comes(talk, nonce=b"n" * 16).ticket
    assert [len(run.rows()), len(talk.rows())] == [1, 1]


def test_a_ticket_is_true_at_the_door_until_a_month_after_the_week() -> None:
    run = house(1)
    hers = comes(run)
    seen = tickets.verify(MINT.signing.public, hers.ticket, activity=run.activity.uid, today=date(2030, 4, 28))
    assert seen.last_day == date(2030, 4, 28)
    assert bytes(row_of(hers).ticket_hash) == tickets.ticket_hash(seen.secret)
    assert registrations.last_day(run.activity) == seen.last_day


def test_another_form_with_her_address_is_told_what_a_newcomer_is_told_and_holds_nothing() -> None:
    run, control = house(2), house(2)
    for one, address in ((run, HERS), (control, "")):
        comes(one, address)
    second, newcomer = comes(run, "Zaynab@Example.org"), comes(control)
    assert second.told == newcomer.told == PLACED
    assert row_of(second).standing == SHADOW
    assert (run.admission.taken, control.admission.taken) == (1, 2)
    assert list(wrongs(run)) == []
    assert row_of(second).same_as == run.rows()[0]


def test_nothing_that_a_shadow_sees_differs_from_a_newcomer() -> None:
    """The same acts at two houses: at one her address is known. All that both can see is compared."""
    seen = []
    for known in (True, False):
        run = house(1)
        first = comes(run, HERS if known else "")
        told = [comes(run, HERS), comes(run, "other@example.org"), comes(run)]
        views = [[answer.told for answer in told], [line.position(row_of(answer)) for answer in told]]
        admissions.set_capacity(actor=LAYLA, admission=run.admission, capacity=2, now=NOW)
        views.append([row_of(told[0]).told])
        registrations.confirm(secret=secret_of(told[0]), now=NOW)
        leaves(told[0])
        views.append([row_of(told[0]).told, row_of(told[0]).offer_until, len(told[0].ticket)])
        with pytest.raises(Refused) as refusal:
            leaves(told[0])
        views.append([str(refusal.value)])
        seen.append(views)
        assert list(wrongs(run)) == []
        assert row_of(first).standing == PLACED
    assert seen[0] == seen[1]


def test_without_counting_shadows_the_one_behind_could_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the comparison above: positions that count real people only give a shadow away."""

    def among_real_people(row: Registration) -> int:
        rows = Registration.objects.filter(admission=row.admission_id, standing=WAITING, number__lt=row.number)
        return rows.count() + 1

    monkeypatch.setattr(line, "position", among_real_people)
    with pytest.raises(AssertionError):
        test_nothing_that_a_shadow_sees_differs_from_a_newcomer()


def test_when_the_first_leaves_her_shadow_keeps_what_it_was_told() -> None:
    run = house(1)
    first = comes(run, HERS)
    late = comes(run, HERS)
    stranger = comes(run)
    assert (late.told, stranger.told) == (WAITING, WAITING)
    leaves(first)
    assert [row.standing for row in run.rows()] == [CANCELLED, PLACED, WAITING]
    assert list(wrongs(run)) == []


def test_a_shadow_that_was_told_of_a_place_gets_the_one_that_its_first_gives_back() -> None:
    run = house(2)
    first, second = comes(run, HERS), comes(run, HERS)
    comes(run), comes(run)
    assert second.told == PLACED
    leaves(first)
    assert [row.standing for row in run.rows()] == [CANCELLED, PLACED, PLACED, WAITING]
    assert row_of(second).same_as is None
    assert list(wrongs(run)) == []


@pytest.mark.parametrize("flaw", [{"approval": True}, {}])
def test_a_shadow_never_slips_past_approval_or_quarantine(flaw: dict[str, bool]) -> None:
    run = house(5, **flaw)
    first = comes(run, HERS)
    second = comes(run, HERS, suspicious=not flaw)
    if flaw:
        admissions.admit(actor=LAYLA, registration=row_of(first), why="", now=NOW)
    leaves(first)
    assert row_of(second).standing == row_of(second).told == (Standing.PENDING if flaw else Standing.QUARANTINED)
    assert run.admission.taken == 0


def test_an_offer_that_lapsed_for_both_does_not_come_back_through_the_shadow() -> None:
    run = house(2, offer_hours=1)
    seated = [comes(run), comes(run)]
    first, shadow, last = comes(run, HERS), comes(run, HERS), comes(run)
    for answer in seated:
        leaves(answer)
    assert [row_of(answer).told for answer in (first, shadow, last)] == [Standing.OFFERED] * 3
    assert row_of(shadow).standing == SHADOW
    assert endings.expire_offers(now=NOW + timedelta(hours=2)) == 3
    assert [row.standing for row in run.rows()] == [CANCELLED] * 5
    assert list(wrongs(run)) == []


def test_a_shadow_that_waits_is_next_in_its_turn_when_its_first_lets_an_offer_lapse() -> None:
    run = house(1, offer_hours=1)
    seated, first, shadow = comes(run), comes(run, HERS), comes(run, HERS)
    leaves(seated)
    assert [row_of(answer).told for answer in (first, shadow)] == [Standing.OFFERED, WAITING]
    assert endings.expire_offers(now=NOW + timedelta(hours=2)) == 1
    assert [row_of(answer).standing for answer in (first, shadow)] == [CANCELLED, Standing.OFFERED]
    assert list(wrongs(run)) == []


def test_an_organiser_can_say_that_two_people_share_an_address() -> None:
    run = house(2)
    comes(run, HERS)
    sister = comes(run, HERS)
    admissions.admit(actor=LAYLA, registration=row_of(sister), why="her sister", now=NOW)
    assert [row.standing for row in run.rows()] == [PLACED, PLACED]
    assert (row_of(sister).same_as, row_of(sister).letters.count()) == (None, 0)
    assert list(wrongs(run)) == []


def test_after_she_left_the_same_address_is_a_newcomer() -> None:
    run = house(1)
    leaves(comes(run, HERS))
    again = comes(run, HERS)
    assert row_of(again).standing == PLACED


def test_the_door_lets_a_shadow_s_ticket_in_as_the_one_that_it_is() -> None:
    run = house(2)
    first, second = comes(run, HERS), comes(run, HERS)
    stored = bytes(row_of(second).ticket_hash)
    admissions.check_in(actor=LAYLA, admission=run.admission, stored_hash=stored, now=NOW)
    assert (row_of(first).came, row_of(second).came) == (True, False)
    with pytest.raises(Refused, match="Already in"):
        admissions.check_in(actor=LAYLA, admission=run.admission, stored_hash=stored, now=NOW)


def test_her_entry_opens_for_the_activity_and_for_herself_and_she_can_mend_it() -> None:
    run = house(1)
    hers = comes(run, HERS, name="زينب")
    secret = secret_of(hers)
    assert registrations.see_own_entry(secret=secret) == Entry(name="زينب", contact=HERS)
    assert run.opened(row_of(hers)) == Entry(name="زينب", contact=HERS, ticket=secret.hex())
    registrations.change_own_entry(secret=secret, entry=Entry(name="زينب ق."), now=NOW)
    assert registrations.see_own_entry(secret=secret) == Entry(name="زينب ق.")
    assert run.opened(row_of(hers)).name == "زينب ق."
    assert (row_of(hers).reachable, row_of(hers).contact_mark) == (False, None)


def test_her_own_copy_opens_for_nobody_else() -> None:
    run = house(2)
    hers, other = comes(run, HERS), comes(run)
    copy = bytes(row_of(hers).own_copy)
    with pytest.raises(TicketUnknown):
        entries.read_own_copy(copy, ticket_secret=secret_of(other), registration=hers.registration)
    with pytest.raises(TicketUnknown):
        entries.read_own_copy(copy, ticket_secret=secret_of(hers), registration=other.registration)
    with pytest.raises(TicketUnknown):
        registrations.see_own_entry(secret=b"x" * 16)


def test_deleting_her_entry_leaves_a_cancelled_number_and_passes_the_place_on() -> None:
    run = house(1, categories=["sex", "governorate"], needs=["childcare"])
    Condition.objects.create(admission_id=run.pk, position=1, code="woman", says={"en": "a woman"})
    said = {"sex": "woman", "governorate": "basra", "needs": ["childcare"], "conditions": {"woman": "yes"}}
    hers = comes(run, HERS, **said)
    comes(run, **said)
    secret = secret_of(hers)
    row = row_of(hers)
    assert (row.sex, row.governorate, row.needs) == ("woman", "basra", ["childcare"])
    registrations.delete_own_entry(secret=secret, now=NOW)
    row = row_of(hers)
    left = (row.sealed, row.own_copy, row.contact_mark, row.sex, row.governorate, row.needs, row.conditions)
    assert not any(bytes(value) if isinstance(value, memoryview) else value for value in left)
    assert [row.standing for row in run.rows()] == [CANCELLED, PLACED]
    with pytest.raises(TicketUnknown):
        registrations.see_own_entry(secret=secret)
    with pytest.raises(Refused, match="ended"):
        registrations.change_own_entry(secret=secret, entry=Entry(name="back"), now=NOW)
    registrations.delete_own_entry(secret=secret, now=NOW)
    assert list(wrongs(run)) == []


def test_what_is_not_asked_is_not_kept() -> None:
    run = house(1, categories=["sex"], needs=["childcare"])
    said = {"sex": "woman", "age_band": "18_24", "governorate": "basra", "needs": ["childcare", "transport"]}
    row = row_of(comes(run, **said))
    assert (row.sex, row.age_band, row.governorate, row.needs) == ("woman", "", "", ["childcare"])
    assert row.registered_on == NOW.date()


def statements(act) -> list[str]:
    """The statements of an act, without the marks of transactions."""
    with CaptureQueriesContext(
        connection,
    ) as context:
        act()
    marks = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
    return [query["sql"] for query in context.captured_queries if not query["sql"].startswith(marks)]


@pytest.mark.parametrize("people", [0, 6])
def test_a_sign_up_costs_seven_queries_however_many_came_before(people: int) -> None:
    run = house(4)
    group(run, 1)
    for _ in range(people):
        comes(run, HERS)
    for address in ("new@example.org", HERS):
        asked = statements(lambda address=address: comes(run, address))
        assert len(asked) == QUERIES_OF_A_SIGN_UP, "\n".join(asked)
