"""What each role records on its phone becomes the state that the server computes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tadamun.organise.field.models import Entry
from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.planning.models import PrintedMatter
from tadamun.organise.safety.vault.sealing import Context, open_sealed
from tadamun.organise.volunteers.models import Shift
from tadamun.toolkit import clock
from tests.browser.field.handset import Handset, kit_for, signs_up
from tests.organise.people.house import House
from tests.organise.volunteers.crews import a_crew, duty_of, joined

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NewPhone = Callable[..., Handset]


def saves(page: Page, button: str, **fields: str) -> None:
    """Fill in by labels (`_` is a space) and press; waits for the word that it is saved."""
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)
    page.locator(".word").evaluate("(word) => word.replaceChildren()")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".word")).to_contain_text("aved")


def ended_shifts(run: House) -> list[Shift]:
    """Two shifts that ended an hour ago."""
    now = clock.now()
    start, end = now - timedelta(hours=5), now - timedelta(hours=1)
    return [
        Shift.objects.create(activity=run.activity, position=at, what={"en": what}, start=start, end=end, needed=4)
        for at, what in enumerate(("North bend", "Water tables"))
    ]


def test_a_race_is_run_on_two_phones_without_network(run: House, new_phone: NewPhone) -> None:
    start, line = (new_phone().enrols(kit_for(run, role=KitRole.MARSHAL).secret) for _ in range(2))
    for phone in (start, line):
        phone.offline()
        phone.goes("Race")
    start.page.get_by_text("Bibs", exact=True).click()
    start.page.get_by_label("Category").select_option("sex:woman")
    start.page.get_by_label("Wants the name in the results").check()
    saves(start.page, "Hand out the bib", New_bib="٠١٧")
    saves(start.page, "Hand out the bib", New_bib="18")
    start.page.get_by_role("button", name="Start now").click()
    expect(start.page.locator(".sums")).to_contain_text("Running for 0:00:0")
    saves(line.page, "Finish", Bib="18")
    saves(line.page, "Finish", Bib="17")
    line.page.get_by_text("Out of the race").click()
    saves(line.page, "Save", Bib_that_is_out="19")
    start.page.get_by_role("button", name="17", exact=True).click()
    expect(start.page.locator(".word")).to_contain_text("Finish saved: 17")
    expect(start.page.get_by_role("button", name="17", exact=True)).to_have_count(0)
    start.page.locator("li", has_text="17").get_by_role("button", name="Take back").click()
    expect(start.page.get_by_role("button", name="17", exact=True)).to_be_visible()
    for phone in (line, start):
        phone.offline(False)
        phone.sends()
    state = account_of(run.activity).state
    results = {one.bib: one for one in state.results}
    assert sorted(results) == ["17", "18", "19"]
    assert (results["17"].category, results["17"].shown, results["18"].shown) == ("sex:woman", True, False)
    assert results["19"].status == "dns"
    assert state.open_conflicts == []


def test_leaflets_are_carried_handed_out_and_brought_back(run: House, new_phone: NewPhone) -> None:
    matter = PrintedMatter.objects.create(
        week=run.activity.week, activity=run.activity, position=1, what={"en": "A leaflet"}, copies=500
    )
    phone = new_phone().enrols(kit_for(run, role=KitRole.LEAFLETS).secret)
    phone.offline()
    page = phone.page
    for act, count, area in (("out", "200", ""), ("given", "120", "Old market"), ("returned", "80", "")):
        page.get_by_label("What happened").select_option(act)
        saves(page, "Save", How_many=count, Area=area)
    expect(page.locator(".list")).to_contain_text("handed out: 120 · still carried: 0")
    page.get_by_label("What happened").select_option("given")
    saves(page, "Save", How_many="5")
    expect(page.locator(".word")).to_contain_text("More than this phone knows")
    phone.offline(False)
    phone.sends()
    stock = account_of(run.activity).state.stock[f"p{matter.pk}"]
    assert (stock.out, stock.given, stock.returned) == (200, 125, 80)


def test_sittings_a_debate_and_notes_are_kept_by_one_helper(run: House, new_phone: NewPhone) -> None:
    ticket, row = signs_up(run)
    phone = new_phone().enrols(kit_for(run, role=KitRole.NOTES).secret)
    phone.offline()
    page = phone.page
    saves(page, "Is here", Code_or_link_of_the_ticket=ticket)
    page.get_by_text("Only the number").click()
    saves(page, "Save the number", How_many="26")
    page.get_by_text("Answers before and after").click()
    fields = {"Question,_as_on_the_sheet": "before 1", "Answer,_as_on_the_sheet": "yes", "How_often": "14"}
    saves(page, "Save the answers", **fields)
    phone.goes("Debate")
    page.locator("[data-speaker=seat-1]").click()
    expect(page.locator("[data-speaker=seat-1]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-speaker=seat-1]").click()
    expect(page.locator("[data-speaker=seat-1]")).to_have_attribute("aria-pressed", "false")
    page.get_by_text("What was said").click()
    saves(page, "Save the words", The_words="نعد بالماء")
    page.get_by_text("A question was asked by").click()
    saves(page, "From the hall")
    phone.goes("Note")
    saves(page, "Save the note", Note="The hall opened late")
    page.get_by_text("Incident", exact=True).click()
    page.get_by_label("How urgent").select_option("3")
    saves(page, "Seal and save", What_happened="Somebody stands outside")
    phone.offline(False)
    phone.sends()
    state = account_of(run.activity).state
    sitting = str(run.activity.sittings.get().pk)
    assert state.attended == {sitting: {bytes(row.ticket_hash).hex()[:16]}}
    assert state.stated == {(sitting, "women"): 26}
    assert state.answers == {("before 1", "yes"): 14}
    assert (list(state.speaking), state.questions, state.speaks) == (["seat-1"], {"": 1}, set())
    assert [entry.kind for entry in state.told] == ["statement", "note", "incident"]
    incident = Entry.objects.get(kind="incident")
    place = Context(purpose="incident", activity=str(run.activity.uid), field="note", row=incident.body["row"])
    assert open_sealed(run.pair, bytes(incident.sealed), context=place) == b"Somebody stands outside"
    assert incident.body["level"] == 3


def test_shifts_are_begun_ended_and_checked_back(run: House, new_phone: NewPhone) -> None:
    alone, shift = ended_shifts(run)
    crew = a_crew(run.activity)
    text, other = (joined(crew, shift, now=shift.start) for _ in range(2))
    code, missed = duty_of(text).helper.short_code, duty_of(other).helper.short_code
    phone = new_phone().enrols(kit_for(run, role=KitRole.MARSHAL).secret)
    phone.offline()
    phone.goes("Shifts")
    whole, hers = phone.page.locator(f"[data-shift='{alone.uid}']"), phone.page.locator(f"[data-who='{code}']")
    expect(phone.page.get_by_role("alert")).to_contain_text([missed])
    for step in ("Briefed", "Shift begins", "Shift ends", "Is back"):
        whole.get_by_role("button", name=step, exact=True).click()
        expect(whole.get_by_role("button", name=step, exact=True)).to_have_count(0)
        hers.get_by_role("button", name=f"{step} {code}").click()
        expect(hers.get_by_role("button", name=f"{step} {code}")).to_have_count(0)
    expect(hers).to_have_attribute("data-step", "check_back")
    late = phone.page.locator(f"[data-shift='{shift.uid}']")
    late.get_by_text("By code", exact=True).click()
    late.get_by_label("Code of the helper").fill("0000 ffff")
    late.get_by_role("button", name="Save", exact=True).click()
    expect(late.get_by_role("alert")).to_contain_text("0000-FFFF")
    late.get_by_role("button", name="Take back 0000-FFFF").click()
    expect(phone.page.locator("[data-who='0000-FFFF']")).to_have_count(0)
    phone.offline(False)
    phone.sends()
    told = account_of(run.activity).state.shifts[str(alone.uid)]
    assert all((told.briefed, told.started, told.ended, told.back))
    duty = duty_of(text)
    assert all((duty.briefed_at, duty.started_at, duty.ended_at, duty.back_at))
    assert duty_of(other).started_at is None
