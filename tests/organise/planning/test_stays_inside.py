"""Money, permits, risks and tasks are the coalition's own: no record for anybody, no public file, holds any of it.

That no package on the way out can even know them is a contract (`tests/architecture/test_contracts.py`).
"""

from pathlib import Path

import pytest

from tadamun.desk import publication
from tadamun.desk.house import PublishingHouse
from tadamun.desk.releases import mark_imported
from tadamun.organise.planning.models import Task
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.vocabulary import Audience
from tadamun.publish.bundle.signing import create_key
from tadamun.record.builders.week import build_week
from tadamun.record.schema import encode
from tadamun.weekfile.exporting import export_week
from tadamun.weekfile.importing import import_week
from tests.architecture.project import ROOT
from tests.journeys.traces import found, found_in
from tests.organise.people_desk.houses import LAYLA
from tests.organise.planning.plans import NOW, everything, planned

LANGUAGES = ("en", "ar", "ckb")
WORD, AMOUNT = "Quenselbach", "98761234"
EXAMPLE = ROOT / "examples" / "kahramana-week" / "week.yaml"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def house(tmp_path: Path) -> PublishingHouse:
    for folder in ("records", "archive"):
        (tmp_path / folder).mkdir()
    create_key(tmp_path / "site.pem")
    return PublishingHouse(
        home=tmp_path,
        key_file=tmp_path / "site.pem",
        languages=LANGUAGES,
        base_url="",
        onion_url="",
        small_cell=10,
        locale_folder=ROOT / "locale",
    )


@pytest.fixture
def week(house: PublishingHouse) -> Week:
    """The example week, and in every activity of it one planned row of each kind."""
    import_week(actor=LAYLA, path=EXAMPLE, home=house.home, now=NOW, languages=LANGUAGES)
    mark_imported("kahramana-week-2018")
    week = Week.objects.get(slug="kahramana-week-2018")
    for activity in Activity.objects.filter(week=week):
        everything(activity, WORD)
    return week


def test_no_public_file_holds_what_is_planned(house: PublishingHouse, week: Week) -> None:
    publication.publish_for_operator(actor=LAYLA, house=house, now=NOW)
    places = [house.home / "bundle", house.home / "records"]
    assert found(["Newroz"], *places), "the search sees what is there"
    assert found([WORD, AMOUNT], *places) == []
    Activity.objects.filter(week=week).update(summary={"en": WORD})
    Week.objects.update(revision=1000)
    publication.publish_for_operator(actor=LAYLA, house=house, now=NOW, everything=True)
    assert found([WORD], *places), "the search would see the word if it came out"


def test_no_audience_is_told_what_is_planned(week: Week) -> None:
    for audience in Audience:
        record = encode(build_week(week=week, audience=audience, now=NOW, languages=LANGUAGES, small_cell=10))
        assert found_in(["Newroz"], record)
        assert not found_in([WORD, AMOUNT], record), audience


def test_no_week_file_holds_what_is_planned(house: PublishingHouse, week: Week, tmp_path: Path) -> None:
    export_week(week=week, folder=tmp_path / "file", home=house.home)
    assert found(["Newroz"], tmp_path / "file")
    assert found([WORD, AMOUNT], tmp_path / "file") == []


def test_planning_something_makes_no_record_anew(house: PublishingHouse, week: Week) -> None:
    publication.publish_for_operator(actor=LAYLA, house=house, now=NOW)
    activity = Activity.objects.filter(week=week).earliest("pk")
    planned(Task, activity, what={"en": "Call"})
    assert not publication.due(NOW)
    seen = changes.values_of(activity, ["summary"])
    changes.change(actor=LAYLA, row=activity, seen=seen, wanted={"summary": {"en": "New"}}, now=NOW)
    assert publication.due(NOW), "what the record tells does"
