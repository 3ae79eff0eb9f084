"""Secrets that an installation makes for itself on first start, each a file only its owner reads."""

import os
import secrets
from pathlib import Path

from tadamun.config.environment import BadEnvironment


def secret_key(home: Path) -> str:
    """The secret for sessions, made on first use under ``home``/keys.

    :raises BadEnvironment: when ``home`` cannot hold it.
    """
    path = home / "keys" / "session-secret"
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _keep(path, secrets.token_urlsafe(64))
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise BadEnvironment(f"TADAMUN_HOME: {path} cannot be made or read ({error.strerror}).") from error


def _keep(path: Path, secret: str) -> None:
    """Put ``secret`` there whole, unless another process was first."""
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
