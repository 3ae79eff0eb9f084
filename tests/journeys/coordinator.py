"""What a coordinator does on the desk with her phone, page by page; each act says in its own words what she wants."""

import re
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override, pgettext

from tadamun.kinds.registry import KINDS
from tadamun.organise.network.vocabulary import OrganisationKind, TieType
from tadamun.organise.programme.vocabulary import DatePrecision, InvolvementType, OccasionKind, PlaceKind, TellPlace
from tests.journeys.phone import Phone

PASSPHRASE = "twelve stars over the river"


class Coordinator(Phone):
    """Layla with her phone."""

    def arrive(self, link: str) -> None:
        """From the link that the operator's command printed to her desk, with a recovery code on paper."""
        self.open(link)
        self.write("Name that the others see", "Layla")
        for box in self.page.locator("main input[type=password]").all():
            self.effort.fields += 1
            box.fill(PASSPHRASE)
        self.tap("Make my account")
        groups = [re.sub(r"^\d+", "", one.inner_text()).strip() for one in self.page.locator("ol.recovery li").all()]
        for box in self.page.locator("main form[action] input:not([type=hidden])").all():
            asked = re.search(r"\d+", self.page.locator(f"label[for='{box.get_attribute('id')}']").inner_text())
            assert asked
            self.effort.fields += 1
            box.fill(groups[int(asked.group()) - 1])
        self.tap("I have written it down")
        self.speak()

    def speak(self) -> None:
        """Set the language of the desk to that of the phone."""
        if self.page.locator("html").get_attribute("lang") != self.code:
            self.press(self.page.locator(f"footer button[value={self.code}]"))

    def home(self) -> None:
        """The first page, by its link at the top."""
        self.press(self.page.locator("header a.home"))

    def first_organisation(self, name: str, kind: OrganisationKind) -> None:
        """Hers, without which no week can begin."""
        self.tap("Begin with your organisation")
        self._organisation(name, kind)

    def organisation(self, name: str, kind: OrganisationKind) -> None:
        """One more that takes part in something."""
        self.open("/desk/organisations/")
        self.tap("Add an organisation")
        self._organisation(name, kind)

    def tie(self, whose: str, kind: TieType, to: str) -> None:
        """How it belongs to another one."""
        self.open("/desk/organisations/")
        self.tap_words(whose)
        self.choose("How they belong together", kind.label)
        self.choose("To which organisation", to)
        self.press(self.page.locator("button[value=tie]"))

    def _organisation(self, name: str, kind: OrganisationKind) -> None:
        self.write("Name", name)
        self.choose("What it is", kind.label)
        self.tap("Add")

    def occasion(self, name: str, kind: OccasionKind, day: date) -> None:
        """A day of the outside world."""
        self.shelf("Occasions", "Add an occasion")
        self.write("Name", name)
        self.choose("Kind of occasion", kind.label)
        self.write("Day", day.isoformat())
        self.tap("Add")

    def campaign(self, name: str, first: date, last: date, owner: str) -> None:
        """Somebody else's campaign."""
        self.shelf("Campaigns of others", "Add a campaign")
        self.write("Name", name)
        self.write("First day", first.isoformat())
        self.write("Last day", last.isoformat())
        self.choose("Whose it is", owner)
        self.tap("Add")

    def place(self, name: str, kind: PlaceKind, within: str = "") -> None:
        """Where things happen."""
        with override(self.code):
            places = pgettext("where things happen", "Places")
        self.shelf(places, "Add a place")
        self.write("Name", name)
        self.choose("Kind of place", kind.label)
        if within:
            self.choose("Lies in", within)
        self.tap("Add")

    def shelf(self, title: str, add: str) -> None:
        """A list that all weeks share."""
        self.open("/desk/world/")
        self.tap(title)
        self.tap(add)

    def begin(self, title: str, first: date, last: date) -> str:
        """A week from nothing; returns its address."""
        self.home()
        self.tap("Begin a week")
        self.tap("From nothing")
        self.write("Title", title)
        self.write("First day", first.isoformat())
        self.write("Last day", last.isoformat())
        self.tap("Begin")
        return self.page.url.partition("#")[0]

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
        return self.page.locator(".message code").inner_text()

    def row(self, code: str, **said: Any) -> None:
        """A row of a panel: written into its first fields by their names."""
        self.press(self.page.locator(f"a[href*='/{code}/new/']").first)
        for name, words in said.items():
            box = self.page.locator(f"[name='{name}']").first
            self._unfold(box)
            self.effort.fields += 1
            (box.select_option if box.evaluate("n => n.localName") == "select" else box.fill)(words)
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

    def plan_week(self, week: str) -> None:
        """The week, and every activity that is still an idea."""
        self.open(week)
        self.tap("How far it is")
        self.tap("It is planned")

    def previewed(self, week: str, audience: str) -> str:
        """What an audience would read of the week, in the language of the phone."""
        self.open(f"{week}publishing/")
        self.press(self.page.locator(f"#previews a[href*='/{audience}/']"))
        return self.told()

    def publish(self, week: str) -> None:
        """All of the week, at once."""
        self.open(week)
        self.press(self.page.locator("a[href$='/publishing/']").first)
        self.tap("Publish now")

    def repeat(self, first: date) -> None:
        """The activity that is open, as its promise says."""
        self.press(self.page.locator("a[href$='/repeat/']"))
        self.write("First day", first.isoformat())
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
