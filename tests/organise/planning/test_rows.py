"""Planned rows: what is late, what is decided, what is ticked, what is left of the money."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tadamun.organise.planning import rules
from tadamun.organise.planning.models import BudgetLine, Material, Permit, Receipt, Risk, Round, Task
from tadamun.organise.planning.services.decisions import decide
from tadamun.organise.planning.services.ticks import tick_task
from tadamun.organise.planning.vocabulary import Degree, SeenBy
from tadamun.organise.programme.models import Change, Week
from tadamun.organise.programme.services import changes
from tadamun.toolkit.rulings import Refused
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, House
from tests.organise.planning.plans import NOW, TODAY, of_activity, planned

pytestmark = pytest.mark.django_db


@pytest.mark.pure
@pytest.mark.parametrize(
    ("likelihood", "harm", "heavy"),
    [(1, 1, Degree.LOW), (1, 2, Degree.LOW), (1, 3, Degree.MIDDLE), (2, 2, Degree.MIDDLE), (2, 3, Degree.HIGH),
     (3, 3, Degree.HIGH)],
)  # fmt: skip
def test_a_risk_weighs_what_likelihood_and_harm_make_together(likelihood: int, harm: int, heavy: Degree) -> None:
    assert rules.weight(Risk(likelihood=likelihood, harm=harm)) is heavy
    assert rules.weight(Risk(likelihood=harm, harm=likelihood)) is heavy


def test_the_heaviest_risk_stands_first(house: House) -> None:
    for likelihood, harm in ((1, 1), (2, 2), (1, 3), (3, 3)):
        planned(Risk, house.activity, what={"en": "x"}, likelihood=likelihood, harm=harm)
    assert [(risk.likelihood, risk.harm) for risk in Risk.objects.all()] == [(3, 3), (2, 2), (1, 3), (1, 1)]


@pytest.mark.pure
def test_late_is_what_is_open_after_its_day() -> None:
    task, permit = Task(due_on=date(2099, 2, 19)), Permit(deadline=date(2099, 2, 19), state="asked")
    assert rules.task_is_late(task, TODAY)
    assert rules.permit_is_late(permit, TODAY)
    assert not rules.task_is_late(Task(due_on=TODAY), TODAY)
    task.done_at, permit.state = NOW, "granted"
    assert not rules.task_is_late(task, TODAY)
    assert not rules.permit_is_late(permit, TODAY)


# --- go or no-go ------------------------------------------------------------------------------------


def test_a_verdict_stays_when_it_is_decided_anew_and_the_newest_holds(house: House) -> None:
    asked = planned(Round, house.activity, criteria={"en": "Permit, first aid"})
    first = decide(actor=LAYLA, round_=asked, verdict="no_go", reasons={"en": "Storm"}, now=NOW)
    assert first.pk == asked.pk
    second = decide(actor=LAYLA, round_=first, verdict="go", reasons={}, now=NOW)
    assert [(one.verdict, one.reasons) for one in Round.objects.all()] == [("go", {}), ("no_go", {"en": "Storm"})]
    assert second.criteria == {"en": "Permit, first aid"}
    assert second.decided_by == "Layla"


def test_stopping_without_a_reason_is_refused(house: House) -> None:
    asked = planned(Round, house.activity)
    with pytest.raises(Refused, match="why"):
        decide(actor=LAYLA, round_=asked, verdict="no_go", reasons={}, now=NOW)
    page = house.client().post(of_activity(house, "go", row=asked.pk), {"verdict": "no_go"})
    assert page.status_code == 400
    assert "Say why" in page.content.decode()
    assert Round.objects.get().verdict == ""


def test_the_page_decides_and_shows_what_was_decided(house: House) -> None:
    asked = planned(Round, house.activity)
    address = of_activity(house, "go", row=asked.pk)
    house.client().post(address, {"verdict": "postpone", "reasons-en": "Heavy rain"})
    assert Round.objects.get().decided_by == "Layla"
    assert "Heavy rain" in house.client().get(address).content.decode()
    assert house.client(Character.DOOR).post(address, {"verdict": "go"}).status_code == 403


def test_a_decided_round_cannot_be_changed_or_taken_away(house: House) -> None:
    asked = planned(Round, house.activity)
    address = of_activity(house, "row", code="go", row=asked.pk)
    assert house.client().get(address).status_code == 200
    decide(actor=LAYLA, round_=asked, verdict="go", reasons={}, now=NOW)
    assert house.client().post(address, {"act": "remove"}).status_code == 404


# --- ticking ------------------------------------------------------------------------------------------


def test_one_tap_ticks_a_task_says_who_and_a_second_takes_it_back(house: House) -> None:
    task = planned(Task, house.activity, what={"en": "Call"})
    address = of_activity(house, "tick", code="tasks", row=task.pk)
    hawre = house.client(Character.DOOR)
    assert hawre.post(address, {"ticked": "1"}).headers["Location"].endswith("#tasks")
    task.refresh_from_db()
    assert (task.done_by, task.done_at is not None) == ("Hawre", True)
    hawre.post(address, {"ticked": ""})
    task.refresh_from_db()
    assert (task.done_by, task.done_at) == ("", None)


def test_ticking_twice_keeps_who_was_first(house: House) -> None:
    task = planned(Task, house.activity, what={"en": "Call"})
    tick_task(actor=LAYLA, task=task, done=True, now=NOW)
    house.client(Character.DOOR).post(of_activity(house, "tick", code="tasks", row=task.pk), {"ticked": "1"})
    assert Task.objects.get().done_by == "Layla"


def test_things_are_ticked_too_and_nothing_else_is(house: House) -> None:
    thing = planned(Material, house.activity, what={"en": "Water"}, quantity=200)
    client = house.client(Character.DOOR)
    client.post(of_activity(house, "tick", code="material", row=thing.pk), {"ticked": "1"})
    assert Material.objects.get().have_it
    assert client.post(of_activity(house, "tick", code="permits", row=thing.pk)).status_code == 404
    assert client.post(of_activity(house, "tick", code="tasks", row=thing.pk + 7)).status_code == 404


# --- money -----------------------------------------------------------------------------------------------


def test_sums_are_kept_by_currency_and_gifts_apart() -> None:
    dinars, dollars = BudgetLine(currency="IQD", planned=Decimal(500_000)), BudgetLine(currency="USD", planned=None)
    gift = BudgetLine(currency="USD", planned=Decimal(80), in_kind=True)
    receipts = [Receipt(line=dinars, amount=Decimal(600_000)), Receipt(line=dinars, amount=Decimal(-50_000))]
    iqd, usd = rules.sums([dinars, dollars, gift], receipts)
    assert (iqd.planned, iqd.spent, iqd.left) == (Decimal(500_000), Decimal(550_000), Decimal(-50_000))
    assert (usd.planned, usd.spent, usd.in_kind) == (Decimal(0), Decimal(0), Decimal(80))


def test_dinars_have_no_decimals_and_dollars_have_two(house: House) -> None:
    address, client = of_activity(house, "row_new", code="budget"), house.client()
    refused = client.post(address, {"planned": "1000.50", "currency": "IQD"})
    assert "no such small coins" in refused.content.decode()
    assert client.post(address, {"planned": "1,000.50", "currency": "USD"}).status_code == 302
    assert client.post(address, {"planned": "-5", "currency": "USD"}).status_code == 400
    assert BudgetLine.objects.get().planned == Decimal("1000.50")


def test_an_amount_sent_again_as_it_was_is_no_change(house: House) -> None:
    line = planned(BudgetLine, house.activity, purpose={"en": "Water"}, planned=Decimal("500.00"), currency="IQD")
    before = Change.objects.count()
    house.client().post(
        of_activity(house, "row", code="budget", row=line.pk),
        {"planned": "500", "currency": "IQD", "purpose-en": "Water"},
    )
    assert Change.objects.count() == before


def closed_line(house: House) -> Any:
    text = {"en": "Quiet help"}
    return planned(BudgetLine, house.activity, purpose=text, planned="7654", seen_by=SeenBy.COORDINATORS)


def test_lines_for_coordinators_are_seen_by_no_editor(house: House) -> None:
    line = closed_line(house)
    planned(Receipt, house.activity, line=line, amount="123", day=TODAY, what="Quiet bill")
    address = of_activity(house, "row", code="budget-closed", row=line.pk)
    elsewhere = of_activity(house, "row", code="budget", row=line.pk)
    page = house.url("activity")
    assert "Quiet help" in house.client().get(page).content.decode()
    assert house.client().get(address).status_code == 200
    rana = house.client(Character.EDITOR)
    assert [rana.get(one).status_code for one in (address, elsewhere)] == [403, 404]
    shown = rana.get(page).content.decode() + rana.get(of_activity(house, "row_new", code="receipts")).content.decode()
    assert "Quiet" not in shown
    assert "Quiet" not in house.client(Character.DOOR).get(page).content.decode()


def test_the_history_that_editors_read_has_no_amount_of_closed_lines(house: House) -> None:
    gone = changes.remove(actor=LAYLA, row=closed_line(house), now=NOW)
    assert "Quiet" not in str([change.fields for change in Change.objects.all()])
    assert "7654" not in str([change.fields for change in Change.objects.all()])
    changes.undo(actor=LAYLA, change_made=gone, now=NOW)
    assert BudgetLine.objects.get().planned is None
    planned(BudgetLine, house.activity, purpose={"en": "Open"}, planned="4321")
    assert "4321" in str([change.fields for change in Change.objects.all()]), "an open line's amount is there"


def test_money_is_for_those_who_may_edit(house: House) -> None:
    planned(BudgetLine, house.activity, purpose={"en": "Water"}, planned="4321")
    assert "Water" in house.client(Character.EDITOR).get(house.url("activity")).content.decode()
    assert "Water" not in house.client(Character.DOOR).get(house.url("activity")).content.decode()


def test_the_history_shows_money_to_those_who_may_edit_alone(house: House) -> None:
    planned(BudgetLine, house.activity, purpose={"en": "Water"}, planned="4321")
    planned(Task, house.activity, what={"en": "Carry"})
    address = house.url("activity_history")
    assert "4321" in house.client(Character.EDITOR).get(address).content.decode()
    shown = house.client(Character.DOOR).get(address).content.decode()
    assert "4321" not in shown
    assert "Carry" in shown


def test_a_receipt_names_its_line_only_to_who_sees_the_line(house: House) -> None:
    bill = {"amount": "123", "day": TODAY, "what": "Bill"}
    planned(Receipt, house.activity, line=closed_line(house), **bill)
    address = house.url("activity_history")
    assert "Quiet" not in house.client(Character.EDITOR).get(address).content.decode()
    planned(Receipt, house.activity, line=planned(BudgetLine, house.activity, purpose={"en": "Open water"}), **bill)
    assert "Open water" in house.client(Character.EDITOR).get(address).content.decode()


def test_a_line_with_receipts_is_not_taken_away(house: House) -> None:
    line = planned(BudgetLine, house.activity, purpose={"en": "Water"}, planned="4321")
    planned(Receipt, house.activity, line=line, amount="1", day=TODAY, what="Bill")
    page = house.client().post(of_activity(house, "row", code="budget", row=line.pk), {"act": "remove"}, follow=True)
    assert "still refers" in page.content.decode()
    assert BudgetLine.objects.exists()


def test_what_is_planned_moves_no_revision_of_the_record(house: House) -> None:
    before = Week.objects.get(pk=house.activity.week_id)
    sequence = house.activity.sequence
    planned(Task, house.activity, what={"en": "Call"})
    after = Week.objects.get(pk=house.activity.week_id)
    house.activity.refresh_from_db()
    assert (after.revision, after.changed_at) == (before.revision, before.changed_at)
    assert house.activity.sequence == sequence
