"""A whole race day on three phones without network: one true result, equal to the log kept beside it."""

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tadamun.organise.field.queries.account import account_of
from tadamun.organise.field.vocabulary import KitRole
from tests.browser.field.handset import Handset, kit_for, signs_up
from tests.organise.people.house import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Types into the form as a helper does and waits, each time, until the phone has answered; how long that took.
TYPES = """async ([name, texts]) => {
  const took = [];
  for (const text of texts) {
    const input = document.querySelector(`main input[name=${name}]`);
    const begun = performance.now();
    input.value = text;
    input.form.requestSubmit();
    while (input.value) await new Promise((done) => setTimeout(done, 1));
    took.push(performance.now() - begun);
  }
  return took.sort((one, other) => one - other);
}"""
PATIENCE_AT_A_DOOR = 1_000


def test_a_race_day_on_three_phones_comes_back_in_the_wrong_order(
    run: House, new_phone: Callable[..., Handset]
) -> None:
    signed_up = [signs_up(run) for _ in range(450)]
    north, south, line = (
        new_phone().enrols(kit_for(run, role=role).secret) for role in (KitRole.DOOR, KitRole.DOOR, KitRole.MARSHAL)
    )
    for phone in (north, south, line):
        phone.offline()
    tickets = [ticket for ticket, _row in signed_up]
    at_north, at_south = tickets[:275], [*tickets[225:], *tickets[440:]]
    took = north.page.evaluate(TYPES, ["code", at_north])
    south.page.evaluate(TYPES, ["code", at_south])
    bibs = [str(number) for number in range(1, 301)]
    random.Random(4).shuffle(bibs)
    line.goes("Race")
    line.page.get_by_role("button", name="Start now").click()
    line.page.evaluate(TYPES, ["bib", bibs])
    expect(line.page.locator("header .state")).to_contain_text("not sent yet: 301")
    north.reloads().opens()
    for phone in (line, south, north):
        phone.offline(False)
        phone.sends()
    state = account_of(run.activity).state
    assert set(state.came) == {bytes(row.ticket_hash).hex()[:16] for _ticket, row in signed_up}
    assert (state.inside, len(state.doubles), state.unknown) == (450, 50, [])
    ranking = sorted(state.results, key=lambda one: (one.time or 0, bibs.index(one.bib)))
    assert [one.bib for one in ranking] == bibs
    assert took[len(took) * 95 // 100] < PATIENCE_AT_A_DOOR, took[-20:]
    assert north.faults + south.faults + line.faults == []
