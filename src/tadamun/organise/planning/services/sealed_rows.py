"""Where contacts keep what is sealed, so that it can be sealed to a new key."""

from django.db.models import BinaryField, F
from django.db.models.functions import Substr

from tadamun.organise.planning.models import Contact
from tadamun.organise.planning.services.contacts import KIND, contacts_of, context_of
from tadamun.organise.safety.services.renewing import StoredText, register_store
from tadamun.organise.safety.vault.chains import SealedRow
from tadamun.organise.safety.vault.sealing import KEY_ID_FROM, KEY_ID_UNTIL
from tadamun.toolkit import locks


class SealedContacts:
    """Names and numbers. Whoever seals one holds the lock of the subject before asking for the key."""

    models = (Contact,)

    def lock(self, subject: str) -> None:
        """Keep everybody away who seals to this subject."""
        locks.hold(subject)

    def sealed_to(self, subject: str, key: bytes, *, after: int, limit: int | None) -> list[StoredText]:
        """The texts sealed to that key, in order. Their first bytes name the key."""
        named = Substr(F("sealed"), KEY_ID_FROM + 1, KEY_ID_UNTIL - KEY_ID_FROM, output_field=BinaryField())
        rows = Contact.objects.filter(contacts_of(subject), pk__gt=after).annotate(key=named).filter(key=key)
        found = rows.select_related("activity", "week").order_by("pk")[:limit]
        return [
            StoredText(
                row.pk,
                "sealed",
                SealedRow(context_of((row.activity or row.week).uid, row.uid), bytes(row.sealed)),
            )
            for row in found
        ]

    def put(self, text: StoredText, envelope: bytes) -> None:
        """Store the renewed envelope."""
        Contact.objects.filter(pk=text.row).update(sealed=envelope)


def register() -> None:
    """Tell the vault about it."""
    register_store(KIND, SealedContacts())
