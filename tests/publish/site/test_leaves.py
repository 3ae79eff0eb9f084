"""The site as leaves: a pure function of records, made again exactly where it would come out different."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import brotli
import msgspec
import pytest

from tadamun.publish.published import PublishedWeek, week_card
from tadamun.publish.site import catalogue
from tadamun.publish.site.leaves import site_leaves
from tadamun.record.structs import SiteRecord, WeekRecord
from tests.publish.site import samples

pytestmark = pytest.mark.pure

FIRST_VIEW = 14 * 1024


def made(
    weeks: Sequence[WeekRecord],
    *,
    site: SiteRecord | None = None,
    now: date = samples.AFTER,
    folder: Path | None = None,
) -> dict[str, tuple[bytes, bytes]]:
    published = [samples.published(week) for week in weeks]
    leaves = site_leaves(site=site or samples.site(), weeks=published, now=now, locale_folder=folder)
    return {leaf.path: (leaf.fingerprint, leaf.make()) for leaf in leaves}


def changed(before: dict[str, tuple[bytes, bytes]], after: dict[str, tuple[bytes, bytes]]) -> set[str]:
    """Paths that came, went or have another fingerprint; and proof that no other page has other bytes."""
    paths = {path for path in before.keys() | after.keys() if before.get(path, (b"",))[0] != after.get(path, (b"",))[0]}
    for path in before.keys() & after.keys() - paths:
        assert before[path][1] == after[path][1], f"{path} changed under the same fingerprint"
    return paths


def test_same_records_make_the_same_bytes() -> None:
    weeks = [samples.kahramana_week(), samples.coming_week()]
    assert made(weeks) == made(weeks)


def test_order_of_the_weeks_does_not_matter() -> None:
    first, second = samples.kahramana_week(), samples.coming_week()
    assert made([first, second]) == made([second, first])


def test_change_of_a_body_makes_its_week_again_and_nothing_else() -> None:
    week = samples.kahramana_week()
    before = made([week, samples.coming_week()])
    after = made([msgspec.structs.replace(week, body={"en": "Told anew."}), samples.coming_week()])
    assert changed(before, after) == {path for path in before if "/weeks/kahramana-week/" in path}


def test_change_of_a_title_reaches_every_page_that_prints_it() -> None:
    week = samples.kahramana_week()
    before = made([week, samples.coming_week()])
    after = made([msgspec.structs.replace(week, titles={"en": "Renamed"}), samples.coming_week()])
    paths = changed(before, after)
    assert {path for path in before if "/weeks/summer-days/" in path} & paths == set()
    for page in ("index", "weeks/index", "years/2018/index", "organisations/kahramana/index"):
        assert f"en/{page}.html" in paths
    assert "en/organisations/isf/index.html" not in paths
    assert "en/about/index.html" not in paths


def test_passing_of_the_last_day_makes_the_week_again_and_other_days_do_not() -> None:
    week = samples.kahramana_week()
    calm = changed(made([week], now=date(2018, 3, 1)), made([week], now=date(2018, 3, 10)))
    assert calm == set()
    over = changed(made([week], now=date(2018, 3, 28)), made([week], now=date(2018, 3, 29)))
    assert "en/weeks/kahramana-week/index.html" in over
    assert "en/about/index.html" not in over
    assert changed(made([week], now=date(2018, 5, 1)), made([week], now=date(2019, 5, 1))) == set()


def test_change_of_the_site_makes_all_pages_again() -> None:
    before = made([samples.kahramana_week()])
    after = made([samples.kahramana_week()], site=samples.site(mission={"en": "Another"}))
    pages = {path for path in before if path.endswith(".html")}
    assert changed(before, after) == pages


def test_change_of_a_catalogue_makes_the_pages_of_its_language_again(tmp_path: Path) -> None:
    folder = tmp_path / "locale"
    copytree(catalogue.default_folder(), folder)
    before = made([samples.kahramana_week()], folder=folder)
    other = tmp_path / "other"
    copytree(folder, other)
    words = other / "ar" / "LC_MESSAGES" / "django.po"
    words.write_text(words.read_text("utf-8").replace("الأسابيع", "أسابيعنا"), "utf-8")
    (other / "ar" / "LC_MESSAGES" / "django.mo").unlink(missing_ok=True)
    paths = changed(before, made([samples.kahramana_week()], folder=other))
    assert {path.split("/")[0] for path in paths} == {"ar"}


def test_weeks_are_loaded_only_for_their_own_pages_and_once() -> None:
    week = samples.kahramana_week()
    loaded: list[str] = []

    def load() -> WeekRecord:
        loaded.append(week.slug)
        return week

    published = PublishedWeek(week.slug, b"fingerprint", week_card(week), load)
    leaves = list(site_leaves(site=samples.site(), weeks=[published], now=samples.AFTER))
    assert loaded == []
    for leaf in leaves:
        if "/weeks/kahramana-week/" not in leaf.path:
            leaf.make()
    assert loaded == []
    for leaf in leaves:
        leaf.make()
    assert loaded == [week.slug]


def test_site_without_any_week_is_whole() -> None:
    site = made([])
    assert "en/index.html" in site
    assert "ckb/promises/index.html" in site


def test_every_page_fits_one_round_trip() -> None:
    """14 KB is what a server may send before it has to wait for the reader's first answer."""
    weeks = [samples.kahramana_week(), samples.coming_week()]
    week = timedelta(days=7)
    weeks += [
        samples.kahramana_week(
            slug=f"week-{number}",
            uid=f"w{number}",
            start=date(2018, 1, 3) + number * week,
            end=date(2018, 1, 10) + number * week,
        )
        for number in range(20)
    ]
    sizes = {path: len(brotli.compress(html, quality=5)) for path, (_, html) in made(weeks).items()}
    assert {path: size for path, size in sizes.items() if size > FIRST_VIEW} == {}


def test_paths_are_those_that_the_design_promises() -> None:
    paths = set(made([samples.kahramana_week()]))
    for path in (
        "csp.txt",
        "index.html",
        "ar/index.html",
        "ar/404.html",
        "ar/about/index.html",
        "ar/promises/index.html",
        "ar/organisations/index.html",
        "ar/organisations/kahramana/index.html",
        "ar/years/2018/index.html",
        "ar/weeks/index.html",
        "ar/weeks/kahramana-week/index.html",
        "ar/weeks/kahramana-week/debate/index.html",
    ):
        assert path in paths


def test_bytes_do_not_depend_on_what_was_set_before() -> None:
    """Another site in the same process must not lend its words: templates are kept, constants are not."""
    alone = made([samples.kahramana_week()])
    made([samples.kahramana_week()], site=samples.site(name={"en": "Somebody else"}, base_url="https://other.example"))
    again = made([samples.kahramana_week()])
    digest = {path: sha256(html).digest() for path, (_, html) in alone.items()}
    assert digest == {path: sha256(html).digest() for path, (_, html) in again.items()}
