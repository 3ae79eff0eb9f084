"""The key that phones seal carried entries to: made on first use, kept in a file that only its owner reads."""

import secrets
from functools import cache, partial
from pathlib import Path

from django.conf import settings

from tadamun.organise.safety.vault.keys import KEY_BYTES, KeyPair
from tadamun.toolkit.keepsakes import kept


def carry_pair() -> KeyPair:
    """The installation's pair for what is carried. It opens entries, which name nobody; names in them stay sealed.

    :raises OSError: when the home can neither be read nor written.
    :raises ValueError: when the file is not one of ours.
    """
    return _pair(Path(settings.HOME) / "keys" / "carry")


@cache
def _pair(path: Path) -> KeyPair:
    private = bytes.fromhex(kept(path, partial(secrets.token_hex, KEY_BYTES)))
    if len(private) != KEY_BYTES:
        raise ValueError(f"{path.name} does not hold a key")
    return KeyPair.of_private(private)
