"""The words of sign-up: states, categories for the figures, what is asked and how a condition is shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How a registration stands."""

    PLACED = "placed", _("has a place")
    OFFERED = "offered", _("is offered a place")
    WAITING = "waiting", _("is on the waiting list")
    PENDING = "pending", _("waits for an answer")
    QUARANTINED = "quarantined", _("is being looked at")
    SHADOW = "shadow", _("signed up again")
    CANCELLED = "cancelled", _("cancelled")
    DECLINED = "declined", _("declined")


HOLDS_PLACES = frozenset({Standing.PLACED, Standing.OFFERED})
ENDED = frozenset({Standing.CANCELLED, Standing.DECLINED})


class Promotion(models.TextChoices):
    """How people move up from the waiting list."""

    AUTOMATIC = "automatic", _("by itself, in order")
    BY_HAND = "by_hand", _("when an organiser decides")


class Asked(models.TextChoices):
    """Whether something is asked."""

    NEVER = "never", _("not asked")
    OPTIONAL = "optional", _("may be given")
    REQUIRED = "required", _("must be given")


class Category(models.TextChoices):
    """Categories for the figures. “Rather not say” is always an answer."""

    SEX = "sex", _("sex")
    AGE_BAND = "age_band", _("age")
    GOVERNORATE = "governorate", _("governorate")


class Sex(models.TextChoices):
    """The answers offered for the figures."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("another answer")


class AgeBand(models.TextChoices):
    """Age in bands, never in years."""

    UNDER_18 = "under_18", _("under 18")
    FROM_18 = "18_24", _("18 to 24")
    FROM_25 = "25_34", _("25 to 34")
    FROM_35 = "35_49", _("35 to 49")
    FROM_50 = "50_plus", _("50 or older")


class Governorate(models.TextChoices):
    """The governorates of Iraq, and elsewhere."""

    ANBAR = "anbar", _("Anbar")
    BABIL = "babil", _("Babil")
    BAGHDAD = "baghdad", _("Baghdad")
    BASRA = "basra", _("Basra")
    DHI_QAR = "dhi_qar", _("Dhi Qar")
    DIWANIYAH = "diwaniyah", _("Al-Diwaniyah")
    DIYALA = "diyala", _("Diyala")
    DUHOK = "duhok", _("Duhok")
    ERBIL = "erbil", _("Erbil")
    HALABJA = "halabja", _("Halabja")
    KARBALA = "karbala", _("Karbala")
    KIRKUK = "kirkuk", _("Kirkuk")
    MAYSAN = "maysan", _("Maysan")
    MUTHANNA = "muthanna", _("Muthanna")
    NAJAF = "najaf", _("Najaf")
    NINEVEH = "nineveh", _("Nineveh")
    SALAH_AL_DIN = "salah_al_din", _("Salah al-Din")
    SULAYMANIYAH = "sulaymaniyah", _("Sulaymaniyah")
    WASIT = "wasit", _("Wasit")
    ELSEWHERE = "elsewhere", _("outside Iraq")


class Need(models.TextChoices):
    """Needs that are ready to be ticked."""

    CHILDCARE = "childcare", _("childcare")
    WHEELCHAIR = "wheelchair", _("step-free access")
    SIGN_LANGUAGE = "sign_language", _("sign language")
    INTERPRETATION = "interpretation", _("interpretation into my language")
    TRANSPORT = "transport", _("help with the way there")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    WORDS = "words", _("in words")
    YES_NO = "yes_no", _("yes or no")
    CHOICE = "choice", _("one of several answers")


class Proof(models.TextChoices):
    """How a condition is shown to hold; only the answer is kept."""

    DECLARED = "declared", _("she says so herself")
    VOUCHED = "vouched", _("a body vouches for her")
    CODE = "code", _("by a code that a body gave her")


class ListState(models.TextChoices):
    """How it stands with a long list that was asked for. The first three are what the second member said."""

    WAITING = "waiting", _("the request waits for an answer")
    APPROVED = "approved", _("the list is approved")
    REFUSED = "refused", _("the list is refused")
    USED = "used", _("the list was handed out")
    LAPSED = "lapsed", _("the request has lapsed")


class LetterKind(models.TextChoices):
    """What a message is about."""

    CONFIRMATION = "confirmation", _("confirmation")
    PROMOTED = "promoted", _("a place from the waiting list")
    OFFER = "offer", _("a place is offered")
    DECLINED = "declined", _("no place")
    REMINDER = "reminder", _("reminder")
    CHANGED = "changed", _("change of time or place")
    POSTPONED = "postponed", _("postponement")
    CALLED_OFF = "called_off", _("cancellation of the activity")


class LetterState(models.TextChoices):
    """Whether a message has left."""

    WAITING = "waiting", _("waits until somebody opens the addresses")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("not needed any more")
