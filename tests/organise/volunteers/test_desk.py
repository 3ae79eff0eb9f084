"""The desk: shifts as rows, who is in them by code, who is missed, names for a reason, and the end of it all."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tadamun.organise.network.queries import standing_of
from tadamun.organise.people.services.endings import lockdown
from tadamun.organise.safety.models import AuditEntry, Holding, VaultKey
from tadamun.organise.safety.services.openings import OPENED
from tadamun.organise.safety.vocabulary import HeldData
from tadamun.organise.volunteers.models import Crew, Duty, Helper, Shift
from tadamun.organise.volunteers.queries.today import needs
from tadamun.organise.volunteers.services import endings, moments
from tadamun.organise.volunteers.vocabulary import Moment
from tadamun.toolkit.panels import Mark
from tadamun.toolkit.rulings import Refused
from tests.characters import Character
from tests.organise.people_desk.houses import House
from tests.organise.volunteers.conftest import Clock
from tests.organise.volunteers.crews import ACTOR, MORNING, NAME, NOW, PHONE, a_shift, duty_of, joined

pytestmark = pytest.mark.django_db
EVENING = MORNING + timedelta(hours=12)


def shown(house: House, **post: Any) -> str:
    client, path = house.client(), house.url("helpers")
    answer = client.post(path, post, follow=True) if post else client.get(path)
    return str(answer.content.decode())


def test_the_desk_says_that_nobody_can_sign_up_for_an_idea(house: House, crew: Crew) -> None:
    warning = "Nobody can sign up before it is planned."
    assert warning not in shown(house)
    house.activity.state = "idea"
    house.activity.save()
    assert warning in shown(house)


def test_a_shift_is_added_in_the_zone_of_the_week(house: House) -> None:
    path = house.url("volunteers_activity_row_new", code="shifts")
    form = {"what_en": "Water", "start": "2099-03-03T08:00", "end": "2099-03-03T12:00", "needed": "3", "seen": ""}
    page = house.client().get(path).content.decode()
    form["seen"] = page.split('name="seen" value="')[1].split('"')[0]
    names = {name for name in ("what_en", "what-en", "what_0") if f'name="{name}"' in page}
    form[names.pop()] = form.pop("what_en")
    answer = house.client().post(path, form)
    assert answer.status_code == 302, answer.content.decode()
    shift = Shift.objects.get()
    assert (shift.start, shift.needed) == (MORNING, 3)
    backwards = house.client().post(path, form | {"end": "2099-03-03T07:00"})
    assert "A shift ends after it begins." in backwards.content.decode()


def test_the_panel_says_how_many_each_shift_has(house: House, crew: Crew) -> None:
    joined(crew, a_shift(crew.activity))
    page = house.client().get(house.url("activity")).content.decode()
    assert "Water tables" in page
    assert "1 of 2" in page


def test_codes_stand_there_and_names_only_for_a_reason(house: House, crew: Crew) -> None:
    code = duty_of(joined(crew, a_shift(crew.activity), contact=PHONE)).helper.short_code
    page = shown(house)
    assert code in page
    assert NAME not in page
    assert NAME in shown(house, why="contact")
    assert AuditEntry.objects.filter(act=OPENED, subject=crew.key_subject).exists()
    assert NAME not in shown(house), "the next page is closed again"


def test_who_may_not_see_names_does_not(house: House, crew: Crew) -> None:
    joined(crew, a_shift(crew.activity))
    answer = house.client(Character.EDITOR).post(house.url("helpers"), {"why": "contact"})
    assert answer.status_code == 403
    assert NAME not in answer.content.decode()


def test_who_is_not_back_warns_the_desk_until_it_is_noted(house: House, crew: Crew, time: Clock) -> None:
    shift = a_shift(crew.activity, lead=house.layla)
    text, other = joined(crew, shift), joined(crew, shift)
    standing = standing_of(house.layla)
    assert not list(needs(standing, MORNING + timedelta(hours=4, minutes=29)))
    (need,) = needs(standing, MORNING + timedelta(hours=4, minutes=30))
    assert need.line.mark is Mark.WARNS
    assert "2 helpers have not checked back" in str(need.line.says)
    assert "Layla" in str(need.line.beside)
    time.at = EVENING
    shown(house, act="back", duty=duty_of(text).pk)
    assert "1 helper has not checked back" in str(next(iter(needs(standing, EVENING))).line.says)
    shown(house, act="missed", duty=duty_of(other).pk)
    assert not list(needs(standing, EVENING))


def test_all_of_a_shift_are_back_with_one_press(house: House, crew: Crew, time: Clock) -> None:
    shift = a_shift(crew.activity)
    joined(crew, shift)
    joined(crew, shift)
    time.at = EVENING
    assert "2 not back" in shown(house)
    assert "2 not back" not in shown(house, act="all_back", shift=shift.pk)


def test_a_shift_that_begins_soon_with_too_few_people_asks(house: House, crew: Crew) -> None:
    joined(crew, a_shift(crew.activity))
    standing = standing_of(house.layla)
    assert not list(needs(standing, NOW))
    (need,) = needs(standing, MORNING - timedelta(days=2))
    assert "1 more helper is needed" in str(need.line.says)


def test_moments_come_in_any_order_and_any_number_of_times(crew: Crew) -> None:
    duty = duty_of(joined(crew, a_shift(crew.activity)))
    late, early = MORNING + timedelta(hours=1), MORNING
    for at in (late, early, late):
        assert moments.note_moment(duty=duty.uid, moment=Moment.STARTED, at=at)
    duty.refresh_from_db()
    assert duty.started_at == early
    duty.delete()
    assert not moments.note_moment(duty=duty.uid, moment=Moment.STARTED, at=late)


def test_a_shift_with_people_is_not_taken_away(house: House, crew: Crew) -> None:
    shift = a_shift(crew.activity)
    joined(crew, shift)
    path = house.url("volunteers_activity_row", code="shifts", row=shift.pk)
    page = house.client().post(path, {"act": "remove"}, follow=True).content.decode()
    assert "Something else still refers to this" in page
    assert Shift.objects.exists()


def test_an_organiser_without_the_right_decides_nothing(house: House, crew: Crew) -> None:
    link = crew.link
    assert house.client(Character.DOOR).post(house.url("helpers"), {"act": "new_link"}).status_code == 403
    assert Crew.objects.get().link == link
    house.client().post(house.url("helpers"), {"act": "new_link"})
    assert Crew.objects.get().link != link


@pytest.mark.parametrize("act", ["nonsense", "back", "all_back"])
def test_a_press_that_names_nothing_is_not_found(house: House, crew: Crew, act: str) -> None:
    assert house.client().post(house.url("helpers"), {"act": act, "duty": "x", "shift": "-1"}).status_code == 404


def test_the_certificate_opens_the_name_for_the_print(house: House, crew: Crew) -> None:
    duty = duty_of(joined(crew, a_shift(crew.activity)))
    path = house.url("helpers_hours", helper=duty.helper_id)
    assert house.client().post(path).status_code == 302, "no hours yet"
    moments.note_moment(duty=duty.uid, moment=Moment.BACK, at=EVENING)
    assert house.client().post(path).content.startswith(b"%PDF")


def test_names_end_with_their_time_and_the_counts_stay(house: House, crew: Crew) -> None:
    duty = duty_of(joined(crew, a_shift(crew.activity)))
    moments.note_moment(duty=duty.uid, moment=Moment.BACK, at=EVENING)
    held = Holding.objects.get(what=HeldData.VOLUNTEERS)
    assert not endings.retire_what_is_due(now=MORNING.replace(month=4, day=2))
    (number,) = endings.retire_what_is_due(now=MORNING.replace(month=4, day=3))
    held.refresh_from_db()
    assert held.certificate_number == number
    assert held.counts == {"entries": 1}
    assert not Helper.objects.exists()
    assert not Duty.objects.exists()
    assert not VaultKey.objects.filter(subject=crew.key_subject, destroyed_at=None).exists()
    crew.refresh_from_db()
    assert crew.folded == {"helpers": 1, "came": 1, "shifts": 1, "hours": 4.0}
    assert Shift.objects.exists()
    assert "destroyed, counts stay" in shown(house)


def test_destroying_now_is_asked_twice(house: House, crew: Crew) -> None:
    joined(crew, a_shift(crew.activity))
    path = house.url("helpers_shred")
    assert house.client().post(path, {"sure": "yes", "slug": "other"}).status_code == 422
    assert Helper.objects.exists()
    assert house.client().post(path, {"sure": "yes", "slug": crew.activity.slug}).status_code == 302
    assert not Helper.objects.exists()


def test_settings_are_changed_within_reason(house: House, crew: Crew) -> None:
    path = house.url("helpers_settings")
    wanted = {"name": "never", "contact": "optional", "rest_hours": "11", "day_hours": "8", "back_minutes": "15"}
    assert house.client().post(path, wanted | {"retention_days": "0"}).status_code == 400
    assert house.client().post(path, wanted | {"retention_days": "7"}).status_code == 302
    crew.refresh_from_db()
    assert (crew.rest_hours, crew.name, crew.retention_days) == (11, "never", 7)


def test_pages_ask_the_same_number_of_questions_however_many_help(house: House, crew: Crew) -> None:
    def asked(name: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            house.client().get(house.url(name))
        return len(found)

    joined(crew, a_shift(crew.activity))
    few = [asked(name) for name in ("helpers", "activity", "helpers_sheet")]
    for number in range(6):
        shift = a_shift(crew.activity, after=24 * number, needed=20)
        for _more in range(3):
            joined(crew, shift)
    assert [asked(name) for name in ("helpers", "activity", "helpers_sheet")] == few


def test_it_stays_inside(house: House, crew: Crew) -> None:
    """A shift moves no revision: nobody outside learns that something was planned."""
    before = house.activity.sequence
    a_shift(crew.activity)
    house.activity.refresh_from_db()
    assert house.activity.sequence == before


def test_who_takes_her_entry_back_is_a_code_without_a_name(house: House, crew: Crew) -> None:
    duty = duty_of(joined(crew, a_shift(crew.activity)))
    Helper.objects.update(sealed=b"", own_copy=b"")
    assert duty.helper.short_code in shown(house, why="contact")
    assert ACTOR.label


def test_in_danger_nobody_signs_up_any_more(house: House, crew: Crew) -> None:
    shift = a_shift(crew.activity)
    lockdown(actor=ACTOR, now=NOW, organisations=["somebody-else"])
    assert joined(crew, shift), "others shut down what is theirs"
    lockdown(actor=ACTOR, now=NOW, organisations=[house.world.ours.slug])
    with pytest.raises(Refused, match="at the moment"):
        joined(crew, shift)
