"""The tables of safety; Django looks for them here."""

from tadamun.organise.safety.models.audit import FIRST_LINK, AuditEntry, AuditHead
from tadamun.organise.safety.models.vault import Holding, MemberWrap, Unlocking, VaultKey, VaultLink

__all__ = [
    "FIRST_LINK",
    "AuditEntry",
    "AuditHead",
    "Holding",
    "MemberWrap",
    "Unlocking",
    "VaultKey",
    "VaultLink",
]
