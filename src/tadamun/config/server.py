"""The server: the bundle outermost, the private side beneath it, one process with a few threads."""

import os
import secrets
import socket
import sys
from typing import TYPE_CHECKING, NoReturn

from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn
from tadamun.organise.people.services.entries import CONTACT_KEY_VARIABLE
from tadamun.publish.bundle.serving import BundleApplication

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

PRIVATE = ("/desk/", "/gate/", "/field/", "/api/", "/t/", "/h/", "/v/", "/accounts/", "/static/", "/healthz")


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


def must_be_free(environment: Environment) -> None:
    """Make sure that nobody listens where we are to listen: the server shares a port without a word.

    :raises CannotGoOn: when the address is taken, or is none of this machine's.
    """
    try:
        found = socket.getaddrinfo(environment.host, environment.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _name, place = found[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        says = f"{address(environment)} cannot be listened on ({error.strerror or error})."
        raise CannotGoOn(f"{says} Stop what listens there, or choose another port: PORT=8001 …") from error


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
    # Workers know a second sign-up of one address by a key that is in memory alone; they must share it.
    os.execve(sys.executable, command, {**os.environ, CONTACT_KEY_VARIABLE: secrets.token_hex(32)})
