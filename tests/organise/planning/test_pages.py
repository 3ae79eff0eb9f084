"""The desk's pages about what is planned: their doors, their words, and no query more for fifty rows than for one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tadamun.organise.network.models import Account, Membership
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.planning.models import (
    BudgetLine,
    Contact,
    Material,
    Permit,
    PrintedMatter,
    Receipt,
    Risk,
    Round,
    Task,
)
from tadamun.organise.planning.models.planned import Planned
from tadamun.organise.programme.models import Activity, Week
from tests.characters import Character
from tests.organise.people_desk.houses import House
from tests.organise.planning.plans import NOW, TODAY, of_activity, planned

pytestmark = pytest.mark.django_db


def fill(house: House, many: int, *, whole_week: bool = False) -> None:
    """So many rows of each kind, with members and organisations in them."""
    text, activity, who = {"en": "Thing", "ar": "شيء"}, None if whole_week else house.activity, house.layla
    ours, week = house.world.ours, house.activity.week

    def rows(model: type[Planned], **values: Any) -> None:
        start = model._default_manager.count()
        model._default_manager.bulk_create(
            model(week=week, activity=activity, position=start + number, **values) for number in range(many)
        )

    rows(Permit, what=text, responsible=who, authority=ours, deadline=TODAY)
    rows(Risk, what=text, responsible=who)
    rows(Task, what=text, owner=who, due_on=TODAY)
    rows(Material, what=text, brought_by=who, lent_by=ours)
    rows(PrintedMatter, what=text, language="ar", approved_by=who)
    rows(BudgetLine, purpose=text, source=ours, planned=5)
    rows(Receipt, line=BudgetLine.objects.latest("pk"), amount=1, day=TODAY, what="Bill")
    rows(Contact, role=text, account=who)
    rows(Round, verdict="go", decided_at=NOW, decided_by="Layla", criteria=text, responsible=who)


def queries(house: House, address: str) -> int:
    client = house.client()
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["contacts", "run_sheet", "usual"])
def test_pages_of_an_activity_ask_as_much_for_fifty_rows_as_for_one(house: House, name: str) -> None:
    fill(house, 1)
    before = queries(house, of_activity(house, name))
    fill(house, 49)
    assert queries(house, of_activity(house, name)) == before


@pytest.mark.parametrize("name", ["activity", "planning_week_run_sheet", "week"])
def test_pages_of_several_apps_ask_as_much_for_fifty_rows_as_for_one(house: House, name: str) -> None:
    names = {"uid": house.activity.uid} if name == "activity" else {"week": house.activity.week.slug}
    fill(house, 1, whole_week=name == "week")
    before = queries(house, reverse(name, kwargs=names))
    fill(house, 49, whole_week=name == "week")
    assert queries(house, reverse(name, kwargs=names)) == before


def test_a_decision_page_asks_as_much_for_fifty_rounds_as_for_one(house: House) -> None:
    fill(house, 1)
    address = of_activity(house, "go", row=Round.objects.get().pk)
    before = queries(house, address)
    fill(house, 49)
    assert queries(house, address) == before


def test_every_kind_of_row_is_added_changed_and_taken_away(house: House) -> None:
    fill(house, 1)
    client = house.client()
    for code in ("permits", "risks", "tasks", "material", "printed", "budget", "receipts"):
        assert client.get(of_activity(house, "row_new", code=code)).status_code == 200, code
    address = of_activity(house, "row_new", code="permits")
    client.post(
        address, {"what-en": "Square", "state": "asked", "deadline": "2099-02-28", "responsible": house.layla.pk}
    )
    permit = Permit.objects.latest("pk")
    assert (permit.what, permit.responsible, permit.position) == ({"en": "Square"}, house.layla, 1)
    row = of_activity(house, "row", code="permits", row=permit.pk)
    client.post(row, {"what-en": "Square", "state": "granted", "number": "A/17"})
    permit.refresh_from_db()
    assert (permit.state, permit.number, permit.deadline) == ("granted", "A/17", None)
    client.post(row, {"act": "remove"})
    assert not Permit.objects.filter(pk=permit.pk).exists()


def test_only_members_of_those_who_carry_it_can_be_named(house: House) -> None:
    client, address = house.client(), of_activity(house, "row_new", code="tasks")
    page = client.get(address).content.decode()
    assert "Rana" in page
    assert "Dara" not in page
    dara = house.world.accounts[Character.COORDINATOR_ELSEWHERE]
    assert client.post(address, {"what-en": "Call", "owner": dara.pk}).status_code == 400
    assert not Task.objects.exists()


def test_who_left_stays_named_until_somebody_else_is(house: House) -> None:
    gone = Account.objects.create_user(email="gone@example.org", shown_name="Gone", created_at=NOW)
    task = planned(Task, house.activity, what={"en": "Call"}, owner=gone)
    page = house.client().get(of_activity(house, "row", code="tasks", row=task.pk)).content.decode()
    assert "Gone" in page
    Membership.objects.create(account=gone, organisation=house.world.ours, role=Role.VIEWER)
    page = house.client().get(of_activity(house, "row", code="tasks", row=task.pk)).content.decode()
    assert page.count("Gone") == 1


def test_rows_of_another_activity_are_not_reached_through_ours(house: House) -> None:
    other = Activity.objects.create(
        uid="11111111-1111-4111-8111-111111111111",
        week=house.activity.week,
        slug="x",
        position=7,
        kind="talk",
        titles={"en": "x"},
        changed_at=NOW,
    )
    task = planned(Task, other, what={"en": "Call"})
    for name in ("row", "tick"):
        assert house.client().post(of_activity(house, name, code="tasks", row=task.pk)).status_code == 404
    contact = planned(Contact, other)
    assert house.client().get(of_activity(house, "contact", row=contact.pk)).status_code == 404


def test_empty_panels_say_what_to_do(house: House) -> None:
    page = house.client().get(reverse("activity", kwargs={"uid": house.activity.uid})).content.decode()
    for words in ("Begin with the usual list", "What could happen here", "Who has to allow this"):
        assert words in page


def test_a_late_task_is_loud_and_in_the_week_s_own_day(house: House) -> None:
    Week.objects.update(timezone="Pacific/Kiritimati")
    planned(Task, house.activity, what={"en": "Call"}, due_on=TODAY.replace(year=2000))
    page = house.client().get(reverse("activity", kwargs={"uid": house.activity.uid})).content.decode()
    assert "line warns ticking" in page
