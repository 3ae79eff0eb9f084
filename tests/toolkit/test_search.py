"""She is found however her name was typed."""

import pytest

from tadamun.toolkit import search

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("احمد", "أحمد"),
        ("فاطمه", "فاطمة"),
        ("ليلى", "ليلي"),
        ("علي", "على"),
        ("کریم", "كريم"),
        ("زینب", "زينب"),
        ("هەولێر", "هه‌ولێر"),
        ("کوردستان", "كوردستان"),
        ("محمد", "مُحَمَّد"),
        ("سلام", "ســـلام"),
        ("بصرة", "البصرة"),
        ("البصره", "بصرة"),
        ("0770", "٠٧٧٠"),
        ("0770", "۰۷۷۰"),
        ("zaynab", "ZAYNAB"),
        ("Jose", "José"),
        ("Tamimi", "al-Tamimi"),
        ("Al-Tamimi", "Tamimi"),
        ("ڕۆژ", "روژ"),
    ],
)
def test_two_ways_to_write_one_name_find_each_other(typed: str, stored: str) -> None:
    assert search.finds(typed, [stored])
    assert search.folded(typed) == search.folded(stored)


@pytest.mark.parametrize(("typed", "stored"), [("أحمد", "محمد"), ("ليلى", "هدى"), ("0771", "٠٧٧٠"), ("Ali", "Noor")])
def test_another_name_is_not_found(typed: str, stored: str) -> None:
    assert not search.finds(typed, [stored])


def test_all_words_must_be_there_in_any_order_and_any_field() -> None:
    fields = ["زينب حسن", "+964 770 123 4567"]
    assert search.finds("حسن زينب", fields)
    assert search.finds("7701234567", fields)
    assert search.finds("زینب 0123".replace("0123", "770"), fields)
    assert not search.finds("زينب علي", fields)


def test_an_empty_question_finds_everything() -> None:
    assert search.finds("", ["anything"])
    assert search.finds(" \u200c ", ["anything"])


def test_a_name_that_begins_like_the_article_keeps_its_letters() -> None:
    assert search.folded("Ali") == "ali"
    assert search.folded("الا") == "الا"
