"""Closing an entry: sealed to the activity, copied under the ticket, and marked so that twice is once.

Three secrets play a part. The *form mark* makes a form that is sent twice one sign-up: the ticket is derived from
the form's random nonce, so a lost answer can be asked for again. The *contact mark* finds a second sign-up of the
same address, under a key that lives in this server's memory alone: a seized database has nothing to try numbers
against. The *own copy* lets a person read and mend her entry from her ticket, which the server cannot.
"""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tadamun.organise.safety.vault.sealing import Context, pad, seal, unpad
from tadamun.toolkit.languages.text import Text

# Several processes of one server share the key through the environment of the process that started them;
# it is never written, and a restart makes a new one.
CONTACT_KEY_VARIABLE = "MEMORY_KEY_OF_TADAMUN"
_CONTACT_KEY = bytes.fromhex(os.environ.get(CONTACT_KEY_VARIABLE, "")) or secrets.token_bytes(32)
_NONCE_BYTES = 12


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What identifies a person, as she wrote it: only ever in memory, or sealed.

    ``ticket`` is her ticket's secret (hexadecimal), so that a letter that leaves later can hold her link. It is put in
    when the entry is sealed; nobody fills it in.
    """

    name: str = ""
    contact: str = ""
    answers: dict[str, str] = {}
    note: str = ""
    ticket: str = ""


class TicketUnknown(LookupError):
    """The ticket opens nothing here: not ours, ended, or mistyped."""


@dataclass(frozen=True)
class Closed:
    """An entry after it was closed: nothing in it can be read without a key from elsewhere."""

    sealed: bytes = field(repr=False)
    own_copy: bytes = field(repr=False)


def context_of(activity: UUID, registration: UUID) -> Context:
    """What a registration's seal is bound to."""
    return Context(purpose="registration", activity=str(activity), field="entry", row=str(registration))


def remark_context_of(activity: UUID, registration: UUID) -> Context:
    """What the seal of an organiser's remark is bound to."""
    return Context(purpose="registration", activity=str(activity), field="remark", row=str(registration))


def close(entry: Entry, *, public_key: bytes, ticket_secret: bytes, activity: UUID, registration: UUID) -> Closed:
    """Seal an entry to the activity's key, and once more under the ticket's secret."""
    plain = msgspec.json.encode(entry)
    with_ticket = msgspec.json.encode(msgspec.structs.replace(entry, ticket=ticket_secret.hex()))
    return Closed(
        sealed=seal(public_key, with_ticket, context=context_of(activity, registration)),
        own_copy=_under_ticket(plain, ticket_secret, registration),
    )


def read(plain: bytes) -> Entry:
    """The entry that was sealed."""
    return msgspec.json.decode(plain, type=Entry)


def read_own_copy(own_copy: bytes, *, ticket_secret: bytes, registration: UUID) -> Entry:
    """The entry as its owner sees it.

    :raises TicketUnknown: when the ticket is not the one that it was closed with.
    """
    nonce, closed = own_copy[:_NONCE_BYTES], own_copy[_NONCE_BYTES:]
    try:
        plain = AESGCM(_ticket_key(ticket_secret)).decrypt(nonce, closed, registration.bytes)
    except (InvalidTag, ValueError) as error:
        raise TicketUnknown from error
    return read(unpad(plain))


def ticket_secret_for(nonce: bytes, *, seed: bytes, activity: UUID) -> bytes:
    """The ticket's secret that belongs to one filled-in form: the same form always gets the same ticket."""
    return hmac.new(seed, b"ticket 1\x00" + activity.bytes + nonce, hashlib.sha256).digest()[:16]


def form_mark(nonce: bytes, *, activity: UUID) -> bytes:
    """What is stored to know a form again."""
    return hashlib.sha256(b"tadamun form 1\x00" + activity.bytes + nonce).digest()


def contact_mark(contact: str, *, activity: UUID) -> bytes | None:
    """What is stored to know an address again while this server runs; nothing when there is no address."""
    if not contact:
        return None
    return hmac.new(_CONTACT_KEY, activity.bytes + contact.casefold().encode(), hashlib.sha256).digest()


def code_hash(code: str) -> str:
    """What is stored of a code that a body gives to its people."""
    return hashlib.sha256(b"tadamun code 1\x00" + "".join(code.split()).upper().encode()).hexdigest()


def named(text: Text, language: str) -> str:
    """A text in the person's language, or in any."""
    return text.get(language) or next(iter(text.values()), "")


def _under_ticket(plain: bytes, ticket_secret: bytes, registration: UUID) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(_ticket_key(ticket_secret)).encrypt(nonce, pad(plain), registration.bytes)


def _ticket_key(ticket_secret: bytes) -> bytes:
    return hashlib.sha256(b"tadamun own copy 1\x00" + ticket_secret).digest()
