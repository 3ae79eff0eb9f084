"""The server: the bundle outermost, the private side beneath it, one process with a few threads."""

from typing import TYPE_CHECKING

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


def serve(environment: Environment) -> None:
    """Serve until a signal comes. A killed worker comes back; a stop takes at most three seconds."""
    from granian import Granian  # slow import: only the server needs it
    from granian.constants import Interfaces

    Granian(
        "tadamun.config.wsgi:application",
        address=environment.host,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=environment.processes,
        blocking_threads=environment.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=3,
        log_access=False,
        websockets=False,
        log_level="warning",
    ).serve()
