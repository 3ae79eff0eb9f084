"""The server: the bundle outermost, the private side beneath it, one process with a few threads."""

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from tadamun.config.environment import Environment
from tadamun.publish.bundle.serving import BundleApplication

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

PRIVATE = ("/desk/", "/gate/", "/field/", "/api/", "/t/", "/v/", "/accounts/", "/static/", "/healthz")


def outermost(environment: Environment, inner: "WSGIApplication") -> BundleApplication:
    """Answer public pages from the bundle before anything else runs; hand the rest to ``inner``."""
    return BundleApplication(
        root=environment.home / "bundle",
        inner=inner,
        app_prefixes=PRIVATE,
        languages=environment.languages,
        onion_url=environment.onion_url,
        hsts=environment.secure_transport,
    )


def address(environment: Environment) -> str:
    """Where this installation listens."""
    return f"http://{environment.host}:{environment.port}"


def serve(environment: Environment) -> NoReturn:
    """Become the server, until a signal comes. A killed worker comes back; a stop takes at most three seconds.

    The process is replaced, so that what the commands loaded takes no memory beside the workers.
    """
    command = [
        *(sys.executable, "-m", "granian", "tadamun.config.wsgi:application"),
        *("--interface", "wsgi", "--host", environment.host, "--port", str(environment.port)),
        *("--workers", str(environment.processes), "--blocking-threads", str(environment.threads)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "3"),
        *("--no-ws", "--no-access-log", "--log-level", "warning"),
    ]
    os.execv(sys.executable, command)
