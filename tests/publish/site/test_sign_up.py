"""What can be signed up for leads to the gate; nothing else does."""

from datetime import date

import msgspec
import pytest

from tadamun.publish.site.leaves import site_leaves
from tests.publish.site import samples
from tests.publish.site.reading import read

pytestmark = pytest.mark.pure

GATE = "/gate/{code}/summer-days/"


def links_to_the_gate(*, sign_up: bool, now: date = samples.AFTER) -> dict[str, set[str]]:
    """Each page of the coming week, with where it leads to at the gate."""
    change = msgspec.structs.replace
    week = samples.coming_week()
    week = change(week, activities=tuple(change(activity, sign_up=sign_up) for activity in week.activities))
    leaves = site_leaves(site=samples.site(), weeks=[samples.published(week)], now=now)
    pages = {leaf.path: read(leaf.make()) for leaf in leaves if "/weeks/summer-days/" in leaf.path}
    return {
        path: {link.attributes["href"] for link in page.all("a") if "/gate/" in link.attributes["href"]}
        for path, page in pages.items()
        if path.endswith(".html")
    }


@pytest.mark.parametrize("code", ["en", "ar", "ckb"])
def test_week_and_activity_lead_to_the_gate_in_their_language(code: str) -> None:
    links = links_to_the_gate(sign_up=True)
    open_ones = {activity.slug for activity in samples.coming_week().activities if activity.state.code == "planned"}
    wanted = {samples.site().base_url + GATE.format(code=code) + f"{slug}/" for slug in open_ones}
    assert links[f"{code}/weeks/summer-days/index.html"] == wanted
    for slug in open_ones:
        address = samples.site().base_url + GATE.format(code=code) + f"{slug}/"
        assert links[f"{code}/weeks/summer-days/{slug}/index.html"] == {address}


def test_without_an_open_gate_no_page_leads_there() -> None:
    assert not any(links_to_the_gate(sign_up=False).values())


def test_once_the_day_is_over_no_page_leads_there() -> None:
    assert not any(links_to_the_gate(sign_up=True, now=date(2018, 7, 1)).values())
