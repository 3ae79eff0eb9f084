"""The steps of the journey that bring people: the contact tree, sign-up, helpers and what they carry; who signs up."""

from django.utils.translation import ngettext, override

from tadamun.organise.people.vocabulary import AgeBand, Category, Sex
from tadamun.organise.planning.vocabulary import CallFor, PrintState
from tests.journeys.journey import Journey
from tests.journeys.phone import Phone

NUMBER = "+964 770 555 0147"
AGREED = "I have read what happens with what I write here, and I agree."


def contact_tree(journey: Journey) -> None:
    """Who is called when somebody is hurt: by her role; her name and number are sealed where they are written."""
    layla, called = journey.layla, journey.called
    journey.to("race")
    layla.call(CallFor.INJURY, called("nurse"), called("nurse_name"), NUMBER)
    layla.must_say(called("nurse"), "name is sealed")
    layla.tap("Who is called")
    layla.must_say(CallFor.INJURY.label, called("nurse"))
    assert called("nurse_name") not in layla.told()
    assert NUMBER not in layla.told()


def open_the_doors(journey: Journey) -> None:
    """Sign-up for the training, for candidates alone; and for the race, by sex and age, as a race is counted."""
    layla, called = journey.layla, journey.called
    journey.to("training")
    layla.sign_up(25)
    layla.condition(called("i_stand"))
    layla.must_say(called("i_stand"))
    journey.to("race")
    layla.sign_up(300, Category.SEX, Category.AGE_BAND)
    journey.to("race")
    layla.press(layla.page.locator("a[href$='/particulars/']").first)
    layla.write("Age from", "16")
    layla.write("Age to", "70")
    layla.tap("Save")


def materials(journey: Journey) -> Phone:
    """Leaflets in two languages, bags, a shift. Returns the phone of a helper who reads the form behind the link."""
    layla, called = journey.layla, journey.called
    journey.to("leaflets")
    for tongue in ("ar", "ckb"):
        layla.printed(called("leaflet"), tongue, 600)
    layla.material(called("bags"), 12)
    layla.must_say(PrintState.APPROVED.label, called("bags"))
    day = journey.days[4].isoformat()
    layla.shift(called("hand_out"), f"{day}T16:00", f"{day}T19:00", 4)
    layla.must_say(called("hand_out"))
    helper = journey.somebody()
    helper.open(layla.let_help())
    helper.must_say(called("hand_out"))
    return helper


def helps(journey: Journey, helper: Phone) -> None:
    """She takes the shift, and has a page of her own; the desk counts her and does not say who she is."""
    layla, called = journey.layla, journey.called
    helper.choose("Which shifts can you take?", called("hand_out"))
    helper.write("Name", called("helper"))
    helper.tick(AGREED)
    helper.tap("Take these shifts")
    helper.must_say("Your shifts", called("hand_out"))
    helper.leave()
    journey.to("leaflets")
    assert "1" in layla.page.locator("#shifts").inner_text()
    layla.tap("Who helps when")
    assert called("helper") not in layla.told()


def at_the_gate(journey: Journey) -> tuple[Phone, Phone]:
    """Two who found the week on the site open the forms of the training and of the race; they read them for a while."""
    phones = []
    for activity in ("training", "race"):
        phone = journey.reader()
        phone.tap_words(journey.called(activity))
        phone.tap("Sign up")
        phones.append(phone)
    return phones[0], phones[1]


def sign_up(journey: Journey, candidate: Phone, runner: Phone) -> None:
    """The candidate affirms that she stands, without which nobody gets in; the runner says sex and age, and no more."""
    layla, called = journey.layla, journey.called
    candidate.tick(AGREED)
    candidate.tap("Sign up", asks_back=True)
    candidate.must_say("This activity is for people to whom this applies.")
    candidate.tick(called("i_stand"))
    candidate.tap("Sign up")
    runner.choose("You are", Sex.WOMAN.label)
    runner.choose("Age", AgeBand.FROM_25.label)
    runner.tick(AGREED)
    runner.tap("Sign up")
    for phone in (candidate, runner):
        assert phone.page.locator(".ticket.placed").count(), phone.told()
        phone.leave()
    with override(layla.code):
        taken = ngettext("%(count)d place is taken", "%(count)d places are taken", 1) % {"count": 1}
    for activity in ("training", "race"):
        journey.to(activity)
        assert taken in layla.page.locator("#people").inner_text()
