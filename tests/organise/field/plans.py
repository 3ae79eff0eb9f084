"""Days that are planned: rows as the desk makes them, and its forms filled in."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

from tadamun.organise.field.models import Area, BibCategory, Counter, Question, Speaker, Wave
from tadamun.organise.field.models.plan import OfTheDay
from tadamun.organise.programme.models import Activity
from tests.characters import World
from tests.organise.people_desk.houses import House, make_activity


def our_new_counter(world: World) -> Mapping[str, Any]:
    """A counter that is to be added to our activity."""
    return {"uid": make_activity(world).uid, "code": "counters"}


def our_counter(world: World) -> Mapping[str, Any]:
    """A counter there."""
    row = planned(make_activity(world), Counter, name={"en": "Prams"})
    return {"uid": row.activity.uid, "code": "counters", "row": row.pk}


def planned(activity: Activity, model: type[OfTheDay], **values: Any) -> Any:
    """A row of the plan, the last of its kind."""
    position = model._default_manager.filter(activity=activity).count()
    return model._default_manager.create(activity=activity, position=position, **values)


def a_race(activity: Activity) -> tuple[Wave, Wave, BibCategory]:
    """Two waves, and a category that spans them both."""
    first = planned(activity, Wave, name={"en": "First wave", "ar": "الدفعة الأولى"}, bib_from=1, bib_to=99)
    second = planned(activity, Wave, name={"en": "Second wave"}, bib_from=100, bib_to=199)
    return first, second, planned(activity, BibCategory, name={"en": "Women 5 km"}, bib_from=50, bib_to=149)


def a_debate(activity: Activity) -> Speaker:
    """One speaker, with a minute and a half."""
    return planned(activity, Speaker, words={"en": "The list of the river"}, turn=1, seconds=90)  # type: ignore[no-any-return]  # made of a model that is given


def areas(activity: Activity) -> tuple[Area, Area]:
    """A market of two squares, and a bank with corners."""
    market = planned(activity, Area, name={"en": "Market", "ar": "السوق"}, shape="B2 C2")
    return market, planned(activity, Area, name={"en": "River bank"}, shape="60,40 110,40 110,75")


def a_question(activity: Activity) -> Question:
    """A question with three answers."""
    row: Question = planned(
        activity, Question, words={"en": "Do you know the law?"}, answers={"en": "Yes\nA little\nNo"}
    )
    return row


def seen_on(page: str) -> str:
    """What a form says that the member saw."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found, page
    return found[1]


def fills_in(house: House, code: str, *, client: Client | None = None, **fields: str) -> Any:
    """Adds a row of that kind on the desk; the answer (302 when it was added)."""
    member, address = client or house.client(), house.url("field_activity_row_new", code=code)
    seen = seen_on(member.get(address).content.decode())
    return member.post(address, {"seen": seen, **{name.replace("__", "-"): value for name, value in fields.items()}})
