"""The floor under the code: the database itself refuses a tracked change that has no actor.

A model decorated with `tracked` gets triggers after each `migrate` (SQLite's table rebuilds
drop them, so they are installed anew each time). The audit table accepts rows and nothing else.
Whoever opens the database by hand meets the same refusal. Refusals are `IntegrityError`s.
"""

from typing import TypeVar

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

_TRACKED: set[type[models.Model]] = set()
_APPEND_ONLY: set[type[models.Model]] = set()
_AUDIT = "audit.AuditEntry"
_EVENTS = ("insert", "update", "delete")

M = TypeVar("M", bound=models.Model)

_POSTGRES_FUNCTIONS = """
CREATE OR REPLACE FUNCTION dure_require_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('dure.actor', true), '') = '' THEN
    RAISE EXCEPTION 'dure: % of % without an actor', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE FUNCTION dure_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'dure: % of % is never allowed', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'check_violation';
END $$;
"""


def tracked(model: type[M]) -> type[M]:
    """Class decorator: no row of this table changes unless an actor is acting."""
    _TRACKED.add(model)
    return model


def append_only(model: type[M]) -> type[M]:
    """Class decorator: as `tracked`, and a row once written is never changed or deleted."""
    _APPEND_ONLY.add(model)
    return tracked(model)


def tracked_models() -> tuple[type[models.Model], ...]:
    """Every tracked model, by table name."""
    return tuple(sorted(_TRACKED, key=_table))


def install(using: str = "default") -> None:
    """Create the triggers on all tables that exist; harmless when repeated."""
    connection = connections[using]
    statements = [
        statement
        for table in _present(connection, [_table(m) for m in tracked_models()])
        for statement in _guards(connection, table, refused=())
    ]
    kept = [*_APPEND_ONLY, apps.get_model(_AUDIT)]
    for table in _present(connection, sorted(_table(model) for model in kept)):
        statements += _guards(connection, table, refused=("update", "delete"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTIONS)
        for statement in statements:
            cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Drop the triggers, for emptying a test database between tests."""
    connection = connections[using]
    tables = [_table(m) for m in (*tracked_models(), apps.get_model(_AUDIT))]
    with connection.cursor() as cursor:
        for table in _present(connection, tables):
            for event in (*_EVENTS, "truncate"):
                cursor.execute(_drop(connection, table, event))


def _guards(connection: BaseDatabaseWrapper, table: str, *, refused: tuple[str, ...]) -> list[str]:
    statements = []
    for event in _EVENTS:
        statements.append(_drop(connection, table, event))
        build = _sqlite_guard if connection.vendor == "sqlite" else _postgres_guard
        statements.append(build(connection, table, event, refused=event in refused))
    if connection.vendor == "postgresql":
        statements += [
            _drop(connection, table, "truncate"),
            _postgres_truncate_guard(connection, table),
        ]
    return statements


def _sqlite_guard(connection: BaseDatabaseWrapper, table: str, event: str, *, refused: bool) -> str:
    condition = "" if refused else "WHEN dure_actor() IS NULL "
    reason = "is never allowed" if refused else "without an actor"
    return (
        f"CREATE TRIGGER {_name(connection, table, event)} BEFORE {event.upper()} "
        f"ON {connection.ops.quote_name(table)} {condition}"
        f"BEGIN SELECT RAISE(ABORT, 'dure: {event} of {table} {reason}'); END"
    )


def _postgres_guard(
    connection: BaseDatabaseWrapper, table: str, event: str, *, refused: bool
) -> str:
    function = "dure_refuse" if refused else "dure_require_actor"
    return (
        f"CREATE TRIGGER {_name(connection, table, event)} BEFORE {event.upper()} "
        f"ON {connection.ops.quote_name(table)} FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


def _postgres_truncate_guard(connection: BaseDatabaseWrapper, table: str) -> str:
    return (
        f"CREATE TRIGGER {_name(connection, table, 'truncate')} BEFORE TRUNCATE "
        f"ON {connection.ops.quote_name(table)} EXECUTE FUNCTION dure_refuse()"
    )


def _drop(connection: BaseDatabaseWrapper, table: str, event: str) -> str:
    on = f" ON {connection.ops.quote_name(table)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {_name(connection, table, event)}{on}"


def _name(connection: BaseDatabaseWrapper, table: str, event: str) -> str:
    return connection.ops.quote_name(f"dure_{event}_{table}")


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table  # noqa: SLF001 - Django documents _meta as public


def _present(connection: BaseDatabaseWrapper, tables: list[str]) -> list[str]:
    existing = set(connection.introspection.table_names())
    return [table for table in tables if table in existing]
