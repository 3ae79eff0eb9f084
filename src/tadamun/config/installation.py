"""The home of an installation: folders, keys, database."""

from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.signing import create_key

FOLDERS = ("keys", "archive", "records", "bundle")


def prepare(environment: Environment) -> list[str]:
    """Make what is missing in the home; returns the names of what was made.

    :raises CannotGoOn: when the home cannot be written.
    """
    made = []
    try:
        environment.home.mkdir(parents=True, exist_ok=True)
        for name in FOLDERS:
            folder = environment.home / name
            if not folder.is_dir():
                folder.mkdir(mode=0o700 if name in {"keys", "archive"} else 0o755)
                made.append(name)
        made += _signing_key(environment.home / "keys" / "site.pem")
    except OSError as error:
        raise CannotGoOn(f"{environment.home} cannot be written ({error.strerror}); set TADAMUN_HOME.") from error
    ticket_mint()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        made.append("database")
    return made


def _signing_key(path: Path) -> list[str]:
    if path.exists():
        return []
    try:
        create_key(path)
    except BundleError:
        if path.exists():  # another process was first
            return []
        raise
    return ["signing key"]
