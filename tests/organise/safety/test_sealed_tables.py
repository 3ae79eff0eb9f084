"""Every table that holds sealed texts has said so, or a member who was let go would read its rows for ever."""

import pytest
from django.apps import apps
from django.db.models import Model

from tadamun.organise.people.models import Registration
from tadamun.organise.safety.services import renewing


def sealed_tables() -> set[type[Model]]:
    """The models with a column ``sealed``: what is sealed to a key of the vault is called so everywhere."""
    return {
        model for model in apps.get_models() if any(field.name == "sealed" for field in model._meta.concrete_fields)
    }


def told() -> set[type[Model]]:
    return {model for store in renewing._STORES.values() for model in store.models}


def test_every_table_with_sealed_rows_can_be_given_a_new_key() -> None:
    assert Registration in sealed_tables(), "else this test would look for nothing"
    assert sealed_tables() <= told()


def test_a_table_that_says_nothing_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    monkeypatch.delitem(renewing._STORES, "activity")
    assert Registration in sealed_tables() - told()
