"""Shifts on phones: what the log says of a helper's code becomes her own shift; whoever is not back is looked for."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from tadamun.organise.field.models import Entry
from tadamun.organise.field.queries.desk import day_of
from tadamun.organise.field.services import kits
from tadamun.organise.field.services.settling import settle
from tadamun.organise.people.services.entries import Entry as Wrote
from tadamun.organise.volunteers.models import Crew, Duty, Shift
from tadamun.organise.volunteers.services import joining, moments
from tadamun.organise.volunteers.services.joining import SignUp
from tadamun.organise.volunteers.vocabulary import Moment
from tadamun.toolkit import clock
from tests.organise.field.phones import HAWRE, Phone, enrolled
from tests.organise.people.house import House
from tests.organise.volunteers.crews import a_crew, duty_of, joined

pytestmark = pytest.mark.django_db
MINUTE = 60_000


@pytest.fixture
def shift(run: House) -> Shift:
    """A shift that ended an hour ago."""
    now = clock.now()
    start, end = now - timedelta(hours=5), now - timedelta(hours=1)
    return Shift.objects.create(
        activity=run.activity, position=0, what={"en": "Water tables"}, start=start, end=end, needed=4
    )


@pytest.fixture
def crew(run: House) -> Crew:
    return a_crew(run.activity)


def in_it(crew: Crew, shift: Shift) -> str:
    """Somebody signed up before the shift; the text of her link."""
    return joined(crew, shift, now=shift.start - timedelta(days=1))


def body(text: str) -> dict[str, Any]:
    duty = duty_of(text)
    return {"shift": str(duty.shift.uid), "who": duty.helper.short_code}


def minutes_in(text: str) -> list[int | None]:
    """When she was briefed, began, ended and was back, in minutes from the shift's beginning."""
    duty = duty_of(text)
    all_of_it = (duty.briefed_at, duty.started_at, duty.ended_at, duty.back_at)
    return [round((at - duty.shift.start) / timedelta(minutes=1)) if at else None for at in all_of_it]


def day_on(phone: Phone, shift: Shift, text: str) -> None:
    """The phone writes a whole shift of hers: briefed after 5 minutes, on from 10 to 230, back after 240."""
    start = int(shift.start.timestamp()) * 1000
    for kind, minute in (("brief", 5), ("start_shift", 10), ("end_shift", 230), ("check_back", 240)):
        phone.writes(kind, body(text), clock_at=start + minute * MINUTE + phone.skew)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_whatever_order_the_pieces_come_in_her_shift_is_the_same(
    run: House, crew: Crew, shift: Shift, order: tuple[int, ...]
) -> None:
    text = in_it(crew, shift)
    phone = enrolled(run.activity, skew=48 * 3_600_000)
    day_on(phone, shift, text)
    for number in (*order, order[0]):
        phone.sends([phone.log[number]])
    assert minutes_in(text) == [5, 10, 230, 240]


def test_what_was_taken_back_on_the_phone_is_forgotten_and_what_she_said_stays(
    run: House, crew: Crew, shift: Shift
) -> None:
    text = in_it(crew, shift)
    moments.note_moment(duty=duty_of(text).uid, moment=Moment.STARTED, at=shift.start + timedelta(minutes=20))
    phone = enrolled(run.activity)
    day_on(phone, shift, text)
    phone.sends()
    assert minutes_in(text) == [5, 10, 230, 240]
    for entry in phone.log[:]:
        phone.writes("undo", {"of": entry[1]})
    phone.sends()
    assert minutes_in(text) == [None, 20, None, None]


def test_a_code_that_nobody_has_changes_nobody(run: House, crew: Crew, shift: Shift) -> None:
    text = in_it(crew, shift)
    phone = enrolled(run.activity)
    phone.writes("start_shift", {**body(text), "who": "0000-0000"})
    phone.writes("start_shift", {**body(text), "shift": "of another day"})
    phone.writes("check_back", body(text), clock_at=2**52)
    phone.sends()
    assert minutes_in(text) == [None] * 4


def test_who_was_said_not_to_come_is_believed_until_a_phone_has_news(run: House, crew: Crew, shift: Shift) -> None:
    text = in_it(crew, shift)
    phone = enrolled(run.activity)
    day_on(phone, shift, text)
    phone.sends(phone.log[:2])
    moments.mark_missed(actor=HAWRE, duty=duty_of(text), now=clock.now())
    phone.sends(phone.log[:2])
    assert duty_of(text).missed
    assert minutes_in(text) == [5, None, None, None]
    phone.sends()
    assert not duty_of(text).missed
    assert minutes_in(text) == [5, 10, 230, 240]


def test_a_shift_that_was_handed_on_begins_without_what_was_known(run: House, crew: Crew, shift: Shift) -> None:
    shift.start, shift.end = clock.now() + timedelta(hours=1), clock.now() + timedelta(hours=4)
    shift.save()
    text = in_it(crew, shift)
    phone = enrolled(run.activity)
    phone.writes("brief", body(text))
    phone.sends()
    assert duty_of(text).briefed_at
    secret = joining.secret_of(text)
    joining.offer(secret=secret, duty=duty_of(text).uid, now=clock.now())
    link = joining.offer_text(secret, duty_of(text))
    form = SignUp(entry=Wrote(), nonce=b"n" * 16, language="en")
    other = joining.take_over(offer=link, form=form, own=None, seed=b"s" * 32, now=clock.now())
    phone.sends()
    assert duty_of(other).briefed_at is None


def test_late_entries_of_a_lost_phone_count_once_the_desk_says_so(run: House, crew: Crew, shift: Shift) -> None:
    text = in_it(crew, shift)
    phone = enrolled(run.activity)
    phone.writes("start_shift", body(text), clock_at=clock.milliseconds() + 10 * MINUTE)
    kits.revoke_kit(actor=HAWRE, device=phone.row, now=clock.now())
    phone.sends(status=401)
    assert duty_of(text).started_at is None
    settle(actor=HAWRE, activity=run.activity, conflict=f"late:{phone.device}", choice="count", now=clock.now())
    assert duty_of(text).started_at


def test_the_days_screen_and_the_kit_name_codes_of_who_is_not_back(run: House, crew: Crew, shift: Shift) -> None:
    text, other = in_it(crew, shift), in_it(crew, shift)
    code = duty_of(text).helper.short_code
    phone = enrolled(run.activity)
    (told,) = phone.kit["activities"][0]["shifts"]
    assert told["helpers"] == {code: "", duty_of(other).helper.short_code: ""}
    assert told["due"] == int((shift.end + timedelta(minutes=30)).timestamp()) * 1000
    day_on(phone, shift, other)
    phone.sends()
    (missing,) = day_of(run.activity, now=clock.now()).missing
    assert (missing.shift, missing.codes) == (shift, (code,))
    assert not day_of(run.activity, now=shift.end + timedelta(minutes=29)).missing
    moments.all_back(actor=HAWRE, shift=shift, now=clock.now())
    assert not day_of(run.activity, now=clock.now()).missing
    assert enrolled(run.activity).kit["activities"][0]["shifts"][0]["helpers"] == {
        code: "check_back",
        duty_of(other).helper.short_code: "check_back",
    }


def test_entries_of_a_shift_name_nobody(run: House, crew: Crew, shift: Shift) -> None:
    phone = enrolled(run.activity)
    day_on(phone, shift, in_it(crew, shift))
    phone.sends()
    assert all(set(entry.body) == {"shift", "who"} for entry in Entry.objects.all())
    assert Duty.objects.count() == 1
