"""What the desk planned is what phones offer: waves and bibs, areas that are tapped, turns to speak, questions."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tadamun.organise.field.models import Counter, Counting
from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.planning.models import PrintedMatter
from tests.browser.field.handset import Handset, kit_for, signs_up
from tests.browser.field.test_roles import saves
from tests.organise.field.plans import a_debate, a_question, a_race, areas, planned
from tests.organise.people.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NewPhone = Callable[..., Handset]


def test_a_marshal_starts_waves_and_gives_bibs_their_place_by_number(run: House, new_phone: NewPhone) -> None:
    first, second, women = a_race(run.activity)
    planned(run.activity, Counting, usual=["women"])
    prams = planned(run.activity, Counter, name={"en": "Prams"})
    ticket, row = signs_up(run)
    phone = new_phone().enrols(kit_for(run, role=KitRole.MARSHAL).secret)
    phone.offline()
    page = phone.page
    page.get_by_text("Bibs", exact=True).click()
    page.get_by_label("Wants the name in the results").check()
    page.get_by_label("No photo", exact=True).check()
    saves(page, "Hand out the bib", New_bib="60", Code_or_link_of_the_ticket=ticket)
    expect(page.locator(".word")).to_have_text("Bib saved: 60 · Women 5 km · First wave")
    page.get_by_label("New bib").fill("61")
    page.get_by_label("Code or link of the ticket").fill("no ticket")
    page.get_by_role("button", name="Hand out the bib").click()
    expect(page.locator(".word")).to_have_text("This is no ticket of this activity.")
    page.get_by_text("Not to be photographed").click()
    expect(page.locator("p.bibs")).to_have_text("60")
    page.get_by_role("button", name="Start now First wave").click()
    expect(page.get_by_role("button", name="Start now First wave")).to_be_hidden()
    expect(page.get_by_role("button", name="Start now Second wave")).to_be_visible()
    page.get_by_role("button", name="60 First wave").click()
    expect(page.locator(".word")).to_contain_text("Finish saved: 60")
    phone.goes("Counting")
    expect(page.locator(".count")).to_have_count(2)
    phone.counts(prams.code)
    phone.offline(False)
    phone.sends()
    state = account_of(run.activity).state
    (result,) = state.results
    assert (result.bib, result.category, result.wave) == ("60", women.code, first.code)
    assert (result.place, result.shown, result.no_photo) == (1, True, True)
    assert result.ticket == bytes(row.ticket_hash).hex()[:16]
    assert (set(state.starts), state.tallies) == ({first.code}, {prams.code: 1})
    assert second.code not in state.starts
    assert phone.faults == []


def test_a_team_taps_the_area_where_it_was(run: House, new_phone: NewPhone) -> None:
    market, bank = areas(run.activity)
    matter = PrintedMatter.objects.create(
        week=run.activity.week, activity=run.activity, position=1, what={"en": "A leaflet"}, copies=500
    )
    phone = new_phone().enrols(kit_for(run, role=KitRole.LEAFLETS).secret)
    phone.offline()
    page = phone.page
    page.locator(f"[data-area={bank.code}] polygon").click()
    expect(page.get_by_label("Area")).to_have_value(bank.code)
    saves(page, "Save", How_many="20")
    page.get_by_label("Area").select_option(label="1 · Market")
    expect(page.locator(f"[data-area={market.code}]")).to_have_class("chosen")
    saves(page, "Save", How_many="5")
    phone.offline(False)
    phone.sends()
    by_area = account_of(run.activity).state.stock[f"p{matter.pk}"].by_area
    assert {area: count for (area, _hour), count in by_area.items()} == {bank.code: 20, market.code: 5}
    assert phone.faults == []


def test_who_speaks_sees_what_is_left_and_answers_are_counted_by_taps(run: House, new_phone: NewPhone) -> None:
    speaker, question = a_debate(run.activity), a_question(run.activity)
    phone = new_phone().enrols(kit_for(run, role=KitRole.NOTES).secret)
    phone.offline()
    page = phone.page
    page.get_by_text("Answers before and after").click()
    little = page.locator(f"[data-question={question.code}] [data-answer='2']")
    for count in ("1", "2"):
        little.click()
        expect(little.locator("strong")).to_have_text(count)
    page.get_by_role("button", name="Take back the last").click()
    expect(little.locator("strong")).to_have_text("1")
    page.get_by_label("When is it asked").select_option("after")
    expect(little.locator("strong")).to_have_text("0")
    little.click()
    expect(little.locator("strong")).to_have_text("1")
    phone.goes("Debate")
    clock = page.locator(f"[data-speaker={speaker.code}]")
    expect(clock).to_contain_text("The list of the river")
    expect(clock.locator("small")).to_have_text("left: 0:01:30")
    clock.click()
    expect(clock).to_have_attribute("aria-pressed", "true")
    phone.offline(False)
    phone.sends()
    state = account_of(run.activity).state
    assert state.answers == {(f"{question.code}/before", "2"): 1, (f"{question.code}/after", "2"): 1}
    assert state.speaks == {speaker.code}
    assert phone.faults == []
