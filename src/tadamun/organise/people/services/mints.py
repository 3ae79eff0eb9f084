"""The installation's ticket key: made on first use, kept in a file that only its owner reads."""

import secrets
from functools import cache, partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from tadamun.organise.people.services.registrations import TicketMint
from tadamun.organise.safety.vault import tickets
from tadamun.toolkit.keepsakes import kept

_KEY_BYTES = 32


def ticket_mint() -> TicketMint:
    """What this installation's tickets are made with.

    :raises OSError: when the home can neither be read nor written.
    :raises ValueError: when the file is not one of ours.
    """
    return _mint(Path(settings.HOME) / "keys" / "tickets")


@cache
def _mint(path: Path) -> TicketMint:
    key = bytes.fromhex(kept(path, partial(secrets.token_hex, 2 * _KEY_BYTES)))
    if len(key) != 2 * _KEY_BYTES:
        raise ValueError(f"{path.name} does not hold a ticket key")
    private, seed = key[:_KEY_BYTES], key[_KEY_BYTES:]
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return TicketMint(signing=tickets.SigningPair(public=public, private=private), seed=seed)
