"""The sample site, set once for all tests that only read it."""

from functools import cache

import pytest

from tadamun.publish.site.leaves import site_leaves
from tests.publish.site import samples
from tests.publish.site.reading import Page, read


@cache
def _set() -> dict[str, bytes]:
    weeks = [samples.published(samples.kahramana_week()), samples.published(samples.coming_week())]
    return {leaf.path: leaf.make() for leaf in site_leaves(site=samples.site(), weeks=weeks, now=samples.AFTER)}


@cache
def _read() -> dict[str, Page]:
    return {path: read(html) for path, html in _set().items() if path.endswith(".html")}


@pytest.fixture
def pages() -> dict[str, bytes]:
    """Every file of the sample site by its path."""
    return _set()


@pytest.fixture
def read_pages() -> dict[str, Page]:
    """Every page of the sample site as read."""
    return _read()
