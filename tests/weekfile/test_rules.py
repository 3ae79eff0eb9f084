"""What a week file must not say: one story for each rule, and next to it the file in which the rule is kept."""

import pytest

from tadamun.weekfile.checking import RULES
from tests.weekfile.worlds import told

pytestmark = pytest.mark.pure

HEAD = """\
format: tadamun-week/1
week: {slug: spring, form: week, titles: Spring, start: 2018-03-21, end: 2018-03-28%s}
organisations:
  - {slug: kahramana, kind: path, names: Kahramana%s}
  - {slug: some-party, kind: party, names: A party}
places:
  - {slug: baghdad, kind: city, names: Baghdad%s}
"""


def file(
    *,
    week: str = "",
    organisation: str = "",
    place: str = "",
    sitting: str = "start: 2018-03-22",
    activity: str = "",
    rest: str = "",
) -> str:
    """A week with one activity of one sitting, with the given things added or put in place of what is right."""
    head = HEAD % tuple(f", {more}" if more else "" for more in (week, organisation, place))
    more = f", {activity}" if activity else ""
    return f"{head}activities:\n  - {{slug: talk, kind: talk, titles: Talk, sittings: [{{{sitting}}}]{more}}}\n{rest}"


def figure(words: str) -> str:
    return file(activity=f"figures: [{{counted: attended, {words}}}]")


def involvement(words: str) -> str:
    return file(week=f"involvements: [{{{words}}}]")


def promise(words: str) -> str:
    return file(week=f"promises: [{{slug: again, text: Again, {words}}}]")


def person(words: str) -> str:
    return file(activity=f"people: [{{role: speaker, {words}}}]")


def campaign(words: str) -> str:
    return file(rest=f"campaigns:\n  - {{slug: days, names: Days, {words}}}\n")


S, F = "activities[0].sittings[0]", "activities[0].figures[0]"
LONG = "x" * 301

# rule → what breaks it, what is told, what keeps it
UID = "5d0c3c6e-6d5b-4b0e-9c5f-3f1f7f1d2a64"
PARK = "  - {slug: park, kind: venue, names: Park, within: baghdad}\nactivities:"
TOO_LARGE = "2147483648"

STORIES: list[tuple[str, str, str, str]] = [
    (
        "slugs_are_well_formed",
        file(rest="series:\n  - {slug: Big One, names: Big}\n"),
        "series[0].slug: “Big One” cannot be part of an address.",
        file(rest="series:\n  - {slug: big-one, names: Big}\n"),
    ),
    (
        "slugs_are_well_formed",
        file(rest=f"series:\n  - {{slug: {'a' * 81}, names: Big}}\n"),
        f"series[0].slug: “{'a' * 60}” cannot be part of an address.",
        file(rest=f"series:\n  - {{slug: {'a' * 80}, names: Big}}\n"),
    ),
    (
        "week_slug_is_not_a_number",
        file().replace("slug: spring", "slug: 2018"),
        "week.slug: The slug of a week cannot be a number only.",
        file().replace("slug: spring", "slug: week-2018"),
    ),
    (
        "slugs_are_given_once",
        file(rest="series:\n  - {slug: a, names: A}\n  - {slug: a, names: B}\n"),
        "series[1].slug: The slug “a” is given twice.",
        file(rest="series:\n  - {slug: a, names: A}\n  - {slug: b, names: B}\n"),
    ),
    (
        "slugs_are_given_once",
        file(week="promises: [{slug: a, text: A}]", activity="promises: [{slug: a, text: B}]"),
        "activities[0].promises[0].slug: The slug “a” is given twice.",
        file(week="promises: [{slug: a, text: A}]", activity="promises: [{slug: b, text: B}]"),
    ),
    (
        "photo_files_are_given_once",
        file(rest="photos:\n  - {file: a.jpg, caption: A}\n  - {file: a.png, caption: B}\n"),
        "photos[1].file: “a.png” and “a.jpg” would have the same name.",
        file(rest="photos:\n  - {file: a.jpg, caption: A}\n  - {file: b.png, caption: B}\n"),
    ),
    (
        "uids_are_uuids_of_their_own",
        file(activity="uid: 12"),
        "activities[0].uid: “12” is not a UUID.",
        file(activity=f"uid: {UID}"),
    ),
    (
        "uids_are_uuids_of_their_own",
        file(activity=f"uid: {UID}", week=f"uid: {UID}"),
        f"activities[0].uid: The uid {UID} already belongs to another entry of this file.",
        file(activity=f"uid: {UID}"),
    ),
    (
        "mentions_are_found",
        file(sitting="start: 2018-03-22, place: bagdad"),
        f"{S}.place: There is no place “bagdad”.",
        file(sitting="start: 2018-03-22, place: baghdad"),
    ),
    ("mentions_are_found", involvement("type: host, organisation: nobody"),
     "week.involvements[0].organisation: There is no organisation “nobody”.",
     involvement("type: host, organisation: kahramana")),
    ("mentions_are_found", file(week="occasions: [newroz]"),
     "week.occasions[0]: There is no occasion “newroz”.", file()),
    ("mentions_are_found", figure("quantity: 1, source: none"), f"{F}.source: There is no source “none”.",
     figure("quantity: 1")),
    ("mentions_are_found", file(activity="edition: {series: none}"),
     "activities[0].edition.series: There is no series “none”.", file(activity="edition: {number: 3}")),
    ("mentions_are_found", file(activity="contributions: [{campaign: none}]"),
     "activities[0].contributions[0].campaign: There is no campaign “none”.", file()),
    (
        "mentioned_activities_are_found",
        promise("kept_by: walk"),
        "week.promises[0].kept_by: This week has no activity “walk”.",
        promise("kept_by: talk"),
    ),
    (
        "mentioned_activities_are_found",
        file(rest="photos:\n  - {file: a.jpg, caption: A, activity: walk}\n"),
        "photos[0].activity: This week has no activity “walk”.",
        file(rest="photos:\n  - {file: a.jpg, caption: A, activity: talk}\n"),
    ),
    (
        "mentioned_activities_are_found",
        promise("kept_by: autumn/talk"),
        "week.promises[0].kept_by: The week “autumn” is not here yet, so this link is left out.",
        promise("kept_by: spring/talk"),
    ),
    (
        "nothing_is_tied_to_itself",
        file(organisation="ties: [{type: part_of, to: kahramana}]"),
        "organisations[0].ties[0].to: An organisation cannot be tied to itself.",
        file(organisation="ties: [{type: part_of, to: some-party}]"),
    ),
    (
        "nothing_is_tied_to_itself",
        file(organisation="ties: [{type: part_of, to: some-party}, {type: part_of, to: some-party}]"),
        "organisations[0].ties[1].to: This tie is stated twice.",
        file(organisation="ties: [{type: part_of, to: some-party}, {type: run_by, to: some-party}]"),
    ),
    (
        "nothing_is_tied_to_itself",
        file(activity="relations: [{type: prepares, to: spring/talk}]"),
        "activities[0].relations[0].to: An activity cannot be related to itself.",
        file(),
    ),
    (
        "places_do_not_lie_within_themselves",
        file(place="within: park").replace("activities:", PARK),
        "places[0].within: This place lies within itself: baghdad › park › baghdad.",
        file().replace("activities:", PARK),
    ),
    (
        "spans_run_forwards",
        file(sitting="start: 2018-03-24, end: 2018-03-22"),
        f"{S}.end: The end, 2018-03-22, lies before the start, 2018-03-24.",
        file(sitting="start: 2018-03-22, end: 2018-03-24"),
    ),
    (
        "spans_run_forwards",
        file(activity="postponements: [{announced_start: 2018-03-22, moved_end: 2018-04-01}]"),
        "activities[0].postponements[0].moved_end: A last day is stated, but no first one.",
        file(activity="postponements: [{announced_start: 2018-03-22, moved_start: 2018-04-01, moved_end: 2018-04-01}]"),
    ),
    (
        "hours_run_forwards",
        file(sitting="start: 2018-03-22, start_time: 16:00, end_time: 15:00"),
        f"{S}.end_time: It ends at 15:00, before it starts at 16:00.",
        file(sitting="start: 2018-03-22, end: 2018-03-23, start_time: 16:00, end_time: 01:00"),
    ),
    (
        "hours_run_forwards",
        file(sitting="start: 2018-03-22, end_time: 15:00"),
        f"{S}.end_time: An hour of the end is stated, but none of the start.",
        file(sitting="start: 2018-03-22, start_time: 14:00, end_time: 15:00"),
    ),
    (
        "weekdays_match_their_dates",
        file(sitting="start: 2018-03-24, weekday: friday"),
        f"{S}.weekday: 2018-03-24 is a saturday, not a friday.",
        file(sitting="start: 2018-03-24, weekday: saturday"),
    ),
    (
        "weekdays_match_their_dates",
        file(sitting="start: 2018-03-24, weekday: Sabt"),
        f"{S}.weekday: “Sabt” is not a weekday.",
        file(sitting="start: 2018-03-24"),
    ),
    (
        "sittings_lie_in_their_week",
        file(sitting="start: 2018-03-29"),
        f"{S}.start: 2018-03-29 to 2018-03-29 lies outside the week, which runs from 2018-03-21 to 2018-03-28.",
        file(sitting="start: 2018-03-29").replace("form: week", "form: campaign"),
    ),
    (
        "sittings_lie_in_their_week",
        file(sitting="start: 2018-03-29"),
        f"{S}.start: 2018-03-29 to 2018-03-29 lies outside the week, which runs from 2018-03-21 to 2018-03-28.",
        file(sitting="start: 2018-03-29", activity="postponements: [{announced_start: 2018-03-28}]"),
    ),
    (
        "uncertain_days_say_how_many",
        file(sitting="start: 2018-03-25, end: 2018-03-27, precision: between"),
        f"{S}.precision: It is not said on how many of these days it took place.",
        file(sitting="start: 2018-03-25, end: 2018-03-27, precision: between, days: 2"),
    ),
    (
        "uncertain_days_say_how_many",
        file(sitting="start: 2018-03-25, end: 2018-03-27, precision: between, days: 4"),
        f"{S}.days: There are 3 days from start to end, so “days” cannot be 4.",
        file(sitting="start: 2018-03-25, end: 2018-03-27, precision: between, days: 3"),
    ),
    (
        "uncertain_days_say_how_many",
        file(sitting="start: 2018-03-25, days: 1"),
        f"{S}.days: “days” only says something of days that are not known exactly.",
        file(sitting="start: 2018-03-25"),
    ),
    (
        "campaigns_last_as_long_as_they_say",
        campaign("start: 2018-02-14, end: 2018-03-08, days: 22"),
        "campaigns[0].days: From 2018-02-14 to 2018-03-08 it is 23 days, first and last included, not 22.",
        campaign("start: 2018-02-14, end: 2018-03-08, days: 23"),
    ),
    (
        "campaigns_last_as_long_as_they_say",
        campaign("days: 23"),
        "campaigns[0].days: The length is stated, but not from when to when.",
        campaign("url: https://example.org/"),
    ),
    (
        "places_told_later_say_when",
        file(sitting="start: 2018-03-22, tell_place: later"),
        f"{S}.tell_place: The place is told later, but it is not said when.",
        file(sitting="start: 2018-03-22, tell_place: later, told_from: 2018-03-21T18:00"),
    ),
    (
        "places_told_later_say_when",
        file(sitting="start: 2018-03-22, told_from: 2018-03-21T18:00"),
        f"{S}.told_from: “told_from” only says something together with “tell_place: later”.",
        file(sitting="start: 2018-03-22, tell_place: never"),
    ),
    (
        "time_zones_are_known",
        file(week="timezone: Iraq/Baghdad"),
        "week.timezone: There is no time zone “Iraq/Baghdad”.",
        file(week="timezone: Asia/Baghdad"),
    ),
    (
        "editions_say_something",
        file(week="edition: {}"),
        "week.edition: Neither a series nor a number is stated.",
        file(week="edition: {number: 3}"),
    ),
    ("quantities_are_possible", figure("quantity: -1"), f"{F}.quantity: A quantity is never below 0.",
     figure("quantity: 0")),
    (
        "quantities_are_possible",
        figure("quantity: 1, precision: about, parts: {city: {a: -1}}, group_names: {a: A}"),
        f"{F}.parts.city.a: A quantity is never below 0.",
        figure("quantity: 1, precision: about, parts: {city: {a: 1}}, group_names: {a: A}"),
    ),
    ("ranges_have_both_ends", figure("quantity: 750, precision: range"), f"{F}.precision: A range needs its upper end.",
     figure("quantity: 750, quantity_max: 1000, precision: range")),
    (
        "ranges_have_both_ends",
        figure("quantity: 1000, quantity_max: 750, precision: range"),
        f"{F}.quantity_max: The upper end, 750, is below the lower one, 1000.",
        figure("quantity: 750, quantity_max: 750, precision: range"),
    ),
    (
        "ranges_have_both_ends",
        figure("quantity: 750, quantity_max: 1000"),
        f"{F}.quantity_max: “quantity_max” is the upper end of a range, but this is no range.",
        figure("quantity: 750"),
    ),
    (
        "parts_agree_with_their_total",
        figure("quantity: 22, precision: about, parts: {sex: {women: 12, men: 12}}"),
        f"{F}.parts.sex: The parts add up to 24, more than the total of 22.",
        figure("quantity: 24, precision: about, parts: {sex: {women: 12, men: 11}}"),
    ),
    (
        "parts_agree_with_their_total",
        figure("quantity: 22, parts: {sex: {women: 10, men: 11}}"),
        f"{F}.parts.sex: The parts add up to 21, but the total is exactly 22.",
        figure("quantity: 22, parts: {sex: {women: 10, men: 12}}"),
    ),
    (
        "parts_agree_with_their_total",
        figure("quantity: 22, parts: {sex: {women: 10, men: 11}}"),
        f"{F}.parts.sex: The parts add up to 21, but the total is exactly 22.",
        figure("quantity: 22, parts: {city: {hit: 2}}, group_names: {hit: Hit}"),
    ),
    (
        "group_names_belong_to_groups",
        figure("quantity: 2, group: youth, group_names: {youht: Youth, youth: Youth}"),
        f"{F}.group_names.youht: This figure has no group “youht”.",
        figure("quantity: 2, group: youth, group_names: {youth: Youth}"),
    ),
    (
        "group_names_belong_to_groups",
        figure("quantity: 2, group: unionists"),
        f"{F}: The group “unionists” has no name for readers.",
        figure("quantity: 2, group: women"),
    ),
    (
        "involvements_name_one_body",
        involvement("type: host"),
        "week.involvements[0]: Nobody is named here.",
        involvement("type: host, collective: Volunteers"),
    ),
    (
        "involvements_name_one_body",
        involvement("type: host, organisation: kahramana, collective: Volunteers"),
        "week.involvements[0].collective: Both an organisation and a collective are named.",
        involvement("type: host, organisation: kahramana"),
    ),
    (
        "parties_take_part_but_are_no_partners",
        involvement("type: partnership, organisation: some-party"),
        "week.involvements[0].type: “some-party” is a party or bloc, which cannot be “partnership”.",
        involvement("type: invited, organisation: some-party"),
    ),
    (
        "agreements_have_no_date_before_they_are_made",
        involvement("type: host, organisation: kahramana, signed_off_on: 2018-03-01"),
        "week.involvements[0].signed_off_on: A day of agreement is stated, but no agreement.",
        involvement("type: host, organisation: kahramana, sign_off: accepted, signed_off_on: 2018-03-01"),
    ),
    (
        "people_are_named_as_they_chose",
        person("name: Zaynab"),
        "activities[0].people[0].name: A name stands here, but the person is not to be named.",
        person("name: Zaynab, naming: first_name"),
    ),
    (
        "people_are_named_as_they_chose",
        person("naming: full_name"),
        "activities[0].people[0].naming: The person is to be named, but no name is stated.",
        person("quantity: 2"),
    ),
    (
        "promises_say_what_became_of_them",
        promise("state: held"),
        "week.promises[0].state: The promise is kept, but it is not said by which activity.",
        promise("state: held, kept_by: talk"),
    ),
    (
        "promises_say_what_became_of_them",
        promise("state: dropped"),
        "week.promises[0].state: The promise is dropped, but it is not said why.",
        promise("state: dropped, reason: No money"),
    ),
    (
        "words_fit_their_columns",
        file(organisation=f"ties: [{{type: part_of, to: some-party, according_to: {LONG}}}]"),
        "organisations[0].ties[0].according_to: This is 301 characters long.",
        file(organisation=f"ties: [{{type: part_of, to: some-party, according_to: {LONG[1:]}}}]"),
    ),
    ("whole_numbers_fit_their_columns", person("quantity: 32768"),
     "activities[0].people[0].quantity: “32768” cannot be used here.", person("quantity: 32767")),
    ("whole_numbers_fit_their_columns", file(activity="edition: {number: -1}"),
     "activities[0].edition.number: “-1” cannot be used here.", file(activity="edition: {number: 1}")),
    ("whole_numbers_fit_their_columns", figure(f"quantity: {TOO_LARGE}"),
     f"{F}.quantity: “{TOO_LARGE}” cannot be used here.",
     figure("quantity: 2147483647")),
    (
        "groups_fit_their_columns",
        figure(f"quantity: 2, group_names: {{{'g' * 41}: G}}, parts: {{city: {{{'g' * 41}: 2}}}}"),
        f"{F}.parts.city.{'g' * 41}: This is not the key of a group.",
        figure(f"quantity: 2, group_names: {{{'g' * 40}: G}}, parts: {{city: {{{'g' * 40}: 2}}}}"),
    ),
    (
        "lists_come_to_an_end",
        file(place=f"spellings: [{'a,' * 10_001}]"),
        "places[0].spellings: This list has 10001 entries.",
        file(place=f"spellings: [{'a,' * 10_000}]"),
    ),
    (
        "addresses_are_web_addresses",
        file(organisation="url: 'javascript:alert(1)'"),
        "organisations[0].url: “javascript:alert(1)” is not a web address.",
        file(organisation="url: https://example.org/"),
    ),
    (
        "points_lie_on_the_earth",
        file(place="point: [91, 44.4]"),
        "places[0].point: This point does not lie on the earth.",
        file(place="point: [33.3, 44.4]"),
    ),
    (
        "sources_are_in_a_language",
        file(rest="sources:\n  - {slug: a, titles: A, language: arabic}\n"),
        "sources[0].language: “arabic” is not a language.",
        file(rest="sources:\n  - {slug: a, titles: A, language: ar}\n"),
    ),
    (
        "details_are_right_for_their_kind",
        file().replace("kind: talk", "kind: training, details: {seats: 0}"),
        "activities[0].details.seats: ",
        file().replace("kind: talk", "kind: training, details: {seats: 1}"),
    ),
    (
        "photos_stand_beside_the_file",
        file(rest="photos:\n  - {file: ../a.jpg, caption: A}\n"),
        "photos[0].file: “../a.jpg” cannot be the name of a file beside the week file.",
        file(rest="photos:\n  - {file: photos/a.jpg, caption: A}\n"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "broken", "sentence", "kept"), STORIES, ids=[f"{n}-{s[0]}" for n, s in enumerate(STORIES)]
)
def test_rule_is_told_when_it_is_broken_and_silent_when_it_is_kept(
    rule: str, broken: str, sentence: str, kept: str
) -> None:
    assert [line.split(": ", 1)[1][: len(sentence)] for line in told(broken)] == [sentence], rule
    assert told(kept) == [], rule


def test_every_rule_has_a_story() -> None:
    here = {rule for rule, *_rest in STORIES} | {"promises_of_other_weeks_keep_their_slug"}
    assert here == {rule.__name__ for rule in RULES}
