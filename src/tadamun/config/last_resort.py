"""What a command says when something that no command foresaw stands in its way: a sentence, never a traceback."""

from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from tadamun.config.environment import Environment

FORESEEN = (DatabaseError, InterfaceError, OSError)


def sentence(error: Exception, environment: Environment) -> str:
    """What is wrong and what to do, for an error of the database or of the file system. Holds no secret."""
    if isinstance(error, OSError):
        place = f"{error.filename} " if error.filename else ""
        return f"{place}cannot be read or written ({error.strerror or error}). Mend that, then try again."
    reason = str(error).strip().splitlines()[0] if str(error).strip() else error.__class__.__name__
    if isinstance(error, (OperationalError, ProgrammingError)) and _not_made_yet():
        return f"{environment.home} holds no database of this version yet. Run: tadamun init"
    if environment.database_url:
        return f"The database cannot be used ({reason}). Start it, or mend DATABASE_URL; then try again."
    file = environment.home / "tadamun.sqlite3"
    return f"The database {file} cannot be used ({reason}). If it is damaged, restore it from a backup."


def _not_made_yet() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, InterfaceError):
        return False
