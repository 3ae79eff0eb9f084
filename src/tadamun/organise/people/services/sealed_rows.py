"""Where sign-ups keep what is sealed to their activity's key, so that it can be sealed to a new one."""

from uuid import UUID

from django.db.models import BinaryField, F, Q
from django.db.models.functions import Substr

from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.services.entries import context_of, remark_context_of
from tadamun.organise.safety.services.renewing import StoredText, register_store
from tadamun.organise.safety.vault.chains import SealedRow
from tadamun.organise.safety.vault.sealing import KEY_ID_FROM, KEY_ID_UNTIL

KIND = "activity"
_CONTEXTS = {"sealed": context_of, "remark": remark_context_of}


class SignUps:
    """Entries and remarks. Whoever writes one locks the admission before asking for the key."""

    models = (Registration,)

    def lock(self, subject: str) -> None:
        """Keep everybody away who seals to this activity."""
        list(Admission.objects.select_for_update(of=("self",)).filter(activity__uid=_uid(subject)).values_list("pk"))

    def sealed_to(self, subject: str, key: bytes, *, after: int, limit: int | None) -> list[StoredText]:
        """The texts sealed to that key, in order, of at most ``limit`` sign-ups. Their first bytes name the key."""
        uid = _uid(subject)
        rows = Registration.objects.filter(admission__activity__uid=uid, pk__gt=after).order_by("pk")
        named = rows.annotate(**{f"{column}_key": _key_of(column) for column in _CONTEXTS})
        found = named.filter(Q(sealed_key=key) | Q(remark_key=key)).only("uid", *_CONTEXTS)[:limit]
        return [
            StoredText(row.pk, column, SealedRow(context(uid, row.uid), bytes(getattr(row, column))))
            for row in found
            for column, context in _CONTEXTS.items()
            if bytes(getattr(row, f"{column}_key") or b"") == key
        ]

    def put(self, text: StoredText, envelope: bytes) -> None:
        """Store the renewed envelope."""
        Registration.objects.filter(pk=text.row).update(**{text.column: envelope})


def register() -> None:
    """Make this known to whoever renews keys."""
    register_store(KIND, SignUps())


def _uid(subject: str) -> UUID:
    return UUID(subject.partition(":")[2])


def _key_of(column: str) -> Substr:
    size = KEY_ID_UNTIL - KEY_ID_FROM
    return Substr(F(column), KEY_ID_FROM + 1, size, output_field=BinaryField())
