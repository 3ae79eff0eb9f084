"""Style sheets and scripts have names that hold their hash, and may be kept for ever."""

import gzip

import pytest
from django.templatetags.static import static
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_asset_is_sent_under_its_hashed_name_to_be_kept() -> None:
    answer = Client().get(static("desk/desk.css"), headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert b"--saffron" in gzip.decompress(answer.content)
    assert not answer.cookies


@pytest.mark.parametrize(
    "path",
    [
        "desk/desk.css",
        "desk/desk.000000000000.css",
        "desk/none.000000000000.css",
        "../settings.000000000000.py",
        "desk/",
    ],
)
def test_anything_else_is_not_there(path: str) -> None:
    assert Client().get(f"/static/{path}").status_code == 404


def test_a_page_that_names_a_missing_file_fails_at_once() -> None:
    with pytest.raises(ValueError, match=r"none\.css"):
        static("desk/none.css")
