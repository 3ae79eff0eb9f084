"""Measures, and prints with the ratio to a baseline of the same run. ``python -m bench serving`` runs one."""

import os
import platform
import sys

from bench import compiling, field_log, field_sync, handing_out, importing, pages, registering, serving

MEASUREMENTS = {
    "compiling": lambda: compiling.measure(int(os.environ.get("BENCH_ACTIVITIES", "10000"))),
    "pages": pages.measure,
    "serving": serving.measure,
    "importing": importing.measure,
    "registering": registering.measure,
    "handing_out": handing_out.measure,
    "field_log": field_log.measure,
    "field_sync": field_sync.measure,
}


def main() -> None:
    """Run the measurements named, or all."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {platform.system()}")
    for name in sys.argv[1:] or MEASUREMENTS:
        MEASUREMENTS[name]()


main()
