"""Photos come as files beside the week file; what is kept are their pixels and nothing else."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.services import open_pixels
from tadamun.weekfile.exporting import export_week
from tadamun.weekfile.importing import import_week
from tadamun.weekfile.problems import WeekFileRefused
from tests.weekfile.worlds import LATER, LAYLA, WEEK, imported, the_week

pytestmark = pytest.mark.django_db


def picture(folder: Path, name: str, colour: str = "navy", remark: str = "") -> None:
    buffer = io.BytesIO()
    notes = PngInfo()
    notes.add_text("Comment", remark)
    Image.new("RGB", (6, 4), colour).save(buffer, "PNG", pnginfo=notes)
    (folder / "photos").mkdir(parents=True, exist_ok=True)
    (folder / "photos" / name).write_bytes(buffer.getvalue())


def gallery(*names: str) -> str:
    entries = "".join(f"  - file: photos/{name}\n    caption: Photo {name}\n    activity: race\n" for name in names)
    return f"{WEEK}photos:\n{entries}"


def refusal(folder: Path, words: str) -> list[str]:
    with pytest.raises(WeekFileRefused) as caught:
        imported(folder, words)
    assert not Photo.objects.exists()
    return [f"{problem.path}: {problem.wrong}" for problem in caught.value.problems]


def kept(folder: Path) -> set[str]:
    return {path.name for path in (folder / "home" / "archive").iterdir()}


def test_pixels_are_kept_under_their_fingerprint_without_what_came_with_them(tmp_path: Path) -> None:
    picture(tmp_path, "race.jpg", remark="taken by Layla at home")
    assert b"Layla" in (tmp_path / "photos" / "race.jpg").read_bytes()
    imported(tmp_path, gallery("race.jpg"))
    photo = Photo.objects.get()
    assert (photo.file, photo.width, photo.height, str(photo.activity)) == ("photos/race.png", 6, 4, "race")
    assert kept(tmp_path) == {photo.sha256}
    pixels = open_pixels(home=tmp_path / "home", sha256=photo.sha256)
    assert b"Layla" not in pixels
    assert Image.open(io.BytesIO(pixels)).getpixel((0, 0)) == (0, 0, 128)


def test_gallery_keeps_the_order_of_the_file(tmp_path: Path) -> None:
    for name, colour in (("a.png", "navy"), ("b.png", "red"), ("c.png", "gold")):
        picture(tmp_path, name, colour)
    imported(tmp_path, gallery("b.png", "a.png", "c.png"))
    numbers = dict(Photo.objects.values_list("file", "pk"))
    result = imported(tmp_path, gallery("a.png", "b.png", "c.png"), now=LATER)
    assert [photo.file for photo in the_week().photos.all()] == ["photos/a.png", "photos/b.png", "photos/c.png"]
    assert dict(Photo.objects.values_list("file", "pk")) == numbers
    assert (result.changed, the_week().revision) == ({"photos": 2, "week": 1}, 2)


@pytest.mark.django_db(transaction=True)
def test_pixels_that_no_photo_shows_any_more_are_removed(tmp_path: Path) -> None:
    picture(tmp_path, "a.png", "navy")
    picture(tmp_path, "b.png", "red")
    imported(tmp_path, gallery("a.png", "b.png"))
    first, second = Photo.objects.values_list("sha256", flat=True)
    assert kept(tmp_path) == {first, second}
    assert imported(tmp_path, gallery("a.png"), now=LATER).removed == {"photos": 1}
    assert kept(tmp_path) == {first}
    picture(tmp_path, "a.png", "gold")
    assert imported(tmp_path, gallery("a.png"), now=LATER).changed == {"photos": 1, "week": 1}
    assert kept(tmp_path) == {Photo.objects.get().sha256} != {first}


@pytest.mark.django_db(transaction=True)
def test_pixels_that_another_week_shows_stay(tmp_path: Path) -> None:
    picture(tmp_path, "a.png")
    imported(tmp_path, gallery("a.png"))
    imported(tmp_path, gallery("a.png").replace("spring-week", "other-week"))
    imported(tmp_path, WEEK, now=LATER)
    assert kept(tmp_path) == {Photo.objects.get().sha256}


def test_every_photo_that_is_wrong_is_told(tmp_path: Path) -> None:
    picture(tmp_path, "good.png")
    (tmp_path / "photos" / "drawing.png").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "photos" / "folder.png").mkdir()
    (tmp_path / "secret.png").write_bytes((tmp_path / "photos" / "good.png").read_bytes())
    inner = tmp_path / "inner"
    (inner / "photos").mkdir(parents=True)
    for path in (tmp_path / "photos").iterdir():
        (inner / "photos" / path.name).symlink_to(path) if path.is_dir() else path.rename(inner / "photos" / path.name)
    (inner / "photos" / "link.png").symlink_to(tmp_path / "secret.png")
    names = ("good.png", "none.png", "drawing.png", "folder.png", "link.png", "../../secret.png")
    assert refusal(inner, gallery(*names)) == [
        "photos[1].file: The photo “photos/none.png” cannot be read: there is no such file.",
        "photos[2].file: SVG drawings can carry programs and are not taken. Save it as PNG and send that.",
        "photos[3].file: The photo “photos/folder.png” cannot be read: it leads outside the folder.",
        "photos[4].file: The photo “photos/link.png” cannot be read: it leads outside the folder.",
        "photos[5].file: “photos/../../secret.png” cannot be the name of a file beside the week file.",
    ]
    assert kept(inner) == set()


def test_export_holds_the_photos_and_comes_in_again_as_the_same(tmp_path: Path) -> None:
    picture(tmp_path, "race.jpg")
    imported(tmp_path, gallery("race.jpg"))
    sha256 = Photo.objects.get().sha256
    path = export_week(week=the_week(), folder=tmp_path / "out", home=tmp_path / "home")
    assert sorted(each.name for each in (tmp_path / "out").rglob("*")) == ["photos", "race.png", "week.yaml"]
    assert not import_week(actor=LAYLA, path=path, home=tmp_path / "home", now=LATER).anything
    the_week().delete()
    import_week(actor=LAYLA, path=path, home=tmp_path / "elsewhere", now=LATER)
    assert Photo.objects.get().sha256 == sha256
    assert open_pixels(home=tmp_path / "elsewhere", sha256=sha256)


def test_a_photo_that_nobody_has_looked_at_is_in_no_file_and_no_file_takes_it_away(tmp_path: Path) -> None:
    for name, colour in (("a.png", "navy"), ("b.png", "red")):
        picture(tmp_path, name, colour)
    imported(tmp_path, gallery("a.png", "b.png"))
    Photo.objects.filter(file="photos/a.png").update(looked_at=False, file="photos/from-a-phone.png")
    path = export_week(week=the_week(), folder=tmp_path / "out", home=tmp_path / "home")
    assert [each.name for each in (tmp_path / "out" / "photos").iterdir()] == ["b.png"]
    assert "from-a-phone" not in path.read_text()
    import_week(actor=LAYLA, path=path, home=tmp_path / "home", now=LATER)
    draft = Photo.objects.get(file="photos/from-a-phone.png")
    assert draft.sha256 in kept(tmp_path)
