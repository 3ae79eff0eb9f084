"""An export is a file that people like to read, that differs where the week differs, and that is whole."""

from pathlib import Path
from textwrap import dedent

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadamun.organise.programme.models import Activity, Place, Week
from tadamun.weekfile.exporting import document_of, export_week
from tadamun.weekfile.problems import WeekNotExported
from tadamun.weekfile.reading import read_week
from tests.weekfile.worlds import WEEK, imported, the_week

pytestmark = pytest.mark.django_db

LONG = "Runs through the park, past the lake and back again, twice, with marshals at every corner and water at the end."


def exported(folder: Path) -> str:
    return export_week(week=the_week(), folder=folder / "out", home=folder / "home").read_text("utf-8")


def test_export_reads_like_a_file_that_a_person_wrote(tmp_path: Path) -> None:
    words = WEEK.replace(
        "titles: Kahramana Marathon", f"titles: Race\n    summary: {LONG}\n    body: |\n      One.\n\n      Two."
    )
    imported(
        tmp_path,
        words.replace(
            "start_time: 10:00", "start_time: 10:00\n        tell_place: later\n        told_from: 2018-03-21T18:00"
        ),
    )
    uids = dict(Activity.objects.values_list("slug", "uid"))
    assert exported(tmp_path) == dedent(f"""\
        format: tadamun-week/1

        week:
          slug: spring-week
          form: week
          titles:
            en: Spring week
          start: 2018-03-21
          end: 2018-03-28
          uid: 19538ed1-3a16-5d03-a492-67ec08f04e9a
          timezone: Asia/Baghdad
          involvements:
          - type: organiser
            organisation: kahramana
          changed_at: 2026-03-01T12:00:00Z

        organisations:
        - slug: kahramana
          kind: path
          names:
            ar: كهرمانة
            en: Kahramana

        places:
        - slug: baghdad
          kind: city
          names:
            en: Baghdad

        activities:
        - slug: training
          kind: training
          titles:
            en: Training for candidates
          uid: {uids["training"]}
          details:
            eligibility:
              en: Women who stand for election
          sittings:
          - start: 2018-03-22
            start_time: '10:00'
            place: baghdad
            tell_place: later
            told_from: 2018-03-21T15:00:00Z
          figures:
          - counted: attended
            quantity: 25
            group: women
          changed_at: 2026-03-01T12:00:00Z

        - slug: race
          kind: race
          titles:
            en: Race
          uid: {uids["race"]}
          summary:
            en: |-
              {LONG}
          body:
            en: |
              One.

              Two.
          sittings:
          - start: 2018-03-23
            place: baghdad
          changed_at: 2026-03-01T12:00:00Z
        """)


def test_change_of_one_word_changes_one_line(tmp_path: Path) -> None:
    imported(tmp_path)
    before = exported(tmp_path).split("\n")
    Place.objects.update(names={"en": "Baghdad city"})
    after = exported(tmp_path).split("\n")
    assert [line for line in after if line not in before] == ["    en: Baghdad city"]
    assert len(before) == len(after)


def test_export_holds_all_that_the_week_refers_to_in_turn(tmp_path: Path) -> None:
    around = """\
organisations:
  - {slug: kahramana, kind: path, names: Kahramana, ties: [{type: part_of, to: forum}]}
  - {slug: forum, kind: forum, names: Forum, ties: [{type: member_of, to: world}]}
  - {slug: world, kind: forum, names: World Forum}
  - {slug: keeper, kind: venue, names: Keeper}
  - {slug: stranger, kind: venue, names: Stranger}
places:
  - {slug: baghdad, kind: city, names: Baghdad, within: iraq, keeper: keeper}
  - {slug: iraq, kind: country, names: Iraq}
  - {slug: rome, kind: city, names: Rome}
"""
    imported(tmp_path, WEEK.split("organisations:")[0] + around + "activities:" + WEEK.split("activities:")[1])
    document = document_of(week=the_week())
    assert [entry.slug for entry in document.organisations] == ["forum", "kahramana", "keeper", "world"]
    assert [entry.slug for entry in document.places] == ["baghdad", "iraq"]


def test_number_of_queries_does_not_grow_with_the_week(tmp_path: Path) -> None:
    imported(tmp_path)
    more = WEEK + "".join(
        f"  - slug: talk-{number}\n    kind: talk\n    titles: Talk\n"
        f"    sittings: [{{start: 2018-03-22, place: baghdad}}]\n"
        f"    involvements: [{{type: host, organisation: kahramana}}]\n"
        f"    figures: [{{counted: attended, quantity: 2, parts: {{sex: {{women: 2}}}}}}]\n"
        f"    promises: [{{slug: promise-{number}, text: Again, kept_by: race}}]\n"
        for number in range(9)
    )
    imported(tmp_path / "more", more.replace("spring-week", "large-week"))
    counts = []
    for slug in ("spring-week", "large-week"):
        week = Week.objects.get(slug=slug)
        with CaptureQueriesContext(connection) as queries:
            document_of(week=week)
        counts.append(len(queries))
    # The small week lacks only the parts of figures' splits, which are fetched when there are figures: it has one.
    assert counts[0] == counts[1] <= 35


def test_folder_that_cannot_be_written_is_said_clearly(tmp_path: Path) -> None:
    imported(tmp_path)
    (tmp_path / "out").write_text("a file")
    with pytest.raises(WeekNotExported, match=r"cannot be written: .* Choose another one"):
        exported(tmp_path)


def test_missing_pixels_are_said_clearly_and_leave_no_week_file(tmp_path: Path) -> None:
    imported(tmp_path)
    the_week().photos.create(position=0, file="photos/a.png", sha256="0" * 64, width=1, height=1, caption={"en": "A"})
    with pytest.raises(WeekNotExported, match="restore it from a backup"):
        exported(tmp_path)
    assert not (tmp_path / "out" / "week.yaml").exists()


def test_photo_is_never_written_outside_the_folder(tmp_path: Path) -> None:
    imported(tmp_path)
    the_week().photos.create(position=0, file="../a.png", sha256="0" * 64, width=1, height=1, caption={"en": "A"})
    with pytest.raises(WeekNotExported, match="outside the folder"):
        exported(tmp_path)


def test_details_that_no_kind_knows_are_exported_as_they_stand(tmp_path: Path) -> None:
    imported(tmp_path)
    the_week().activities.filter(slug="race").update(kind="chess", details={"boards": 12})
    words = exported(tmp_path)
    assert "  details:\n    boards: 12\n" in words
    assert [problem.path for problem in read_week(words.encode()).problems] == ["activities[1].kind"]
