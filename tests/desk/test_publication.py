"""Publishing from the database to the bundle: what changed and nothing else, whole or not at all."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tadamun.desk import publication
from tadamun.desk.house import PublishingHouse
from tadamun.desk.models import Release
from tadamun.desk.publication import Published
from tadamun.desk.releases import let_out, mark_imported, withdraw
from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.programme.models import Activity, Promise, Sitting, Week
from tadamun.organise.programme.services.records import renew_record
from tadamun.organise.programme.vocabulary import PromiseState, State, TellPlace
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services.audit import Actor
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.signing import create_key
from tadamun.publish.bundle.verifying import verify
from tadamun.weekfile.importing import import_week
from tests.architecture.project import ROOT

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAYLA = Actor("Layla, coordinator")
LANGUAGES = ("en", "ar", "ckb")
EXAMPLE = ROOT / "examples" / "kahramana-week" / "week.yaml"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[PublishingHouse]:
    for folder in ("records", "archive"):
        (tmp_path / folder).mkdir()
    create_key(tmp_path / "site.pem")
    yield PublishingHouse(
        home=tmp_path,
        key_file=tmp_path / "site.pem",
        languages=LANGUAGES,
        base_url="",
        onion_url="",
        small_cell=10,
        locale_folder=ROOT / "locale",
    )
    shutil.rmtree(tmp_path, ignore_errors=True)


def import_example(house: PublishingHouse) -> Week:
    import_week(actor=LAYLA, path=EXAMPLE, home=house.home, now=NOW, languages=LANGUAGES)
    mark_imported("kahramana-week-2018")
    return Week.objects.get(slug="kahramana-week-2018")


def let_out_again(house: PublishingHouse, week: Week, now: datetime = NOW) -> Published:
    let_out(actor=LAYLA, house=house, week=week, now=now)
    return publish(house, now)


def publish(house: PublishingHouse, now: datetime = NOW) -> Published:
    return publication.publish_for_operator(actor=LAYLA, house=house, now=now)


def page(house: PublishingHouse, path: str) -> str:
    return (house.home / "bundle" / "current" / path / "index.html").read_text(encoding="utf-8")


def facts_of(html: str) -> str:
    """What stands beside the text of an activity's page: when, where, for whom."""
    return html.split("<dl", 1)[1].split("</dl>", 1)[0]


def touch(week: Week) -> None:
    week.revision += 1
    week.save(update_fields=["revision"])


def test_published_week_is_whole_and_signed_in_every_language(house: PublishingHouse) -> None:
    import_example(house)
    assert publish(house).renewed == ("kahramana-week-2018",)
    assert verify(house.home / "bundle" / "current").sound
    for language, title in (("en", "Newroz picnic"), ("ar", "نوروز"), ("ckb", "نەورۆز")):
        assert title in page(house, f"{language}/weeks/kahramana-week-2018")


def test_publishing_again_without_a_change_writes_nothing_and_notes_nothing(house: PublishingHouse) -> None:
    import_example(house)
    publish(house)
    acts = AuditEntry.objects.count()
    again = publish(house, NOW + timedelta(hours=1))
    assert (again.renewed, again.withdrawn, again.bundle.written, again.bundle.removed) == ((), (), 0, 0)
    assert AuditEntry.objects.count() == acts


def test_a_change_renews_its_week_alone(house: PublishingHouse) -> None:
    week = import_example(house)
    publish(house)
    Activity.objects.filter(week=week, slug="tea-and-talks").update(titles={"en": "Tea, talks and courage"})
    touch(week)
    renewed = let_out_again(house, week)
    assert renewed.renewed == ("kahramana-week-2018",)
    assert "Tea, talks and courage" in page(house, "en/weeks/kahramana-week-2018/tea-and-talks")
    assert renewed.bundle.kept > 0


def test_withdrawn_week_is_gone_from_every_file(house: PublishingHouse) -> None:
    week = import_example(house)
    publish(house)
    week.state = State.IDEA
    week.save()
    assert publish(house).withdrawn == ("kahramana-week-2018",)
    current = house.home / "bundle" / "current"
    left = [
        path
        for path in current.rglob("*")
        if path.is_file() and (b"kahramana-week-2018" in path.read_bytes() or "kahramana-week-2018" in str(path))
    ]
    assert left == []
    assert not list((house.home / "records").glob("kahramana*"))


def test_withdrawn_consent_takes_the_photo_from_the_site(house: PublishingHouse) -> None:
    week = import_example(house)
    publish(house)
    photo = Photo.objects.filter(week=week).first()
    assert photo is not None
    media = house.home / "bundle" / "current" / "media"
    assert list(media.glob(f"{photo.sha256}-*"))
    Photo.objects.filter(pk=photo.pk).update(consent=ConsentState.WITHDRAWN)
    touch(week)
    publish(house)
    media = house.home / "bundle" / "current" / "media"
    assert not list(media.glob(f"{photo.sha256}-*"))
    assert photo.sha256 not in page(house, "en/weeks/kahramana-week-2018")


def test_place_is_told_when_its_time_has_come_without_any_change(house: PublishingHouse) -> None:
    week = import_example(house)
    told_from = NOW + timedelta(days=1)
    sitting = Sitting.objects.get(activity__week=week, activity__slug="kahramana-marathon")
    Sitting.objects.filter(pk=sitting.pk).update(tell_place=TellPlace.LATER, told_from=told_from)
    touch(week)
    let_out_again(house, week)
    address = "en/weeks/kahramana-week-2018/kahramana-marathon"
    assert "Where" not in facts_of(page(house, address))
    assert not publication.due(NOW)
    assert publication.due(told_from)
    assert publish(house, told_from + timedelta(seconds=1)).renewed == ("kahramana-week-2018",)
    assert "Zawra" in facts_of(page(house, address))


def test_kept_promise_shows_on_the_week_that_made_it(house: PublishingHouse) -> None:
    week = import_example(house)
    publish(house)
    other = Week.objects.create(
        uid="11111111-1111-4111-8111-111111111111",
        slug="nasiriya-days",
        form="day",
        titles={"en": "Nasiriya days"},
        start=NOW.date(),
        end=NOW.date(),
        timezone="Asia/Baghdad",
        changed_at=NOW,
        state=State.HELD,
    )
    kept = Activity.objects.create(
        uid="22222222-2222-4222-8222-222222222222",
        week=other,
        slug="nasiriya-training",
        position=0,
        kind="training",
        titles={"en": "Training in Nasiriya"},
        state=State.HELD,
        changed_at=NOW,
    )
    Promise.objects.filter(week=week, slug="nasiriya-training").update(state=PromiseState.HELD, kept_by=kept)
    let_out(actor=LAYLA, house=house, week=week, now=NOW)
    let_out(actor=LAYLA, house=house, week=other, now=NOW)
    assert set(publish(house).renewed) == {"kahramana-week-2018", "nasiriya-days"}
    assert "/en/weeks/nasiriya-days/nasiriya-training/" in page(house, "en/weeks/kahramana-week-2018")


def test_failed_compile_leaves_the_old_site_and_is_made_good_next_time(
    house: PublishingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = import_example(house)
    publish(house)
    before = (house.home / "bundle" / "current").resolve()
    Activity.objects.filter(week=week, slug="tea-and-talks").update(titles={"en": "Never seen before"})
    touch(week)
    let_out(actor=LAYLA, house=house, week=week, now=NOW)
    with monkeypatch.context() as broken:
        broken.setattr("tadamun.desk.publication._load", lambda path: 1 / 0)
        with pytest.raises(BundleError):
            publish(house)
    assert (house.home / "bundle" / "current").resolve() == before
    assert verify(house.home / "bundle" / "current").sound
    publish(house)
    assert "Never seen before" in page(house, "en/weeks/kahramana-week-2018/tea-and-talks")


def test_record_that_was_lost_is_made_again(house: PublishingHouse) -> None:
    import_example(house)
    publish(house)
    record = house.home / "records" / "kahramana-week-2018.json"
    before = record.read_bytes()
    record.unlink()
    assert publish(house).renewed == ("kahramana-week-2018",)
    assert record.read_bytes() == before


def test_damaged_record_is_named_with_the_remedy(house: PublishingHouse) -> None:
    import_example(house)
    publish(house)
    (house.home / "records" / "kahramana-week-2018.json").write_text("{")
    shutil.rmtree(house.home / "bundle")
    with pytest.raises(BundleError, match=r"kahramana-week-2018\.json: is damaged .* tadamun publish --all"):
        publish(house)
    publication.publish_for_operator(actor=LAYLA, house=house, now=NOW, everything=True)
    assert verify(house.home / "bundle" / "current").sound


def test_a_public_week_that_changed_by_sign_up_is_due_at_once_and_others_are_not(house: PublishingHouse) -> None:
    week = import_example(house)
    renew_record([week.pk])
    assert not publication.due(NOW), "what was never published is not published by itself"
    publish(house)
    assert not publication.due(NOW)
    renew_record([week.pk])
    assert publication.due(NOW)
    assert publish(house).renewed == ("kahramana-week-2018",)
    assert not publication.due(NOW)


# --- what the operator lets out ----------------------------------------------------------------------


def test_the_operator_lets_out_what_was_imported_and_no_draft_of_others(house: PublishingHouse) -> None:
    week = import_example(house)
    draft = Week.objects.create(
        uid="33333333-3333-4333-8333-333333333333",
        slug="draft-of-others",
        form="week",
        titles={"en": "A draft"},
        start=NOW.date(),
        end=NOW.date(),
        timezone="Asia/Baghdad",
        changed_at=NOW,
    )
    assert publish(house).renewed == (week.slug,)
    for state in (State.PLANNED, State.HELD):
        Week.objects.filter(pk=draft.pk).update(state=state)
        assert publish(house).renewed == ()
    assert not (house.home / "records" / "draft-of-others.json").exists()


def test_what_waits_goes_out_only_when_the_operator_says_all(house: PublishingHouse) -> None:
    week = import_example(house)
    publish(house)
    Activity.objects.filter(week=week, slug="tea-and-talks").update(titles={"en": "Tea, talks and courage"})
    touch(week)
    address = "en/weeks/kahramana-week-2018/tea-and-talks"
    publish(house)
    assert "talks and courage" not in page(house, address)
    publication.publish_for_operator(actor=LAYLA, house=house, now=NOW, everything=True)
    assert "talks and courage" in page(house, address)


def test_what_was_public_before_releases_were_kept_stays_as_it_stands(house: PublishingHouse) -> None:
    week = import_example(house)
    publish(house)
    before = (house.home / "records" / f"{week.slug}.json").read_bytes()
    Release.objects.all().delete()
    Activity.objects.filter(week=week, slug="tea-and-talks").update(titles={"en": "Tea, talks and courage"})
    touch(week)
    again = publish(house)
    assert again.withdrawn == ()
    assert (house.home / "records" / f"{week.slug}.json").read_bytes() == before
    assert Release.objects.get().is_out


def test_a_withdrawn_week_comes_back_only_by_a_word(house: PublishingHouse) -> None:
    week = import_example(house)
    publish(house)
    withdraw(actor=LAYLA, week=week, now=NOW)
    assert publish(house).withdrawn == (week.slug,)
    touch(week)
    assert publish(house).renewed == ()
    assert let_out_again(house, week).renewed == (week.slug,)
