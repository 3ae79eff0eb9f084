"""Facts survive JSON with their types, and refuse what is no fact."""

from datetime import date, time

import msgspec
import pytest

from tadamun.toolkit.facts import Clock, Day, Fact, Number, Reference, Words

pytestmark = pytest.mark.pure

FACT = Fact(
    key="distance",
    label={"en": "Distance", "ar": "المسافة"},
    values=(
        Words({"ckb": "پێنج کیلۆمەتر"}),
        Number(5, unit={"en": "km"}),
        Clock(time(9, 30)),
        Day(date(2018, 3, 24)),
        Reference(to="organisation", slug="tammuz", label={"en": "Tammuz"}),
    ),
    prominent=True,
)


def test_fact_survives_json_with_its_types() -> None:
    assert msgspec.json.decode(msgspec.json.encode(FACT), type=Fact) == FACT


def test_what_is_not_stated_is_not_written() -> None:
    assert msgspec.to_builtins(Number(25)) == {"is": "number", "quantity": 25}
    assert "prominent" not in msgspec.to_builtins(Fact(key="seats", label={}, values=()))


def test_unknown_sort_of_value_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="Invalid value 'markup'"):
        msgspec.convert({"key": "x", "label": {}, "values": [{"is": "markup"}]}, type=Fact)


def test_fact_cannot_be_changed_once_made() -> None:
    with pytest.raises(AttributeError):
        FACT.prominent = False  # type: ignore[misc]  # that is what is refused
