"""The product, served to a browser from a thread of the test: its pages and its style sheets, by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test.testcases import LiveServerThread


@contextmanager
def served(host: str = "127.0.0.1") -> Iterator[str]:
    """Serve until the end of the block; gives the address, without a slash at its end."""

    def as_it_is(application: Any) -> Any:
        return application

    thread = LiveServerThread("127.0.0.1", as_it_is)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    try:
        yield f"http://{host}:{thread.port}"
    finally:
        thread.terminate()
