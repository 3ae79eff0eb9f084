"""Where the field log keeps what is sealed to an activity's key, so that it can be sealed to a new one."""

from uuid import UUID

from django.db.models import BinaryField, F
from django.db.models.functions import Substr

from tadamun.organise.field.models import Entry
from tadamun.organise.field.services.incidents import context_of
from tadamun.organise.safety.services.renewing import StoredText, register_store
from tadamun.organise.safety.vault.chains import SealedRow
from tadamun.organise.safety.vault.sealing import KEY_ID_FROM, KEY_ID_UNTIL
from tadamun.toolkit import locks

KIND = "activity"


class SealedEntries:
    """What phones sealed. Its mac stays that of the entry as it came."""

    models = (Entry,)

    def lock(self, subject: str) -> None:
        """Keep other renewals away; phones seal where no lock reaches."""
        locks.hold(f"field log {subject}")

    def sealed_to(self, subject: str, key: bytes, *, after: int, limit: int | None) -> list[StoredText]:
        """The texts sealed to that key, in order. Their first bytes name the key."""
        named = Substr(F("sealed"), KEY_ID_FROM + 1, KEY_ID_UNTIL - KEY_ID_FROM, output_field=BinaryField())
        rows = Entry.objects.filter(activity__uid=UUID(subject.partition(":")[2]), pk__gt=after)
        found = rows.annotate(key=named).filter(key=key).select_related("activity", "device").order_by("pk")[:limit]
        return [StoredText(row.pk, "sealed", SealedRow(context_of(row), bytes(row.sealed))) for row in found]

    def put(self, text: StoredText, envelope: bytes) -> None:
        """Store the renewed envelope."""
        Entry.objects.filter(pk=text.row).update(sealed=envelope)


def register() -> None:
    """Tell the vault about it."""
    register_store(KIND, SealedEntries())
