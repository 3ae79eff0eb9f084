"""Queries whose SQL is worked out once per process, for the few places where hundreds ask the same within a second.

Django works out the SQL of a query anew each time it is asked, which takes ten times as long as the database takes to
answer. A `Prepared` query is written like any other, with a `Slot` in place of each value that differs; what it finds
are ordinary objects. Nothing of an answer is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # the stubs leave it out
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", bound=models.Model)


class Slot(Expression):
    """The place of a value that is given when the query is asked: as the database takes it (text, number, bytes)."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """A placeholder, with this slot in the place of its value."""
        return "%s", [self]


@dataclass(frozen=True)
class _Compiled:
    sql: str
    values: Sequence[Any]
    converters: Sequence[tuple[int, Sequence[Any], Any]]
    model: type[models.Model]
    first: int
    after: int
    names: Sequence[str]
    related: Sequence[Any]
    annotations: Sequence[tuple[str, int]]
    locks: bool


class Prepared(Generic[Row]):
    """A query that ``build`` describes; it is called once for each kind of database, when it is first asked."""

    def __init__(self, build: Callable[[], "models.QuerySet[Row]"]) -> None:
        self._build = build
        self._by_vendor: dict[str, _Compiled] = {}

    def all(self, **given: Any) -> list[Row]:
        """What it finds, with a value for each slot.

        :raises KeyError: when a slot is left empty.
        :raises TransactionManagementError: when it locks rows and there is no transaction.
        """
        database = connections[DEFAULT_DB_ALIAS]
        known = self._by_vendor.get(database.vendor) or self._compile(database)
        if known.locks and database.get_autocommit():
            raise TransactionManagementError("Rows can only be locked within a transaction.")
        values = [given[value.name] if isinstance(value, Slot) else value for value in known.values]
        with database.cursor() as cursor:
            cursor.execute(known.sql, values)
            return [_made(known, list(row), database) for row in cursor.fetchall()]

    def first(self, **given: Any) -> Row | None:
        """The first that it finds, or None; limit the query itself where there may be many."""
        return next(iter(self.all(**given)), None)

    def _compile(self, database: BaseDatabaseWrapper) -> _Compiled:
        query = self._build().query
        compiler = query.get_compiler(connection=database)
        sql, values = compiler.as_sql()
        select, info = compiler.select, compiler.klass_info
        converters = compiler.get_converters([column for column, _sql, _alias in select])
        columns = info["select_fields"]
        found = _Compiled(
            sql=sql,
            values=values,
            converters=[(place, functions, column) for place, (functions, column) in converters.items()],
            model=info["model"],
            first=columns[0],
            after=columns[-1] + 1,
            names=[column.target.attname for column, _sql, _alias in select[columns[0] : columns[-1] + 1]],
            related=get_related_populators(info, select, database.alias),
            annotations=list(compiler.annotation_col_map.items()),
            locks=query.select_for_update and database.features.has_select_for_update,
        )
        self._by_vendor[database.vendor] = found
        return found


def _made(known: _Compiled, row: list[Any], database: BaseDatabaseWrapper) -> Any:
    for place, functions, column in known.converters:
        for function in functions:
            row[place] = function(row[place], column, database)
    made = known.model.from_db(database.alias, known.names, row[known.first : known.after])
    for related in known.related:
        related.populate(row, made)
    for name, place in known.annotations:
        setattr(made, name, row[place])
    return made


def insert(row: models.Model) -> None:
    """Store a new row of a plain table, as ``save(force_insert=True)`` does, but without signals."""
    database = connections[DEFAULT_DB_ALIAS]
    fields, sql = _insertion(type(row), database.vendor)
    with database.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(field.pre_save(row, True), database) for field in fields])
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, database.alias


def update(row: models.Model, *names: str) -> None:
    """Store these fields of a row that is there, as ``save(update_fields=names)`` does, but without signals."""
    database = connections[DEFAULT_DB_ALIAS]
    fields, sql = _updating(type(row), names, database.vendor)
    with database.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(field.pre_save(row, False), database) for field in fields])


@cache
def _updating(model: type[models.Model], names: Sequence[str], vendor: str) -> tuple[list[Any], str]:
    by_name = {field.name: field for field in model._meta.local_concrete_fields}
    fields, key, quoted = [by_name[name] for name in names], model._meta.pk, connection.ops.quote_name
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    sql = f"UPDATE {quoted(model._meta.db_table)} SET {columns} WHERE {quoted(key.column)} = %s"  # noqa: S608  our names
    return [*fields, key], sql


@cache
def _insertion(model: type[models.Model], vendor: str) -> tuple[list[Any], str]:
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    quoted = connection.ops.quote_name
    columns, places = ", ".join(quoted(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    return fields, f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING {key}"  # noqa: S608  our own names
