"""Signing up for shifts without an account: places, rest, twice is once, handing on; names nowhere in the clear."""

import pytest

from tadamun.organise.people.services.entries import Entry, TicketUnknown
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.organise.volunteers.models import Crew, Duty, Helper
from tadamun.organise.volunteers.queries import crews as crew_queries
from tadamun.organise.volunteers.services import crews, joining, opened
from tadamun.organise.volunteers.services.joining import SignUp
from tadamun.organise.volunteers.vocabulary import Aside
from tadamun.toolkit.rulings import Refused
from tests.organise.people_desk.houses import LAYLA, House
from tests.organise.planning.test_contacts import everything_stored
from tests.organise.volunteers.crews import ACTOR, MORNING, NAME, NOW, PHONE, a_shift, duty_of, helper_of, joined

pytestmark = pytest.mark.django_db


def secret(text: str) -> bytes:
    return joining.secret_of(text)


def taken_over(offer: str, *, nonce: bytes = b"n" * 16, own: bytes | None = None) -> str:
    form = SignUp(entry=Entry(name="Rana"), nonce=nonce, language="ar")
    return joining.take_over(offer=offer, form=form, own=own, seed=ticket_mint().seed, now=NOW)


def offer_of(text: str) -> str:
    joining.offer(secret=secret(text), duty=duty_of(text).uid, now=NOW)
    return joining.offer_text(secret(text), duty_of(text))


def test_name_and_number_are_nowhere_in_the_database(crew: Crew) -> None:
    text = joined(crew, a_shift(crew.activity), contact=PHONE)
    stored = everything_stored()
    assert NAME not in stored
    assert PHONE not in stored
    assert text not in stored, "nor is her link"
    Helper.objects.update(sealed=NAME.encode())
    assert NAME in everything_stored(), "the search would see it"


def test_a_member_with_an_open_vault_reads_the_name(house: House, crew: Crew) -> None:
    helper = helper_of(joined(crew, a_shift(crew.activity), contact=PHONE))
    names = opened.open_helpers(
        actor=LAYLA, keyring=house.keyring(), crew=crew, helpers=[helper], why=OpeningReason.CONTACT, now=NOW
    )
    assert (names[helper.pk].name, names[helper.pk].contact) == (NAME, PHONE)


def test_the_same_form_again_is_the_same_sign_up(crew: Crew) -> None:
    shift = a_shift(crew.activity)
    assert joined(crew, shift, nonce=b"1" * 16) == joined(crew, shift, nonce=b"1" * 16)
    assert Duty.objects.count() == 1


def test_a_shift_takes_as_many_as_it_needs(crew: Crew) -> None:
    shift = a_shift(crew.activity, needed=1)
    joined(crew, shift)
    with pytest.raises(Refused, match="all the people"):
        joined(crew, shift)
    assert Helper.objects.count() == 1, "nothing is left of the one who was refused"


def test_rest_is_kept_when_taking_more(crew: Crew) -> None:
    text = joined(crew, a_shift(crew.activity, hours=8))
    late = a_shift(crew.activity, after=9, hours=4)
    with pytest.raises(Refused, match="without a rest"):
        joining.take_more(secret=secret(text), shifts=[late.pk], now=NOW)
    next_day = a_shift(crew.activity, after=24)
    joining.take_more(secret=secret(text), shifts=[next_day.pk], now=NOW)
    assert helper_of(text).duties.count() == 2


def test_what_came_in_a_rush_takes_no_place_until_a_member_says_so(crew: Crew) -> None:
    shift = a_shift(crew.activity, needed=1)
    first = helper_of(joined(crew, shift, suspicious=True))
    assert not crew_queries.taken_in([shift])
    joined(crew, shift)
    with pytest.raises(Refused, match="all the people"):
        crews.count_her(actor=ACTOR, helper=first, now=NOW)


def test_an_address_that_was_given_before_is_set_aside_and_not_told(crew: Crew) -> None:
    shift = a_shift(crew.activity)
    joined(crew, shift, contact=PHONE)
    again = helper_of(joined(crew, shift, contact=PHONE))
    assert again.aside == Aside.SAME
    assert crew_queries.taken_in([shift]) == {shift.pk: 1}
    crews.count_her(actor=ACTOR, helper=again, now=NOW)
    assert crew_queries.taken_in([shift]) == {shift.pk: 2}


@pytest.mark.parametrize("state", ["cancelled", "held"])
def test_nobody_signs_up_for_what_is_over(crew: Crew, state: str) -> None:
    shift = a_shift(crew.activity)
    crew.activity.state = state
    crew.activity.save()
    with pytest.raises(Refused, match="any more"):
        joined(crew, shift)


def test_a_shift_that_is_over_cannot_be_taken(crew: Crew) -> None:
    with pytest.raises(Refused, match="over"):
        joined(crew, a_shift(crew.activity), now=MORNING.replace(day=4))


def test_a_shift_is_handed_on_and_never_free_meanwhile(crew: Crew) -> None:
    shift = a_shift(crew.activity, needed=1)
    text = joined(crew, shift)
    offer = offer_of(text)
    with pytest.raises(Refused, match="all the people"):
        joined(crew, shift)
    hers = taken_over(offer)
    assert hers != text
    assert not helper_of(text).duties.exists()
    assert duty_of(hers).shift == shift


def test_taking_over_twice_with_the_same_form_gives_the_same_page(crew: Crew) -> None:
    offer = offer_of(joined(crew, a_shift(crew.activity)))
    assert taken_over(offer) == taken_over(offer)
    with pytest.raises(Refused, match="not offered any more"):
        taken_over(offer, nonce=b"o" * 16)


def test_an_offer_that_was_taken_back_opens_nothing_and_a_new_one_is_another(crew: Crew) -> None:
    text = joined(crew, a_shift(crew.activity))
    first = offer_of(text)
    joining.keep(secret=secret(text), duty=duty_of(text).uid)
    with pytest.raises(Refused, match="not offered any more"):
        taken_over(first)
    second = offer_of(text)
    assert second != first
    with pytest.raises(TicketUnknown):
        taken_over(first)
    assert taken_over(second)


def test_who_helps_already_takes_over_to_her_own_page_if_she_has_rested(crew: Crew) -> None:
    early, late = a_shift(crew.activity, hours=8), a_shift(crew.activity, after=9)
    mine, other = joined(crew, early), joined(crew, late)
    offer = offer_of(other)
    with pytest.raises(Refused, match="without a rest"):
        taken_over(offer, own=secret(mine))
    crew.day_hours = 12
    crew.save()
    assert taken_over(offer, own=secret(mine)) == mine
    assert helper_of(mine).duties.count() == 2


def test_what_has_begun_is_neither_given_up_nor_handed_on(crew: Crew) -> None:
    text = joined(crew, a_shift(crew.activity))
    duty = duty_of(text).uid
    for verb in (joining.give_up, joining.offer):
        with pytest.raises(Refused, match="has begun"):
            verb(secret=secret(text), duty=duty, now=MORNING)
    joining.give_up(secret=secret(text), duty=duty, now=NOW)
    assert not Duty.objects.exists()


def test_nobody_touches_the_shift_of_somebody_else(crew: Crew) -> None:
    shift = a_shift(crew.activity)
    mine, hers = joined(crew, shift), joined(crew, shift)
    with pytest.raises(Refused):
        joining.give_up(secret=secret(mine), duty=duty_of(hers).uid, now=NOW)
    assert duty_of(hers)


def test_she_reads_mends_and_deletes_what_she_wrote(crew: Crew) -> None:
    text = joined(crew, a_shift(crew.activity), contact=PHONE)
    assert joining.own_entry(helper=helper_of(text), secret=secret(text)).contact == PHONE
    joining.change_entry(secret=secret(text), entry=Entry(name="S."))
    assert joining.own_entry(helper=helper_of(text), secret=secret(text)).name == "S."
    joining.delete_entry(secret=secret(text), now=NOW)
    assert not bytes(helper_of(text).sealed)
    assert not Duty.objects.exists()


@pytest.mark.parametrize("text", ["", "x", "0" * 26, "0" * 27, "ئ"])
def test_links_that_open_nothing_are_all_alike(crew: Crew, text: str) -> None:
    with pytest.raises(TicketUnknown):
        joining.by_secret(joining.secret_of(text))
