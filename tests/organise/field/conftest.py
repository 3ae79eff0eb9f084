"""Ground of the field's tests: an activity that people sign up for, and the home of its tickets' key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.organise.people.house import House, house


@pytest.fixture(autouse=True)
def _home(tmp_path: Path) -> Iterator[None]:
    with override_settings(HOME=tmp_path):
        yield


@pytest.fixture
def run(db: None) -> House:
    """A run in March 2030 with places for thousands."""
    return house(5000)
