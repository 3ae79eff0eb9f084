"""What the log comes to: who came, how many, what somebody has to decide; and paper, which is a kit like any other."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tadamun.organise.field.models import Settlement
from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.services import kits, paper_log, results, settling
from tadamun.organise.field.services.paper_log import Written
from tadamun.organise.people.models import Registration
from tadamun.organise.programme.models import Change, Figure
from tadamun.organise.safety.models import AuditEntry
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused
from tests.organise.field.phones import HAWRE, Phone, enrolled
from tests.organise.people.house import House, comes, row_of

pytestmark = pytest.mark.django_db


def ticket_of(row: Registration) -> str:
    return bytes(row.ticket_hash).hex()[:16]


def came(run: House) -> set[int]:
    return {row.number for row in run.rows() if row.came}


def figures(run: House) -> dict[str, int]:
    return {f"{one.counted} {one.group}".strip(): one.quantity for one in Figure.objects.filter(activity=run.activity)}


@pytest.fixture
def phones(run: House) -> tuple[Phone, Phone]:
    return enrolled(run.activity, label="north door"), enrolled(run.activity, label="south door")


def test_whoever_was_let_in_has_come_and_who_was_taken_back_has_not(run: House, phones: tuple[Phone, Phone]) -> None:
    rows = [row_of(comes(run)) for _ in range(3)]
    north, south = phones
    north.writes("in", {"ticket": ticket_of(rows[0])})
    north.writes("in", {"code": rows[1].short_code})
    north.sends()
    assert came(run) == {1, 2}
    north.writes("undo", {"of": 2})
    north.sends()
    assert came(run) == {1}, "a code that was taken back"
    south.writes("in", {"ticket": ticket_of(rows[1])})
    south.sends()
    assert came(run) == {1, 2}


def test_the_desk_keeps_whom_it_let_in_itself(run: House, phones: tuple[Phone, Phone]) -> None:
    at_desk, at_door = row_of(comes(run)), row_of(comes(run))
    Registration.objects.filter(pk=at_desk.pk).update(came=True)
    phones[0].writes("in", {"ticket": ticket_of(at_door)})
    phones[0].sends()
    assert came(run) == {1, 2}


def test_a_ticket_at_two_doors_that_could_not_talk_is_one_person(run: House, phones: tuple[Phone, Phone]) -> None:
    row = row_of(comes(run))
    for phone in phones:
        phone.writes("in", {"ticket": ticket_of(row)})
    for phone in (phones[1], phones[0], phones[1]):
        phone.sends()
    state = account_of(run.activity).state
    assert (state.inside, len(state.doubles), [one.kind for one in state.conflicts]) == (1, 1, ["twice"])


def test_counts_go_into_the_record_with_source_and_method(run: House, phones: tuple[Phone, Phone]) -> None:
    for phone, women in zip(phones, (30, 12), strict=True):
        phone.writes("tally", {"counter": "women", "by": women})
        phone.writes("walk_in", {"women": 2, "men": 1})
        phone.sends()
    assert results.count_into_record(actor=HAWRE, activity=run.activity, now=clock.now()) == 2
    assert figures(run) == {"attended": 6, "visited women": 42}
    figure = Figure.objects.get(counted="visited")
    assert figure.note["en"].startswith("Counted on the spot by 2 devices, merged 20")
    assert (figure.source and figure.source.slug, figure.method) == ("field-log", "counted")
    assert results.count_into_record(actor=HAWRE, activity=run.activity, now=clock.now()) == 0
    phones[0].writes("tally", {"counter": "women", "by": 1})
    phones[0].sends()
    assert results.count_into_record(actor=HAWRE, activity=run.activity, now=clock.now()) == 1
    assert figures(run)["visited women"] == 43
    assert Change.objects.count() == 3, "it can be undone like anything else"


def stated(run: House, phones: tuple[Phone, Phone]) -> str:
    for phone, number in zip(phones, (25, 26), strict=True):
        phone.writes("attend", {"counter": "all", "sitting": "1", "n": number})
        phone.sends()
    (conflict,) = account_of(run.activity).state.open_conflicts
    return conflict.key


def test_25_against_26_is_settled_at_the_desk_and_noted(run: House, phones: tuple[Phone, Phone]) -> None:
    key = stated(run, phones)
    settling.settle(actor=HAWRE, activity=run.activity, conflict=key, choice=phones[1].device, now=clock.now())
    assert account_of(run.activity).state.stated == {("1", "all"): 26}
    settling.settle(actor=HAWRE, activity=run.activity, conflict=key, choice=phones[0].device, now=clock.now())
    assert account_of(run.activity).state.stated == {("1", "all"): 25}, "one may think again"
    assert AuditEntry.objects.filter(act="settle conflict").count() == 2


def test_only_a_side_of_a_conflict_that_is_there_can_be_chosen(run: House, phones: tuple[Phone, Phone]) -> None:
    key = stated(run, phones)
    for conflict, choice in ((key, "27"), ("count:2:all", phones[0].device)):
        with pytest.raises(Refused):
            settling.settle(actor=HAWRE, activity=run.activity, conflict=conflict, choice=choice, now=clock.now())
    assert not Settlement.objects.exists()


def test_what_a_phone_records_after_it_was_taken_back_waits(run: House, phones: tuple[Phone, Phone]) -> None:
    lost = phones[0]
    lost.writes("tally", {"counter": "women", "by": 3})
    kits.revoke_kit(actor=HAWRE, device=lost.row, now=clock.now())
    lost.writes("tally", {"counter": "women", "by": 500}, clock_at=clock.milliseconds() + 60_000)
    lost.sends(status=401)
    account = account_of(run.activity)
    assert account.state.tallies == {"women": 3}
    (conflict,) = account.state.open_conflicts
    assert account.name_of(conflict.about) == "north door"
    settling.settle(actor=HAWRE, activity=run.activity, conflict=conflict.key, choice="count", now=clock.now())
    assert account_of(run.activity).state.tallies == {"women": 503}


def test_paper_counts_with_the_phones_and_is_taken_back_like_them(run: House, phones: tuple[Phone, Phone]) -> None:
    first, second = row_of(comes(run)), row_of(comes(run))
    phones[0].writes("in", {"ticket": ticket_of(first)})
    phones[0].sends()
    lines = [Written("in", {"code": row.short_code}, clock.milliseconds()) for row in (first, second)] + [
        Written("tally", {"counter": "men", "by": 7}, clock.milliseconds())
    ]
    numbers = paper_log.write_on_paper(actor=HAWRE, activity=run.activity, lines=lines, now=clock.now())
    assert (numbers, came(run)) == ([1, 2, 3], {1, 2})
    state = account_of(run.activity).state
    assert (state.inside, len(state.doubles), state.tallies, state.unmet) == (2, 1, {"men": 7}, set())
    undo = [Written("undo", {"of": numbers[1]}, clock.milliseconds())]
    assert paper_log.write_on_paper(actor=HAWRE, activity=run.activity, lines=undo, now=clock.now()) == [4]
    assert came(run) == {1}


def test_the_account_costs_eight_queries_however_long_the_log(
    run: House, phones: tuple[Phone, Phone], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 50):
        for phone in phones:
            for _ in range(count):
                phone.writes("tally", {"counter": "women", "by": 1})
            phone.sends()
        with django_assert_num_queries(8):
            account_of(run.activity)
