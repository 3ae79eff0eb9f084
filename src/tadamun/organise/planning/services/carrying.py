"""What comes along when an activity is repeated elsewhere: its lists, with nothing done yet and none of the people."""

from django.db import transaction
from django.db.models import Model

from tadamun.organise.planning.models import Contact, Material, Permit, Risk, Task
from tadamun.organise.planning.vocabulary import PermitState
from tadamun.organise.programme.services.copying import Carriage, swapped

# What is stated of each row; who does it, what it costs and who is called is different elsewhere.
_FIELDS: dict[type[Model], tuple[str, ...]] = {
    Permit: ("what", "note"),
    Risk: ("what", "likelihood", "harm", "measure"),
    Task: ("what",),
    Material: ("what", "quantity", "unit", "note"),
    Contact: ("call_for", "turn", "role"),
}


@transaction.atomic
def carry_lists(carriage: Carriage) -> None:
    """Write the old activity's checklists down for the new one, dates moved along, names of places swapped."""
    for model, fields in _FIELDS.items():
        model._default_manager.bulk_create(
            model(
                week=carriage.new.week,
                activity=carriage.new,
                position=position,
                **{name: swapped(getattr(row, name), carriage.swaps) for name in fields},
                **_moved(row, carriage),
            )
            for position, row in enumerate(model._default_manager.filter(activity=carriage.old).order_by("position"))
        )


def _moved(row: Model, carriage: Carriage) -> dict[str, object]:
    if isinstance(row, Permit):
        return {"state": PermitState.TO_ASK, "deadline": row.deadline and row.deadline + carriage.shift}
    if isinstance(row, Task):
        return {"due_on": row.due_on and row.due_on + carriage.shift}
    return {}
