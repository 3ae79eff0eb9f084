"""Tests. Each process has a home of its own, made here because this is imported before any setting is read."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in list(os.environ):
    if name.startswith("TADAMUN_"):
        del os.environ[name]

HOME = Path(tempfile.mkdtemp(prefix="tadamun-tests-"))
os.environ["TADAMUN_HOME"] = str(HOME)
_owner = os.getpid()


@atexit.register
def _clear() -> None:
    if os.getpid() == _owner:  # not in a forked child
        shutil.rmtree(HOME, ignore_errors=True)
