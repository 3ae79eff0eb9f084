"""Secrets that an installation makes for itself on first start, each a file only its owner reads."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The secret for sessions, made on first use under ``home``/keys."""
    path = home / "keys" / "session-secret"
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _keep(path, secrets.token_urlsafe(64))


def _keep(path: Path, secret: str) -> str:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
