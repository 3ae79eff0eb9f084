"""From an empty installation to a published week, with a phone alone: in English and in Arabic, without script.

The whole of it is real: the operator's commands, the server, a browser of 360 px. Everything is found by the words
that a member reads, so a page that does not say where it leads ends the journey.
"""

import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from tadamun.organise.network.vocabulary import OrganisationKind, TieType
from tadamun.organise.programme.vocabulary import InvolvementType, OccasionKind, PlaceKind, PromiseState
from tadamun.toolkit import clock
from tests.journeys.coordinator import Coordinator, days_from
from tests.journeys.operator import Operator
from tests.journeys.phone import Effort, Phone
from tests.journeys.running import postgresql, server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# English and Arabic, as they stand in the example week.
NAMES = {
    "kahramana": ("Kahramana", "كهرمانة"),
    "isf": ("Iraqi Social Forum", "المنتدى الاجتماعي العراقي"),
    "icssi": ("Iraqi Civil Society Solidarity Initiative", "مبادرة التضامن مع المجتمع المدني العراقي"),
    "tammuz": ("Tammuz", "تموز"),
    "sav": ("Sports Against Violence", "رياضة ضد العنف"),
    "amal": ("Al-Amal Association", "جمعية الأمل"),
    "justice": ("Social Justice working group", "مجموعة عمل العدالة الاجتماعية"),
    "justice_says": ("together with the Social Justice group", "معًا مع مجموعة العدالة الاجتماعية"),
    "newroz": ("Newroz", "نوروز"),
    "campaign": ("23-day international campaign", "الحملة الدولية، 23 يومًا"),
    "baghdad": ("Baghdad", "بغداد"),
    "park": ("Zawra’a Park", "متنزه الزوراء"),
    "dhi_qar": ("Dhi Qar", "ذي قار"),
    "nasiriya": ("Nasiriya", "الناصرية"),
    "mashufna": ("Mashufna Center", "مركز مشحوفنا"),
    "week": ("Kahramana Week for women across Baghdad", "أسبوع كهرمانة للنساء في أنحاء بغداد"),
    "picnic": ("Newroz picnic in Abu Nawas gardens", "نزهة نوروز في حدائق أبي نؤاس"),
    "training": ("Training for women candidates", "تدريب للمرشّحات"),
    "race": ("Kahramana Marathon", "ماراثون كهرمانة"),
    "talks": ("Tea and talks", "شاي وأحاديث"),
    "leaflets": ("Leaflets against gender-based violence", "منشورات ضد العنف"),
    "debate": ("Debate on the coming election", "مناظرة عن الانتخابات المقبلة"),
    "promise": ("A similar workshop in Nasiriya", "ورشة مماثلة في الناصرية"),
    "permit": ("Leave to use the park", "إذن استعمال المتنزه"),
    "heat": ("Heat", "الحرّ"),
    "water": ("Water at the start", "ماء عند الانطلاق"),
}
# Seconds until the site shows it: one, and as much again for a machine that does other things meanwhile.
SOON = 2.0
# Kind, and the day on which it is added.
ACTIVITIES = {
    "picnic": ("gathering", 0),
    "training": ("training", 0),
    "race": ("race", 2),
    "talks": ("talk", 3),
    "leaflets": ("outreach", 4),
    "debate": ("debate", 6),
}


@dataclass
class Journey:
    """Layla, her phone, the site, and the days of her week, of which the first is today."""

    layla: Coordinator
    browser: Browser
    days: list[date]
    week: str = ""

    def called(self, name: str) -> str:
        return NAMES[name][self.layla.code == "ar"]

    def to(self, activity: str) -> None:
        """Open an activity from the board."""
        self.layla.open(self.week)
        self.layla.tap_words(self.called(activity))

    def somebody(self) -> Phone:
        """A phone of somebody else, with no account."""
        return Phone.held(self.browser, self.layla.site, self.layla.code)


@pytest.fixture(params=["sqlite", "postgresql"])
def operator(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Operator]:
    """An empty installation."""
    with postgresql(tmp_path / "database") if request.param == "postgresql" else nullcontext("") as database:
        operator = Operator(tmp_path / "home", database=database)
        operator.must("init")
        yield operator


def invitation(operator: Operator, site: str) -> str:
    """The link of the first account, at the address where the server is."""
    said = operator.must("user", "add", "layla@example.org", "--operator").split()[-1]
    return f"{site}/{said.split('/', 3)[3]}"


@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_week_is_planned_with_a_phone_from_an_empty_installation(
    operator: Operator, browser: Browser, tmp_path: Path, code: str
) -> None:
    said, passing = tmp_path / "said.log", tmp_path / "temporary"
    passing.mkdir()
    with server(operator, output=said, temporary=passing) as (site, _process):
        first = clock.now().astimezone(ZoneInfo("Asia/Baghdad")).date()
        journey = Journey(Coordinator.held(browser, site, code), browser, days_from(first))
        journey.layla.arrive(invitation(operator, site))
        set_up(journey)
        plan(journey)
        partners_answer(journey)
        make_safe(journey)
        publish(journey)
        postpone(journey)
        repeat_in_nasiriya(journey)
        editions(journey)
    assert "Traceback" not in said.read_text(encoding="utf-8")


def set_up(journey: Journey) -> None:
    """The organisations with their ties, and what is in the world around the week."""
    layla, called = journey.layla, journey.called
    layla.first_organisation(called("kahramana"), OrganisationKind.PATH)
    layla.organisation(called("isf"), OrganisationKind.FORUM)
    layla.organisation(called("icssi"), OrganisationKind.COALITION)
    layla.organisation(called("tammuz"), OrganisationKind.ASSOCIATION)
    layla.tie(called("kahramana"), TieType.PART_OF, called("isf"))
    layla.tie(called("kahramana"), TieType.RUN_BY, called("tammuz"))
    layla.must_say("Belongs to", called("isf"), called("tammuz"))
    layla.occasion(called("newroz"), OccasionKind.HOLIDAY, journey.days[0])
    first = journey.days[0] - timedelta(days=35)
    layla.campaign(called("campaign"), first, first + timedelta(days=22), called("icssi"))
    layla.place(called("baghdad"), PlaceKind.CITY)
    layla.place(called("park"), PlaceKind.VENUE, called("baghdad"))
    layla.place(called("dhi_qar"), PlaceKind.GOVERNORATE)
    layla.place(called("nasiriya"), PlaceKind.CITY, called("dhi_qar"))
    layla.place(called("mashufna"), PlaceKind.VENUE, called("nasiriya"))


def plan(journey: Journey) -> None:
    """A week from nothing, six activities, one of them on two days that are not said; a few touches each."""
    layla, called = journey.layla, journey.called
    with layla.counted() as spent:
        journey.week = layla.begin(called("week"), journey.days[0], journey.days[7])
    assert spent == Effort(taps=4, fields=3)
    layla.must_say(called("newroz"))
    for activity, (kind, day) in ACTIVITIES.items():
        started = time.monotonic()
        with layla.counted() as spent:
            layla.add(called(activity), kind, journey.days[day])
        assert spent == Effort(taps=2, fields=2)
        assert time.monotonic() - started < 60
    with layla.counted() as spent:
        layla.move(called("debate"), later=True)
    assert spent == Effort(taps=2)
    assert called("debate") in layla.page.locator(f"#day-{journey.days[7].isoformat()}").inner_text()
    journey.to("leaflets")
    layla.two_days_between(journey.days[6])
    layla.contribute(called("campaign"))
    layla.must_say(called("campaign"))
    journey.to("training")
    layla.promise(called("promise"), called("mashufna"))


def partners_answer(journey: Journey) -> None:
    """Three are asked by a link and answer without an account: one yes, one with other words, one no."""
    layla, called = journey.layla, journey.called
    asked = {"race": "sav", "leaflets": "justice", "debate": "amal"}
    links = {}
    for activity, who in asked.items():
        journey.to(activity)
        with layla.counted() as spent:
            links[who] = layla.invite(called(who), InvolvementType.COOPERATION)
        assert spent.taps <= 4
        assert spent.fields <= 3
    answer(journey, links["sav"], "Yes, with these words")
    answer(journey, links["justice"], "Yes, but with other words", called("justice_says"))
    answer(journey, links["amal"], "No, do not name us")
    journey.to("leaflets")
    layla.tap_words(called("justice"))
    layla.tap("Take their words")
    layla.must_say(called("justice_says"))


def answer(journey: Journey, link: str, answer: str, line: str = "") -> None:
    phone = journey.somebody()
    phone.open(link)
    phone.choose("Your answer", answer)
    if line:
        phone.write("The line as you want it", line)
    phone.tap("Send the answer")
    phone.must_say("Your answer:")
    assert phone.page.context.cookies() == []
    phone.page.context.close()


def make_safe(journey: Journey) -> None:
    """A permit, a risk, go; and the exact place of the race kept back from the public."""
    layla, called, code = journey.layla, journey.called, journey.layla.code
    journey.to("race")
    layla.told_later(called("park"), called("baghdad"), f"{journey.days[2].isoformat()}T06:00")
    layla.row("permits", **{f"what-{code}": called("permit"), "deadline": journey.days[1].isoformat()})
    layla.row("risks", **{f"what-{code}": called("heat"), f"measure-{code}": called("water")})
    layla.row("go", **{f"criteria-{code}": called("permit"), "decide_by": journey.days[1].isoformat()})
    layla.decide_go()


def publish(journey: Journey) -> None:
    """Seen as the public and as a donor, then published; the site shows it within a second, and no more of it."""
    layla, called = journey.layla, journey.called
    layla.plan_week(journey.week)
    for audience in ("public", "donor"):
        seen = layla.previewed(journey.week, audience)
        assert called("race") in seen
        assert called("amal") not in seen
        assert called("park") not in seen
    # The coalition knows where the race is.
    assert called("park") in layla.previewed(journey.week, "coalition")
    with layla.counted() as spent:
        layla.publish(journey.week)
    assert spent == Effort(taps=2)
    public = public_page(journey)
    public.must_say(*map(called, (*ACTIVITIES, "week", "sav", "justice_says", "promise")))
    assert called("amal") not in public.told()
    assert called("park") not in public.told()
    public.page.context.close()


def public_page(journey: Journey) -> Phone:
    """The week as somebody reads it who knows its address."""
    public, started = journey.somebody(), time.monotonic()
    public.open(f"/{public.code}/weeks/{journey.week.rstrip('/').rpartition('/')[2]}/")
    assert time.monotonic() - started < SOON
    return public


def postpone(journey: Journey) -> None:
    """The talks, two days later, which the public reads without anybody publishing again."""
    layla = journey.layla
    journey.to("talks")
    with layla.counted() as spent:
        layla.postpone(journey.days[5])
    assert spent == Effort(taps=3, fields=1)
    layla.open(journey.week)
    assert journey.called("talks") in layla.page.locator(f"#day-{journey.days[5].isoformat()}").inner_text()
    journey.to("talks")
    layla.must_say("Dates that moved")
    public = public_page(journey)
    talks = public.page.locator("article").filter(has_text=journey.called("talks"))
    for _second in range(20):
        if talks.locator(f"time[datetime='{journey.days[5].isoformat()}']").count():
            break
        time.sleep(1)
        public.page.reload()
    else:
        raise AssertionError(f"The public still waits on the old day:\n{talks.inner_text()}")
    public.page.context.close()


def repeat_in_nasiriya(journey: Journey) -> None:
    """The training again, as it was promised: scheduled on the first one's page, and kept once it was held."""
    layla, called = journey.layla, journey.called
    journey.to("training")
    with layla.counted() as spent:
        layla.repeat(journey.days[0])
    assert spent == Effort(taps=2, fields=1)
    layla.must_say(called("mashufna"))
    again = layla.page.url
    journey.to("training")
    assert layla.words(PromiseState.SCHEDULED.label) in layla.page.locator("#promises").inner_text()
    layla.open(again)
    layla.step("It is planned")
    layla.step("It was held")
    journey.to("training")
    assert layla.words(PromiseState.HELD.label) in layla.page.locator("#promises").inner_text()


def editions(journey: Journey) -> None:
    """The race as the second of its series."""
    layla, called = journey.layla, journey.called
    layla.shelf("Series", "Add a series")
    layla.write("Name", called("race"))
    layla.tap("Add")
    journey.to("race")
    layla.edition(called("race"), 2)
    layla.tap("Editions side by side")
    layla.must_say(called("race"), called("park"))
