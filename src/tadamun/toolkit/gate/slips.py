"""The slip in every form of the gate: signed, bound to what the form is about, with the nonce that makes twice once.

It takes the place of a cookie. A form keeps its nonce however often it comes back with a mistake in it, so that
whatever is sent again belongs to the same sign-up.
"""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core import signing

OLDEST = timedelta(hours=24)
_NONCE_BYTES = 16


class NotOurSlip(Exception):
    """The form was not given out by us for this, or was altered."""


@dataclass(frozen=True)
class Slip:
    """A slip that was given out by us: its nonce, and when it was."""

    nonce: bytes = field(repr=False)
    given_at: datetime

    def age(self, now: datetime) -> timedelta:
        """How long ago it was given out."""
        return now - self.given_at


def new_slip(*, about: str, now: datetime, nonce: bytes | None = None) -> str:
    """A slip for a form about ``about``; with ``nonce``, one that continues an older form."""
    value = {"n": (nonce or secrets.token_bytes(_NONCE_BYTES)).hex(), "t": int(now.timestamp())}
    return signing.dumps(value, salt=_salt(about))


def read_slip(text: str, *, about: str) -> Slip:
    """What a slip says, however old it is.

    :raises NotOurSlip: when it is missing, altered, or of another form.
    """
    try:
        value = signing.loads(text, salt=_salt(about))
        nonce, given = bytes.fromhex(value["n"]), datetime.fromtimestamp(value["t"], UTC)
    except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
        raise NotOurSlip from error
    return Slip(nonce=nonce, given_at=given)


def _salt(about: str) -> str:
    return f"tadamun slip 1 {about}"
