"""Tables follow the staircase, say their order, and have the migrations that make them."""

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.architecture.staircase import may_use, steps

Model = type[models.Model]


def step_of(model: Model) -> str | None:
    """The step of the staircase that a model stands on; none for those of Django itself."""
    parts = model.__module__.split(".")
    if parts[0] != "tadamun":
        return None
    return ".".join(parts[1:3]) if parts[1] == "organise" else parts[1]


def upward_keys(tables: Iterable[Model]) -> Iterator[str]:
    """Foreign keys from a lower step to a higher one."""
    for model in tables:
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not field.related_model:
                continue
            user, used = step_of(model), step_of(field.related_model)  # type: ignore[arg-type]  # resolved by now
            if user and used and not may_use(user, used):
                yield f"{user}.{model.__name__}.{field.name} → {used}"


def ours() -> list[Model]:
    return [model for model in apps.get_models() if step_of(model)]


def test_staircase_is_read_as_it_is_written() -> None:
    order = steps()
    assert order["toolkit"] == 0
    assert (
        order["organise.safety"] < order["organise.network"] < order["organise.programme"] < order["organise.archive"]
    )
    assert order["organise.archive"] < order["kinds"] < order["record"] < order["publish"] < order["config"]
    assert order["record"] == order["weekfile"]


def test_every_app_has_a_step() -> None:
    assert {step_of(model) for model in ours()} <= steps().keys()


def test_foreign_keys_go_down_the_staircase() -> None:
    assert list(upward_keys(ours())) == []


def test_a_foreign_key_that_goes_up_is_seen() -> None:
    class Upward(models.Model):
        week = models.ForeignKey("programme.Week", on_delete=models.CASCADE)

        class Meta:
            app_label = "safety"
            managed = False

        def __str__(self) -> str:
            return "upward"

    try:
        Upward.__module__ = "tadamun.organise.safety.models"
        assert list(upward_keys([Upward])) == ["organise.safety.Upward.week → organise.programme"]
    finally:
        del apps.all_models["safety"]["upward"]
        apps.clear_cache()


# Rows that are never listed: the only one of an installation or of a week, or reached from an account.
UNORDERED = {"AuditHead", "Membership", "Publication", "Site"}


def test_models_that_are_listed_say_their_order() -> None:
    assert {model.__name__ for model in ours() if not model._meta.ordering} <= UNORDERED


def test_every_model_says_what_it_is() -> None:
    assert [model.__name__ for model in ours() if (model.__doc__ or "").startswith(f"{model.__name__}(")] == []


@pytest.mark.django_db
def test_migrations_make_the_tables_that_the_code_describes() -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        pytest.fail("A model has changed and its migration is missing: run `python -m django makemigrations`.")


@pytest.mark.django_db
def test_a_missing_migration_is_seen() -> None:
    field: models.IntegerField[int, int] = models.IntegerField(default=0)
    alias = apps.get_model("network", "Alias")
    alias.add_to_class("forgotten", field)
    try:
        with pytest.raises(SystemExit):
            call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    finally:
        alias._meta.local_fields.remove(field)
        alias._meta._expire_cache()
        apps.clear_cache()
