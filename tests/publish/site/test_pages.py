"""What the pages tell of a week: a poster first, a report after, and nothing that was not stated."""

import re
from datetime import date, time

import msgspec
import pytest

from tadamun.publish.site.leaves import site_leaves
from tadamun.record.structs import ActivityRecord, SittingRecord, WeekRecord, When
from tests.publish.site import samples, scenery
from tests.publish.site.reading import Page, read

pytestmark = pytest.mark.pure

WEEK = "en/weeks/kahramana-week/index.html"


def set_page(path: str, week: WeekRecord, *, now: date = samples.AFTER) -> Page:
    leaves = site_leaves(site=samples.site(), weeks=[samples.published(week)], now=now)
    return read(next(leaf.make() for leaf in leaves if leaf.path == path))


def test_week_page_is_a_poster_and_then_a_report(read_pages: dict[str, Page]) -> None:
    headings = [words for _, words in read_pages[WEEK].headings()]
    assert headings[0] == "Kahramana week for women across Baghdad"
    sections = [words for level, words in read_pages[WEEK].headings() if level == 2]
    assert sections == [
        "In pictures",
        "Day by day",
        "The week in figures",
        "What was promised",
        "What came of it",
        "Part of something larger",
        "Sources",
        "Take it with you",
    ]
    text = read_pages[WEEK].text()
    assert "Week · Baghdad" in text
    assert "organised by Kahramana, the women's rights path of the Iraqi Social Forum" in text


def test_week_to_come_shows_its_programme_before_its_pictures() -> None:
    page = set_page(WEEK, samples.kahramana_week(state=scenery.PLANNED), now=samples.BEFORE)
    sections = [words for level, words in page.headings() if level == 2]
    assert sections.index("Day by day") < sections.index("In pictures")


def test_gallery_keeps_the_order_of_its_editors(read_pages: dict[str, Page]) -> None:
    shown = [image.attributes["alt"] for image in read_pages[WEEK].all("img")]
    assert shown == [
        "Training for women candidates",
        "Tea and talks",
        "Marathon for young women",
        "Campaigning against violence",
        "Election debate",
    ]


def test_photos_know_their_size_and_wait_but_the_first(read_pages: dict[str, Page]) -> None:
    first, *others = read_pages[WEEK].all("img")
    assert "loading" not in first.attributes
    assert all(image.attributes["loading"] == "lazy" for image in others)
    assert all(image.attributes["width"] and image.attributes["height"] for image in (first, *others))


def test_photo_is_never_offered_wider_than_it_is(read_pages: dict[str, Page]) -> None:
    small = read_pages["en/weeks/kahramana-week/debate/index.html"].all("source")[0].attributes["srcset"]
    assert re.findall(r"(\d+)w", small) == ["480", "900"]
    large = read_pages["en/weeks/kahramana-week/training/index.html"].all("source")[0].attributes["srcset"]
    assert re.findall(r"-(\d+)\.avif", large) == ["480", "960", "1600"]


def test_activity_page_says_when_where_and_for_whom_first(read_pages: dict[str, Page]) -> None:
    text = read_pages["en/weeks/kahramana-week/marathon/index.html"].text()
    parts = ["When", "Friday, 23 March 2018 , 08:30", "Where", "Zawra Park , Baghdad", "For whom", "young women"]
    places = [text.replace(" ,", " ,").index(part) for part in parts]
    assert places == sorted(places)
    assert "Distance 5 kilometres" in text
    assert "Kahramana race, third edition" in text


def test_nothing_that_was_not_stated_leaves_a_trace() -> None:
    bare = ActivityRecord(uid="x", slug="x", kind=scenery.KINDS["talk"], titles={"en": "Bare"}, state=scenery.HELD)
    week = WeekRecord(
        uid="w",
        slug="bare",
        form=scenery.WEEK,
        titles={"en": "Bare week"},
        state=scenery.HELD,
        start=date(2018, 3, 21),
        end=date(2018, 3, 22),
        timezone="Asia/Baghdad",
        audience="public",
        activities=(bare,),
    )
    page = set_page("en/weeks/bare/index.html", week)
    assert [words for level, words in page.headings() if level == 2] == ["Day by day", "Take it with you"]
    lone = set_page("en/weeks/bare/x/index.html", week)
    assert [words for _, words in lone.headings()] == ["Bare", "Take it with you"]
    for text in (page.text(), lone.text()):
        assert not re.search(r"unknown|not stated|none|null|n/a|\b0\b", text, re.IGNORECASE)
    assert lone.all("dt") == []


def test_programme_names_places_shortly_and_the_activity_in_full() -> None:
    week = samples.kahramana_week()
    spot = msgspec.structs.replace(
        week.activities[0].sittings[0].place, within=(scenery.text("Karrada"), scenery.text("Baghdad"))
    )
    sitting = msgspec.structs.replace(week.activities[0].sittings[0], place=spot)
    picnic = msgspec.structs.replace(week.activities[0], sittings=(sitting,))
    week = msgspec.structs.replace(week, activities=(picnic,))
    assert "Abu Nawas Gardens , Karrada For the start" in set_page(WEEK, week).text()
    assert "Abu Nawas Gardens , Karrada , Baghdad" in set_page("en/weeks/kahramana-week/picnic/index.html", week).text()


def test_no_element_for_words_is_empty(read_pages: dict[str, Page]) -> None:
    for path, page in read_pages.items():
        for tag in ("p", "li", "ul", "ol", "dt", "dd", "h1", "h2", "h3", "h4", "a", "b", "small", "section"):
            assert [element.attributes for element in page.all(tag) if not element.filled] == [], (path, tag)


def test_place_that_is_told_later_says_when() -> None:
    page = set_page("en/weeks/summer-days/picnic/index.html", samples.coming_week())
    assert "Karrada , Baghdad" in page.text()
    assert "The exact place is told on Saturday, 2 June 2018 at 08:00 ." in page.text()


def test_postponed_and_cancelled_activities_say_so_and_keep_their_history() -> None:
    week = samples.coming_week()
    postponed = set_page("en/weeks/summer-days/marathon/index.html", week).text()
    assert "Postponed" in postponed
    assert "Announced for Friday, 1 June 2018 ; a new date was not set." in postponed
    assert "told on 20 May 2018" in postponed
    assert "Sandstorms are expected." in postponed
    moved = set_page("en/weeks/summer-days/tea-and-talks/index.html", week).text()
    assert "Announced for Saturday, 2 June 2018 , moved to Tuesday, 5 June 2018 ." in moved
    assert "Cancelled" in set_page("en/weeks/summer-days/debate/index.html", week).text()


@pytest.mark.parametrize(
    ("code", "now", "told"),
    [
        ("planned", samples.BEFORE, "Upcoming"),
        ("open", samples.BEFORE, "Upcoming"),
        ("planned", samples.AFTER, ""),
        ("held", samples.AFTER, "Held"),
        ("documented", samples.AFTER, "Held"),
        ("cancelled", samples.AFTER, "Cancelled"),
    ],
)
def test_state_is_told_only_as_far_as_it_is_known(code: str, now: date, told: str) -> None:
    state = scenery.term(code, code, code, code)
    week = samples.kahramana_week()
    activities = [msgspec.structs.replace(activity, state=state) for activity in week.activities]
    page = set_page(
        "en/weeks/kahramana-week/picnic/index.html",
        msgspec.structs.replace(week, activities=tuple(activities)),
        now=now,
    )
    chips = [
        element.attributes["class"] for element in page.all("span") if "chip" in element.attributes.get("class", "")
    ]
    assert chips == ([f"chip {told.lower()}"] if told else [])


def test_sitting_without_known_day_is_not_pinned_to_one(read_pages: dict[str, Page]) -> None:
    text = read_pages[WEEK].text()
    assert "2 days between 25 and 27 March 2018" in text
    assert "25–27 March Sunday 25 Monday 26 Tuesday 27" in text


def test_several_sittings_are_all_told() -> None:
    week = samples.kahramana_week()
    sittings = tuple(
        SittingRecord(when=When(start=day, end=day), note={"en": f"part {number}"})
        for number, day in enumerate((date(2018, 3, 21), date(2018, 3, 23)), 1)
    )
    picnic = msgspec.structs.replace(week.activities[0], sittings=sittings)
    page = set_page("en/weeks/kahramana-week/picnic/index.html", msgspec.structs.replace(week, activities=(picnic,)))
    assert "Wednesday, 21 March 2018 · part 1 Friday, 23 March 2018 · part 2" in page.text()


def test_promises_stand_by_state_with_what_became_of_them(read_pages: dict[str, Page]) -> None:
    page = read_pages["en/promises/index.html"]
    assert [words for level, words in page.headings() if level == 2] == ["Promised", "1", "Kept", "1"]
    assert "Kept: Kahramana race, third edition , 9 March 2019 , Zawra Park" in page.text()


def test_first_page_leads_with_the_next_week_else_the_latest() -> None:
    weeks = [samples.published(samples.kahramana_week()), samples.published(samples.coming_week())]
    for now, lead in ((samples.AFTER, "Summer days for the rivers"), (date(2018, 7, 1), "Summer days for the rivers")):
        leaves = site_leaves(site=samples.site(), weeks=weeks, now=now)
        page = read(next(leaf.make() for leaf in leaves if leaf.path == "en/index.html"))
        assert page.headings()[0] == (1, lead)
        assert ("Next ·" in page.text()) == (now == samples.AFTER)


def test_cancelled_week_is_not_announced_as_the_next() -> None:
    cancelled = msgspec.structs.replace(samples.coming_week(), state=scenery.CANCELLED)
    weeks = [samples.published(samples.kahramana_week()), samples.published(cancelled)]
    leaves = site_leaves(site=samples.site(), weeks=weeks, now=samples.AFTER)
    page = read(next(leaf.make() for leaf in leaves if leaf.path == "en/index.html"))
    assert page.headings()[0] == (1, "Kahramana week for women across Baghdad")


def test_organisation_page_tells_names_ties_and_parts(read_pages: dict[str, Page]) -> None:
    text = read_pages["en/organisations/kahramana/index.html"].text()
    assert "كهرمانة" in text
    assert "Women's rights path" in text
    assert "part of Iraqi Social Forum" in text
    assert "Kahramana week for women across Baghdad" in text
    forum = read_pages["en/organisations/isf/index.html"].text()
    assert "Kahramana part of ISF" in forum


def test_page_about_the_site_says_what_it_keeps_and_how_to_check_it(read_pages: dict[str, Page]) -> None:
    text = read_pages["en/about/index.html"].text()
    assert "no script, no cookie" in text
    assert "tadamun verify DIR" in text
    assert "Numbers below 10" in text


def test_example_week_says_that_it_is_one() -> None:
    page = set_page(WEEK, samples.kahramana_week(invented=True))
    assert "This is an example" in page.text()
    assert "This is an example" not in set_page(WEEK, samples.kahramana_week()).text()


def test_every_link_inside_the_site_leads_somewhere(pages: dict[str, bytes], read_pages: dict[str, Page]) -> None:
    elsewhere = re.compile(r"/(feeds|data|media|manifest)\b|/.*/weeks/(race-2019|shahrazad)/")
    for path, page in read_pages.items():
        for element in page.elements:
            target = element.attributes.get("href", "").removeprefix("https://week.example.org").split("#")[0]
            if (
                target.startswith("/")
                and not elsewhere.match(target)
                and element.attributes.get("type") != "application/ld+json"
            ):
                file = target[1:] + ("index.html" if target.endswith("/") else "")
                assert file in pages, (path, target)


def test_text_to_pass_on_tells_the_place_of_the_activity_and_nothing_where_none_was_stated() -> None:
    def passed_on(path: str) -> str:
        text = set_page(WEEK.replace("index", path), samples.kahramana_week()).text()
        return text.partition("A text to pass on")[2].partition("Last changed")[0]

    assert "Baghdad" in passed_on("index")
    assert "Abu Nawas" in passed_on("picnic/index")
    assert "28 March 2018" in passed_on("debate/index")
    assert "Baghdad" not in passed_on("debate/index")


def test_further_sitting_tells_its_own_time_and_place() -> None:
    week = samples.kahramana_week()
    first = week.activities[0].sittings[0]
    elsewhere = msgspec.structs.replace(first.place, slug="oslo", names={"en": "Oslo"}, landmark={}, within=())
    again = SittingRecord(
        when=When(start=date(2018, 3, 27), end=date(2018, 3, 27), start_time=time(14, 30)), place=elsewhere
    )
    picnic = msgspec.structs.replace(week.activities[0], sittings=(first, again))
    text = set_page(WEEK, msgspec.structs.replace(week, activities=(picnic,))).text()
    assert re.search(r"27 March .*14:30 .*Oslo", text)


def test_source_of_a_figure_is_not_told_of_twice() -> None:
    week = samples.kahramana_week()
    other = msgspec.structs.replace(week.sources[0], title={"en": "Another account"})
    text = set_page(WEEK, msgspec.structs.replace(week, also_told_by=(*week.sources, other))).text()
    sources, _, told = text.partition("Sources")[2].partition("Also told by")
    assert "Kahramana week for women" in sources
    assert "Another account" in told
    assert "Kahramana week for women" not in told.partition("Take it with you")[0]
