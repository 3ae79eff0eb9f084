"""A secret text in a file of its own: made once, whole or not at all, readable by its owner alone."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, make: Callable[[], str]) -> str:
    """The ASCII text in ``path``; on first use the one that ``make`` gives. Processes that start together share one.

    :raises OSError: when the file can neither be read nor made.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _keep(path, make())
    return path.read_text(encoding="ascii")


def _keep(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:  # another process was first
        pass
    finally:
        draft.unlink()
