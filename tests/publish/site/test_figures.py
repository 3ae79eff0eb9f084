"""Figures are claims: never added, never averaged, never a zero where nothing was said."""

import msgspec
import pytest

from tadamun.publish.site import catalogue
from tadamun.publish.site.calendar import Calendar
from tadamun.publish.site.figures import Figure, figures
from tadamun.publish.site.voice import Voice
from tadamun.record.structs import FigureRecord
from tadamun.toolkit.languages.registry import language
from tests.publish.site import programme, scenery
from tests.publish.site.reading import Page

pytestmark = pytest.mark.pure


def told(*records: FigureRecord, code: str = "en") -> tuple[Figure, ...]:
    spoken_in = language(code)
    words = catalogue.load(code, catalogue.default_folder()).translations
    voice = Voice(spoken_in=spoken_in, fallbacks=("en",), translations=words)
    return figures(records, voice=voice, calendar=Calendar(spoken_in))


@pytest.mark.parametrize(
    ("precision", "english", "arabic"),
    [
        ("exact", "40", "40"),
        ("at_least", "at least 40", "ما لا يقل عن 40"),
        ("more_than", "more than 40", "أكثر من 40"),
        ("up_to", "up to 40", "حتى 40"),
        ("about", "about 40", "نحو 40"),
        ("range", "40 to 50", "بين 40 و50"),
    ],
)
def test_claim_says_how_sure_it_is(precision: str, english: str, arabic: str) -> None:
    record = programme.claim("Observer", 40, precision, 50 if precision == "range" else None)
    assert told(record)[0].claims[0].amount.striptags() == english
    assert told(record, code="ar")[0].claims[0].amount.striptags() == arabic


def test_claims_about_the_same_thing_stand_side_by_side_in_the_order_given() -> None:
    figure, *others = told(programme.claim("A", 70, "more_than"), programme.claim("B", 64))
    assert others == []
    assert figure.disputed
    assert [claim.amount.striptags() for claim in figure.claims] == ["more than 70", "64"]
    assert [claim.source.striptags() for claim in figure.claims] == [
        "according to A · as of 23 March 2018",
        "according to B · as of 23 March 2018",
    ]


def test_claims_about_other_groups_are_other_figures() -> None:
    women, men = programme.claim("A", 70), msgspec.structs.replace(programme.claim("A", 30), group={"en": "young men"})
    assert [figure.subject.striptags() for figure in told(women, men)] == [
        "young women · took part in the race",
        "young men · took part in the race",
    ]


def test_unit_is_told_unless_it_is_people_of_a_named_group() -> None:
    leaflets = FigureRecord(what=scenery.GIVEN, unit=scenery.LEAFLETS, quantity=1200, precision="about")
    assert told(leaflets)[0].subject.striptags() == "leaflets · given out"
    crowd = FigureRecord(what=scenery.ATTENDED, unit=scenery.PEOPLE, quantity=30)
    assert told(crowd)[0].subject.striptags() == "people · attended"


def test_withheld_number_is_told_as_withheld_and_its_value_nowhere(read_pages: dict[str, Page]) -> None:
    secret = FigureRecord(what=scenery.ATTENDED, unit=scenery.PEOPLE, quantity=3, withheld=True)
    claim = told(secret)[0].claims[0]
    assert (claim.amount, claim.withheld) == ("", True)
    page = read_pages["en/weeks/kahramana-week/training/index.html"].text()
    assert "over 60 : withheld" in page.replace("over 60:", "over 60 :")
    assert "Small numbers are withheld" in page


def test_number_that_was_not_stated_is_no_zero() -> None:
    silent = FigureRecord(what=scenery.ATTENDED, unit=scenery.PEOPLE)
    assert told(silent)[0].claims[0].amount == ""


def test_large_numbers_have_separators_and_plain_digits() -> None:
    large = FigureRecord(what=scenery.GIVEN, unit=scenery.LEAFLETS, quantity=12000)
    assert [told(large, code=code)[0].claims[0].amount.striptags() for code in ("en", "ar", "ckb")] == ["12,000"] * 3


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (2, "women", "من النساء"),
        (7, "women", "نساء"),
        (25, "women", "امرأة"),
        (103, "women", "نساء"),
    ],
)
def test_noun_takes_the_form_that_its_number_asks_for(number: int, english: str, arabic: str) -> None:
    group = {"en": "women", "ar": "نساء"}
    claim = msgspec.structs.replace(programme.claim("A", number), group=group)
    nouns = [told(claim, code=code)[0].claims[0].subject.striptags().split(" · ")[0] for code in ("en", "ar")]
    assert nouns == [english, arabic]


def test_noun_of_a_number_that_is_not_told_and_of_own_groups_is_their_label() -> None:
    group = {"en": "women", "ar": "نساء"}
    withheld = msgspec.structs.replace(programme.claim("A", 25), group=group, withheld=True, quantity=None)
    own = msgspec.structs.replace(programme.claim("A", 25), group={"en": "tailors", "ar": "خياطات"})
    nouns = [told(claim, code="ar")[0].claims[0].subject.striptags().split(" · ")[0] for claim in (withheld, own)]
    assert nouns == ["نساء", "خياطات"]
