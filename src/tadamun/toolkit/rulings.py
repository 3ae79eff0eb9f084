"""A decision and its reason: allowed, or refused with a sentence that a person can act on."""

from dataclasses import dataclass

from django.utils.functional import Promise


class Refused(Exception):
    """A service did nothing because a rule said no; ``str()`` is the translated reason."""

    def __init__(self, reason: "str | Promise") -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


@dataclass(frozen=True)
class Ruling:
    """True when allowed. When refused, ``reason`` says why in the reader's language."""

    reason: "str | Promise" = ""

    def __bool__(self) -> bool:
        return not self.reason

    def require(self) -> None:
        """Go on only when allowed.

        :raises Refused: with the reason, when not.
        """
        if self.reason:
            raise Refused(self.reason)


ALLOWED = Ruling()
