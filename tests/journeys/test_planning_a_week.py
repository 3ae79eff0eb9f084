"""From an empty installation to a published week, with a phone alone: in English and in Arabic, without script.

The whole of it is real: the operator's commands, the server, a browser of 360 px. Everything is found by the words
that a member reads, from the desk's first page on, so a page that does not say where it leads ends the journey. It
walks steps 1 to 8, 13 to 16 and 18 of the acceptance run. That a week entered through these forms is the example's,
fact by fact, is shown by ``test_the_week_by_hand.py``, on both databases: there the exported file equals the example's.

What each step costs her is printed; ``pytest -s`` shows it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from tadamun.organise.network.vocabulary import OrganisationKind, TieType
from tadamun.organise.programme.vocabulary import InvolvementType, OccasionKind, PlaceKind, PromiseState
from tadamun.organise.safety.vocabulary import Audience
from tadamun.toolkit import clock
from tests.journeys import people_steps, words_steps
from tests.journeys.coordinator import Coordinator, days_from
from tests.journeys.journey import ACTIVITIES, Journey
from tests.journeys.operator import Operator
from tests.journeys.phone import Effort
from tests.journeys.running import postgresql, server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each language and each database once; with ``--every-journey`` each language on each database."""
    pairs = [("sqlite", "en"), ("postgresql", "ar")]
    if metafunc.config.getoption("--every-journey"):
        pairs += [("sqlite", "ar"), ("postgresql", "en")]
    metafunc.parametrize(("database", "code"), pairs)


@pytest.fixture
def operator(database: str, tmp_path: Path) -> Iterator[Operator]:
    """An empty installation, with a database of its own."""
    with postgresql(tmp_path / "database") if database == "postgresql" else nullcontext("") as address:
        operator = Operator(tmp_path / "home", database=address)
        operator.must("init")
        yield operator


def invitation(operator: Operator, site: str) -> str:
    """The link of the first account, at the address where the server is."""
    said = operator.must("user", "add", "layla@example.org", "--operator").split()[-1]
    return f"{site}/{said.split('/', 3)[3]}"


def test_a_week_is_planned_with_a_phone_from_an_empty_installation(
    operator: Operator, browser: Browser, tmp_path: Path, code: str
) -> None:
    said, passing = tmp_path / "said.log", tmp_path / "temporary"
    passing.mkdir()
    with told(said), server(operator, output=said, temporary=passing) as (site, _process):
        first = clock.now().astimezone(ZoneInfo("Asia/Baghdad")).date()
        journey = Journey(Coordinator.held(browser, site, code), browser, days_from(first))
        before_it_is_public(journey, invitation(operator, site))
        once_it_is_public(journey)
    print(f"\n{code}\n{journey.table()}")
    assert "Traceback" not in said.read_text(encoding="utf-8")


@contextmanager
def told(said: Path) -> Iterator[None]:
    """When the road ends early, what the server said is shown with it."""
    try:
        yield
    except BaseException:
        print(said.read_text(encoding="utf-8")[-6000:])
        raise


def before_it_is_public(journey: Journey, link: str) -> None:
    """From the link of an account to a week that can be published, step by step."""
    with journey.step("an account"):
        journey.layla.arrive(link)
    with journey.step("1, 2 organisations, the world"):
        set_up(journey)
    with journey.step("3, 5 a week, six activities"):
        plan(journey)
    with journey.step("4 partners"):
        partners_answer(journey)
    with journey.step("6 permit, risk, go, place"):
        make_safe(journey)
    with journey.step("6 contact tree"):
        people_steps.contact_tree(journey)
    with journey.step("7 sign-up"):
        people_steps.open_the_doors(journey)
    with journey.step("8 materials, a shift"):
        helper = people_steps.materials(journey)
    with journey.step("13 translation"):
        words_steps.translate(journey)
    with journey.step("8 a helper"):
        people_steps.helps(journey, helper)
    with journey.step("14 sign-off"):
        words_steps.signed_off(journey)


def once_it_is_public(journey: Journey) -> None:
    """From publishing to what follows from it, step by step."""
    with journey.step("15 preview, publish"):
        publish(journey)
    with journey.step("7 two at the gate"):
        candidate, runner = people_steps.at_the_gate(journey)
    with journey.step("3 postpone"):
        postpone(journey)
    with journey.step("7 two sign up"):
        people_steps.sign_up(journey, candidate, runner)
    with journey.step("16 repeat in Nasiriya"):
        repeat_in_nasiriya(journey)
    with journey.step("15 report back"):
        report_back(journey)
    with journey.step("18 editions"):
        editions(journey)


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
        journey.slug = layla.begin(called("week"), journey.days[0], journey.days[7])
    assert spent == Effort(taps=4, fields=3)
    layla.must_say(called("newroz"))
    for activity, (kind, day) in ACTIVITIES.items():
        with layla.counted() as spent:
            layla.add(called(activity), kind, journey.days[day])
        assert spent == Effort(taps=2, fields=2)
    with layla.counted() as spent:
        layla.move(called("debate"), later=True)
    assert spent == Effort(taps=2)
    assert called("debate") in layla.page.locator(f"#day-{journey.days[7].isoformat()}").inner_text()
    journey.to("leaflets")
    layla.two_days_between(journey.days[6])
    layla.contribute(called("campaign"))
    layla.must_say(called("campaign"))
    journey.to("training")
    begins = f"{called('training_begins')} {words_steps.day_in(journey, layla.code)}."
    layla.says(for_whom=called("candidates"), what_for=called("confidence"), text=begins)
    layla.must_say(called("candidates"))
    layla.promise(called("promise"), called("mashufna"))


def partners_answer(journey: Journey) -> None:
    """Four are asked by a link; three answer without an account: yes, with other words, no. One says nothing."""
    layla, called = journey.layla, journey.called
    asked = {"race": "sav", "leaflets": "justice", "debate": "amal", "talks": "silent"}
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
    phone.leave()


def make_safe(journey: Journey) -> None:
    """A permit, a risk, go; and the exact place of the race kept back from the public."""
    layla, called, code = journey.layla, journey.called, journey.layla.code
    journey.to("race")
    layla.told_later(called("park"), called("baghdad"), f"{journey.days[2].isoformat()}T06:00")
    layla.row("permits", **{f"what-{code}": called("permit"), "deadline": journey.days[1].isoformat()})
    layla.row("risks", **{f"what-{code}": called("heat"), f"measure-{code}": called("water")})
    layla.row("go", **{f"criteria-{code}": called("permit"), "decide_by": journey.days[1].isoformat()})
    layla.decide_go()
    layla.plan_week(called("week"))


def publish(journey: Journey) -> None:
    """Seen as the public and as a donor, then published; the site shows it within a second, and no more of it."""
    layla, called = journey.layla, journey.called
    *outside, coalition = layla.previewed(called("week"), Audience.PUBLIC, Audience.DONOR, Audience.COALITION)
    for seen in outside:
        assert called("race") in seen
        assert not any(called(name) in seen for name in ("amal", "silent", "park", "nurse"))
    # The coalition knows where the race is.
    assert called("park") in coalition
    unsigned = layla.page.locator("#unsigned").inner_text()
    assert called("justice") in unsigned
    assert called("sav") not in unsigned
    journey.to_week()
    with layla.counted() as spent:
        layla.publish()
    assert spent == Effort(taps=2)
    public = journey.reader()
    public.must_say(*map(called, (*ACTIVITIES, "week", "sav", "justice_says", "promise")))
    assert not any(called(name) in public.told() for name in ("amal", "silent", "park", "nurse"))
    public.leave()
    words_steps.read_elsewhere(journey)


def postpone(journey: Journey) -> None:
    """The talks, two days later, which the public reads without anybody publishing again."""
    layla = journey.layla
    journey.to("talks")
    with layla.counted() as spent:
        layla.postpone(journey.days[5])
    assert spent == Effort(taps=3, fields=1)
    journey.to_week()
    assert journey.called("talks") in layla.page.locator(f"#day-{journey.days[5].isoformat()}").inner_text()
    journey.to("talks")
    layla.must_say("Dates that moved")
    public = journey.reader()
    talks = public.page.locator("article").filter(has_text=journey.called("talks"))
    for _second in range(60):
        if talks.locator(f"time[datetime='{journey.days[5].isoformat()}']").count():
            break
        time.sleep(1)
        public.page.reload()
    else:
        raise AssertionError(f"The public still waits on the old day:\n{talks.inner_text()}")
    public.leave()


def repeat_in_nasiriya(journey: Journey) -> None:
    """The training again, as promised: scheduled on the first one's page; kept, in public too, once it was held."""
    layla, called = journey.layla, journey.called
    journey.to("training")
    with layla.counted() as spent:
        layla.repeat(called("training_again"), journey.days[0])
    assert spent == Effort(taps=2, fields=2)
    layla.must_say(called("mashufna"), called("training_again"))
    journey.to("training")
    assert layla.words(PromiseState.SCHEDULED.label) in layla.page.locator("#promises").inner_text()
    journey.to("training_again")
    layla.step("It is planned")
    layla.step("It was held")
    journey.to("training")
    assert layla.words(PromiseState.HELD.label) in layla.page.locator("#promises").inner_text()
    journey.to_week()
    layla.publish()
    public = journey.reader()
    public.tap_words(called("training"))
    kept = public.page.locator(".promise").filter(has_text=called("promise"))
    assert public.words(PromiseState.HELD.label) in (kept.text_content() or "")
    public.leave()


def report_back(journey: Journey) -> None:
    """What the owner of the campaign is told of the leaflets, ready to send."""
    layla, called = journey.layla, journey.called
    journey.to("leaflets")
    layla.press(layla.page.locator("#elsewhere a").filter(has_text=called("campaign")))
    layla.must_say("Report back", called("leaflets"))
    assert called("leaflets") in layla.page.locator("textarea").input_value()


def editions(journey: Journey) -> None:
    """The race as the second of its series, next year's under another name: side by side, each where it is known."""
    layla, called = journey.layla, journey.called
    layla.series(called("race"))
    journey.to("race")
    layla.edition(called("race"), 2)
    layla.repeat(called("race_again"), journey.days[2] + timedelta(days=364), called("park"))
    layla.edition(called("race"), 3)
    layla.tap("Editions side by side")
    rows = layla.page.locator("main tbody tr")
    for number, name in {"2": "race", "3": "race_again"}.items():
        row = rows.filter(has_text=called(name)).filter(has_text=number)
        assert called("park") in row.inner_text()
