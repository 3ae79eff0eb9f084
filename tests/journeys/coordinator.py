"""What a coordinator does on the desk with her phone, page by page; each act says in its own words what she wants."""

import re
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from tadamun.kinds.registry import KINDS
from tadamun.organise.network.vocabulary import OrganisationKind, TieType
from tadamun.organise.people.vocabulary import Category
from tadamun.organise.planning.vocabulary import CallFor, PrintState
from tadamun.organise.programme.vocabulary import DatePrecision, InvolvementType, OccasionKind, PlaceKind, TellPlace
from tadamun.organise.safety.vocabulary import Audience
from tests.journeys.phone import Phone, exactly

PASSPHRASE = "twelve stars over the river"


class Coordinator(Phone):
    """Layla with her phone."""

    def arrive(self, link: str) -> None:
        """From the link that the operator's command printed to her desk, with a recovery code on paper."""
        self.open(link)
        self.write("Name that the others see", "Layla")
        for box in self.page.locator("main input[type=password]").all():
            self.fill(box, PASSPHRASE)
        self.tap("Make my account")
        groups = [re.sub(r"^\d+", "", one.inner_text()).strip() for one in self.page.locator("ol.recovery li").all()]
        for box in self.page.locator("main form[action] input:not([type=hidden])").all():
            asked = re.search(r"\d+", self.page.locator(f"label[for='{box.get_attribute('id')}']").inner_text())
            assert asked
            self.fill(box, groups[int(asked.group()) - 1])
        self.tap("I have written it down")
        self.speak()

    def speak(self) -> None:
        """Set the language of the desk to that of the phone."""
        if self.page.locator("html").get_attribute("lang") != self.code:
            self.press(self.page.locator(f"footer button[value={self.code}]"))

    def home(self) -> None:
        """The first page, by its link at the top."""
        self.press(self.page.locator("header a.home"))

    def to_week(self, title: str) -> None:
        """A week, from the first page."""
        self.home()
        self.press(self.page.locator("main h2 a").filter(has_text=exactly(title)))

    def to_activity(self, title: str) -> None:
        """An activity, from the first page."""
        self.home()
        self.press(self.page.locator("main .tiles h3 a").filter(has_text=exactly(title)))

    def directory(self) -> None:
        """What all weeks share, by the menu."""
        self.press(self.page.locator("header nav a").filter(has_text=exactly(self.words("Directory"))))

    def first_organisation(self, name: str, kind: OrganisationKind) -> None:
        """Hers, without which no week can begin."""
        self.tap("Begin with your organisation")
        self._organisation(name, kind)

    def organisation(self, name: str, kind: OrganisationKind) -> None:
        """One more that takes part in something."""
        self.directory()
        self.tap("Organisations")
        self.tap("Add an organisation")
        self._organisation(name, kind)

    def tie(self, whose: str, kind: TieType, to: str) -> None:
        """How it belongs to another one."""
        self.directory()
        self.tap("Organisations")
        self.tap_words(whose)
        self.choose("How they belong together", kind.label)
        self.choose("To which organisation", to)
        self.press(self.page.locator("button[value=tie]"))

    def _organisation(self, name: str, kind: OrganisationKind) -> None:
        self.write("Name", name)
        self.choose("What it is", kind.label)
        self.tap("Add", asks_back=True)
        if self.page.locator("[name=slug][aria-invalid=true]").count():
            self.tap("Add")  # how a name in her letters is spelt in addresses is shown before it stays

    def occasion(self, name: str, kind: OccasionKind, day: date) -> None:
        """A day of the outside world."""
        self.shelf("Add an occasion")
        self.write("Name", name)
        self.choose("Kind of occasion", kind.label)
        self.write("Day", day.isoformat())
        self.tap("Add")

    def campaign(self, name: str, first: date, last: date, owner: str) -> None:
        """Somebody else's campaign."""
        self.shelf("Add a campaign")
        self.write("Name", name)
        self.write("First day", first.isoformat())
        self.write("Last day", last.isoformat())
        self.choose("Whose it is", owner)
        self.tap("Add")

    def place(self, name: str, kind: PlaceKind, within: str = "") -> None:
        """Where things happen."""
        self.shelf("Add a place")
        self.write("Name", name)
        self.choose("Kind of place", kind.label)
        if within:
            self.choose("Lies in", within)
        self.tap("Add")

    def shelf(self, add: str) -> None:
        """One more of something that all weeks share."""
        self.directory()
        self.tap(add)

    def series(self, name: str) -> None:
        """What comes again under changing names."""
        self.shelf("Add a series")
        self.write("Name", name)
        self.tap("Add")

    def begin(self, title: str, first: date, last: date) -> str:
        """A week from nothing; returns the last part of its address."""
        self.home()
        self.tap("Begin a week")
        self.tap("From nothing")
        self.write("Title", title)
        self.write("First day", first.isoformat())
        self.write("Last day", last.isoformat())
        self.tap("Begin")
        return self.page.url.partition("#")[0].rstrip("/").rpartition("/")[2]

    def add(self, title: str, kind: str, day: date) -> None:
        """An activity from the board: from the place of its day."""
        self.press(self.page.locator(f"#day-{day.isoformat()} p.add a"))
        self.write("Title", title)
        self.choose("Kind of activity", KINDS[kind].name)
        self.tap("Add")

    def move(self, title: str, *, later: bool) -> None:
        """An activity on the board a day on, or back."""
        card = self.page.locator("li.card").filter(has=self.page.get_by_role("link", name=title, exact=True)).first
        way = self.words("A day later" if later else "A day earlier")
        self.press(card.locator("button").filter(has_text=way))

    def where(self, place: str) -> None:
        """On an activity's page: the place of its first day."""
        self.press(self.page.locator("#sittings li a").first)
        self.choose("Exact place", place)
        self.tap("Save")

    def told_later(self, place: str, public: str, moment: str) -> None:
        """The exact place kept back until a moment; the public knows a wider one."""
        self.press(self.page.locator("#sittings li a").first)
        self.choose("Exact place", place)
        self.choose("Place that the public is told meanwhile", public)
        self.choose("The exact place is told", TellPlace.LATER.label)
        self.write("The exact place is told from", moment)
        self.tap("Save")

    def two_days_between(self, last: date) -> None:
        """Two days, not said which, until a last one."""
        self.press(self.page.locator("#sittings li a").first)
        self.write("Last day", last.isoformat())
        self.choose("How the days are meant", DatePrecision.BETWEEN.label)
        self.write("On how many of these days", "2")
        self.tap("Save")

    def invite(self, who: str, part: InvolvementType) -> str:
        """Name a partner on the page that is open, ask by link; returns the link."""
        self.press(self.page.locator("#partners a[href$='/partners/new/']"))
        self.write("Who takes part", who)
        self.choose("Its part", part.label)
        self.tap("Go on", asks_back=True)
        if self.page.locator("[name=which]").count():
            self.choose("Who is meant", "A new organisation with this name")
            self.tap("Go on")
        self.tap("Ask them")
        return self.handed_on()

    def ask_about_text(self, who: str) -> str:
        """A partner of the activity that is open, which has agreed: to sign off the text; returns the link."""
        self.tap_words(who)
        self.tap("Ask them")
        return self.handed_on()

    def row(self, code: str, **said: Any) -> None:
        """A row of a panel: written into its first fields by their names."""
        self.press(self.page.locator(f"a[href*='/{code}/new/']").first)
        for name, words in said.items():
            self.fill(self.page.locator(f"[name='{name}']").first, words)
        self.tap("Save")

    def says(self, **said: str) -> None:
        """What the activity that is open says, in her language: ``text``, ``for_whom``."""
        labels = {"text": "Text", "for_whom": "For whom", "what_for": "What it is for"}
        self.press(self.page.locator("a[href$='/plan/']").first)
        for name, words in said.items():
            self.write(labels[name], words)
        self.tap("Save")

    def step(self, words: str) -> None:
        """The next step of what is open."""
        self.press(self.page.locator("a[href$='/state/']").first)
        self.tap(words)

    def postpone(self, to: date) -> None:
        """The activity that is open, to another day."""
        self.press(self.page.locator("a[href$='/state/']").first)
        self.tap("Postpone it")
        self.write("New first day", to.isoformat())
        self.tap("Postpone")

    def promise(self, words: str, place: str) -> None:
        """What is promised on the activity that is open."""
        self.press(self.page.locator("a[href*='/promises/new/']"))
        self.write("What was promised", words)
        self.choose("Where", place)
        self.tap("Save")

    def contribute(self, campaign: str) -> None:
        """The activity that is open is part of somebody else's campaign."""
        self.press(self.page.locator("a[href*='/contributions/new/']"))
        self.choose("Campaign", campaign)
        self.tap("Save")

    def decide_go(self) -> None:
        """The question that was asked on the activity that is open: it takes place."""
        self.press(self.page.locator("#go li a").first)
        self.page.locator("[name=verdict][value=go]").check()
        self.tap("Decide")

    def call(self, call_for: CallFor, role: str, name: str, number: str) -> None:
        """Somebody to call, on the activity that is open: by role, with a name and a number that are sealed."""
        self.tap("Add somebody to call")
        self.choose("Called when", call_for.label)
        self.write("Who that is, without a name", role)
        self.write("Name", name)
        self.write("Number", number)
        self.tap("Save")

    def sign_up(self, places: int, *categories: Category) -> None:
        """People can sign up for the activity that is open; stays on the settings of its sign-up."""
        self.press(self.page.locator("#people a").last)
        self.tap("Make a sign-up")
        self.tap("Open it for sign-up")
        self.tap("Open it for sign-up")
        self.press(self.page.locator("#people a").last)
        self.tap("Settings")
        self.write("Places", str(places))
        self.tick("Keep a waiting list once it is full")
        for category in categories:
            self.choose("Categories that are asked", category.label)
        self.tap("Save")

    def condition(self, sentence: str) -> None:
        """On the settings of a sign-up: for whom it is."""
        self.tap("Add a condition")
        self.write("Condition, as a sentence that the person can affirm", sentence)
        self.tap("Save")

    def shift(self, what: str, start: str, end: str, needed: int) -> None:
        """When hands are needed, on the activity that is open; times as ``2030-03-24T16:00``."""
        self.tap("Add a shift")
        self.write("What is to be done", what)
        self.write("Begins", start)
        self.write("Ends", end)
        self.write("How many are needed", str(needed))
        self.tap("Save")

    def let_help(self) -> str:
        """Let people sign up to help with the activity that is open; returns the link to pass on."""
        self.tap("Who helps when")
        self.tap("Let people sign up to help")
        return self.handed_on()

    def printed(self, what: str, tongue: str, copies: int) -> None:
        """A leaflet in a language, approved, so many of them, on the activity that is open."""
        self.press(self.page.locator("a[href*='/printed/new/']").first)
        self.write("Leaflet, poster, banner", what)
        self.choose("Language", dict(settings.LANGUAGES)[tongue])
        self.choose("How it stands", PrintState.APPROVED.label)
        self.write("Copies", str(copies))
        self.tap("Save")

    def material(self, what: str, many: int) -> None:
        """Something that has to be there, on the activity that is open."""
        self.press(self.page.locator("a[href*='/material/new/']").first)
        self.write("What is needed", what)
        self.write("How many", str(many))
        self.tap("Save")

    def plan_week(self, week: str) -> None:
        """The week, and every activity that is still an idea."""
        self.to_week(week)
        self.tap("How far it is")
        self.tap("It is planned")

    def publishing(self, week: str) -> None:
        """The page about publishing a week."""
        self.to_week(week)
        self.press(self.page.locator("a[href$='/publishing/']").first)

    def previewed(self, week: str, *audiences: Audience) -> list[str]:
        """What each audience would read of the week, in the language of the phone."""
        self.publishing(week)
        told = []
        for audience in audiences:
            links = self.page.locator("#previews a, nav a").filter(visible=True)
            self.press(links.and_(self.page.locator(f"[href*='/{audience.value}/']")).first)
            told.append(self.told())
        self.tap("Back to publishing")
        return told

    def publish(self) -> None:
        """All of the week that is open, at once."""
        self.press(self.page.locator("a[href$='/publishing/']").first)
        self.tap("Publish now")

    def repeat(self, title: str, first: date, place: str = "") -> None:
        """The activity that is open again, under another title; where, unless a promise has said that already."""
        self.press(self.page.locator("a[href$='/repeat/']"))
        self.write("Title", title)
        self.write("First day", first.isoformat())
        if place:
            self.choose("Place", place)
        self.tap("Make the repeat")

    def edition(self, series: str, number: int) -> None:
        """The activity that is open is this edition of a series."""
        self.press(self.page.locator("a[href$='/plan/']").first)
        self.choose("Series", series)
        self.write("Which edition", str(number))
        self.tap("Save")


def days_from(first: date) -> list[date]:
    """The eight days of the week."""
    return [first + timedelta(days=number) for number in range(8)]
