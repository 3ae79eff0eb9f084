"""The installation's ticket key: made on first use, kept in a file that only its owner reads."""

import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from tadamun.organise.people.services.registrations import TicketMint
from tadamun.organise.safety.vault import tickets

_KEY_BYTES = 32


def ticket_mint() -> TicketMint:
    """What this installation's tickets are made with.

    :raises OSError: when the home can neither be read nor written.
    :raises ValueError: when the file is not one of ours.
    """
    return _mint(Path(settings.HOME) / "keys" / "tickets")


@cache
def _mint(path: Path) -> TicketMint:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _keep(path, secrets.token_bytes(2 * _KEY_BYTES).hex())
    kept = bytes.fromhex(path.read_text(encoding="ascii"))
    if len(kept) != 2 * _KEY_BYTES:
        raise ValueError(f"{path.name} does not hold a ticket key")
    private, seed = kept[:_KEY_BYTES], kept[_KEY_BYTES:]
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return TicketMint(signing=tickets.SigningPair(public=public, private=private), seed=seed)


def _keep(path: Path, text: str) -> None:
    """Put the text there whole, unless another process was first."""
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
