"""Covering a face on the desk: a click, without any script, meets the place that was clicked, on every screen."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.services import add_photo, open_pixels
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WHITE = (255, 255, 255)


@pytest.fixture
def photo(activity: Activity, settings: Any, tmp_path: Path) -> Photo:
    """A white picture of 900 × 600 pixels."""
    settings.HOME = tmp_path
    out = io.BytesIO()
    Image.new("RGB", (900, 600), WHITE).save(out, "PNG")
    photo = Photo(week=activity.week, activity=activity, looked_at=False)
    return add_photo(actor=Actor("Rana"), home=tmp_path, photo=photo, data=out.getvalue(), now=clock.now())


def test_a_click_covers_what_was_clicked_and_nothing_else(
    desk: Callable[..., Page], activity: Activity, photo: Photo, tmp_path: Path
) -> None:
    address = reverse("activity_photo_cover", kwargs={"uid": activity.uid, "photo": photo.pk})
    for code, width, at in (("en", 1280, (60, 50)), ("ar", 360, (240, 150))):
        page = desk(address, code=code, width=width)
        picture = page.locator("input[type=image]")
        assert picture.evaluate("(one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height]") == [
            300,
            200,
        ]
        page.locator("select[name=size]").select_option("8")
        picture.click(position={"x": at[0], "y": at[1]})
        expect(page.locator("[role=status], .message, .messages").first).to_be_visible()
    photo.refresh_from_db()
    painted = Image.open(io.BytesIO(open_pixels(home=tmp_path, sha256=photo.sha256)))
    for middle in ((180, 150), (720, 450)):
        assert painted.getpixel(middle) != WHITE
        for away in ((-42, 0), (42, 0), (0, -42), (0, 42)):
            assert painted.getpixel((middle[0] + away[0], middle[1] + away[1])) == WHITE
    page = desk(address, code="ar", java_script_enabled=True, bypass_csp=True)
    assert Axe().run(page).response["violations"] == []
