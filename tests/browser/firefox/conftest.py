"""The system's Firefox and a run with sign-ups."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from shutil import which

import pytest
from django.test import override_settings

from tests.browser.firefox.handset import Phone
from tests.browser.firefox.marionette import Firefox, started
from tests.browser.serving import served
from tests.organise.people.house import House, house


@pytest.fixture
def run(transactional_db: None, tmp_path: Path) -> Iterator[House]:
    """A run in March 2030; its tickets' key lies in a home of its own."""
    with override_settings(HOME=tmp_path):
        yield house(500, categories=["sex", "age_band"])


@pytest.fixture
def server(run: House) -> Iterator[str]:
    """The product itself, as a phone reaches it."""
    with served() as address:
        yield address


CONTAINERS = count(1)


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """The system's Firefox, one for the whole run; without one these tests are skipped, and say so."""
    path = which("firefox-esr") or which("firefox")
    # Ubuntu's comes as a closed package, which sees no profile of ours.
    if path is None or (path.endswith("/firefox") and Path("/snap/bin/firefox").exists()):
        pytest.skip("No Firefox on this machine: nothing was tried in Firefox.")
    with started(path, tmp_path_factory.mktemp("firefox")) as browser:
        yield browser


@pytest.fixture
def new_phone(firefox: Firefox, server: str) -> Iterator[Callable[[], Phone]]:
    """Makes phones, each with a storage of its own."""
    phones: list[Phone] = []

    def make() -> Phone:
        phones.append(Phone(firefox, server, next(CONTAINERS)))
        return phones[-1]

    yield make
    firefox.offline(False)
    for phone in phones:
        phone.closes()
