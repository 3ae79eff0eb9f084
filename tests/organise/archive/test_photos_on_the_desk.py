"""Photos on the desk: nothing of the camera stays, nobody is shown before she agreed, what is destroyed is gone."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.programme.models import Activity, Change
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.week import build_week
from tadamun.toolkit import clock
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

pytestmark = pytest.mark.django_db
CAMERA = "Planted Camera 77"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def activity(world: World) -> Activity:
    return make_activity(world)


@pytest.fixture
def rana(world: World, settings: Any, tmp_path: Path) -> Client:
    settings.HOME = tmp_path
    return world.client(Character.EDITOR)


def picture(colour: str = "teal") -> SimpleUploadedFile:
    image, exif, out = Image.new("RGB", (60, 40), colour), Image.Exif(), io.BytesIO()
    exif[0x0110] = CAMERA
    image.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_20180322_101500.jpg", out.getvalue(), "image/jpeg")


def add(client: Client, activity: Activity, **sent: Any) -> Any:
    values = {"file": picture(), "caption-en": "A run", "consent": ConsentState.NOT_ASKED, "seen": ""}
    return client.post(reverse("activity_photo_new", kwargs={"uid": activity.uid}), values | sent)


def address(name: str, photo: Photo) -> str:
    assert photo.activity
    return reverse(name, kwargs={"uid": photo.activity.uid, "photo": photo.pk})


def test_a_photo_is_kept_without_what_the_camera_wrote_and_without_its_name(rana: Client, activity: Activity) -> None:
    assert add(rana, activity).status_code == 302
    photo = Photo.objects.get()
    kept = (django_settings.HOME / "archive" / photo.sha256).read_bytes()
    assert CAMERA.encode() in picture().read()
    assert CAMERA.encode() not in kept
    assert photo.file == f"photos/{activity.slug}.png"
    assert "IMG_" not in str(list(Photo.objects.values()))


def test_nobody_outside_sees_it_before_those_it_shows_agreed(rana: Client, activity: Activity) -> None:
    add(rana, activity)
    photo = Photo.objects.get()

    def shown() -> int:
        record = build_week(
            week=activity.week, audience=Audience.PUBLIC, now=clock.now(), languages=("en",), small_cell=10
        )
        return len(record.photos)

    assert shown() == 0
    page = rana.get(address("activity_photo", photo))
    seen = page.context["form"].initial["seen"]
    sent = {"caption-en": "A run", "consent": ConsentState.GIVEN, "consent_audiences": ["public"], "seen": seen}
    assert rana.post(address("activity_photo", photo), sent).status_code == 302
    assert shown() == 1


def test_a_second_photo_comes_after_the_first_and_can_be_shown_earlier(rana: Client, activity: Activity) -> None:
    add(rana, activity)
    add(rana, activity, file=picture("red"))
    first, second = Photo.objects.order_by("position")
    assert second.file == f"photos/{activity.slug}-2.png"
    rana.post(address("activity_photo", second), {"act": "earlier"})
    assert list(Photo.objects.order_by("position")) == [second, first]


def test_what_is_no_picture_is_refused_at_the_field_and_nothing_is_kept(rana: Client, activity: Activity) -> None:
    answer = add(rana, activity, file=SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", "image/jpeg"))
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]
    assert not Photo.objects.exists()


def test_a_destroyed_photo_is_asked_for_twice_and_leaves_nothing(rana: Client, activity: Activity) -> None:
    add(rana, activity)
    photo = Photo.objects.get()
    pixels = django_settings.HOME / "archive" / photo.sha256
    assert rana.get(address("activity_photo_destroy", photo)).status_code == 200
    assert pixels.exists()
    rana.post(address("activity_photo_destroy", photo))
    assert not pixels.exists()
    assert not Photo.objects.exists()
    assert not Change.objects.filter(thing="archive.photo").exists()


def test_pixels_that_another_photo_shows_stay(rana: Client, activity: Activity) -> None:
    add(rana, activity)
    add(rana, activity)
    first, second = Photo.objects.order_by("position")
    rana.post(address("activity_photo_destroy", first))
    assert rana.get(address("activity_photo_picture", second)).status_code == 200


def test_a_file_that_is_larger_than_any_photo_is_refused_unread(rana: Client, activity: Activity) -> None:
    large = SimpleUploadedFile("large.jpg", b"x" * 26_000_000, "image/jpeg")
    assert add(rana, activity, file=large).status_code == 413
    assert not Photo.objects.exists()


def pixels_of(photo: Photo) -> Image.Image:
    path = django_settings.HOME / "archive" / photo.sha256
    return Image.open(io.BytesIO(path.read_bytes()))


@pytest.mark.parametrize(
    "where", [{"at.x": "75", "at.y": "100"}, {"across": "25", "down": "50", "at.x": "0", "at.y": "0"}]
)
def test_a_covered_face_is_nowhere_any_more(rana: Client, activity: Activity, where: dict[str, str]) -> None:
    add(rana, activity)
    photo = Photo.objects.get()
    before, teal = photo.sha256, (0, 128, 128)
    assert pixels_of(photo).getpixel((15, 20)) == pytest.approx(teal, abs=3)
    assert rana.post(address("activity_photo_cover", photo), {"size": "15", **where}).status_code == 302
    photo.refresh_from_db()
    assert (photo.width, photo.height) == (60, 40)
    assert not (django_settings.HOME / "archive" / before).exists()
    painted = pixels_of(photo)
    assert painted.getpixel((15, 20)) == painted.getpixel((12, 17)) != pytest.approx(teal, abs=30)
    for outside in ((8, 20), (22, 20), (15, 12), (15, 28), (59, 39)):
        assert painted.getpixel(outside) == pytest.approx(teal, abs=3)
    assert before not in str(list(Change.objects.values()))


@pytest.mark.parametrize(
    "where",
    [
        {},
        {"at.x": "0", "at.y": "0"},
        {"at.x": "301", "at.y": "9"},
        {"at.x": "9", "at.y": "201"},
        {"across": "101", "down": "1"},
        {"across": "9"},
    ],
)
def test_where_is_not_guessed(rana: Client, activity: Activity, where: dict[str, str]) -> None:
    add(rana, activity)
    photo = Photo.objects.get()
    assert rana.post(address("activity_photo_cover", photo), {"size": "15", **where}).status_code == 400
    photo.refresh_from_db()
    assert (django_settings.HOME / "archive" / photo.sha256).exists()
