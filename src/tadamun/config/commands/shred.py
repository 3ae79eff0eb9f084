"""tadamun shred: destroy what people entered for an activity."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tadamun.config import installation
from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn, Outcome
from tadamun.organise.field.models import Device
from tadamun.organise.field.services import endings as log
from tadamun.organise.people.models import Admission
from tadamun.organise.people.services import endings
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import COMMAND_LINE
from tadamun.organise.safety.vocabulary import Ending
from tadamun.organise.volunteers.models import Crew
from tadamun.organise.volunteers.services import endings as helpers
from tadamun.toolkit import clock

SIGN_UP, HELPERS, LOG = "sign-up", "helpers", "field log"
SENTENCE = "Destroy all that people entered for an activity, sign-up, helpers and field log; the counts stay."


@dataclass(frozen=True)
class Held:
    """One kind of what is held: whether it still is, how many entries, and its end, which names the certificate."""

    living: bool
    entries: int
    destroy: Callable[[], str | None]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which activity, and that it is meant."""
    parser.add_argument("activity", metavar="WEEK/ACTIVITY", help="as in the address of its page")
    parser.add_argument("--yes", action="store_true", help="do not ask; for scripts")


def carry_out(arguments: argparse.Namespace, environment: Environment) -> Outcome:
    """Ask, destroy, and name the certificate.

    :raises CannotGoOn: when there is no such sign-up, or it was not confirmed.
    """
    installation.prepare(environment)
    week, _slash, activity = arguments.activity.partition("/")
    held = _held_of(week, activity, environment)
    if not held:
        raise CannotGoOn(f"{arguments.activity}: there is no sign-up with this name. Write it like week-2026/run.")
    waiting = {what: one for what, one in held.items() if one.living}
    if not waiting:
        return Outcome(sentence="Everything was destroyed before.", facts={"certificate": None})
    counts = {what: one.entries for what, one in waiting.items()}
    if not arguments.yes and not _meant(arguments.activity, counts):
        raise CannotGoOn("Nothing was destroyed: the answer was not the name of the activity.")
    numbers = {what: one.destroy() for what, one in waiting.items()}
    said = ", ".join(f"{what}: {counts[what]} ({number})" for what, number in numbers.items())
    return Outcome(
        sentence=f"Entries are destroyed (certificates in brackets). {said}",
        facts={
            "entries": counts.get(SIGN_UP, 0),
            "certificate": numbers.get(SIGN_UP),
            "helpers": counts.get(HELPERS, 0),
            "log": counts.get(LOG, 0),
            "certificates": [number for number in numbers.values() if number],
        },
    )


def _held_of(week: str, slug: str, environment: Environment) -> dict[str, Held]:
    """What people entered for an activity, by what it is; also what is destroyed already."""
    activity = Activity.objects.filter(week__slug=week, slug=slug).select_related("week").first()
    admission = Admission.objects.filter(activity=activity).first()
    crew = Crew.objects.filter(activity=activity).first()
    act: dict[str, Any] = {"actor": COMMAND_LINE, "how": Ending.BY_HAND, "now": clock.now()}
    found = {}
    if admission:
        end = partial(endings.retire, admission=admission, small_cell=environment.small_cell, **act)
        found[SIGN_UP] = Held(admission.emptied_at is None, admission.registrations.count(), end)
    if crew:
        end = partial(helpers.retire, crew=crew, **act)
        found[HELPERS] = Held(crew.emptied_at is None, crew.helpers.count(), end)
    if activity and (Device.objects.filter(activities=activity).exists() or hasattr(activity, "folded_log")):
        end = partial(log.retire, activity=activity, **act)
        found[LOG] = Held(not hasattr(activity, "folded_log"), activity.field_entries.count(), end)
    return found


def _meant(name: str, counts: dict[str, int]) -> bool:
    said = ", ".join(f"{what}: {many}" for what, many in counts.items())
    print(f"Entries and their keys will be destroyed ({said}). Nobody can bring them back.", file=sys.stderr)
    print(f"Type {name} to go on: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() == name
