"""People, photos, links, contributions: each part of a record by its own rule."""

from datetime import date, time

import pytest

from tadamun.organise.programme.models import (
    Campaign,
    Contribution,
    Occasion,
    Outcome,
    Person,
    Postponement,
    Promise,
    Relation,
    Series,
    Source,
)
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import OUTSIDE, NotForThisAudience
from tadamun.record.builders.kindfacts import UnreadablePlan
from tadamun.record.builders.links import weeks_that_link_to
from tadamun.record.schema import encode
from tests.record.given import (
    CHANGED,
    COALITION,
    DONOR,
    NOW,
    PUBLIC,
    a_body,
    a_photo,
    a_place,
    a_sitting,
    a_week,
    an_activity,
    counted,
    published,
    stated,
    text,
    told,
    told_activity,
)

pytestmark = pytest.mark.django_db


def test_idea_is_the_coalitions_own() -> None:
    week = a_week()
    an_activity(week, "planned")
    an_activity(week, "dreamt", state="idea")
    for audience in OUTSIDE:
        assert [one.slug for one in told(week, audience).activities] == ["planned"]
    assert [one.slug for one in told(week, COALITION).activities] == ["planned", "dreamt"]


def test_week_that_is_an_idea_has_no_record_outside() -> None:
    week = a_week(state="idea")
    for audience in OUTSIDE:
        with pytest.raises(NotForThisAudience, match="kahramana"):
            told(week, audience)
    assert told(week, COALITION).state.code == "idea"


@pytest.mark.parametrize("naming", ["nobody", "unheard"])
def test_person_who_chose_to_be_named_by_nobody_is_named_to_nobody(naming: str) -> None:
    week = a_week()
    stated(Person, week, an_activity(week), role="trainer", naming=naming, name=text("Zaynab"), quantity=2)
    for audience in Audience:
        [person] = told_activity(week, audience).people
        assert (person.name, person.quantity, person.role.code) == ({}, 2, "trainer")
        assert b"Zaynab" not in encode(told(week, audience))


def test_person_is_named_as_she_chose_to_whom_she_chose() -> None:
    week = a_week()
    stated(Person, week, an_activity(week), role="speaker", naming="pseudonym", name=text("Warda"), audiences=["donor"])
    assert told_activity(week, DONOR).people[0].name == text("Warda")
    assert told_activity(week, PUBLIC).people == ()


def test_high_risk_activity_shows_nobody_outside() -> None:
    week = a_week()
    activity = an_activity(week, safety="high_risk")
    stated(Person, week, activity, role="speaker", naming="full_name", name=text("Warda"))
    a_photo(week, activity, consent="given", caption=text("faces"))
    a_photo(week, activity, consent="nobody_shown", caption=text("hands"))
    for audience in OUTSIDE:
        assert told_activity(week, audience).people == ()
        assert [photo.caption["en"] for photo in told(week, audience).photos] == ["hands"]
    assert [photo.caption["en"] for photo in told_activity(week, COALITION).photos] == ["faces", "hands"]
    activity.safety = "careful"
    activity.save()
    assert len(told_activity(week).people) == 1, "else the test would see nothing in any case"


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({"consent": "given"}, True),
        ({"consent": "nobody_shown"}, True),
        ({"consent": "not_asked"}, False),
        ({"consent": "withdrawn"}, False),
        ({"consent": "given", "consent_audiences": ["donor"]}, False),
        ({"consent": "nobody_shown", "consent_audiences": []}, False),
        ({"consent": "given", "consent_until": date(2018, 3, 20)}, True),
        ({"consent": "given", "consent_until": date(2018, 3, 19)}, False),
    ],
)
def test_photo_is_shown_with_a_live_consent(values: dict[str, object], seen: bool) -> None:
    week = a_week()
    a_photo(week, an_activity(week), **values)
    record = told(week)
    assert len(record.photos) == len(record.activities[0].photos) == int(seen)


def test_gallery_keeps_its_order_and_hides_what_belongs_to_an_idea() -> None:
    week = a_week()
    later, earlier = an_activity(week, "later"), an_activity(week, "earlier")
    for activity, words in ((later, "one"), (None, "two"), (earlier, "three")):
        a_photo(week, activity, caption=text(words))
    a_photo(week, an_activity(week, "dreamt", state="idea"), caption=text("four"))
    assert [photo.caption["en"] for photo in told(week).photos] == ["one", "two", "three"]
    assert [photo.activity for photo in told(week).photos] == ["later", None, "earlier"]


def test_parts_are_told_to_their_audiences() -> None:
    week = a_week()
    activity = an_activity(week)
    for where in (None, activity):
        stated(Outcome, week, where, kind="went_wrong", text=text("rain"), audiences=["coalition"])
        stated(Outcome, week, where, kind="result", text=text("sun"))
    assert [one.text["en"] for one in told(week).outcomes] == ["sun"]
    assert [one.text["en"] for one in told_activity(week).outcomes] == ["sun"]
    assert [one.text["en"] for one in told(week, COALITION).outcomes] == ["rain", "sun"]


@pytest.mark.parametrize(
    ("start", "end", "outside"),
    [
        (date(2018, 3, 25), date(2018, 3, 27), 17),
        (date(2018, 3, 8), date(2018, 3, 9), 0),
        (date(2018, 2, 1), date(2018, 2, 4), 10),
    ],
)
def test_contribution_outside_the_window_is_flagged(start: date, end: date, outside: int) -> None:
    week = a_week()
    activity = an_activity(week)
    a_sitting(activity, start=start, end=end, precision="between", days=2)
    campaign = Campaign.objects.create(
        slug="23-days", names=text("23 days"), start=date(2018, 2, 14), end=date(2018, 3, 8), hashtags=["#b", "#a"]
    )
    stated(Contribution, week, activity, campaign=campaign)
    [contribution] = told_activity(week).contributions
    assert (contribution.days, contribution.outside_by_days, contribution.hashtags) == (23, outside, ("#b", "#a"))


def test_open_window_has_no_length() -> None:
    week = a_week()
    campaign = Campaign.objects.create(slug="open", names=text("Open"), end=date(2018, 3, 1))
    stated(Contribution, week, campaign=campaign)
    [contribution] = told(week).contributions
    assert (contribution.days, contribution.outside_by_days) == (None, 20)


def test_promise_leads_to_what_kept_it_where_readers_may_follow() -> None:
    week, other = a_week(), a_week("basra-week", start=date(2018, 5, 1), end=date(2018, 5, 2))
    first, repeat = an_activity(week), an_activity(other, "repeat")
    a_sitting(repeat, day=date(2018, 5, 1), place=a_place("mashufna"))
    stated(Promise, week, first, slug="again", text=text("Again"), state="held", kept_by=repeat)
    assert told_activity(week).promises[0].kept_by is None, "the other week is not published"
    assert told_activity(week, COALITION).promises[0].kept_by is not None
    published(other)
    [promise] = told_activity(week).promises
    assert promise.kept_by is not None
    assert (promise.kept_by.week, promise.kept_by.start) == ("basra-week", date(2018, 5, 1))
    assert promise.kept_by.place == text("Mashufna")
    assert promise.made_in is not None
    assert promise.made_in.activity == "training"
    repeat.state = "idea"
    repeat.save()
    assert told_activity(week).promises[0].kept_by is None


def test_link_says_no_place_that_is_not_always_told() -> None:
    week = a_week()
    first, second = an_activity(week, "first"), an_activity(week, "second")
    a_sitting(second, place=a_place("hall"), public_place=a_place("city"), tell_place="later", told_from=NOW)
    Relation.objects.create(activity=first, type="prepares", to=second)
    [relation] = told(week).activities[0].relations
    assert relation.activity.place == text("City"), "told by now, but a link must not change by itself"


def test_relations_are_seen_from_both_ends() -> None:
    week, other = published(a_week()), published(a_week("basra-week"))
    first, repeat = an_activity(week), an_activity(other, "repeat")
    Relation.objects.create(activity=repeat, type="repeat_of", to=first)
    seen = [(one.type.code, one.activity.activity) for one in told_activity(week).relations]
    seen += [(one.type.code, one.activity.activity) for one in told_activity(other).relations]
    assert seen == [("repeated_as", "repeat"), ("repeat_of", "training")]
    other.publication.delete()
    assert told_activity(week).relations == ()


def test_weeks_that_link_to_a_week_are_known() -> None:
    weeks = {slug: a_week(slug) for slug in ("this", "repeats", "promised", "edition", "stranger", "repeated")}
    series = Series.objects.create(slug="race", names=text("Race"))
    acts = {
        slug: an_activity(week, series=series if slug in {"this", "edition"} else None) for slug, week in weeks.items()
    }
    Relation.objects.create(activity=acts["repeats"], type="repeat_of", to=acts["this"])
    Relation.objects.create(activity=acts["this"], type="repeat_of", to=acts["repeated"])
    stated(Promise, weeks["promised"], slug="again", text=text("Again"), kept_by=acts["this"])
    linking = weeks_that_link_to([weeks["this"].pk])
    assert {slug for slug, week in weeks.items() if week.pk in linking} == {
        "repeats",
        "promised",
        "edition",
        "repeated",
    }
    assert weeks_that_link_to([weeks["stranger"].pk]) == set()


def test_editions_are_told_by_their_days() -> None:
    series = Series.objects.create(slug="race", names=text("Race of many names"))
    for year in (2019, 2017, 2018):
        week = published(a_week(f"week-{year}", start=date(year, 3, 1), end=date(year, 3, 8)))
        an_activity(week, f"race-{year}", series=series, edition=2020 - year)
    hidden = a_week("week-2020", start=date(2020, 3, 1), end=date(2020, 3, 8))
    an_activity(hidden, "race-2020", series=series)
    activity = told_activity(type(hidden).objects.get(slug="week-2018"))
    assert [(one.type.code, one.activity.activity) for one in activity.relations] == [
        ("edition_before", "race-2017"),
        ("edition_after", "race-2019"),
    ]
    assert activity.series is not None
    assert activity.series.number == 2


def test_facts_of_the_week_itself() -> None:
    week = a_week(themes=["peace", "sport"], edition=4, series=Series.objects.create(slug="s", names=text("S")))
    activity = an_activity(week, themes=["peace"], part_in_week="opening", sequence=3)
    a_sitting(activity, start_time=time(15), part_of_day="afternoon")
    newroz = Occasion.objects.create(
        slug="newroz", kind="holiday", names=text("Newroz"), start=date(2018, 3, 21), end=date(2018, 3, 21)
    )
    week.occasions.add(newroz)
    activity.occasions.add(newroz)
    week.also_told_by.add(Source.objects.create(slug="tammuz", titles=text("Another account")))
    for where in (None, activity):
        Postponement.objects.create(
            week=week, activity=where, position=1, announced_start=date(2018, 3, 1), announced_end=date(2018, 3, 2)
        )
    record = told(week)
    assert [theme.code for theme in record.themes] == ["peace", "sport"]
    assert (record.uid, record.changed_at, record.audience) == (str(week.uid), CHANGED, "public")
    assert (len(record.postponements), len(record.activities[0].postponements)) == (1, 1)
    assert record.postponements[0].moved_to is None
    assert record.occasions == record.activities[0].occasions
    assert record.activities[0].sittings[0].when.part_of_day is not None
    assert record.activities[0].role is not None
    assert record.also_told_by[0].title == text("Another account")


def test_sources_are_those_of_figures_that_are_told() -> None:
    week = a_week()
    for quantity, slug, audiences in ((800, "one", None), (3, "two", None), (900, "three", ["coalition"])):
        source = Source.objects.create(slug=slug, titles=text(slug))
        values = {} if audiences is None else {"audiences": audiences}
        counted(week, None, quantity, counted="attended" if quantity > 5 else "volunteered", source=source, **values)
    assert [source.title["en"] for source in told(week).sources] == ["one"]
    assert [source.title["en"] for source in told(week, COALITION).sources] == ["one", "three", "two"]


def test_plan_that_does_not_fit_its_kind_is_refused_by_name() -> None:
    week = a_week()
    an_activity(week, details={"seats": "many"})
    with pytest.raises(UnreadablePlan, match=r"“training”.*seats"):
        told(week)


def test_kind_that_is_not_installed_is_only_a_code() -> None:
    week = a_week()
    an_activity(week, kind="juggling", details={"balls": 3})
    assert (told_activity(week).kind.code, told_activity(week).facts) == ("juggling", ())


def test_organisation_of_a_person_is_listed() -> None:
    week = a_week()
    stated(Person, week, an_activity(week), role="speaker", organisation=a_body("bloc", kind="bloc"))
    [body] = told(week).organisations
    assert (body.slug, body.political) == ("bloc", True)
