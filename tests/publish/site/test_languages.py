"""Every page speaks its language to the end, and says so where it cannot."""

from datetime import date

import msgspec
import pytest

from tadamun.publish.site import catalogue
from tadamun.publish.site.calendar import Calendar
from tadamun.publish.site.leaves import site_leaves
from tadamun.publish.site.phrases import Phrases
from tadamun.publish.site.voice import Voice
from tadamun.record.structs import ContributionRecord, When
from tadamun.toolkit.languages.registry import language
from tests.publish.site import samples
from tests.publish.site.reading import Page, foreign_attributes, foreign_words, read

pytestmark = pytest.mark.pure


def phrases(code: str) -> Phrases:
    translations = catalogue.load(code, catalogue.default_folder()).translations
    spoken_in = language(code)
    return Phrases(Voice(spoken_in=spoken_in, fallbacks=("en",), translations=translations), Calendar(spoken_in))


@pytest.mark.parametrize("code", ["ar", "ckb"])
def test_page_has_no_english_words_that_are_not_marked_as_english(code: str, read_pages: dict[str, Page]) -> None:
    of_language = {path: page for path, page in read_pages.items() if path.startswith(f"{code}/")}
    assert len(of_language) > 20
    left = {path: words for path, page in of_language.items() if (words := foreign_words(page, language=code))}
    assert left == {}
    read_aloud = {
        path: words for path, page in of_language.items() if (words := foreign_attributes(page, language=code))
    }
    assert read_aloud == {}


def test_checker_of_words_sees_an_untranslated_sentence() -> None:
    page = read(b'<html lang="ar"><body><p>Weeks</p><p lang="en">Weeks</p><p><bdi>Tammuz</bdi></p></body></html>')
    assert foreign_words(page, language="ar") == ["Weeks"]


@pytest.mark.parametrize("code", ["ar", "ckb"])
def test_every_sentence_of_the_pages_is_translated(code: str) -> None:
    """English is what a page falls back to; a page in English letters would be found above, this finds the cause."""
    spoken_in = catalogue.load(code, catalogue.default_folder()).translations
    for sentence in (
        "Weeks",
        "What was promised",
        "Skip to the content",
        "The exact place is told on %(day)s at %(time)s.",
    ):
        assert spoken_in.gettext(sentence) != sentence


def test_direction_follows_the_language(read_pages: dict[str, Page]) -> None:
    for path, page in read_pages.items():
        code = path.split("/")[0] if "/" in path else "en"
        html = page.all("html")[0].attributes
        assert (html["lang"], html["dir"]) == (code, "ltr" if code == "en" else "rtl")


def test_every_page_names_itself_in_all_languages_and_a_default(read_pages: dict[str, Page]) -> None:
    page = read_pages["ckb/weeks/kahramana-week/training/index.html"]
    links = {
        link.attributes["hreflang"]: link.attributes["href"]
        for link in page.all("link")
        if "hreflang" in link.attributes
    }
    base = "https://week.example.org"
    assert links == {
        "en": f"{base}/en/weeks/kahramana-week/training/",
        "ar": f"{base}/ar/weeks/kahramana-week/training/",
        "ckb": f"{base}/ckb/weeks/kahramana-week/training/",
        "x-default": f"{base}/en/weeks/kahramana-week/training/",
    }
    canonical = [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] == "canonical"]
    assert canonical == [f"{base}/ckb/weeks/kahramana-week/training/"]


def test_site_without_address_has_no_canonical_link_and_no_absolute_ones() -> None:
    leaves = site_leaves(site=samples.site(base_url=""), weeks=[], now=samples.AFTER)
    html = next(leaf.make() for leaf in leaves if leaf.path == "en/about/index.html")
    assert b"canonical" not in html
    assert b'hreflang="ar" href="/ar/about/"' in html


def test_wording_in_another_language_is_marked_and_said_to_be(pages: dict[str, bytes]) -> None:
    html = pages["ckb/weeks/kahramana-week/tea-and-talks/index.html"].decode()
    assert '<span lang="en" dir="ltr">Success stories of women, told by themselves.</span>' in html
    assert "بە زمانی ئینگلیزی" in html
    assert "بە زمانی" not in pages["ckb/weeks/kahramana-week/picnic/index.html"].decode()


def test_name_in_another_language_is_marked_without_a_note() -> None:
    voice = phrases("ar")._voice
    assert str(voice.name({"en": "Tammuz"})) == '<bdi lang="en">Tammuz</bdi>'
    assert str(voice.name({"ar": "تموز", "en": "Tammuz"})) == "<bdi>تموز</bdi>"
    assert str(voice.name({})) == ""


def test_dates_have_the_months_of_iraq_and_plain_digits(pages: dict[str, bytes]) -> None:
    arabic = pages["ar/weeks/kahramana-week/training/index.html"].decode()
    assert "الخميس، 22 آذار 2018" in arabic
    assert "22ی ئازاری 2018" in pages["ckb/weeks/kahramana-week/training/index.html"].decode()
    everything = "".join(html.decode() for path, html in pages.items() if path.startswith(("ar/", "ckb/")))
    assert "مارس" not in everything
    assert not any(digit in everything for digit in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    ("start", "end", "english", "arabic"),
    [
        (date(2018, 3, 21), date(2018, 3, 28), "21–28 March 2018", "21–28 آذار 2018"),
        (date(2018, 3, 30), date(2018, 4, 2), "30 March – 2 April 2018", "30 آذار – 2 نيسان 2018"),
        (
            date(2018, 12, 30),
            date(2019, 1, 2),
            "30 December 2018 – 2 January 2019",
            "30 كانون الأول 2018 – 2 كانون الثاني 2019",
        ),
        (date(2018, 3, 21), date(2018, 3, 21), "21 March 2018", "21 آذار 2018"),
    ],
)
def test_span_of_days_says_nothing_twice(start: date, end: date, english: str, arabic: str) -> None:
    def plain(words: str) -> str:
        return " ".join(words.replace("\u2009", " ").split())

    assert plain(Calendar(language("en")).span(start, end)) == english
    assert plain(Calendar(language("ar")).span(start, end)) == arabic


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "يوم واحد بين"),
        (2, "يومان بين"),
        (3, "3 أيام بين"),
        (11, "11 يومًا بين"),
        (100, "100 يوم بين"),
    ],
)
def test_arabic_counts_days_in_all_its_plural_forms(days: int, words: str) -> None:
    when = When(start=date(2018, 1, 1), end=date(2018, 6, 30), precision="between", days=days)
    assert str(phrases("ar").within_span(when)).startswith(words)


def test_uncertain_days_are_told_as_such_in_each_language() -> None:
    when = When(start=date(2018, 3, 25), end=date(2018, 3, 27), precision="between", days=2)
    assert phrases("en").when(when).striptags() == "2 days between 25 and 27 March 2018"
    assert phrases("ar").when(when).striptags() == "يومان بين 25 و27 آذار 2018"
    assert phrases("ckb").when(when).striptags() == "2 ڕۆژ لە نێوان 25 و 27ی ئازاری 2018"
    unknown = msgspec.structs.replace(when, days=None)
    assert phrases("en").when(unknown).striptags() == "between 25 and 27 March 2018"


def test_contribution_outside_its_campaign_is_told_by_how_many_days() -> None:
    late = ContributionRecord(slug="c", names={"en": "Campaign"}, outside_by_days=17)
    assert str(phrases("en").outside(late)) == "17 days after the campaign ended"
    assert str(phrases("ar").outside(late)) == "بعد انتهاء الحملة بـ17 يومًا"
    early = ContributionRecord(slug="c", names={"en": "Campaign"}, outside_by_days=-1)
    assert str(phrases("en").outside(early)) == "1 day before the campaign began"


def test_language_without_catalogue_needs_no_code() -> None:
    site = samples.site(languages=("kmr", "it"), name={"kmr": "Hevgirtin", "it": "Solidarietà"})
    leaves = {
        leaf.path: leaf
        for leaf in site_leaves(site=site, weeks=[samples.published(samples.kahramana_week())], now=samples.AFTER)
    }
    kurmanji = leaves["kmr/weeks/kahramana-week/index.html"].make().decode()
    assert 'lang="kmr" dir="ltr"' in kurmanji
    assert "adar" in kurmanji
    assert "marzo 2018" in leaves["it/weeks/kahramana-week/training/index.html"].make().decode()
