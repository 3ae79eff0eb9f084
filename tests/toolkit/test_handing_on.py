"""A link to hand on: a field to copy from, a code to scan, how long it works; its buttons wait for their script."""

import pytest
from django.template import engines

ADDRESS = "https://example.org/gate/ar/week/run/?a=1&b=2"


def shown(**given: str) -> str:
    parts = " ".join(f"{name}={name}" for name in given)
    source = f'{{% load components %}}{{% component "components/link.html" {parts} %}}'
    return engines["django"].from_string(source).render(given)


@pytest.mark.parametrize("drawn", ["", "elsewhere"])
def test_a_link_is_a_field_and_a_code_unless_that_is_drawn_already(drawn: str) -> None:
    html = shown(label="Link to sign up", address=ADDRESS, lasts="For seven days.", drawn=drawn)
    assert 'readonly dir="ltr" value="https://example.org/gate/ar/week/run/?a=1&amp;b=2"' in html
    assert "For seven days." in html
    assert ("<svg" in html) is not bool(drawn)


def test_buttons_are_hidden_until_their_script_shows_them() -> None:
    html = shown(label="Link", address=ADDRESS, lasts="Once.")
    assert '<p class="buttons" hidden>' in html
    assert "data-share hidden" in html
