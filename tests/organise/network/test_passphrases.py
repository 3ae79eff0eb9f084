"""Passphrases may be anything but short, stolen, local or a pattern, in every script (P-82)."""

import pytest

from tadamun.organise.network import rules
from tadamun.toolkit.passphrases import Easy, easy

pytestmark = pytest.mark.pure
WORDS = ["Kahramana", "Baghdad", "بغداد", "كهرمانة", "کەهرەمانە", "Layla"]

GOOD = [
    "twelve stars over the river",
    "نخلة قمر دراجة سماء",
    "ئەستێرە و ڕووبار و دار",
    "heyv û çem û dar û nan",
    "quattro sedie e un limone",
    "x" * 3 + " river of 64 and more signs, none of which has to be anything " + "🙂" * 5,
    "Baghdad has twelve quiet bridges",
]


@pytest.mark.parametrize("passphrase", GOOD)
def test_any_words_in_any_script_will_do(passphrase: str) -> None:
    assert rules.passphrase_will_do(passphrase, second_factor=False, words=WORDS)


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("password1234567", Easy.COMMON),
        ("P a s s w o r d 1", Easy.COMMON),
        ("ژن ژیان ئازادی", Easy.COMMON),
        ("بِسْمِ اللّهِ الرَّحْمَنِ الرَّحِيم", Easy.COMMON),
        ("jin, jiyan, azadî!", Easy.COMMON),
        ("bismillah bismillah", Easy.COMMON),
        ("Kahramana Baghdad 2018", Easy.LOCAL),
        ("بغداد كهرمانه ٢٠١٨", Easy.LOCAL),
        ("کەهرەمانە بەغداد", Easy.LOCAL),
        ("LaylaLaylaLayla26", Easy.LOCAL),
        ("a" * 80, Easy.PATTERN),
        ("abcabcabcabcabc", Easy.PATTERN),
        ("qwertyuiop asdfghjkl", Easy.PATTERN),
        ("١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", Easy.PATTERN),
        ("ضصثقفغعهخحجد شسيب", Easy.PATTERN),
    ],
)
def test_the_first_guesses_are_refused_with_their_reason(passphrase: str, why: Easy) -> None:
    assert easy(passphrase, words=[*WORDS, "بەغداد"]) is why
    assert not rules.passphrase_will_do(passphrase, second_factor=True, words=[*WORDS, "بەغداد"])


def test_what_is_refused_here_is_fine_where_the_words_mean_nothing() -> None:
    assert easy("Kahramana Baghdad 2018") is None


def test_length_counts_and_a_second_factor_makes_it_shorter() -> None:
    assert not rules.passphrase_will_do("fig lamp wolf", second_factor=False, words=[])
    assert rules.passphrase_will_do("fig lamp wolf", second_factor=True, words=[])
    assert not rules.passphrase_will_do("fig lam", second_factor=True, words=[])
    assert "15" in str(rules.passphrase_will_do("fig lamp wolf", second_factor=False, words=[]).reason)
    assert not rules.passphrase_will_do("ab cd ef gh " * 100, second_factor=False, words=[])
