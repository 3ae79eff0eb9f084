"""Short ways to plan something in a test."""

from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse

from tadamun.organise.planning.models import BudgetLine, Contact, Permit, Receipt, Risk, Round, Task
from tadamun.organise.planning.models.planned import Planned
from tadamun.organise.planning.services.contacts import Reach, add_contact
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.services import changes
from tests.organise.people_desk.houses import LAYLA, House

NOW = datetime(2099, 2, 20, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
LAWYER = Reach(name="Samira Al-Lami", number="+9647709998877")


def planned(model: type[Planned], activity: Activity, **values: Any) -> Any:
    """A row of the activity, as the desk stores it."""
    return changes.add(actor=LAYLA, row=model(week=activity.week, activity=activity, **values), now=NOW)


def a_contact(house: House, reach: Reach = LAWYER, **values: Any) -> Contact:
    row = Contact(week=house.activity.week, activity=house.activity, call_for="arrest", **values)
    return add_contact(actor=LAYLA, contact=row, reach=reach, now=NOW)


def everything(activity: Activity, word: str) -> None:
    """One row of each kind, with a word that must not come out."""
    text = {"en": f"{word} in English", "ar": f"{word} بالعربية"}
    planned(Permit, activity, what=text, number=word, note=text, authority_words=text)
    planned(Risk, activity, what=text, measure=text)
    planned(Round, activity, criteria=text, decide_by=date(2099, 2, 25))
    planned(Task, activity, what=text, due_on=date(2099, 2, 21))
    line = planned(BudgetLine, activity, purpose=text, planned="98761234", source_words=text)
    planned(Receipt, activity, line=line, amount="98761234", day=TODAY, what=word, number=word)
    planned(Contact, activity, role=text)


def of_activity(house: House, name: str, **parts: Any) -> str:
    return reverse(f"planning_activity_{name}", kwargs={"uid": house.activity.uid, **parts})
