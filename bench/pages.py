"""How many compressed bytes the first view of each kind of page takes, in the demo's own bundle."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.table import Row, show

KINDS = {
    "chooser": "index.html",
    "home": "{lang}/index.html",
    "week": "{lang}/weeks/kahramana-week-2018/index.html",
    "activity": "{lang}/weeks/kahramana-week-2018/candidate-training/index.html",
    "organisation": "{lang}/organisations/kahramana/index.html",
    "organisations": "{lang}/organisations/index.html",
    "promises": "{lang}/promises/index.html",
    "about": "{lang}/about/index.html",
    "not found": "{lang}/404.html",
}
BUDGET = 14 * 1024


def measure() -> None:
    """Compile the demo and list the sizes, in the language where they are largest."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TADAMUN_HOME": folder, "DJANGO_SETTINGS_MODULE": "tadamun.config.settings"}
        command = [sys.executable, "-m", "tadamun.config.commandline", "demo", "--no-serve"]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        current = Path(folder) / "bundle" / "current"
        rows = [Row("kind of page", "compressed", "plain", "≤ 14336")]
        for kind, pattern in KINDS.items():
            sizes = [
                (path.with_name(path.name + ".gz").stat().st_size, path.stat().st_size)
                for path in (current / pattern.format(lang=lang) for lang in ("en", "ar", "ckb"))
                if path.exists()
            ]
            if sizes:
                largest = max(sizes)
                rows.append(Row(kind, str(largest[0]), str(largest[1]), "" if largest[0] <= BUDGET else "TOO LARGE"))
    show("First view in one request, without pictures, in bytes (gzip)", rows)
