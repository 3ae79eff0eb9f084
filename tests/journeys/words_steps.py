"""The steps of the journey about words: translated with their facts locked, signed off by the partner they name."""

from babel.dates import format_date
from playwright.sync_api import Locator

from tadamun.organise.press.vocabulary import WordingState
from tadamun.toolkit.languages.registry import language
from tests.journeys.journey import Journey
from tests.journeys.phone import Phone, label_of

LACKING = "These facts of the source are lacking: %(tokens)s. Put each where it belongs."


def day_in(journey: Journey, code: str) -> str:
    """The day of the training as people write it in a language."""
    return format_date(journey.days[0], "d MMMM y", locale=language(code).locale)


def training_text(journey: Journey, code: str, day: str, *, childcare: bool = False) -> str:
    """What the training says of itself, with its day written so."""
    said = [f"{journey.called('training_begins', code)} {day}.", journey.called("training_goes_on", code)]
    return " ".join([*said, journey.called("childcare", code)] if childcare else said)


def translate(journey: Journey) -> None:
    """Its day is locked; a draft, then a checked wording; stale once the source changes, then checked again."""
    layla, here, there = journey.layla, journey.layla.code, journey.other
    day = f"[[day {journey.days[0].isoformat()}]]"
    journey.to_week()
    layla.tap_words(language(there).own_name)
    open_text(journey)
    assert day not in layla.told()
    layla.tap("Lock names and days")
    layla.must_say(day)
    wording(journey, training_text(journey, there, day_in(journey, there)))
    layla.tap("Save as a draft, next", asks_back=True)
    layla.must_say(layla.words(LACKING) % {"tokens": day})
    wording(journey, training_text(journey, there, day))
    layla.tap("Save as a draft, next")
    to_list(journey, WordingState.DRAFT)
    open_text(journey)
    layla.tap("Checked, next")
    to_list(journey, WordingState.CHECKED)
    journey.to("training")
    layla.says(text=training_text(journey, here, day, childcare=True))
    journey.to_week()
    layla.tap_words(language(there).own_name)
    stands(journey, WordingState.STALE)
    open_text(journey)
    wording(journey, training_text(journey, there, day, childcare=True))
    layla.tap("Checked, next")
    to_list(journey, WordingState.CHECKED)


def wording(journey: Journey, words: str) -> None:
    """Write what a text says in the other language, into the box that has the language's own name."""
    box = journey.layla.page.locator("main").get_by_label(label_of(language(journey.other).own_name))
    journey.layla.fill(box, words)


def open_text(journey: Journey) -> None:
    """On the list of texts: the long one of the training."""
    journey.layla.press(line_of(journey).locator("a"))


def to_list(journey: Journey, state: WordingState) -> None:
    """From a text to the list, where that of the training stands so."""
    journey.layla.press(journey.layla.page.locator("main .where a").first)
    stands(journey, state)


def stands(journey: Journey, state: WordingState) -> None:
    """How the text of the training stands, as the list says."""
    assert journey.layla.words(state.label) in line_of(journey).inner_text()


def line_of(journey: Journey) -> Locator:
    """Its line in that list."""
    return journey.layla.page.locator("main ul.lines li").filter(has_text=journey.called("training_begins"))


def read_elsewhere(journey: Journey) -> None:
    """The other language's readers have the translation, with the day in their own words."""
    public = journey.reader(journey.other)
    public.tap_words(journey.called("training"))
    public.must_say(training_text(journey, journey.other, day_in(journey, journey.other), childcare=True))
    public.leave()


def signed_off(journey: Journey) -> None:
    """Texts that name partners go to them, with a day by which they answer; who is silent has not signed."""
    layla, called = journey.layla, journey.called
    for activity, text in {"race": "race_says", "leaflets": "leaflets_say"}.items():
        journey.to(activity)
        layla.says(text=called(text))
    journey.to("race")
    sign(journey, journey.somebody(), layla.ask_about_text(called("sav")))
    journey.to("race")
    layla.tap_words(called("sav"))
    layla.must_say("yes")
    journey.to("leaflets")
    layla.ask_about_text(called("justice"))
    journey.to("leaflets")
    layla.tap_words(called("justice"))
    layla.must_say("Ask no more")


def sign(journey: Journey, partner: Phone, link: str) -> None:
    """The partner reads the text as it will be published, and until when to answer, and signs."""
    partner.open(link)
    partner.must_say("This text names you. May it be published?", journey.called("race_says"))
    partner.must_say("No answer by then counts as no.")
    partner.choose("Your answer", "Yes, it can be published like this")
    partner.tap("Send the answer")
    partner.must_say("Your answer:")
    assert partner.page.context.cookies() == []
    partner.leave()
