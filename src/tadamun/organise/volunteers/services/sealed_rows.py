"""Where helpers' entries keep what is sealed, so that it can be sealed to a new key."""

from uuid import UUID

from django.db.models import BinaryField, F
from django.db.models.functions import Substr

from tadamun.organise.people.services.entries import context_of
from tadamun.organise.safety.services.renewing import StoredText, register_store
from tadamun.organise.safety.vault.chains import SealedRow
from tadamun.organise.safety.vault.sealing import KEY_ID_FROM, KEY_ID_UNTIL
from tadamun.organise.volunteers.models import Crew, Helper

KIND = "volunteers"


class SealedHelpers:
    """Entries of helpers. Whoever writes one locks the crew before asking for the key."""

    models = (Helper,)

    def lock(self, subject: str) -> None:
        """Keep everybody away who seals to this subject."""
        list(Crew.objects.select_for_update().filter(activity__uid=_uid(subject)).values_list("pk"))

    def sealed_to(self, subject: str, key: bytes, *, after: int, limit: int | None) -> list[StoredText]:
        """The texts sealed to that key, in order. Their first bytes name the key."""
        uid = _uid(subject)
        named = Substr(F("sealed"), KEY_ID_FROM + 1, KEY_ID_UNTIL - KEY_ID_FROM, output_field=BinaryField())
        rows = Helper.objects.filter(crew__activity__uid=uid, pk__gt=after).annotate(key=named).filter(key=key)
        return [
            StoredText(row.pk, "sealed", SealedRow(context_of(uid, row.uid), bytes(row.sealed)))
            for row in rows.order_by("pk")[:limit]
        ]

    def put(self, text: StoredText, envelope: bytes) -> None:
        """Store the renewed envelope."""
        Helper.objects.filter(pk=text.row).update(sealed=envelope)


def register() -> None:
    """Tell the vault about it."""
    register_store(KIND, SealedHelpers())


def _uid(subject: str) -> UUID:
    return UUID(subject.partition(":")[2])
