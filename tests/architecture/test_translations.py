"""Every word of the interface stands in every language, whole and in the right script."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tadamun.config.environment import Environment
from tadamun.toolkit.languages.registry import language
from tests.architecture.messages import Key, catalogue, faults, key, marked, placeholders, wordings

pytestmark = pytest.mark.pure

LANGUAGES = [code for code in Environment.read({}).languages if code != "en"]
PLURAL_FORMS = {"ar": 6, "ckb": 2}
ARABIC_SCRIPT = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5]")
# Letters that belong to the other language's keyboard and look alike.
FOREIGN_LETTERS = {"ar": re.compile("[یکگپچژەێۆڕڵڤ]"), "ckb": re.compile("[يكةىأإؤ]")}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_is_translated(code: str) -> None:
    there = {key(message) for message in catalogue(code) if message.id and all(wordings(message))}
    missing = [
        f"  {place}: {words!r}" for (words, context), place in marked().items() if Key(words, context) not in there
    ]
    assert not missing, f"{len(missing)} missing in {code}:\n" + "\n".join(missing)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_translation_is_left_over(code: str) -> None:
    stale = [message.id for message in catalogue(code) if message.id and key(message) not in marked()]
    assert not stale, f"{len(stale)} of {code} are no longer marked in the source: {stale}"
    assert not catalogue(code).obsolete


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_are_whole(code: str) -> None:
    found = {str(message.id): list(faults(message, PLURAL_FORMS[code])) for message in catalogue(code) if message.id}
    assert {words: what for words, what in found.items() if what} == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_catalogue_says_the_plural_forms_of_its_language(code: str) -> None:
    assert catalogue(code).num_plurals == PLURAL_FORMS[code]
    tags = {language(code).locale.plural_form(number) for number in range(1000)}
    assert len(tags) == PLURAL_FORMS[code]


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_are_in_the_language_s_own_script(code: str) -> None:
    strange = [
        words
        for message in catalogue(code)
        if message.id
        for words in wordings(message)
        if re.search("[A-Za-z]", re.sub(r"%\(\w+\)s|\{\w*\}", "", str(message.id)))
        and (not ARABIC_SCRIPT.search(words) or FOREIGN_LETTERS[code].search(words))
    ]
    assert strange == []


# --- the checks see what they check -------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "what"),
    [
        (Message("Week", ""), ["not translated"]),
        (Message("Week", "أسبوع", flags=["fuzzy"]), ["marked as fuzzy"]),
        (Message("In %(place)s", "في المكان"), ["leaves out ['%(place)s']"]),
        (Message("By %(who)s", "%(whom)s"), ["fills in ['%(whom)s'], which nobody provides", "leaves out ['%(who)s']"]),
        (Message("Hosted by ", "يستضيفه"), ["begins or ends with other spaces"]),
        (Message(("%(n)s week", "%(n)s weeks"), ("أسبوع", "%(n)s أسابيع")), ["2 plural forms instead of 6"]),
        (Message("In %(place)s", "في %(place)s"), []),
    ],
)  # fmt: skip
def test_fault_is_seen(message: Message, what: list[str]) -> None:
    assert list(faults(message, 6)) == what


def test_marked_words_are_found_in_code_and_in_templates() -> None:
    places = {place.split(":")[0] for place in marked().values()}
    assert any(place.endswith("vocabulary.py") for place in places)
    assert any(place.endswith(".html") for place in places)
    assert Key("in the morning", None) in marked()


def test_placeholders_are_told_by_name() -> None:
    assert placeholders("%(a)s of {b} and {c:d}, 5% each, {{d}}") == {"%(a)s", "b", "c"}


def test_missing_catalogue_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        catalogue("ar", tmp_path)
