"""Beginning a week on the desk: from nothing, from a template, from a file; never over the heads of others."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from tadamun.organise.network.models import Membership, Organisation
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.programme.models import Activity, Involvement, Week
from tadamun.organise.programme.vocabulary import SignOff, State
from tests.characters import Character, World, make_world
from tests.organise.people_desk.houses import make_activity

pytestmark = pytest.mark.django_db
FILE = """\
format: tadamun-week/1
week:
  slug: spring-week
  form: week
  titles: Spring week
  start: 2099-03-21
  end: 2099-03-28
  involvements:
    - {type: organiser, organisation: our-forum, sign_off: accepted}
activities:
  - slug: talk
    kind: talk
    titles: Talk
    sittings: [{start: 2099-03-22}]
    involvements: [{type: cooperation, organisation: their-forum, sign_off: accepted}]
"""


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def layla(world: World) -> Client:
    return world.client(Character.COORDINATOR)


def begin(client: Client, code: str, **sent: str) -> HttpResponse:
    return client.post(reverse("begin_week", args=[code]), sent)  # type: ignore[return-value]  # the test client's answer


def upload(client: Client, text: str, home: Path) -> HttpResponse:
    with override_settings(HOME=home):
        file = SimpleUploadedFile("week.yaml", text.encode())
        return client.post(reverse("begin_from_file"), {"file": file})  # type: ignore[return-value]  # likewise


def test_a_week_begins_with_a_title_in_one_language_and_two_days(world: World, layla: Client) -> None:
    layla.cookies["tadamun-language"] = "ar"
    answer = begin(
        layla, "nothing", title="أسبوع كهرمانة", form="week", start="2099-03-21", end="2099-03-28",
        organiser=str(world.ours.pk),
    )  # fmt: skip
    week = Week.objects.get()
    assert answer.headers["Location"] == reverse("week", args=[week.slug])
    assert (week.titles, week.state, week.slug) == ({"ar": "أسبوع كهرمانة"}, State.IDEA, "asbua-khrmana-2099")


def test_a_template_needs_only_its_first_day(world: World, layla: Client) -> None:
    begin(layla, "sixteen-days", title="16 days", start="2099-11-25", organiser=str(world.ours.pk))
    week = Week.objects.get()
    assert (week.form, week.end.isoformat(), week.activities.count()) == ("campaign", "2099-12-10", 8)


def test_every_way_to_begin_has_a_page_and_unknown_ones_have_none(layla: Client) -> None:
    for code in ("nothing", "week", "sixteen-days", "forum", "festival", "day"):
        assert layla.get(reverse("begin_week", args=[code])).status_code == 200
    assert layla.get(reverse("begin_week", args=["war"])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"end": "2099-03-01"}, "before the first"),
        ({"end": ""}, "Say the last day"),
        ({"title": ""}, "required"),
        ({"end": "2109-03-01"}, "longer than a year"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_begins(
    world: World, layla: Client, wrong: dict[str, str], says: str
) -> None:
    right = {
        "title": "Week", "form": "week", "start": "2099-03-21", "end": "2099-03-28", "organiser": str(world.ours.pk)
    }  # fmt: skip
    answer = begin(layla, "nothing", **right | wrong)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Week.objects.exists()


def test_nobody_begins_a_week_for_an_organisation_in_which_she_only_looks(world: World, layla: Client) -> None:
    account = world.accounts[Character.COORDINATOR]
    Membership.objects.create(account=account, organisation=world.theirs, role=Role.VIEWER)
    answer = begin(
        layla, "nothing", title="W", form="day", start="2099-03-21", organiser=str(world.theirs.pk)
    )  # fmt: skip
    assert answer.status_code == 400
    assert not Week.objects.exists()


# --- from a file --------------------------------------------------------------------------------


def test_a_file_becomes_a_week_and_partners_with_members_are_asked_themselves(
    world: World, layla: Client, tmp_path: Path
) -> None:
    answer = upload(layla, FILE, tmp_path)
    assert answer.headers["Location"] == reverse("week", args=["spring-week"])
    assert Activity.objects.get().titles == {"en": "Talk"}
    said = dict(Involvement.objects.values_list("organisation__slug", "sign_off"))
    assert said == {"our-forum": SignOff.ACCEPTED, "their-forum": SignOff.ASKED}
    assert list(tmp_path.glob("tmp*")) == []


def test_a_partner_who_had_agreed_keeps_its_word_when_the_file_comes_again(
    world: World, layla: Client, tmp_path: Path
) -> None:
    upload(layla, FILE, tmp_path)
    Involvement.objects.update(sign_off=SignOff.ACCEPTED)
    upload(layla, FILE.replace("titles: Talk", "titles: Better talk"), tmp_path)
    assert Activity.objects.get().titles == {"en": "Better talk"}
    assert set(Involvement.objects.values_list("sign_off", flat=True)) == {SignOff.ACCEPTED}


def test_a_bad_file_is_told_line_by_line_and_nothing_is_written(layla: Client, tmp_path: Path) -> None:
    bad = FILE.replace("kind: talk", "kind: war").replace("2099-03-28", "2099-03-01")
    answer = upload(layla, bad, tmp_path)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "Line 7" in html
    assert "Line 12" in html
    assert str(tmp_path) not in html
    assert not Week.objects.exists()


def test_nonsense_is_refused_without_a_crash(layla: Client, tmp_path: Path) -> None:
    for nonsense in ("\x00\x01", "- a\n- b", "format: [", "&a [*a]", "x" * 6_000_000):
        assert upload(layla, nonsense, tmp_path).status_code == 400


def test_a_file_cannot_take_over_the_week_of_others(world: World, layla: Client, tmp_path: Path) -> None:
    theirs = make_activity(world, theirs=True).week
    answer = upload(layla, FILE.replace("spring-week", theirs.slug), tmp_path)
    assert answer.status_code == 400
    assert "not yours" in answer.content.decode()
    theirs.refresh_from_db()
    assert theirs.titles["en"] == "Their week"


def test_a_file_that_nobody_of_mine_organises_is_refused(layla: Client, tmp_path: Path) -> None:
    answer = upload(layla, FILE.replace("organisation: our-forum", "organisation: their-forum"), tmp_path)
    assert answer.status_code == 400
    assert "our-forum" in answer.content.decode()
    assert not Week.objects.exists()


def test_a_file_cannot_rewrite_an_organisation_that_has_members_of_its_own(
    world: World, layla: Client, tmp_path: Path
) -> None:
    entry = "organisations:\n  - {slug: their-forum, kind: forum, names: Renamed}\n"
    answer = upload(layla, FILE + entry, tmp_path)
    assert answer.status_code == 400
    assert Organisation.objects.get(slug="their-forum").names == {"en": "Their Forum"}
    assert not Week.objects.exists()
    assert upload(layla, FILE + entry.replace("Renamed", "Their Forum"), tmp_path).status_code == 302
