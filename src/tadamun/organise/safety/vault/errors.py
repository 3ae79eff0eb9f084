"""What can go wrong with keys, seals, codes and tickets, in sentences that a person can act on.

`sentence` is the English message id, so that a page can translate it and fill in `details`; `str(error)` is the
English text. No sentence and no detail ever holds a secret.
"""

from collections.abc import Mapping


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the translation catalogues and return it as it is."""
    return sentence


class VaultError(Exception):
    """Anything that the vault refuses; the subclasses say what and what to do."""

    sentence: str = gettext_noop("The vault could not do this.")

    def __init__(self, **details: str | int) -> None:
        self.details: Mapping[str, str | int] = details
        super().__init__(self.sentence % details)


class BadKey(VaultError):
    """A key has the wrong length or is a point that must not be used."""

    sentence = gettext_noop("This is not a usable key: a key of 32 bytes was expected. Restore it from a backup.")


class SealBroken(VaultError):
    """An envelope was altered, cut, or moved to another place."""

    sentence = gettext_noop(
        "This sealed text cannot be opened: it was altered, or it belongs to another activity or field. "
        "Restore the row from a backup."
    )


class WrongKey(VaultError):
    """An envelope was sealed to another key."""

    sentence = gettext_noop(
        "This text was sealed to another key. Sign in as a member of the group that it was sent to, "
        "or ask that group to pass its key on."
    )


class UnknownSuite(VaultError):
    """An envelope uses a format or an algorithm that this version does not know."""

    sentence = gettext_noop("This text was sealed by a newer version of the program. Update the program to open it.")


class BadPassphrase(VaultError):
    """A passphrase is empty or too long to be handled."""

    sentence = gettext_noop("The passphrase is empty or longer than %(longest)s bytes. Choose another one.")


class WrongSecret(VaultError):
    """A wrapped key does not open with this passphrase or recovery code."""

    sentence = gettext_noop(
        "The passphrase or recovery code is not the right one for this key. "
        "Check the keyboard language and the capital letters, then try again."
    )


class WrapBroken(VaultError):
    """A wrapped key is cut, of an unknown form, or asks for unreasonable work."""

    sentence = gettext_noop("The stored key of this account is damaged. Restore it from a backup.")


class BadCost(VaultError):
    """Argon2id parameters outside the limits."""

    sentence = gettext_noop(
        "The cost of the passphrase hash is outside the limits: memory %(memory)s KiB, passes %(passes)s, "
        "lanes %(lanes)s."
    )


class SessionLocked(VaultError):
    """The cookie's secret and the server's part do not fit each other."""

    sentence = gettext_noop("The vault is locked. Enter your passphrase to open it again.")


class SessionExpired(VaultError):
    """The time of this unlocking is over."""

    sentence = gettext_noop("The vault was open long enough and has locked itself. Enter your passphrase again.")


class CodeUnreadable(VaultError):
    """A recovery code holds a sign that no code has."""

    sentence = gettext_noop(
        'Group %(group)s of the recovery code holds "%(sign)s", which is in no code. Look at that group again.'
    )


class CodeLength(VaultError):
    """A recovery code is too short or too long, and no group stands out."""

    sentence = gettext_noop(
        "The recovery code has %(expected)s letters and digits, %(found)s were typed. "
        "Compare it with the print, group by group."
    )


class CodeGroupLength(VaultError):
    """One group of a recovery code is too short or too long."""

    sentence = gettext_noop(
        "Group %(group)s of the recovery code needs %(expected)s letters and digits, %(found)s were typed."
    )


class CodeMistyped(VaultError):
    """Groups of a recovery code fail their check letter; `details["groups"]` is like "2, 5"."""

    sentence = gettext_noop("There is a typing error in the recovery code. Look at these groups again: %(groups)s.")


class CodeWrong(VaultError):
    """Every group of a recovery code is well formed, the whole is not."""

    sentence = gettext_noop(
        "This is not a whole recovery code: its groups do not belong together. Check that all come from one print."
    )


class ChainBroken(VaultError):
    """A link of a key chain is missing or leads to a key other than the published one."""

    sentence = gettext_noop(
        "The key of %(subject)s cannot be reached from here. Ask a member who can open it to pass the key on again."
    )


class NoHolder(VaultError):
    """A key would be left without anybody who can open it."""

    sentence = gettext_noop("Nobody could open the key of %(subject)s any more. Keep at least one member who can.")


class TicketRefused(VaultError):
    """A ticket is not admitted; the subclasses say why."""

    sentence = gettext_noop("This ticket is not valid.")


class TicketUnreadable(TicketRefused):
    """The text is not a ticket at all."""

    sentence = gettext_noop("This is not a ticket, or the code was not read whole. Scan it again.")


class TicketForged(TicketRefused):
    """The signature is not ours: the ticket was altered or made elsewhere."""

    sentence = gettext_noop("This ticket was not issued here, or it was altered. Do not admit it.")


class TicketElsewhere(TicketRefused):
    """A true ticket of another activity."""

    sentence = gettext_noop("This is a true ticket of another activity.")


class TicketPast(TicketRefused):
    """A true ticket whose last day is over."""

    sentence = gettext_noop("This ticket was valid until %(last_day)s.")


class ShortCodeUnreadable(TicketRefused):
    """The typed short code of a ticket cannot be one."""

    sentence = gettext_noop("A ticket code has %(expected)s letters and digits without I, L, O and U. Type it again.")
