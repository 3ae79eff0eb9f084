"""The account of an activity's day, merged from its log as it stands now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tadamun.organise.field.models import Contact, Device, Entry, Settlement
from tadamun.organise.field.queries.kit import HASH_SIGNS, milliseconds_of, standing_of
from tadamun.organise.field.queries.plan import bib_spans
from tadamun.organise.field.rules.clocks import Met
from tadamun.organise.field.rules.merging import merge
from tadamun.organise.field.rules.state import Known, Logged, Settled, State
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.programme.models import Activity


@dataclass(frozen=True)
class Account:
    """What the log says, and the kits that wrote it, by their uid as text."""

    state: State
    devices: dict[str, Device]

    def name_of(self, device: str) -> str:
        """The word that the desk chose for a kit."""
        return self.devices[device].label if device in self.devices else ""


def account_of(activity: Activity, *, kinds: Collection[str] = ()) -> Account:
    """The account of an activity, of entries of some kinds or of all. Eight queries, however long the log.

    Of some kinds alone it costs six, and bibs belong where phones said, not where their numbers lie.
    """
    writers = {
        device.pk: device for device in Device.objects.filter(entries__activity=activity).defer("key").distinct()
    }
    rows = Entry.objects.filter(activity=activity).order_by()
    if kinds:
        rows = rows.filter(kind__in=kinds)
    names = {key: str(device.uid) for key, device in writers.items()}
    entries = [
        Logged(names[device], number, clock, kind, body, bytes(mac))
        for device, number, clock, kind, body, mac in rows.values_list(
            "device", "number", "clock", "kind", "body", "mac"
        )
        if device in names
    ]
    met = Contact.objects.filter(device__in=writers).values_list("device", "phone_clock", "at")
    state = merge(
        entries,
        [Met(names[device], phone_clock, at) for device, phone_clock, at in met],
        [Settled(one.conflict, one.choice, one.pk) for one in Settlement.objects.filter(activity=activity)],
        known=_known(activity, races=not kinds),
        revoked={names[key]: _end_of_second(device.revoked_at) for key, device in writers.items() if device.revoked_at},
    )
    return Account(state, {str(device.uid): device for device in writers.values()})


def _known(activity: Activity, *, races: bool) -> Known:
    rows = Registration.objects.filter(admission__activity=activity).values_list(
        "ticket_hash", "short_code", "standing"
    )
    tickets, codes = {}, {}
    for stored, code, standing in rows:
        ticket = bytes(stored).hex()[:HASH_SIGNS]
        tickets[ticket] = standing_of(standing).value
        codes[code] = ticket
    ended = Admission.objects.filter(activity=activity, emptied_at__isnull=False).exists()
    waves, categories = bib_spans(activity) if races else ((), ())
    return Known(tickets, codes, ended, waves, categories)


def _end_of_second(moment: datetime) -> int:
    """Moments are kept to the second; what was recorded within that second still counts."""
    return milliseconds_of(moment) + 999
