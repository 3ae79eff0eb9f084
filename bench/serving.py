"""How many public pages a second one core serves, beside a bare WSGI function and nginx: same bytes, same client.

The server runs on one core, the client on another. wrk is the client where it is installed.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.compiling import compile_all
from bench.generated import published, weeks
from bench.table import Row, show

PAGE = "/en/weeks/week-0/activity-3/"
SECONDS = 3
CONNECTIONS = 16
ROUNDS = 3


def measure() -> None:
    """Serve one compiled page in three ways and compare the medians of three rounds, taken in turn."""
    if shutil.which("wrk") is None:
        show("Serving a public page", [Row("not measured", "wrk is not installed (Debian: apt-get install wrk)")])
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        compile_all(root, [published(week) for week in weeks(2)])
        os.chmod(root, 0o755)
        with (
            _granian(root, "bench.applications:bundle") as ours,
            _granian(root, "bench.applications:bare") as bare,
            _nginx(root) as nginx,
        ):
            rates = _rounds({"bundle": ours, "bare": bare, **({"nginx": nginx} if nginx else {})})
    _show(rates)


def _rounds(ports: dict[str, int]) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in ports}
    for _ in range(ROUNDS):
        for name, port in ports.items():
            taken[name].append(_wrk(port))
    return {name: sorted(rates)[len(rates) // 2] for name, rates in taken.items()}


def _show(rates: dict[str, float]) -> None:
    bare = rates["bare"]
    rows = [
        Row("bare WSGI function, same bytes", f"{bare:.0f}/s", "1.00"),
        Row("public page from the bundle", f"{rates['bundle']:.0f}/s", f"{rates['bundle'] / bare:.2f} of bare"),
    ]
    if "nginx" in rates:
        ratio = rates["bundle"] / rates["nginx"]
        rows += [
            Row("nginx, same file", f"{rates['nginx']:.0f}/s", f"{rates['nginx'] / bare:.2f} of bare"),
            Row("bundle against nginx", "", f"{ratio:.2f} of nginx", "≥ 0.7"),
        ]
    show("Serving a public page (gzip, 16 connections, server on one core, wrk on the other)", rows)


@contextmanager
def _granian(root: Path, target: str) -> Iterator[int]:
    port = free_port()
    command = [
        "taskset", "-c", "0", sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws", "--no-access-log",
        "--log-level", "error", "--respawn-failed-workers", "--workers-kill-timeout", "3", target,
    ]  # fmt: skip
    environment = {**os.environ, "BENCH_ROOT": str(root), "BENCH_PAGE": PAGE}
    with subprocess.Popen(command, env=environment) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


@contextmanager
def _nginx(root: Path) -> Iterator[int | None]:
    if shutil.which("nginx") is None:
        yield None
        return
    port = free_port()
    page = root / "bundle" / "current" / PAGE.strip("/") / "index.html.gz"
    shutil.copytree(page.parent, root / "nginx", dirs_exist_ok=True)
    configuration = root / "nginx.conf"
    configuration.write_text(
        f"daemon off; pid {root}/nginx.pid; error_log /dev/null; worker_processes 1; user root;\n"
        "events { worker_connections 256; }\n"
        f"http {{ access_log off; sendfile on; keepalive_requests 10000000; open_file_cache max=100;"
        f" server {{ listen 127.0.0.1:{port}; root {root}/nginx; default_type text/html;"
        " location / { try_files /index.html.gz =404; add_header Content-Encoding gzip; } } }\n"
    )
    with subprocess.Popen(["taskset", "-c", "0", "nginx", "-c", str(configuration)]) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def _wrk(port: int) -> float:
    command = [
        "taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip",
        f"http://127.0.0.1:{port}{PAGE}",
    ]  # fmt: skip
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed:
        raise SystemExit(f"The measured page answered with errors:\n{printed}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    if found is None:
        raise SystemExit(f"wrk printed no rate:\n{printed}")
    return float(found.group(1))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Wait until somebody answers there."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"Nothing answers on port {port}.")
