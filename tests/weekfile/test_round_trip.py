"""What goes in comes out: any week, as a file, through the database, and as a file again."""

import difflib
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models import Campaign, Occasion, Place, Series, Source, Week
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.week import build_week
from tadamun.weekfile.checking import problems_of
from tadamun.weekfile.document import WeekDocument
from tadamun.weekfile.exporting import document_of, export_week
from tadamun.weekfile.importing import import_week
from tadamun.weekfile.normal import normal
from tadamun.weekfile.reading import read_week
from tadamun.weekfile.system import System
from tadamun.weekfile.writing import written
from tests.weekfile.strategies import documents
from tests.weekfile.worlds import LATER, LAYLA, NOW

# Shrinking documents this large takes minutes; the seed that is printed brings a failure back.
NOT_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]
ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("examples/*/week.yaml"), *ROOT.glob("tests/weekfile/cases/*/week.yaml")])


def differences(one: WeekDocument, other: WeekDocument) -> list[str]:
    """What differs between two documents, order included."""
    lines = [msgspec.json.format(msgspec.json.encode(each), indent=1).decode().split("\n") for each in (one, other)]
    return list(difflib.unified_diff(*lines, n=2, lineterm=""))


@pytest.mark.slow
@settings(max_examples=40, phases=NOT_SHRINKING, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_document_is_read_as_it_was_written(document: WeekDocument) -> None:
    write_and_read(document)


def write_and_read(document: WeekDocument) -> None:
    wanted = normal(document, timezone="Asia/Baghdad")
    reading = read_week(written(wanted))
    problems = [str(problem) for problem in problems_of(reading, system=System()) if not problem.hint]
    assert not problems, problems
    assert reading.document is not None
    changed = differences(wanted, normal(reading.document, timezone="Asia/Baghdad"))
    assert not changed, changed


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=20, phases=NOT_SHRINKING, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_document_passes_through_the_database_unchanged(document: WeekDocument) -> None:
    import_and_export(document)


def import_and_export(document: WeekDocument) -> None:
    wanted = normal(document, timezone="Asia/Baghdad")
    with TemporaryDirectory() as name, transaction.atomic():
        folder = Path(name)
        first = folder / "first" / "week.yaml"
        first.parent.mkdir()
        first.write_bytes(written(wanted))
        import_week(actor=LAYLA, path=first, home=folder, now=NOW)
        week = Week.objects.get()
        stored = document_of(week=week)
        changed = differences(told_by(wanted, stored), stored)
        assert not changed, changed
        second = export_week(week=week, folder=folder / "second", home=folder)
        again = import_week(actor=LAYLA, path=second, home=folder, now=datetime(2030, 1, 1, tzinfo=UTC))
        assert not again.anything, again
        assert second.read_bytes() == written(document_of(week=Week.objects.get()))
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_example_comes_back_as_it_was(path: Path, tmp_path: Path) -> None:
    first = import_week(actor=LAYLA, path=path, home=tmp_path, now=NOW)
    document = document_of(week=Week.objects.get(slug=first.week))
    records = records_of(first.week)
    exported = export_week(week=Week.objects.get(slug=first.week), folder=tmp_path / "out", home=tmp_path)
    assert not import_week(actor=LAYLA, path=path, home=tmp_path, now=LATER).anything
    Place.objects.update(within=None)
    for model in (Week, Campaign, Place, Occasion, Series, Source, Organisation):
        model.objects.all().delete()
    again = import_week(actor=LAYLA, path=exported, home=tmp_path / "elsewhere", now=LATER)
    assert differences(document, document_of(week=Week.objects.get(slug=again.week))) == []
    assert records_of(again.week) == records
    # The comparison sees what differs: another wording is another record.
    Week.objects.update(titles={"en": "Another week"})
    assert records_of(again.week) != records


def records_of(slug: str) -> list[bytes]:
    """The records of a week for every audience that may have one, as bytes."""
    week = Week.objects.get(slug=slug)
    return [
        msgspec.json.encode(
            build_week(week=week, audience=audience, now=LATER, languages=("en", "ar", "ckb"), small_cell=10)
        )
        for audience in Audience
    ]


def told_by(wanted: WeekDocument, stored: WeekDocument) -> WeekDocument:
    """The wanted document as far as the week refers to it, with the identities that the import gave."""
    activities = [
        msgspec.structs.replace(entry, uid=kept.uid, changed_at=entry.changed_at or NOW)
        for entry, kept in zip(wanted.activities, stored.activities, strict=True)
    ]
    week = msgspec.structs.replace(wanted.week, uid=stored.week.uid, changed_at=wanted.week.changed_at or NOW)
    shelves = {}
    for shelf in ("organisations", "places", "occasions", "campaigns", "series", "sources"):
        slugs = {entry.slug for entry in getattr(stored, shelf)}
        shelves[shelf] = [entry for entry in getattr(wanted, shelf) if entry.slug in slugs]
    return msgspec.structs.replace(wanted, week=week, activities=activities, **shelves)
