"""A repeat is signed up for in the same way: with the questions, conditions and places, with none of the people."""

from tadamun.organise.people.models import Admission, Condition, PlaceGroup, Question
from tadamun.organise.people.services.admissions import open_admission
from tadamun.organise.programme.services.copying import Carriage, swapped
from tadamun.toolkit.rulings import Refused

_SETTINGS = (
    "capacity",
    "approval",
    "waiting_list",
    "promotion",
    "offer_hours",
    "guests_max",
    "name",
    "contact",
    "categories",
    "needs",
    "retention_days",
)


def carry_sign_up(carriage: Carriage) -> None:
    """Make the new activity's sign-up, closed, as the old one's was shaped. Nothing, where there was none or no key.

    A condition or group that needs a code word gets a new one from whoever sets it: the old word is known to others.
    """
    old = Admission.objects.filter(activity=carriage.old).first()
    if old is None:
        return
    settings = {name: getattr(old, name) for name in _SETTINGS}
    try:
        new = open_admission(actor=carriage.actor, activity=carriage.new, now=carriage.now, **settings, closed=True)
    except Refused:
        return
    for question in old.questions.all():
        _again(question, Question, new, ("position", "code", "text", "why", "kind", "choices", "required"), carriage)
    for condition in old.conditions.all():
        _again(condition, Condition, new, ("position", "code", "says", "proof"), carriage)
    for group in old.groups.all():
        _again(group, PlaceGroup, new, ("slug", "names", "places"), carriage)


def _again(
    row: Question | Condition | PlaceGroup,
    model: type[Question] | type[Condition] | type[PlaceGroup],
    admission: Admission,
    fields: tuple[str, ...],
    carriage: Carriage,
) -> None:
    values = {name: swapped(getattr(row, name), carriage.swaps) for name in fields}
    model._default_manager.create(admission=admission, **values)
