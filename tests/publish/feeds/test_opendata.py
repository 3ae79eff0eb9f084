"""Open data and guides: records that fit their schema, maps that name every page, nothing for another audience."""

import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import msgspec
import pytest

from tadamun.publish.feeds.leaves import feed_leaves
from tadamun.publish.feeds.scopes import WrongAudience
from tadamun.publish.feeds.sitemap import Contact
from tadamun.publish.feeds.wording import plain
from tadamun.publish.published import PublishedWeek, week_card
from tadamun.record.structs import WeekRecord
from tests.publish.feeds.programmes import everything, hostile_everywhere, published
from tests.publish.site import samples

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
NEXT_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def validator(made: dict[str, bytes]) -> Any:
    schema = json.loads(made["data/schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_every_record_fits_the_schema_and_comes_back_whole() -> None:
    week, coming = hostile_everywhere(samples.kahramana_week()), samples.coming_week()
    made = everything(week, coming)
    for record in (week, coming):
        data = made[f"data/weeks/{record.slug}.json"]
        validator(made).validate(json.loads(data))
        assert msgspec.json.decode(data, type=WeekRecord) == record
        assert data.startswith(b'{\n  "uid"')


@pytest.mark.parametrize(("field", "wrong"), [("start", "soon"), ("titles", ["a"]), ("form", "week"), ("uid", None)])
def test_the_schema_refuses_what_is_no_record(field: str, wrong: object) -> None:
    made = everything()
    record = json.loads(made["data/weeks/kahramana-week.json"]) | {field: wrong}
    with pytest.raises(jsonschema.ValidationError):
        validator(made).validate(record)


def test_the_index_names_every_week_and_where_its_record_lies() -> None:
    made = everything()
    index = json.loads(made["data/weeks.json"])
    assert [week["slug"] for week in index["weeks"]] == ["summer-days", "kahramana-week"]
    for week in index["weeks"]:
        assert week["record"].removeprefix("https://week.example.org/") in made
    assert index["schema"].removeprefix("https://week.example.org/") in made


@pytest.mark.parametrize("audience", ["coalition", "partner", "donor", "campaign", ""])
def test_a_record_for_another_audience_is_never_written(audience: str) -> None:
    week = samples.kahramana_week(audience=audience)
    refused = 0
    for leaf in feed_leaves(site=samples.site(), weeks=[published(week)]):
        if leaf.path.startswith("data/weeks/") or leaf.path.endswith(("marathon/index.jsonld", "week/index.jsonld")):
            with pytest.raises(WrongAudience, match="kahramana-week"):
                leaf.make()
            refused += 1
    assert refused == 1 + 2 * 3


def test_the_site_map_names_every_page_in_every_language() -> None:
    root = ET.fromstring(everything()["sitemap.xml"])
    urls = {str(url.findtext(f"{MAP}loc")): url for url in root}
    assert len(urls) == len(root)
    for code in ("en", "ar", "ckb"):
        for page in ("", "weeks/kahramana-week/marathon/", "organisations/sav/", "years/2018/", "promises/"):
            others = urls[f"https://week.example.org/{code}/{page}"].findall(LINK)
            assert [link.get("hreflang") for link in others] == ["en", "ar", "ckb", "x-default"]
            assert all(link.get("href") in {*urls, "https://week.example.org/"} for link in others)
    changed = urls["https://week.example.org/en/weeks/kahramana-week/"].findtext(f"{MAP}lastmod")
    assert changed == "2018-04-03"


def test_a_large_site_has_a_map_for_each_year() -> None:
    weeks = [samples.kahramana_week(slug=f"week-{number}", uid=f"u{number}") for number in range(70)]
    made = everything(*weeks)
    maps = [str(found.findtext(f"{MAP}loc")) for found in ET.fromstring(made["sitemap.xml"])]
    assert maps == ["https://week.example.org/sitemaps/site.xml", "https://week.example.org/sitemaps/2018.xml"]
    pages = [url for path in maps for url in ET.fromstring(made[path.removeprefix("https://week.example.org/")])]
    told = [str(url.findtext(f"{MAP}loc")) for url in pages]
    assert len(told) == len(set(told)) > 70 * 7 * 3
    assert "https://week.example.org/ar/weeks/week-69/debate/" in told


def test_without_an_address_there_is_no_map_and_no_word_of_one() -> None:
    made = everything(site=samples.site(base_url=""))
    assert not [path for path in made if path.startswith("sitemap")]
    assert b"Sitemap" not in made["robots.txt"]
    assert b"Sitemap: https://week.example.org/sitemap.xml" in everything()["robots.txt"]


def test_a_contact_for_weaknesses_is_published_only_when_given() -> None:
    def made(contact: Contact | None) -> dict[str, bytes]:
        leaves = feed_leaves(site=samples.site(), weeks=[], contact=contact)
        return {leaf.path: leaf.make() for leaf in leaves}

    told = made(Contact("mailto:safety@example.org", NEXT_YEAR))[".well-known/security.txt"].decode()
    assert "Contact: mailto:safety@example.org\nExpires: 2027-01-01T00:00:00+00:00\n" in told
    assert ".well-known/security.txt" not in made(None)
    with pytest.raises(ValueError, match="mailto"):
        made(Contact("mailto:a@example.org\nContact: mailto:evil@example.org", NEXT_YEAR))


def test_nothing_is_loaded_until_it_is_made_and_a_week_only_once() -> None:
    loaded: list[str] = []

    def load() -> WeekRecord:
        loaded.append("week")
        return samples.kahramana_week()

    week = samples.kahramana_week()
    leaves = list(feed_leaves(site=samples.site(), weeks=[PublishedWeek(week.slug, b"1", week_card(week), load)]))
    assert loaded == []
    for leaf in leaves:
        leaf.make()
    assert loaded == ["week"]


def test_fingerprints_change_with_what_is_printed_and_with_nothing_else() -> None:
    def prints(*weeks: WeekRecord, **site: Any) -> dict[str, bytes]:
        leaves = feed_leaves(site=samples.site(**site), weeks=[published(week) for week in weeks])
        return {leaf.path: leaf.fingerprint for leaf in leaves}

    one, two = samples.kahramana_week(), samples.coming_week()
    before = prints(one, two)
    assert prints(one, two) == before
    after = prints(one, msgspec.structs.replace(two, titles={"en": "Renamed"}))
    changed = {path for path in before if after[path] != before[path]}
    assert "feeds/en/weeks/summer-days/picnic.ics" in changed
    assert {"feeds/ar/all.atom", "data/weeks.json", "sitemap.xml", "data/weeks/summer-days.json"} <= changed
    assert not [path for path in changed if "kahramana-week" in path]
    assert not [path for path in changed if path.endswith("organisations/tammuz.ics")]
    moved = prints(one, two, base_url="https://elsewhere.example")
    assert all(moved[path] != before[path] for path in before)


def test_paths_are_unique_and_relative() -> None:
    weeks = [published(samples.kahramana_week()), published(samples.coming_week())]
    paths = [leaf.path for leaf in feed_leaves(site=samples.site(), weeks=weeks)]
    assert len(paths) == len(set(paths))
    assert not [path for path in paths if path.startswith("/") or ".." in path]


def test_words_are_cleaned_of_what_no_format_may_carry() -> None:
    assert plain("a\r\nb\rc\x85d\u2028e\x00\x1b\x7f\ud800\ufffe\x0bf") == "a\nb\nc\nd\ne\nf"
    assert plain("بغداد\u200fو\u2067x\u2069") == "بغداد\u200fو\u2067x\u2069"
