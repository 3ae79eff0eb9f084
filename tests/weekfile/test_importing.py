"""Importing is all or nothing, the same file twice changes nothing, and what others refer to stays."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.utils import IntegrityError
from PIL import Image

from tadamun.organise.archive.models import Photo
from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import (
    Activity,
    FigurePart,
    Involvement,
    Occasion,
    Place,
    Promise,
    Relation,
    Sitting,
    Week,
)
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.audit import first_broken_entry
from tadamun.weekfile import importing
from tadamun.weekfile.importing import import_week
from tadamun.weekfile.problems import WeekFileRefused
from tests.weekfile.worlds import LATER, LAYLA, NOW, WEEK, imported, the_week, week_file

pytestmark = pytest.mark.django_db

PHOTO = "photos:\n  - file: photos/race.jpg\n    caption: Runners\n    activity: race\n"
AUTUMN = """\
format: tadamun-week/1
week: {slug: autumn-week, form: week, titles: Autumn week, start: 2018-10-01, end: 2018-10-07}
activities:
  - slug: second-training
    kind: training
    titles: Second training
    sittings: [{start: 2018-10-02, place: baghdad}]
    relations: [{type: repeat_of, to: spring-week/training}]
"""
HIT = AUTUMN.split("activities:", maxsplit=1)[0] + "places:\n  - {slug: hit, kind: city, names: Hit}\n"


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that an import writes, with all of its columns."""
    models = [Week, Activity, Sitting, Involvement, Organisation, Place, Occasion, Promise, FigurePart, Relation, Photo]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in [*models, AuditEntry]}


def picture(folder: Path, name: str = "race.jpg", colour: str = "navy") -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (6, 4), colour).save(buffer, "JPEG")
    (folder / "photos").mkdir(parents=True, exist_ok=True)
    (folder / "photos" / name).write_bytes(buffer.getvalue())


def refusal(folder: Path, words: str) -> list[str]:
    with pytest.raises(WeekFileRefused) as caught:
        imported(folder, words)
    return [f"{problem.path}: {problem.wrong}" for problem in caught.value.problems]


def test_week_stands_in_the_system_after_its_import(tmp_path: Path) -> None:
    result = imported(tmp_path)
    assert result.created == {"organisations": 1, "places": 1, "activities": 2, "week": 1}
    assert (result.changed, result.unchanged, result.problems) == ({}, {}, ())
    week = the_week()
    assert (week.titles, week.start, week.end, week.revision) == (
        {"en": "Spring week"}, date(2018, 3, 21), date(2018, 3, 28), 1
    )  # fmt: skip
    assert (week.timezone, week.changed_at) == ("Asia/Baghdad", NOW)
    assert [activity.slug for activity in week.activities.all()] == ["training", "race"]
    training = week.activities.get(slug="training")
    assert training.details == {"eligibility": {"en": "Women who stand for election"}}
    assert training.sittings.get().place == Place.objects.get(slug="baghdad")
    assert training.figures.get().quantity == 25
    assert week.involvements.get().organisation == Organisation.objects.get(slug="kahramana")


def test_import_is_one_act_in_the_trail(tmp_path: Path) -> None:
    imported(tmp_path)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.act, entry.subject) == ("Layla, coordinator", "import week", "spring-week")
    assert entry.detail["created"] == {"organisations": 1, "places": 1, "activities": 2, "week": 1}
    assert first_broken_entry() is None


def test_uids_are_the_same_wherever_the_file_is_imported(tmp_path: Path) -> None:
    imported(tmp_path)
    assert str(the_week().uid) == "19538ed1-3a16-5d03-a492-67ec08f04e9a"
    first = {activity.slug: activity.uid for activity in Activity.objects.all()}
    Week.objects.all().delete()
    imported(tmp_path, now=LATER)
    assert {activity.slug: activity.uid for activity in Activity.objects.all()} == first


def test_same_file_twice_changes_nothing_at_all(tmp_path: Path) -> None:
    picture(tmp_path)
    imported(tmp_path, WEEK + PHOTO)
    before = everything()
    result = imported(tmp_path, WEEK + PHOTO, now=LATER)
    assert everything() == before
    assert not result.anything
    assert result.unchanged == {"organisations": 1, "places": 1, "activities": 2, "photos": 1, "week": 1}
    # The comparison sees a change when there is one.
    imported(tmp_path, WEEK.replace("Spring week", "Week of spring") + PHOTO, now=LATER)
    assert everything() != before


def test_change_of_one_activity_touches_that_one(tmp_path: Path) -> None:
    imported(tmp_path)
    numbers = dict(Activity.objects.values_list("slug", "pk"))
    sittings = set(Sitting.objects.values_list("pk", flat=True))
    result = imported(tmp_path, WEEK.replace("Kahramana Marathon", "Marathon of Kahramana"), now=LATER)
    assert result.changed == {"activities": 1, "week": 1}
    assert dict(Activity.objects.values_list("slug", "pk")) == numbers
    assert set(Sitting.objects.values_list("pk", flat=True)) == sittings
    assert dict(Activity.objects.values_list("slug", "changed_at")) == {"training": NOW, "race": LATER}
    assert (the_week().revision, the_week().changed_at) == (2, LATER)


def test_sittings_keep_their_rows_and_those_that_are_gone_go(tmp_path: Path) -> None:
    two = WEEK.replace("      - start: 2018-03-23\n", "      - start: 2018-03-23\n      - start: 2018-03-24\n")
    imported(tmp_path, two)
    first, second = Sitting.objects.filter(activity__slug="race").values_list("pk", flat=True)
    imported(tmp_path, two.replace("2018-03-24", "2018-03-25"), now=LATER)
    assert Sitting.objects.get(pk=second).start == date(2018, 3, 25)
    imported(tmp_path, WEEK, now=LATER)
    assert Sitting.objects.get(activity__slug="race").pk == first


def test_promises_keep_their_rows_even_when_they_move(tmp_path: Path) -> None:
    promise = "promises: [{slug: again, text: Again}, {slug: once, text: Once}]"
    imported(tmp_path, WEEK.replace("titles: Spring week", f"titles: Spring week\n  {promise}"))
    number = Promise.objects.get(slug="again").pk
    moved = promise.replace("text: Again}, {slug: once, text: Once}", "text: Once more}")
    imported(tmp_path, WEEK.replace("titles: Kahramana Marathon", f"titles: Race\n    {moved}"), now=LATER)
    promise_now = Promise.objects.get()
    assert (promise_now.pk, promise_now.text, str(promise_now.activity)) == (number, {"en": "Once more"}, "race")


@pytest.mark.parametrize(
    ("old", "new", "sequence"),
    [
        ("start: 2018-03-23", "start: 2018-03-24", 1),
        ("start: 2018-03-23\n        place: baghdad", "start: 2018-03-23", 1),
        ("titles: Kahramana Marathon", "titles: Kahramana Marathon\n    state: cancelled", 1),
        ("titles: Kahramana Marathon", "titles: A race", 0),
        ("start: 2018-03-23", "start: 2018-03-23\n        note: Bring water", 0),
    ],
)
def test_calendars_are_told_when_time_place_or_state_change(tmp_path: Path, old: str, new: str, sequence: int) -> None:
    imported(tmp_path)
    imported(tmp_path, WEEK.replace(old, new), now=LATER)
    assert dict(Activity.objects.values_list("slug", "sequence")) == {"training": 0, "race": sequence}
    assert the_week().revision == 2


def test_order_of_activities_is_that_of_the_file(tmp_path: Path) -> None:
    imported(tmp_path)
    head, training, race = (
        WEEK.partition("  - slug: training")[0],
        *WEEK.split("activities:\n")[1].split("  - slug: race"),
    )
    result = imported(tmp_path, head + "  - slug: race" + race + training, now=LATER)
    assert [activity.slug for activity in the_week().activities.all()] == ["race", "training"]
    assert result.changed == {"week": 1}
    assert the_week().revision == 2


def test_activity_that_is_gone_from_the_file_is_removed(tmp_path: Path) -> None:
    imported(tmp_path)
    result = imported(tmp_path, WEEK.split("  - slug: race")[0], now=LATER)
    assert result.removed == {"activities": 1}
    assert [activity.slug for activity in the_week().activities.all()] == ["training"]


def test_activity_that_others_depend_on_is_not_removed(tmp_path: Path) -> None:
    imported(tmp_path)
    imported(tmp_path / "autumn", AUTUMN)
    before = everything()
    without = WEEK.split("activities:")[0] + "activities:\n  - slug: race" + WEEK.split("  - slug: race")[1]
    assert refusal(tmp_path, without) == [
        "activities: The activity “training” is not in the file any more, but something depends on it: 1 × relation."
    ]
    assert everything() == before
    # Once nothing depends on it any more, it goes.
    imported(tmp_path / "autumn", AUTUMN.replace("    relations: [{type: repeat_of, to: spring-week/training}]\n", ""))
    assert imported(tmp_path, without).removed == {"activities": 1}


def test_kept_promise_of_another_week_holds_its_activity(tmp_path: Path) -> None:
    imported(tmp_path)
    promising = AUTUMN.split("activities:", maxsplit=1)[0] + "activities: []\n"
    promise = ", promises: [{slug: again, text: Again, state: held, kept_by: spring-week/training}]}"
    imported(tmp_path / "autumn", promising.replace("2018-10-07}", f"2018-10-07{promise}"))
    assert Promise.objects.get().kept_by == Activity.objects.get(slug="training")
    without = WEEK.split("activities:")[0] + "activities:\n  - slug: race" + WEEK.split("  - slug: race")[1]
    assert refusal(tmp_path, without)[0].endswith("something depends on it: 1 × promise.")


def test_weeks_may_refer_to_each_other(tmp_path: Path) -> None:
    """One has to come first; its link is left out with a hint, and made when the file is imported again."""
    early = imported(tmp_path / "autumn", AUTUMN.replace(", place: baghdad", ""))
    assert [hint.path for hint in early.problems] == ["activities[0].relations[0].to"]
    assert not Relation.objects.exists()
    again = imported(tmp_path / "autumn", AUTUMN.replace(", place: baghdad", ""), now=LATER)
    assert not again.anything
    imported(tmp_path)
    linked = imported(tmp_path / "autumn", AUTUMN.replace(", place: baghdad", ""), now=LATER)
    assert linked.changed == {"activities": 1, "week": 1}
    assert str(Relation.objects.get().to) == "training"


def test_what_stood_otherwise_is_brought_up_to_date_and_other_weeks_are_told(tmp_path: Path) -> None:
    imported(tmp_path)
    imported(tmp_path / "autumn", AUTUMN)
    imported(tmp_path / "other", AUTUMN.replace("autumn-week", "other-week").split("activities:")[0])
    revisions = dict(Week.objects.values_list("slug", "revision"))
    assert revisions == {"spring-week": 2, "autumn-week": 1, "other-week": 1}, "its training has been repeated since"
    result = imported(tmp_path, WEEK.replace("names: Baghdad", "names: {en: Baghdad, ar: بغداد}"), now=LATER)
    assert result.changed == {"places": 1}
    assert Place.objects.get(slug="baghdad").names == {"ar": "بغداد", "en": "Baghdad"}
    revisions = dict(Week.objects.values_list("slug", "revision"))
    assert revisions == {"spring-week": 3, "autumn-week": 2, "other-week": 1}


def test_organisation_that_is_only_tied_to_a_changed_one_is_told_too(tmp_path: Path) -> None:
    tied = "  - slug: forum\n    kind: forum\n    names: Forum\n"
    words = WEEK.replace("places:\n", tied + "places:\n").replace(
        "    names: {en: Kah", "    ties: [{type: part_of, to: forum}]\n    names: {en: Kah"
    )
    imported(tmp_path, words)
    other = AUTUMN.split("activities:", maxsplit=1)[0] + words[words.index("organisations:") :].split("places:")[0]
    imported(tmp_path / "autumn", other.replace("names: Forum", "names: Social Forum"))
    assert the_week().revision == 2


def test_week_that_mentions_nothing_of_it_stays(tmp_path: Path) -> None:
    imported(tmp_path)
    imported(
        tmp_path / "autumn",
        HIT,
    )
    imported(
        tmp_path / "autumn",
        HIT.replace("names: Hit", "names: Heet"),
    )
    assert dict(Week.objects.values_list("slug", "revision")) == {"spring-week": 1, "autumn-week": 1}


def test_later_sequence_of_a_file_is_taken_and_an_earlier_one_is_not(tmp_path: Path) -> None:
    race = "titles: Kahramana Marathon\n    sequence: {}"
    imported(tmp_path, WEEK.replace("titles: Kahramana Marathon", race.format(4)))
    imported(tmp_path, WEEK.replace("titles: Kahramana Marathon", race.format(2)))
    assert Activity.objects.get(slug="race").sequence == 4


def test_change_is_dated_as_the_file_says_if_that_is_news(tmp_path: Path) -> None:
    imported(tmp_path, WEEK.replace("titles: Kahramana Marathon", "titles: Race\n    changed_at: 2018-03-01T10:00"))
    assert Activity.objects.get(slug="race").changed_at.isoformat() == "2018-03-01T07:00:00+00:00"
    imported(
        tmp_path, WEEK.replace("titles: Kahramana Marathon", "titles: Run\n    changed_at: 2018-03-01T10:00"), now=LATER
    )
    assert Activity.objects.get(slug="race").changed_at == LATER


def test_nothing_is_written_when_anything_is_wrong(tmp_path: Path) -> None:
    picture(tmp_path)
    empty = everything()
    assert refusal(tmp_path, WEEK.replace("place: baghdad", "place: bagdad") + PHOTO) == [
        "activities[0].sittings[0].place: There is no place “bagdad”.",
        "activities[1].sittings[0].place: There is no place “bagdad”.",
    ]
    assert everything() == empty
    assert list((tmp_path / "home").rglob("*")) == [tmp_path / "home" / "archive"]


def test_failure_of_the_last_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture(tmp_path)
    empty = everything()
    real = importing.note_act

    def last_write_fails(**values: Any) -> None:
        real(**values)
        # The database itself refuses: the number of an audit entry is unique.
        AuditEntry.objects.bulk_create([AuditEntry(number=1, at=NOW, actor="", act="", subject="", link="")])

    with monkeypatch.context() as patch:
        patch.setattr(importing, "note_act", last_write_fails)
        with pytest.raises(WeekFileRefused, match="The database refused it") as caught:
            imported(tmp_path, WEEK + PHOTO)
    assert isinstance(caught.value.__cause__, IntegrityError)
    assert everything() == empty
    assert list((tmp_path / "home").rglob("*")) == [tmp_path / "home" / "archive"]
    imported(tmp_path, WEEK + PHOTO)
    assert everything() != empty


def test_refusal_lists_file_line_column_path_and_sentence(tmp_path: Path) -> None:
    path = week_file(tmp_path, WEEK.replace("quantity: 25", "quantity: many"))
    with pytest.raises(WeekFileRefused) as caught:
        import_week(actor=LAYLA, path=path, home=tmp_path / "home", now=NOW)
    assert str(caught.value) == (
        f"{path}:31:19: activities[0].figures[0].quantity: “many” cannot be used here. "
        "Right would be a whole number such as 25."
    )


def test_missing_wordings_are_a_hint_for_each_language(tmp_path: Path) -> None:
    result = import_week(actor=LAYLA, path=week_file(tmp_path), home=tmp_path, now=NOW, languages=("en", "ar", "ckb"))
    assert [problem.wrong for problem in result.problems] == [
        "4 of 5 texts have no wording in العربية.",
        "5 of 5 texts have no wording in کوردی.",
    ]


@pytest.fixture
def own_connections() -> Iterator[None]:
    yield
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_imports_at_once_end_well(tmp_path: Path, own_connections: None) -> None:
    """Eight imports of the same week, of two versions: each does its work on what the one before it left."""

    def one(number: int) -> bool:
        try:
            words = WEEK if number % 2 else WEEK.replace("Kahramana Marathon", "Marathon")
            return imported(tmp_path / str(number), words).anything
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(one, range(8)))
    assert any(done)
    assert (Week.objects.count(), Activity.objects.count(), Organisation.objects.count()) == (1, 2, 1)
    assert the_week().revision == sum(done)
    assert AuditEntry.objects.count() == sum(done)
    assert first_broken_entry() is None
