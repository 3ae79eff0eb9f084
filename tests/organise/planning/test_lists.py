"""The usual lists, what comes along to another place, what needs a member today, and the sheets to print."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tadamun.desk.today import needs_of
from tadamun.organise.network.models import Organisation
from tadamun.organise.network.queries import standing_of
from tadamun.organise.planning.models import Contact, Material, Permit, Risk, Round, Task
from tadamun.organise.planning.queries.today import needs
from tadamun.organise.planning.services.carrying import carry_lists
from tadamun.organise.planning.services.usual import begin_with, offers_for
from tadamun.organise.planning.services.usual_lines import EVERYWHERE, OF_KIND
from tadamun.organise.programme.models import Activity, Involvement, Sitting
from tadamun.organise.programme.services.copying import Carriage, Swap
from tadamun.organise.programme.vocabulary import InvolvementType, SignOff
from tadamun.toolkit.panels import Mark
from tests.characters import Character
from tests.organise.people_desk.houses import LAYLA, House
from tests.organise.planning.plans import NOW, TODAY, a_contact, of_activity, planned

pytestmark = pytest.mark.django_db


def keys(house: House) -> list[str]:
    return [offer.key for offer in offers_for(house.activity.week, house.activity)]


def begin(house: House, *chosen: str) -> int:
    week, activity = house.activity.week, house.activity
    return len(begin_with(actor=LAYLA, week=week, activity=activity, keys=chosen or keys(house), now=NOW))


def test_the_usual_list_becomes_rows_once_and_can_be_left_out_line_by_line(house: House) -> None:
    offered = keys(house)
    assert begin(house, offered[0]) == 1
    assert keys(house) == offered[1:]
    assert begin(house) == len(offered) - 1
    assert keys(house) == []
    assert begin(house, *offered) == 0


def test_lines_are_due_before_the_first_day_and_never_in_the_past(house: House) -> None:
    begin(house)
    first = house.activity.sittings.get().start
    due = {task.what["en"]: task.due_on for task in Task.objects.all()}
    assert due["Go through the run sheet together"] == first - timedelta(days=3)
    assert due["Say who leads the day and who stands in"] == TODAY, "fourteen days before would be over"
    assert due["Thank those who helped"] == first + timedelta(days=2)
    assert Permit.objects.get().deadline == TODAY


@pytest.mark.parametrize("kind", [*OF_KIND, "chess", "race"])
def test_every_kind_has_a_list_also_one_that_nobody_thought_of(house: House, kind: str) -> None:
    Activity.objects.update(kind=kind)
    house.activity.refresh_from_db()
    assert len(keys(house)) >= len(EVERYWHERE)
    assert len(keys(house)) == len(set(keys(house)))


def test_a_race_begins_with_what_makes_it_safe_for_women(house: House) -> None:
    Activity.objects.update(kind="race")
    house.activity.refresh_from_db()
    begin(house)
    said = " ".join(task.what["en"] for task in Task.objects.all())
    for wanted in ("female marshals", "changing place for women", "nobody takes pictures"):
        assert wanted in said


def test_lines_are_stored_in_their_own_languages_whatever_the_member_reads(house: House) -> None:
    with translation.override("ar"):
        begin(house)
    languages = {code for code, _name in settings.LANGUAGES}
    said = [task.what for task in Task.objects.all()]
    assert "Thank those who helped" in [text["en"] for text in said]
    assert all(text.keys() <= languages for text in said)


def test_the_page_takes_over_what_is_ticked(house: House) -> None:
    client, address = house.client(), of_activity(house, "usual")
    page = client.get(address).content.decode()
    assert page.count("checked") == len(keys(house))
    chosen = keys(house)[:2]
    client.post(address, {"line": chosen})
    assert Task.objects.count() + Permit.objects.count() + Material.objects.count() == 2
    assert house.client(Character.DOOR).get(address).status_code == 403


# --- elsewhere ----------------------------------------------------------------------------------------


def test_lists_come_along_with_dates_moved_and_nothing_done(house: House) -> None:
    old = house.activity
    planned(Task, old, what={"en": "Book Baghdad"}, due_on=date(2099, 2, 21), done_at=NOW, done_by="Layla")
    planned(Permit, old, what={"en": "Street"}, state="granted", number="17", deadline=date(2099, 2, 11))
    planned(Material, old, what={"en": "Water"}, quantity=20, have_it=True)
    planned(Round, old, criteria={"en": "x"})
    a_contact(house, role={"en": "Lawyer"})
    new = Activity.objects.create(
        uid=uuid4(), week=old.week, slug="again", position=9, kind=old.kind, titles={"en": "x"}, changed_at=NOW
    )
    swaps = [Swap(language="en", old="Baghdad", new="Nasiriya")]
    carry_lists(Carriage(actor=LAYLA, old=old, new=new, shift=timedelta(days=10), swaps=swaps, now=NOW))
    task = Task.objects.get(activity=new)
    assert (task.what, task.due_on, task.done_at) == ({"en": "Book Nasiriya"}, date(2099, 3, 3), None)
    permit = Permit.objects.get(activity=new)
    assert (permit.state, permit.number, permit.deadline) == ("to_ask", "", date(2099, 2, 21))
    assert not Material.objects.get(activity=new).have_it
    assert bytes(Contact.objects.get(activity=new).sealed) == b""
    assert not Round.objects.filter(activity=new).exists()


# --- today --------------------------------------------------------------------------------------------


def today_of(house: House, character: Character = Character.COORDINATOR) -> list[tuple[str, Mark]]:
    standing = standing_of(house.world.accounts[character])
    return [(str(need.line.says), need.line.mark) for need in needs(standing, NOW)]


def test_today_shows_late_tasks_permits_and_verdicts(house: House) -> None:
    planned(Task, house.activity, what={"en": "Late"}, due_on=TODAY - timedelta(days=1))
    planned(Task, house.activity, what={"en": "Somebody's"}, due_on=TODAY + timedelta(days=1))
    planned(Task, house.activity, what={"en": "Mine"}, due_on=TODAY, owner=house.layla)
    planned(Permit, house.activity, what={"en": "Street"}, deadline=TODAY + timedelta(days=5))
    planned(Permit, house.activity, what={"en": "Far"}, deadline=TODAY + timedelta(days=50))
    planned(Round, house.activity, decide_by=TODAY)
    marks = [mark for _says, mark in today_of(house)]
    words = " ".join(says for says, _mark in today_of(house))
    assert marks == [Mark.WARNS, Mark.ASKS, Mark.ASKS, Mark.ASKS]
    assert all(word in words for word in ("Late", "Mine", "Street", "Our run"))
    assert "Somebody" not in words
    assert "Far" not in words


def test_today_shows_nothing_of_others_and_to_the_field_only_its_own(house: House) -> None:
    hawre = house.world.accounts[Character.DOOR]
    planned(Task, house.activity, what={"en": "His"}, due_on=TODAY, owner=hawre)
    planned(Task, house.activity, what={"en": "Late"}, due_on=TODAY - timedelta(days=1))
    planned(Permit, house.activity, what={"en": "Street"}, deadline=TODAY)
    left = house.world.accounts[Character.COORDINATOR_ELSEWHERE]
    planned(Task, house.activity, what={"en": "Once hers"}, due_on=TODAY, owner=left)
    assert len(today_of(house, Character.DOOR)) == 1
    assert len(today_of(house)) == 2
    assert today_of(house, Character.COORDINATOR_ELSEWHERE) == []


def test_today_asks_as_much_for_fifty_tasks_as_for_one(house: House) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            today_of(house)
        return len(queries)

    planned(Task, house.activity, what={"en": "Late"}, due_on=TODAY)
    before, week = asked(), house.activity.week
    Task.objects.bulk_create(
        Task(week=week, activity=house.activity, position=number, what={"en": "x"}, due_on=TODAY, owner=house.layla)
        for number in range(1, 50)
    )
    assert asked() == before
    assert len(today_of(house)) == 49


def test_what_was_cancelled_needs_nobody(house: House) -> None:
    planned(Task, house.activity, what={"en": "Late"}, due_on=TODAY - timedelta(days=1))
    assert today_of(house)
    Activity.objects.update(state="cancelled")
    assert today_of(house) == []


def test_the_home_asks_planning(house: House) -> None:
    planned(Task, house.activity, what={"en": "Late"}, due_on=TODAY - timedelta(days=1))
    standing = standing_of(house.layla)
    assert "Late" in " ".join(str(need.line.says) for need in needs_of(standing, NOW))


# --- run sheets ---------------------------------------------------------------------------------------


def week_sheet(house: House) -> str:
    return reverse("planning_week_run_sheet", kwargs={"week": house.activity.week.slug})


def another(house: House, slug: str, day: date) -> Activity:
    old = house.activity
    activity = Activity.objects.create(
        uid=uuid4(), week=old.week, slug=slug, position=5, kind="talk", titles={"en": slug}, changed_at=NOW
    )
    Sitting.objects.create(activity=activity, position=0, start=day, end=day)
    return activity


def test_the_run_sheet_says_what_is_needed_on_the_day_and_no_number(house: House) -> None:
    a_contact(house, role={"en": "Lawyer"})
    planned(Task, house.activity, what={"en": "Carry the tent"}, owner=house.layla)
    planned(Task, house.activity, what={"en": "Done long ago"}, done_at=NOW, done_by="Layla")
    planned(Material, house.activity, what={"en": "Tent"}, quantity=3)
    planned(Risk, house.activity, what={"en": "Rain"}, measure={"en": "Go inside"})
    page = house.client().get(of_activity(house, "run_sheet")).content.decode()
    for words in ("Lawyer", "Carry the tent", "Layla", "Tent", "Rain", "Go inside", "3 March 2099"):
        assert words in page
    assert "Done long ago" not in page
    assert "+964" not in page


def test_a_day_of_a_week_shows_that_day_only(house: House) -> None:
    another(house, "Talk-on-the-fifth", date(2099, 3, 5))
    client = house.client()
    assert "Talk-on-the-fifth" in client.get(week_sheet(house)).content.decode()
    assert "Talk-on-the-fifth" not in client.get(week_sheet(house) + "?day=2099-03-03").content.decode()
    assert client.get(week_sheet(house) + "?day=nonsense").status_code == 200


def test_who_carries_one_activity_sees_neither_the_others_nor_the_plan_of_the_week(house: House) -> None:
    theirs = Organisation.objects.get(slug="their-forum")
    shared = another(house, "Shared-talk", date(2099, 3, 5))
    Involvement.objects.create(
        week=shared.week, activity=shared, position=3, organisation=theirs,
        type=InvolvementType.COOPERATION, sign_off=SignOff.ACCEPTED,
    )  # fmt: skip
    week = house.activity.week
    Task.objects.create(week=week, position=0, what={"en": "Week-secret"})
    Contact.objects.create(week=week, position=0, role={"en": "Week-secret"})
    planned(Task, house.activity, what={"en": "Run-secret"})
    dara = house.client(Character.COORDINATOR_ELSEWHERE)
    page = dara.get(week_sheet(house)).content.decode()
    assert "Shared-talk" in page
    pages = [
        reverse("week", kwargs={"week": week.slug}),
        reverse("planning_activity_contacts", kwargs={"uid": shared.uid}),
        reverse("planning_activity_run_sheet", kwargs={"uid": shared.uid}),
    ]
    for address in (week_sheet(house), *pages):
        shown = dara.get(address).content.decode()
        assert "secret" not in shown, address
    assert "Week-secret" in house.client().get(week_sheet(house)).content.decode(), "the test would see it"
    for name in ("contacts", "usual"):
        assert dara.get(reverse(f"planning_week_{name}", kwargs={"week": week.slug})).status_code == 403
