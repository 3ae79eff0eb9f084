"""Languages need no code; texts are said in the best wording there is."""

from datetime import date

import pytest
from babel.dates import format_date
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from tadamun.toolkit.languages.fields import TextColumn, label_in
from tadamun.toolkit.languages.registry import UnknownLanguage, closest, language
from tadamun.toolkit.languages.text import Spoken, spoken

pytestmark = pytest.mark.pure

WORDS = {"en": "Picnic", "ar": "نزهة"}


@pytest.mark.parametrize(
    ("code", "own_name", "direction"),
    [
        ("en", "English", "ltr"),
        ("ar", "العربية", "rtl"),
        ("ckb", "کوردی", "rtl"),
        ("kmr", "Kurdî", "ltr"),
        ("it", "italiano", "ltr"),
    ],
)
def test_language_knows_its_name_and_direction(code: str, own_name: str, direction: str) -> None:
    found = language(code)
    assert (found.code, found.own_name, found.direction) == (code, own_name, direction)
    assert found.right_to_left is (direction == "rtl")


def test_arabic_has_the_months_of_iraq() -> None:
    assert language("ar").locale.months["format"]["wide"][3] == "آذار"


def test_every_language_has_months_of_its_own() -> None:
    march = {code: language(code).locale.months["format"]["wide"][3] for code in ("en", "ar", "ckb", "kmr", "it")}
    assert len(set(march.values())) == len(march)


@pytest.mark.parametrize("code", ["xx", "", "en/../ar", "../../etc/passwd", "e", "en_", "not-a-language", "\0"])
def test_unknown_language_is_refused(code: str) -> None:
    with pytest.raises(UnknownLanguage):
        language(code)


@pytest.mark.parametrize(
    ("requested", "found"),
    [("ckb", "ckb"), ("ku", "ckb"), ("KU-arab", "ckb"), ("ar-IQ", "ar"), ("ar_IQ", "ar"), ("en-GB", "en"), ("zh", None),
     ("", None), ("*", None)],
)  # fmt: skip
def test_reader_gets_the_closest_language(requested: str, found: str | None) -> None:
    assert closest(requested, ("en", "ar", "ckb")) == found


def test_wording_is_that_of_the_reader_then_a_fallback_then_any() -> None:
    assert spoken(WORDS, "ar") == Spoken("نزهة", "ar")
    assert spoken(WORDS, "ckb", ("en", "ar")) == Spoken("Picnic", "en")
    assert spoken({"it": "picnic"}, "ckb", ("en",)) == Spoken("picnic", "it")
    assert spoken({"ar": "", "en": "Picnic"}, "ar") == Spoken("Picnic", "en")


@pytest.mark.parametrize("nothing", [None, {}, {"ar": ""}])
def test_no_wording_is_empty_words(nothing: dict[str, str] | None) -> None:
    assert spoken(nothing, "ckb") == Spoken("", "ckb")


@given(
    text=st.dictionaries(st.sampled_from(["en", "ar", "ckb", "kmr"]), st.text()),
    wanted=st.sampled_from(["en", "ar", "ckb"]),
    fallbacks=st.lists(st.sampled_from(["en", "ar", "ckb"])),
)
def test_words_are_found_when_there_are_any_and_named_rightly(
    text: dict[str, str], wanted: str, fallbacks: list[str]
) -> None:
    words, code = spoken(text, wanted, fallbacks)
    assert bool(words) is any(text.values())
    assert text.get(code, "") == words


def test_column_drops_empty_wordings_and_has_one_order() -> None:
    column = TextColumn()
    assert column.get_prep_value({"en": "b", "ar": "a", "ckb": ""}) == {"ar": "a", "en": "b"}
    assert list(column.get_prep_value({"en": "b", "ar": "a"})) == ["ar", "en"]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"xx": "words"}, "“xx” is not a language code."),
        ({"en": 5}, "The wording in “en” is not a text."),
        (["words"], "A text is a wording for each language."),
        ("words", "A text is a wording for each language."),
    ],
)
def test_column_refuses_what_is_no_text(value: object, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        TextColumn().clean(value, None)


def test_column_accepts_a_text() -> None:
    assert TextColumn().clean(WORDS, None) == WORDS


# Django itself brings translations of these two.
YES, MARCH = gettext_lazy("Yes"), pgettext_lazy("alt. month", "March")


def test_label_is_said_in_each_language_that_has_it() -> None:
    assert label_in(("en", "ar"), YES) == {"en": "Yes", "ar": "نعم"}


def test_label_without_a_translation_is_not_english_in_disguise() -> None:
    assert label_in(("en", "ar", "ckb"), gettext_lazy("nobody translated this")) == {"en": "nobody translated this"}


def test_plain_word_of_the_code_is_english() -> None:
    assert label_in(("en", "ar"), "nobody translated this") == {"en": "nobody translated this"}


@pytest.mark.parametrize("active", ["ar", "en", None])
def test_label_does_not_depend_on_the_language_of_the_moment(active: str | None) -> None:
    with translation.override(active):
        assert label_in(("en", "ar"), YES) == {"en": "Yes", "ar": "نعم"}
        assert label_in(("ar",), MARCH)["ar"]


def test_label_cannot_be_spoilt_by_who_asked_before() -> None:
    label_in(("en", "ar"), YES)["ar"] = "spoilt"
    assert label_in(("en", "ar"), YES)["ar"] == "نعم"


def test_days_and_months_are_spelled_as_people_write_them() -> None:
    sorani, arabic = language("ckb").locale, language("ar").locale
    assert format_date(date(2026, 12, 11), "EEEE d MMMM", locale=sorani) == "هەینی 11 کانوونی یەکەم"
    assert sorani.months["stand-alone"]["wide"][1] == "کانوونی دووەم"
    assert arabic.days["stand-alone"]["short"][0] == "اثنين"
