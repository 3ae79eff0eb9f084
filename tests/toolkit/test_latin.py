"""Names in Arabic letters become addresses that people can read aloud."""

import re

import pytest
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st

from tadamun.toolkit.languages.latin import latin

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("سباق الناصرية", "sbaq al-nasriya"),
        ("أسبوع كهرمانة", "asbua khrmana"),
        ("النور", "al-nur"),
        ("بیروت", "birut"),
        ("گۆڕەپانی کەهرەمانە", "gorepani kehremane"),
        ("ڕێکخراوی ئافرەتان", "rekkhrawi afretan"),
        ("كەركووك", "kerkuk"),
        ("١٢ آذار", "12 adhar"),
        ("Rana سباق", "Rana sbaq"),
    ],
)
def test_names_are_written_as_road_signs_write_them(words: str, written: str) -> None:
    assert latin(words) == written


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئپچڕژڤکگڵۆیێەھ \u200c\u0651\u064e", min_size=1))
def test_every_letter_of_arabic_and_sorani_has_one(words: str) -> None:
    assert re.fullmatch(r"[a-z -]*", latin(words))
    assert slugify(latin(words)).isascii()
