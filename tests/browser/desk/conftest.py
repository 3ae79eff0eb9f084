"""The desk in a real browser, served by the product itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test.testcases import LiveServerThread

from tadamun.organise.safety.services import members
from tadamun.organise.safety.vault.wrapping import LIMITS


@pytest.fixture
def server(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the desk is served; by the name of this machine, because passkeys are not for bare addresses."""
    monkeypatch.setattr(members, "COST", LIMITS.least)
    cache.clear()

    def as_it_is(application: Any) -> Any:
        return application

    thread = LiveServerThread("127.0.0.1", as_it_is)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://localhost:{thread.port}"
    thread.terminate()
