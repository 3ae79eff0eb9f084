"""From a week file to a site that anyone can check, and on to another group: by the command line alone."""

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.project import ROOT
from tests.journeys.operator import Operator
from tests.publish.site.reading import Element, read

EXAMPLE = ROOT / "examples" / "kahramana-week"
WEEK = "kahramana-week-2018"
FIRST_VIEW = 14 * 1024
TITLES = {"en": "Kahramana Week for women across Baghdad", "ar": "أسبوع كهرمانة", "ckb": "هەفتەی کەهرەمانە"}

pytestmark = [pytest.mark.pure, pytest.mark.slow]


@pytest.fixture(scope="module")
def coalition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """A group that imported the example week and published it."""
    operator = Operator(tmp_path_factory.mktemp("coalition") / "home")
    operator.must("import", EXAMPLE)
    operator.must("publish")
    yield operator
    shutil.rmtree(operator.home, ignore_errors=True)


@pytest.fixture
def copy(coalition: Operator, tmp_path: Path) -> Path:
    """The published files as somebody else holds them."""
    return Path(shutil.copytree(coalition.site, tmp_path / "copy"))


def test_week_is_read_in_three_languages(coalition: Operator) -> None:
    for language, title in TITLES.items():
        page = coalition.page(f"{language}/weeks/{WEEK}")
        assert title in page
        assert f'<html lang="{language}"' in page


def test_every_page_is_small_and_a_browser_asks_nobody_else(coalition: Operator) -> None:
    """P-50, P-51, P-52: no script, no other host, and the first view in one request of at most 14 KB."""
    pages = [path for path in _walk(coalition.site) if path.suffix == ".html"]
    assert len(pages) > 60
    for path in pages:
        written = path.read_bytes()
        assert len(gzip.compress(written)) <= FIRST_VIEW, path
        page = read(written)
        assert page.all("script") == page.all("iframe") == page.all("form") == [], path
        loaded = [element.attributes.get("href", "") for element in page.all("link") if _loads(element)]
        loaded += [image.attributes["src"] for image in page.all("img")]
        loaded += [one.attributes["srcset"] for one in page.all("source")]
        assert [address for address in loaded if not re.match(r"/[^/]", address)] == [], path
        assert all(image.attributes.get("loading") == "lazy" for image in page.all("img")[1:]), path


def test_doing_it_again_changes_nothing(coalition: Operator) -> None:
    before = (coalition.site / "manifest.json").read_bytes()
    assert "nothing" in coalition.must("import", EXAMPLE).lower()
    assert "0 files written" in coalition.must("publish")
    assert (coalition.site / "manifest.json").read_bytes() == before


def test_copy_of_the_site_is_sound(coalition: Operator, copy: Path) -> None:
    assert "Sound." in coalition.must("verify", copy)


def test_folder_that_a_bundle_or_a_mirror_was_made_in_can_be_named_too(coalition: Operator) -> None:
    assert "Sound." in coalition.must("verify", coalition.home / "bundle")


@pytest.mark.parametrize("path", [f"en/weeks/{WEEK}/index.html", f"ar/weeks/{WEEK}/index.html.gz", "data/schema.json"])
def test_flipped_byte_is_named(coalition: Operator, copy: Path, path: str) -> None:
    content = bytearray((copy / path).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / path).write_bytes(content)
    done = coalition.call("verify", copy)
    assert done.returncode == 1
    assert f"changed: {path}\n" in done.stdout
    assert "NOT SOUND" in done.stdout


def test_added_and_lost_files_are_named(coalition: Operator, copy: Path) -> None:
    (copy / "en" / "rumour.html").write_text("made up")
    (copy / "robots.txt").unlink()
    done = coalition.call("verify", copy)
    assert done.returncode == 1
    assert "added:   en/rumour.html\n" in done.stdout
    assert "lost:    robots.txt\n" in done.stdout


def test_another_signer_than_expected_is_refused(coalition: Operator, copy: Path) -> None:
    assert coalition.call("verify", copy, "--key", "00000 " * 7 + "00000").returncode == 1


def test_week_handed_to_another_group_is_the_same_there(coalition: Operator, tmp_path: Path) -> None:
    coalition.must("export", WEEK, "--to", tmp_path / "kit")
    other = Operator(tmp_path / "home")
    other.must("import", tmp_path / "kit")
    other.must("publish")
    record = Path("records") / f"{WEEK}.json"
    assert (other.home / record).read_bytes() == (coalition.home / record).read_bytes()
    other.must("export", WEEK, "--to", tmp_path / "again")
    assert _files(tmp_path / "again") == _files(tmp_path / "kit")
    assert len(_files(tmp_path / "kit")) == 6


def _loads(element: Element) -> bool:
    return element.attributes["rel"] not in {"alternate", "canonical"}


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):  # the site's folders are links, which a glob would not follow
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
