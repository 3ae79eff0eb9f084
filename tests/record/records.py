"""Records made by hand, and what can become of them: the ground of comparing and narrowing."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from tadamun.record.structs import (
    ActivityLink,
    ActivityRecord,
    ContributionRecord,
    FigurePart,
    FigureRecord,
    InvolvementRecord,
    KindRecord,
    OccasionRecord,
    OrganisationRecord,
    OutcomeRecord,
    PersonRecord,
    PhotoRecord,
    PlaceRecord,
    PostponementRecord,
    PromiseRecord,
    RelationRecord,
    SittingRecord,
    SourceRecord,
    Term,
    WeekRecord,
    When,
)
from tadamun.toolkit.facts import Fact, Reference, Words

NOW = datetime(2018, 3, 10, 9, tzinfo=UTC)


def term(code: str, label: str = "") -> Term:
    return Term(code=code, label={"en": label or code.replace("_", " ")})


def a_place(slug: str = "mashufna", **values: Any) -> PlaceRecord:
    return PlaceRecord(**{"slug": slug, "names": {"en": slug.title()}, "kind": term("venue"), **values})


def a_sitting(day: date = date(2018, 3, 22), **values: Any) -> SittingRecord:
    return SittingRecord(
        **{"when": When(start=day, end=day), "place": a_place(), "note": {"en": "Side door"}, **values}
    )


def a_figure(**values: Any) -> FigureRecord:
    parts = (FigurePart(dimension=term("sex"), group={"en": "women"}, quantity=20),)
    return FigureRecord(
        **{
            "what": term("attended", "took part"),
            "unit": term("persons", "people"),
            "quantity": 40,
            "note": {"en": "About half of them came from afar"},
            "parts": parts,
            **values,
        }
    )


def a_record(**values: Any) -> WeekRecord:
    """A week with one activity that has one of everything."""
    return WeekRecord(
        **{
            "uid": "week",
            "slug": "kahramana",
            "form": term("week"),
            "titles": {"en": "Kahramana week", "ar": "أسبوع كهرمانة"},
            "state": term("planned"),
            "start": date(2018, 3, 21),
            "end": date(2018, 3, 28),
            "timezone": "Asia/Baghdad",
            "audience": "public",
            "summary": {"en": "A week for women’s rights", "ar": "أسبوع لحقوق النساء"},
            "places": (a_place("baghdad"),),
            "involvements": (
                InvolvementRecord(
                    type=term("cooperation"), line={"en": "in cooperation with Al-Amal"}, organisation="al-amal"
                ),
            ),
            "activities": (an_activity(),),
            "photos": (a_photo("1", activity="a"), a_photo("2")),
            "organisations": (
                OrganisationRecord(slug="al-amal", names={"en": "Al-Amal"}, kind=term("association")),
                OrganisationRecord(slug="venue", names={"en": "Mashufna Center"}, kind=term("venue")),
            ),
            "changed_at": NOW,
            **values,
        }
    )


def a_photo(number: str, **values: Any) -> PhotoRecord:
    return PhotoRecord(
        **{
            "sha256": number * 64,
            "width": 1600,
            "height": 1200,
            "caption": {"en": "The trainers"},
            "alternative": {"en": "Two women at a table"},
            **values,
        }
    )


def an_activity(**values: Any) -> ActivityRecord:
    """A training with one of everything."""
    link = ActivityLink(week="nasiriya", activity="training", titles={"en": "Again in Nasiriya"})
    return ActivityRecord(
        **{
            "uid": "a",
            "slug": "a",
            "kind": KindRecord(code="training", name={"en": "Training"}, mark="M0 0"),
            "titles": {"en": "Training"},
            "state": term("planned"),
            "sittings": (a_sitting(),),
            "summary": {"en": "For candidates"},
            "body": {"en": "Two days with Zainab"},
            "involvements": (
                InvolvementRecord(type=term("host"), line={"en": "hosted by Mashufna Center"}, organisation="venue"),
            ),
            "people": (PersonRecord(role=term("trainer"), name={"en": "Zainab"}, function={"en": "Lawyer"}),),
            "facts": (
                Fact(key="modules", label={"en": "Modules"}, values=(Words({"en": "Speaking"}),)),
                Fact(
                    key="with", label={"en": "With"}, values=(Reference("organisation", "venue", {"en": "Mashufna"}),)
                ),
            ),
            "figures": (a_figure(),),
            "photos": (a_photo("1", activity="a"),),
            "promises": (PromiseRecord(slug="again", text={"en": "Again"}, state=term("promised"), owner="al-amal"),),
            "outcomes": (OutcomeRecord(kind=term("recommendation"), text={"en": "More time"}),),
            "occasions": (
                OccasionRecord(
                    slug="election",
                    names={"en": "Election"},
                    kind=term("election"),
                    start=date(2018, 5, 12),
                    end=date(2018, 5, 12),
                ),
            ),
            "contributions": (ContributionRecord(slug="ours", names={"en": "Our water"}, owners=("al-amal",)),),
            "relations": (RelationRecord(type=term("repeat_of"), activity=link),),
            "postponements": (
                PostponementRecord(
                    announced=When(start=date(2018, 3, 20), end=date(2018, 3, 20)), reason={"en": "Rain"}
                ),
            ),
            "also_told_by": (SourceRecord(title={"en": "A newspaper"}, url="https://paper.example.org/"),),
            "changed_at": NOW,
            **values,
        }
    )


def _in_activity(**values: Any) -> Callable[[WeekRecord], WeekRecord]:
    return lambda week: replace(week, activities=tuple(replace(one, **values) for one in week.activities))


def _in_week(**values: Any) -> Callable[[WeekRecord], WeekRecord]:
    return lambda week: replace(week, **values)


NEW = {"en": "Never let out"}
NEW_LINK = RelationRecord(type=term("prepares"), activity=ActivityLink(week="x", activity="x", titles=NEW))
WITHHELD = (FigurePart(dimension=term("sex"), group={"en": "women"}, withheld=True),)
# What members may do to a plan, as it shows in a record. "new" adds or rewords, "less" takes away.
VARIANTS: dict[str, Callable[[WeekRecord], WeekRecord]] = {
    "new title": _in_activity(titles=NEW),
    "new summary": _in_activity(summary=NEW),
    "new body of the week": _in_week(body=NEW),
    "new day": _in_activity(sittings=(a_sitting(date(2018, 3, 25)),)),
    "new place": _in_activity(sittings=(a_sitting(place=a_place("elsewhere", names=NEW)),)),
    "new sitting": _in_activity(sittings=(a_sitting(), a_sitting(date(2018, 3, 24), note=NEW))),
    "new person": lambda week: replace(
        week,
        activities=tuple(
            replace(one, people=(*one.people, PersonRecord(role=term("speaker"), name=NEW))) for one in week.activities
        ),
    ),
    "new function": _in_activity(people=(PersonRecord(role=term("trainer"), name={"en": "Zainab"}, function=NEW),)),
    "new figure": _in_activity(figures=(a_figure(), a_figure(what=term("registered"), quantity=60, note=NEW))),
    "new quantity": _in_activity(figures=(a_figure(quantity=41),)),
    "new photo": _in_week(photos=(a_photo("1", activity="a"), a_photo("2"), a_photo("3", caption=NEW))),
    "new caption": _in_week(photos=(a_photo("1", activity="a"), a_photo("2", caption=NEW))),
    "new outcome": lambda week: replace(
        week,
        activities=tuple(
            replace(one, outcomes=(*one.outcomes, OutcomeRecord(kind=term("demand"), text=NEW)))
            for one in week.activities
        ),
    ),
    "new activity": lambda week: replace(
        week, activities=(*week.activities, an_activity(uid="n", slug="n", titles=NEW))
    ),
    "new credit": _in_week(
        involvements=(InvolvementRecord(type=term("cooperation"), line=NEW, organisation="al-amal"),)
    ),
    "new link": lambda week: replace(
        week, activities=tuple(replace(one, relations=(*one.relations, NEW_LINK)) for one in week.activities)
    ),
    "less people": _in_activity(people=()),
    "less name": _in_activity(people=(PersonRecord(role=term("trainer"), function={"en": "Lawyer"}),)),
    "less function": _in_activity(people=(PersonRecord(role=term("trainer"), name={"en": "Zainab"}),)),
    "less photos": lambda week: replace(
        week, photos=week.photos[1:], activities=tuple(replace(one, photos=()) for one in week.activities)
    ),
    "less figure": _in_activity(figures=(a_figure(quantity=None, note={}, withheld=True, parts=WITHHELD),)),
    "less cell": _in_activity(figures=(a_figure(note={}, parts=WITHHELD),)),
    "less host": _in_activity(involvements=(), facts=an_activity().facts[:1]),
    "less partner": lambda week: replace(
        week,
        involvements=(),
        organisations=week.organisations[1:],
        activities=tuple(
            replace(
                one,
                promises=tuple(replace(promise, owner=None) for promise in one.promises),
                contributions=tuple(replace(part, owners=()) for part in one.contributions),
            )
            for one in week.activities
        ),
    ),
    "less activities": lambda week: replace(week, activities=(), photos=week.photos[1:]),
    "less words": _in_week(summary={"en": "A week for women’s rights"}),
    "less place": _in_activity(sittings=(a_sitting(place=None, note={}),)),
    "less promises": _in_activity(promises=()),
    "less outcomes": _in_activity(outcomes=()),
    "less reason": _in_activity(postponements=tuple(replace(one, reason={}) for one in an_activity().postponements)),
    "cancelled": _in_activity(state=term("cancelled")),
    "open door": _in_activity(sign_up=True),
    "another order": lambda week: replace(week, photos=week.photos[::-1]),
    "invented": _in_week(invented=True),
    "another description": lambda week: replace(
        week, organisations=tuple(replace(one, description=NEW) for one in week.organisations)
    ),
}


@st.composite
def variants(draw: Any) -> WeekRecord:
    """A record to which some of these things were done."""
    record = a_record()
    for name in draw(st.lists(st.sampled_from(sorted(VARIANTS)), max_size=4)):
        record = VARIANTS[name](record)
    return record
