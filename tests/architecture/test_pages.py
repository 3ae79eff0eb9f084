"""What every page of the private side has, whatever it is about: walked over the access matrix, in each language."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from tests.architecture.access import ACCESS
from tests.architecture.walk import LANGUAGES, MADE_IN_THE_BROWSER, Outline, address_of, is_page, outline, pages, reader
from tests.characters import World, make_world

pytestmark = pytest.mark.once

DESK = "/desk/"
PREVIEWS = {"preview", "preview_activity", "preview_of_activity"}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize("name", pages())
def test_page_says_what_it_is_and_how_to_leave(world: World, name: str) -> None:
    address = address_of(name, world)
    for code in LANGUAGES:
        answer = reader(world, code).get(address)
        if not is_page(answer) or name in MADE_IN_THE_BROWSER:
            return
        assert answer.status_code == ACCESS[name].coordinator, (address, code)
        page = outline(answer.content.decode())
        assert page.title.strip(), (address, code)
        assert not re.search(r"[<>]|&\w+;", page.title), (address, code, page.title)
        assert page.headings == 1, (address, code, page.headings)
        assert page.direction == ("ltr" if page.language == "en" else "rtl"), (address, code)
        if name not in PREVIEWS:  # the public site's own pages, which its own tests look at
            assert page.unnamed == [], (address, code)
            assert reverse("quick_exit") in page.links or not address.startswith(DESK), (address, code)
        every_leap_lands_and_no_mark_is_there_twice(page, address)


def every_leap_lands_and_no_mark_is_there_twice(page: Outline, address: str) -> None:
    assert [mark for mark, times in Counter(page.targets).items() if times > 1] == [], address
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.targets), address
    assert "#main" in page.links or not address.startswith(DESK), "no way past the menu"


def test_what_is_missing_is_seen() -> None:
    page = outline(
        '<html lang="ar" dir="rtl"><title>\n &lt;b>x <i>y</title><h1></h1><a href="#a"> </a><button>Go</button>'
    )
    assert page.title.strip() == "<b>x <i>y"
    assert (page.language, page.direction, page.headings, page.unnamed) == ("ar", "rtl", 1, ["a"])
    assert page.links == ["#a"]
