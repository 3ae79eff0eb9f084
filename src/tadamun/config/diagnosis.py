"""What `tadamun doctor` looks at."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tadamun.config.environment import Environment
from tadamun.organise.safety.services.audit import first_broken_entry
from tadamun.organise.safety.services.holdings import open_holdings
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.signing import fingerprint, load_key, public_bytes
from tadamun.publish.bundle.verifying import verify
from tadamun.toolkit import clock
from tadamun.toolkit.sqlite.base import FIRST_SAFE_VERSION, library_version

LEAST_FREE_SPACE = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    well: bool
    says: str


def examine(environment: Environment) -> list[Finding]:
    """Look at the home, the database, the audit trail and the bundle."""
    findings = [*_home(environment), *_database(environment)]
    if all(finding.well for finding in findings):
        findings += [_audit_trail(), _held(), *_bundle(environment)]
    return findings


def _home(environment: Environment) -> Iterator[Finding]:
    if not environment.home.is_dir():
        yield Finding("home", False, f"{environment.home} is missing; run: tadamun init")
        return
    free = shutil.disk_usage(environment.home).free
    yield Finding("space", free > LEAST_FREE_SPACE, f"{free // 1024**2} MB free in {environment.home}")
    keys = environment.home / "keys"
    closed = keys.is_dir() and not keys.stat().st_mode & 0o077
    yield Finding("keys", closed, "only you can read them" if closed else f"run: tadamun init; chmod 700 {keys}")
    yield _signing_key(environment)
    yield Finding(
        "address",
        True,
        environment.base_url or "TADAMUN_BASE_URL is not set: feeds and previews will have relative links",
    )


def _signing_key(environment: Environment) -> Finding:
    path = environment.home / "keys" / "site.pem"
    if not path.exists():
        return Finding("signing key", False, "missing; restore it from a backup, or run: tadamun init")
    try:
        signer = fingerprint(public_bytes(load_key(path)))
    except BundleError as error:
        return Finding("signing key", False, str(error))
    return Finding("signing key", True, signer)


def _database(environment: Environment) -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        version = library_version()
        shown = ".".join(map(str, version))
        yield Finding(
            "SQLite",
            version >= FIRST_SAFE_VERSION,
            shown if version >= FIRST_SAFE_VERSION else f"{shown} may corrupt a busy database; pip install pysqlite3",
        )
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception as error:  # noqa: BLE001  any failure to reach it is the finding
        yield Finding("database", False, f"cannot be reached ({error.__class__.__name__}); see DATABASE_URL")
        return
    yield Finding("database", not waiting, "run: tadamun init" if waiting else f"{connection.vendor}, up to date")


def _audit_trail() -> Finding:
    broken = first_broken_entry()
    return Finding("audit trail", broken is None, "whole" if broken is None else f"changed or cut at entry {broken}")


def _held() -> Finding:
    """What personal data is held, by kind; overdue when nothing has destroyed it in time."""
    held, today = open_holdings(), clock.now().date()
    if not held:
        return Finding("data held", True, "none")
    late = sum(one.until < today for one in held)
    kinds = ", ".join(f"{many} {kind}" for kind, many in sorted(Counter(one.what for one in held).items()))
    if late:
        return Finding("data held", False, f"{kinds}; {late} overdue: is the server, or tadamun worker, running?")
    return Finding("data held", True, f"{kinds}; the next ends after {min(one.until for one in held)}")


def _bundle(environment: Environment) -> Iterator[Finding]:
    current = environment.home / "bundle" / "current"
    if not current.exists():
        yield Finding("bundle", True, "nothing published yet; run: tadamun publish")
        return
    verdict = verify(current)
    yield Finding("bundle", verdict.sound, "sound" if verdict.sound else "damaged; run: tadamun verify, then publish")
