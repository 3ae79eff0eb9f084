"""What has to happen by itself: names end, offers lapse, reminders are due, the record is published when it is due.

Every server process has a thread for it, and ``tadamun worker`` is nothing else; a lease in the database sees to it
that one of them does it at a time. When that one dies its lease runs out, and the next one goes on.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Event, Thread

from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection, transaction

from tadamun.config.environment import Environment
from tadamun.config.house import publishing_house
from tadamun.config.models import Lease
from tadamun.desk import publication
from tadamun.organise.field.services.endings import retire_what_is_due as retire_logs
from tadamun.organise.field.services.photos import forget_unfinished
from tadamun.organise.network.services.invitations import forget_old
from tadamun.organise.people.services import counting, endings, letters
from tadamun.organise.people.services.endings import BY_ITSELF
from tadamun.organise.planning.services import contacts
from tadamun.organise.safety.services.members import forget_all_unlockings
from tadamun.organise.volunteers.services.endings import retire_what_is_due as retire_helpers
from tadamun.publish.bundle.store import collect
from tadamun.toolkit import clock, locks
from tadamun.toolkit.leftovers import empty_log

EVERY_SECONDS = 10
LEASE = timedelta(seconds=120)
DUTY = "housekeeping"

_log = logging.getLogger(__name__)


@transaction.atomic
def take_lease(*, duty: str, holder: str, now: datetime, lasts: timedelta = LEASE) -> bool:
    """Take a duty, or keep it; False when somebody else has it."""
    locks.hold(f"lease {duty}")
    lease = Lease.objects.select_for_update().filter(duty=duty).first()
    if lease is not None and lease.holder != holder and lease.until > now:
        return False
    Lease.objects.update_or_create(duty=duty, defaults={"holder": holder, "until": now + lasts})
    return True


@transaction.atomic
def give_up_lease(*, duty: str, holder: str) -> None:
    """Let go of a duty at an orderly stop, so that the next one need not wait."""
    Lease.objects.filter(duty=duty, holder=holder).delete()


def run_retention(now: datetime, *, small_cell: int) -> list[str]:
    """Destroy what has outlived its time: entries, unlockings, invitations, sessions; the certificates' numbers."""
    forget_all_unlockings(now=now)
    forget_old(now=now)
    forget_unfinished(now=now)
    Session.objects.filter(expire_date__lte=now).delete()
    return [
        *endings.retire_what_is_due(now=now, small_cell=small_cell),
        *retire_helpers(now=now),
        *retire_logs(now=now),
        *contacts.retire_what_is_due(now=now),
    ]


def duties(environment: Environment) -> Mapping[str, Callable[[datetime], object]]:
    """What is to be done, in this order."""
    return {
        # First: a log is counted by the tickets that sign-up still knows. If that fails, names end all the same.
        "field logs": lambda now: retire_logs(now=now),
        "retention": lambda now: run_retention(now, small_cell=environment.small_cell),
        "offers": lambda now: endings.expire_offers(now=now),
        "reminders": lambda now: letters.plan_reminders(now=now),
        "counts": lambda now: counting.keep_counts_current(actor=BY_ITSELF, now=now),
        "publication": lambda now: _publish(environment, now),
        "withdrawn files": lambda now: collect(root=environment.home / "bundle", now=now),
        "what was deleted": lambda _now: empty_log(),
    }


def once(environment: Environment, *, holder: str, now: datetime) -> list[str] | None:
    """Do everything that is due; returns the names of what failed, None when another process has the duty."""
    if not take_lease(duty=DUTY, holder=holder, now=now):
        return None
    failed = []
    for name, duty in duties(environment).items():
        try:
            duty(now)
        except Exception as error:  # noqa: BLE001  one duty that fails must not keep the others from being done
            # The kind of error alone: its words could hold what no log may hold.
            _log.error("%s was not done: %s", name, type(error).__name__)
            failed.append(name)
    return failed


def keep_house(environment: Environment, *, stop: Event, every: float = EVERY_SECONDS) -> None:
    """Do what is due again and again, until told to stop."""
    holder = secrets.token_hex(8)
    while True:
        try:
            close_old_connections()
            once(environment, holder=holder, now=clock.now())
        except Exception as error:  # noqa: BLE001  the database may be away for a while
            _log.error("Housekeeping waits: %s", type(error).__name__)
        finally:
            connection.close()
        if stop.wait(every):
            break
    give_up_lease(duty=DUTY, holder=holder)
    connection.close()


def start(environment: Environment) -> Event:
    """Begin in a thread of this process; setting the event ends it."""
    stop = Event()
    options = {"stop": stop}
    Thread(target=keep_house, args=(environment,), kwargs=options, name="housekeeping", daemon=True).start()
    return stop


def _publish(environment: Environment, now: datetime) -> None:
    if publication.due(now):
        publication.publish(actor=BY_ITSELF, house=publishing_house(environment), now=now)
