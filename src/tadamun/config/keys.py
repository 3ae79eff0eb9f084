"""The secret that an installation makes for itself on first start."""

import secrets
from functools import partial
from pathlib import Path

from tadamun.config.environment import BadEnvironment
from tadamun.toolkit.keepsakes import kept


def secret_key(home: Path) -> str:
    """The secret for sessions, made on first use under ``home``/keys.

    :raises BadEnvironment: when ``home`` cannot hold it.
    """
    path = home / "keys" / "session-secret"
    try:
        return kept(path, partial(secrets.token_urlsafe, 64))
    except OSError as error:
        raise BadEnvironment(f"TADAMUN_HOME: {path} cannot be made or read ({error.strerror}).") from error
