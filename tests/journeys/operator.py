"""An operator at the command line, in a process and a home of her own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.project import ROOT


@dataclass(frozen=True)
class Operator:
    """Calls ``tadamun`` with one home; ``source`` is where the program's modules are.

    ``database`` is a PostgreSQL to use; empty for SQLite in the home.
    """

    home: Path
    source: Path = ROOT / "src"
    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What the program is told of where it runs."""
        told = {"DATABASE_URL": self.database} if self.database else {}
        return told | {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(self.source),
            "TADAMUN_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "tadamun.config.settings",
        }

    def call(
        self, *words: str | Path, module: str = "tadamun.config.commandline", typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            cwd=self.home.parent,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def must(self, *words: str | Path, typed: str = "") -> str:
        """Call what has to succeed, typing what it asks for; returns what was printed."""
        done = self.call(*words, typed=typed)
        assert done.returncode == 0, f"tadamun {' '.join(map(str, words))}:\n{done.stdout}{done.stderr}"
        return done.stdout

    @property
    def site(self) -> Path:
        return self.home / "bundle" / "current"

    def page(self, path: str) -> str:
        return (self.site / path / "index.html").read_text(encoding="utf-8")
