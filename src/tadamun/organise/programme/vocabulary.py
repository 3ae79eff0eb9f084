"""The words of the programme: forms, states, roles, kinds of involvement, what figures count."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class WeekForm(models.TextChoices):
    """What a week is called; it is dated activities under one title in every case."""

    WEEK = "week", _("week of action")
    CAMPAIGN = "campaign", _("campaign")
    FORUM = "forum", _("forum")
    FESTIVAL = "festival", _("festival")
    SEASON = "season", _("season")
    DAY = "day", _("day")


class State(models.TextChoices):
    """How far a week or an activity has come."""

    IDEA = "idea", _("idea")
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open for sign-up")
    POSTPONED = "postponed", _("postponed")
    CANCELLED = "cancelled", _("cancelled")
    HELD = "held", _("held")
    DOCUMENTED = "documented", _("documented")
    PUBLISHED = "published", _("published")


class PartInWeek(models.TextChoices):
    """An activity's part in its week."""

    OPENING = "opening", _("opening")
    MIDDLE = "middle", _("in between")
    CLOSING = "closing", _("closing")


class PartOfDay(models.TextChoices):
    """A time of day where no hour was stated."""

    MORNING = "morning", _("in the morning")
    NOON = "noon", _("at noon")
    AFTERNOON = "afternoon", _("in the afternoon")
    EVENING = "evening", _("in the evening")
    ALL_DAY = "all_day", _("all day")


class DatePrecision(models.TextChoices):
    """How exactly the days are known."""

    EXACT = "exact", _("on these days")
    BETWEEN = "between", _("on some days between these")


class PlaceKind(models.TextChoices):
    """The scale of a place."""

    LANDMARK = "landmark", _("landmark")
    VENUE = "venue", _("venue")
    AREA = "area", _("area")
    CITY = "city", _("city")
    GOVERNORATE = "governorate", _("governorate")
    COUNTRY = "country", _("country")


class TellPlace(models.TextChoices):
    """When the exact place of a sitting is told to the public."""

    ALWAYS = "always", _("always")
    LATER = "later", _("from a moment on")
    NEVER = "never", _("never")


class OccasionKind(models.TextChoices):
    """What sort of day of the outside world an occasion is."""

    HOLIDAY = "holiday", _("holiday")
    INTERNATIONAL_DAY = "international_day", _("international day")
    ELECTION = "election", _("election")
    ANNIVERSARY = "anniversary", _("anniversary")
    OTHER = "other", _("occasion")


class InvolvementType(models.TextChoices):
    """A body's part in a week or an activity."""

    ORGANISER = "organiser", _("organiser")
    RUNS = "runs", _("runs it")
    CO_ORGANISER = "co_organiser", _("co-organiser")
    COOPERATION = "cooperation", _("in cooperation")
    PARTNERSHIP = "partnership", _("in partnership")
    HOST = "host", _("host")
    FUNDER = "funder", _("funder")
    SUPPORTER = "supporter", _("supporter")
    BENEFICIARY = "beneficiary", _("beneficiary")
    INVITED = "invited", _("invited participant")
    SIGNATORY = "signatory", _("signatory")
    ADDRESSEE = "addressee", _("addressee")


class SignOff(models.TextChoices):
    """Whether a body agreed to be named with this wording. Silence is no."""

    NOT_NEEDED = "not_needed", _("not needed")
    ASKED = "asked", _("asked")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


AGREED = frozenset({SignOff.NOT_NEEDED, SignOff.ACCEPTED})
# Parties and blocs take part so; they never carry, host or fund.
PARTICIPATING = (InvolvementType.INVITED, InvolvementType.ADDRESSEE, InvolvementType.SIGNATORY)
# The credit line of a part that states none.
LINES: "dict[str, str | Promise]" = {
    InvolvementType.ORGANISER: _("organised by %(name)s"),
    InvolvementType.RUNS: _("run by %(name)s"),
    InvolvementType.CO_ORGANISER: _("organised together with %(name)s"),
    InvolvementType.COOPERATION: _("in cooperation with %(name)s"),
    InvolvementType.PARTNERSHIP: _("in partnership with %(name)s"),
    InvolvementType.HOST: _("hosted by %(name)s"),
    InvolvementType.FUNDER: _("funded by %(name)s"),
    InvolvementType.SUPPORTER: _("with the support of %(name)s"),
    InvolvementType.BENEFICIARY: _("for the benefit of %(name)s"),
    InvolvementType.INVITED: _("with the participation of %(name)s"),
    InvolvementType.SIGNATORY: _("signed by %(name)s"),
    InvolvementType.ADDRESSEE: _("addressed to %(name)s"),
}


class Asked(models.TextChoices):
    """What an organisation is asked to agree to."""

    PART = "part", _("its part and its credit line")
    TEXT = "text", _("the text that names it")


class Answer(models.TextChoices):
    """What an organisation answered."""

    YES = "yes", _("yes")
    OTHER_WORDS = "other_words", _("yes, in other words")
    RESERVED = "reserved", _("yes, with a reservation")
    NO = "no", _("no")


class Counted(models.TextChoices):
    """What a figure counts."""

    INVITED = "invited", _("invited")
    REGISTERED = "registered", _("registered")
    ATTENDED = "attended", _("took part")
    STARTED = "started", _("started")
    FINISHED = "finished", _("finished")
    VISITED = "visited", _("visited")
    VOLUNTEERED = "volunteered", _("volunteered")
    SPOKE = "spoke", _("spoke")
    TRAINED = "trained", _("led the training")
    DELEGATES = "delegates", _("were delegated")
    REACHED = "reached", _("were reached")
    AFFECTED = "affected", _("were affected")
    SIGNED = "signed", _("signed")
    REPRESENTED = "represented", _("were represented")
    HELD = "held", _("were held")
    PRINTED = "printed", _("were printed")
    GIVEN_OUT = "given_out", _("were given out")
    RECORDED = "recorded", _("were recorded")
    FOLLOWED = "followed", _("followed online")
    ANSWERED = "answered", _("answered")


class Unit(models.TextChoices):
    """The unit of a figure."""

    PERSONS = "persons", _("people")
    ORGANISATIONS = "organisations", _("organisations")
    ACTIVITIES = "activities", _("activities")
    SESSIONS = "sessions", _("sessions")
    PLACES = "places", _("places")
    CITIES = "cities", _("cities")
    COUNTRIES = "countries", _("countries")
    COPIES = "copies", _("copies")
    SIGNATURES = "signatures", _("signatures")
    CASES = "cases", _("cases")
    DAYS = "days", _("days")


class Group(models.TextChoices):
    """Groups of people whose names come with the product."""

    WOMEN = "women", _("women")
    MEN = "men", _("men")
    GIRLS = "girls", _("girls")
    BOYS = "boys", _("boys")
    YOUNG_WOMEN = "young_women", _("young women")
    YOUNG_PEOPLE = "young_people", _("young people")
    CHILDREN = "children", _("children")


class Dimension(models.TextChoices):
    """What a figure is split by."""

    SEX = "sex", _("sex")
    AGE = "age", _("age")
    CITY = "city", _("city")
    GOVERNORATE = "governorate", _("governorate")
    COUNTRY = "country", _("country")
    ROLE = "role", _("role")
    OTHER = "other", _("group")


class Precision(models.TextChoices):
    """How sure a quantity is."""

    EXACT = "exact", _("exactly")
    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
    UP_TO = "up_to", _("up to")
    ABOUT = "about", _("about")
    RANGE = "range", _("between")


class Method(models.TextChoices):
    """How a quantity came about."""

    COUNTED = "counted", _("counted on site")
    REGISTRATION = "registration", _("from the registrations")
    ESTIMATED = "estimated", _("estimated")
    REPORTED = "reported", _("as reported")


class PromiseState(models.TextChoices):
    """What became of a promise."""

    PROMISED = "promised", _("promised")
    SCHEDULED = "scheduled", _("scheduled")
    HELD = "held", _("kept")
    DROPPED = "dropped", _("dropped")


class RelationType(models.TextChoices):
    """How one activity follows from another."""

    REPEAT_OF = "repeat_of", _("repeat of")
    FOLLOW_UP_OF = "follow_up_of", _("follow-up of")
    PREPARES = "prepares", _("in preparation of")


class PersonRole(models.TextChoices):
    """What people did in an activity, whether or not they are named."""

    TRAINER = "trainer", _("trainer")
    SPEAKER = "speaker", _("speaker")
    MODERATOR = "moderator", _("moderator")
    GUEST = "guest", _("guest")
    PERFORMER = "performer", _("performer")
    ORGANISER = "organiser", _("organiser")
    INTERPRETER = "interpreter", _("interpreter")
    AUTHOR = "author", _("author")


class Naming(models.TextChoices):
    """How a person chose to be named."""

    NOBODY = "nobody", _("not named")
    PSEUDONYM = "pseudonym", _("under another name")
    FIRST_NAME = "first_name", _("by first name")
    FULL_NAME = "full_name", _("by full name")


class OutcomeKind(models.TextChoices):
    """What came of a week or an activity."""

    OUTPUT = "output", _("output")
    RESULT = "result", _("result")
    RECOMMENDATION = "recommendation", _("recommendation")
    DEMAND = "demand", _("demand")
    DECISION = "decision", _("decision")
    WENT_WRONG = "went_wrong", _("what went wrong")


class Theme(models.TextChoices):
    """What a week or an activity is about."""

    WOMENS_RIGHTS = "womens_rights", _("women’s rights")
    PEACE = "peace", _("peace")
    HUMAN_RIGHTS = "human_rights", _("human rights")
    SOCIAL_JUSTICE = "social_justice", _("social justice")
    LABOUR = "labour", _("labour rights")
    ENVIRONMENT = "environment", _("environment and water")
    FREE_EXPRESSION = "free_expression", _("freedom of expression")
    YOUTH = "youth", _("youth")
    CULTURE = "culture", _("culture")
    SPORT = "sport", _("sport")
    COEXISTENCE = "coexistence", _("coexistence")
    NONVIOLENCE = "nonviolence", _("nonviolence")
    ELECTIONS = "elections", _("elections")
