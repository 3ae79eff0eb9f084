"""Records as files: canonical, readable again, described by a JSON Schema."""

import json

import msgspec
import pytest
from jsonschema import Draft202012Validator

from tadamun.record.schema import decode, encode, week_schema
from tests.record.given import a_body, a_photo, a_place, a_sitting, a_week, an_activity, counted, involved, told

pytestmark = pytest.mark.django_db


def a_full_week():
    week = a_week()
    activity = an_activity(week, details={"seats": 25, "hours": 6})
    a_sitting(activity, place=a_place("park", latitude=33.3, longitude=44.4))
    involved(week, a_body("al-amal", names={"ckb": "ئەمەل", "ar": "الأمل", "en": "Al-Amal"}), activity)
    counted(week, activity, 25, group="women", split={"city": {"a": 13, "b": 12}})
    a_photo(week, activity)
    return told(week)


def test_record_is_read_as_it_was_written() -> None:
    record = a_full_week()
    assert decode(encode(record)) == record
    assert encode(decode(encode(record))) == encode(record)


def test_equal_records_are_equal_bytes() -> None:
    record = a_full_week()
    [activity] = record.activities
    turned = msgspec.structs.replace(
        record, titles=dict(reversed(record.titles.items())), activities=(msgspec.structs.replace(activity),)
    )
    assert encode(turned) == encode(record)
    other = msgspec.structs.replace(record, titles={"en": "Other"})
    assert encode(other) != encode(record)


def test_record_fits_its_schema_and_a_wrong_one_does_not() -> None:
    schema = week_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    content = json.loads(encode(a_full_week()))
    assert list(validator.iter_errors(content)) == []
    content["activities"][0]["titles"] = "a plain string"
    assert [list(error.path) for error in validator.iter_errors(content)] == [["activities", 0, "titles"]]
    assert schema["$id"]
    assert schema["title"]


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="slug"):
        decode(b'{"uid": "x"}')
