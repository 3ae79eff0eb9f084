"""Who may set what: every setting of an installation, its type, its default and a sentence.

Read once, before Django starts. All mistakes are reported together; a misspelt ``TADAMUN_…`` name is
a mistake. ``docs/settings.md`` is printed from this class.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PREFIX = "TADAMUN_"
OURS_WITHOUT_PREFIX = ("DATABASE_URL", "PORT")


class BadEnvironment(Exception):
    """One or more settings cannot be used; ``str()`` lists them all."""


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            raise ValueError(f"a whole number from {lowest} to {highest}")
        return int(value)

    return parse


def _yes_or_no(value: str) -> bool:
    if value.lower() not in {"yes", "no"}:
        raise ValueError("yes or no")
    return value.lower() == "yes"


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _address(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/")):
        raise ValueError("an address such as https://example.org, without a path")
    return value.rstrip("/")


def _database(value: str) -> str:
    if value and urlsplit(value).scheme not in {"postgres", "postgresql"}:
        raise ValueError("postgresql://user:password@host:port/name, or nothing for SQLite in TADAMUN_HOME")
    return value


def _setting(name: str, says: str, parse: Callable[[str], Any], default: Any) -> Any:
    return field(default=default, metadata={"name": name, "says": says, "parse": parse})


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The settings of this installation."""

    home: Path = _setting(
        "TADAMUN_HOME", "Folder that holds all state: database, keys, photos, the public bundle.", _folder, Path("var")
    )
    database_url: str = _setting(
        "DATABASE_URL", "PostgreSQL to use. Empty: SQLite in TADAMUN_HOME, which suits one machine.", _database, ""
    )
    host: str = _setting("TADAMUN_HOST", "Address to listen on. Only this machine by default.", str, "127.0.0.1")
    port: int = _setting("PORT", "Port to listen on.", _whole(1, 65535), 8000)
    base_url: str = _setting(
        "TADAMUN_BASE_URL", "Public address of the site, for links in feeds, previews and mails.", _address, ""
    )
    onion_url: str = _setting("TADAMUN_ONION_URL", "Onion address of the same site, announced to Tor.", _address, "")
    allowed_hosts: tuple[str, ...] = _setting(
        "TADAMUN_ALLOWED_HOSTS",
        "Host names that private pages answer to, besides those of the two addresses above.",
        _words,
        ("localhost", "127.0.0.1", "[::1]"),
    )
    languages: tuple[str, ...] = _setting(
        "TADAMUN_LANGUAGES", "Languages of the site, the first being the default.", _words, ("en", "ar", "ckb")
    )
    timezone: str = _setting("TADAMUN_TIMEZONE", "Time zone of new weeks.", str, "Asia/Baghdad")
    secret_key: str = _setting(
        "TADAMUN_SECRET_KEY", "Secret for sessions. Empty: made on first start and kept in TADAMUN_HOME.", str, ""
    )
    small_cell: int = _setting(
        "TADAMUN_SMALL_CELL", "Counts of people below this are withheld from published tables.", _whole(5, 1000), 10
    )
    threads: int = _setting("TADAMUN_THREADS", "Threads of each server process.", _whole(1, 64), 4)
    processes: int = _setting(
        "TADAMUN_PROCESSES", "Server processes. More than one only with PostgreSQL.", _whole(1, 64), 1
    )
    secure_transport: bool = _setting(
        "TADAMUN_HTTPS", "Whether readers reach the site by HTTPS: then cookies and HSTS say so.", _yes_or_no, False
    )
    debug: bool = _setting("TADAMUN_DEBUG", "Show errors in the browser. Never where others can see.", _yes_or_no, False)

    @classmethod
    def read(cls, variables: Mapping[str, str] | None = None) -> "Environment":
        """Read the settings from ``variables`` (the process's own by default).

        A secret may come from a file: ``TADAMUN_SECRET_KEY_FILE=/run/secrets/key``.

        :raises BadEnvironment: naming every setting that cannot be used and what would be right.
        """
        given = dict(os.environ if variables is None else variables)
        mistakes: list[str] = []
        values: dict[str, Any] = {}
        known = {entry.metadata["name"]: entry for entry in fields(cls)}
        for name, entry in known.items():
            text = _given(given, name, mistakes)
            if text is None or text == "":
                continue
            try:
                values[entry.name] = entry.metadata["parse"](text)
            except ValueError as error:
                mistakes.append(f"{name}: {text!r} cannot be used; it should be {error}.")
        allowed = known.keys() | {f"{name}_FILE" for name in known}
        mistakes += [
            f"{name}: there is no such setting; see docs/settings.md."
            for name in sorted(given)
            if name.startswith(PREFIX) and name not in allowed
        ]
        if values.get("processes", 1) > 1 and not values.get("database_url"):
            mistakes.append("TADAMUN_PROCESSES: more than one process needs DATABASE_URL (PostgreSQL).")
        if mistakes:
            raise BadEnvironment("\n".join(mistakes))
        values.setdefault("home", _folder("var"))
        return cls(**values)

    @property
    def locale_folder(self) -> Path:
        """Where the catalogues are: beside the source in a checkout, inside the package once installed."""
        package = Path(__file__).resolve().parent.parent
        checkout = package.parent.parent / "locale"
        return checkout if checkout.is_dir() else package / "locale"

    def databases(self) -> dict[str, dict[str, Any]]:
        """Django's ``DATABASES`` for this environment."""
        if not self.database_url:
            return {"default": {"ENGINE": "tadamun.toolkit.sqlite", "NAME": self.home / "tadamun.sqlite3"}}
        parts = urlsplit(self.database_url)
        options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
        return {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.lstrip("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(options.pop("host", parts.hostname or "")),
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": options,
            }
        }


def _given(given: Mapping[str, str], name: str, mistakes: list[str]) -> str | None:
    path = given.get(f"{name}_FILE")
    if path is None:
        return given.get(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        mistakes.append(f"{name}_FILE: {path!r} cannot be read ({error.__class__.__name__}).")
        return None


def described() -> str:
    """The settings as a Markdown page."""
    lines = [
        "# Settings",
        "",
        "Set them in the environment. Any of them may be read from a file by adding `_FILE` to its name.",
        "This page is printed by `tadamun doctor --settings`; a test keeps it current.",
        "",
        "| name | default | what it does |",
        "|---|---|---|",
    ]
    for entry in fields(Environment):
        default = "" if entry.default is MISSING else _shown(entry.default)
        lines.append(f"| `{entry.metadata['name']}` | {default} | {entry.metadata['says']} |")
    return "\n".join(lines) + "\n"


def _shown(default: Any) -> str:
    if isinstance(default, tuple):
        default = ",".join(default)
    if isinstance(default, bool):
        default = "yes" if default else "no"
    return f"`{default}`" if str(default) else "empty"
