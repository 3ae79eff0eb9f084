"""Who may set what: every setting of an installation, its type, its default and a sentence.

Read once, before Django starts. All mistakes are reported together; a misspelt ``TADAMUN_…`` name is
a mistake. ``docs/settings.md`` is printed from this class.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from tadamun.toolkit.languages.registry import UnknownLanguage, language

PREFIX = "TADAMUN_"
SHORTEST_SECRET = 32
SECRET = frozenset(
    {"DATABASE_URL", "TADAMUN_MAIL_URL", "TADAMUN_SECRET_KEY", "TADAMUN_TEXT_GATEWAY_TOKEN"}
)  # never repeated in a message


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


def _split(value: str) -> SplitResult | None:
    """The parts of an address, or None when it is not one."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # refuses a port that is none
    except ValueError:
        return None
    return parts


def _address(value: str) -> str:
    parts = _split(value)
    if not parts or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an address such as https://example.org")
    if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("an address such as https://example.org, without a path, a query or a name")
    return value.rstrip("/")


def _database(value: str) -> str:
    parts = _split(value)
    if not parts or parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError("postgresql://user:password@host:port/name, or nothing for SQLite in TADAMUN_HOME")
    return value


def _mail(value: str) -> str:
    parts = _split(value)
    if not parts or parts.scheme not in {"smtp", "smtps"} or not parts.hostname or "@" not in unquote(parts.path):
        raise ValueError("smtp://user:password@host:587/sender@example.org, or nothing to send no mail")
    return value


def _gateway(value: str) -> str:
    parts = _split(value)
    if not parts or parts.scheme != "https" or not parts.hostname or parts.username:
        raise ValueError("an address such as https://gateway.example/send, without a name in it, or nothing")
    return value


def _languages(value: str) -> tuple[str, ...]:
    codes = _words(value)
    for code in codes:
        try:
            known = re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code) and language(code)
        except UnknownLanguage:
            known = None
        if not known:
            raise ValueError(f"language codes such as en,ar,ckb; “{code}” is none that we know")
    if not codes or len(set(codes)) < len(codes):
        raise ValueError("one or more language codes such as en,ar,ckb, each once")
    return codes


def _timezone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ValueError, OSError, LookupError):
        raise ValueError("the name of a time zone, such as Asia/Baghdad") from None


def _secret(value: str) -> str:
    if len(value) < SHORTEST_SECRET:
        raise ValueError(f"at least {SHORTEST_SECRET} random characters")
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
        "TADAMUN_LANGUAGES", "Languages of the site, the first being the default.", _languages, ("en", "ar", "ckb")
    )
    timezone: str = _setting("TADAMUN_TIMEZONE", "Time zone of new weeks.", _timezone, "Asia/Baghdad")
    secret_key: str = _setting(
        "TADAMUN_SECRET_KEY", "Secret for sessions. Empty: made on first start and kept in TADAMUN_HOME.", _secret, ""
    )
    small_cell: int = _setting(
        "TADAMUN_SMALL_CELL", "Counts of people below this are withheld from published tables.", _whole(5, 1000), 10
    )
    openings_per_hour: int = _setting(
        "TADAMUN_OPENINGS_PER_HOUR", "Sealed entries that a member may open in an hour.", _whole(1, 1_000_000), 2000
    )
    export_approval_above: int = _setting(
        "TADAMUN_EXPORT_APPROVAL_ABOVE",
        "Lists of more people than this leave only with a second member's approval, locked for who asked.",
        _whole(0, 1000),
        25,
    )
    threads: int = _setting("TADAMUN_THREADS", "Threads of each server process.", _whole(1, 64), 4)
    processes: int = _setting(
        "TADAMUN_PROCESSES", "Server processes. More than one only with PostgreSQL.", _whole(1, 64), 1
    )
    mail_url: str = _setting(
        "TADAMUN_MAIL_URL", "Mail server and sender. Empty: no mail is sent, links are handed on by hand.", _mail, ""
    )
    text_gateway: str = _setting(
        "TADAMUN_TEXT_GATEWAY",
        "HTTPS address that takes text messages as JSON. Its operator sees every number. Empty: none are sent.",
        _gateway,
        "",
    )
    text_gateway_token: str = _setting("TADAMUN_TEXT_GATEWAY_TOKEN", "Secret that the text gateway asks for.", str, "")
    secure_transport: bool = _setting(
        "TADAMUN_HTTPS", "Whether readers reach the site by HTTPS: then cookies and HSTS say so.", _yes_or_no, False
    )
    debug: bool = _setting(
        "TADAMUN_DEBUG", "Show errors in the browser. Never where others can see.", _yes_or_no, False
    )

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
                shown = "its value" if name in SECRET else repr(text)
                mistakes.append(f"{name}: {shown} cannot be used; it should be {error}.")
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
            path = self.home / "tadamun.sqlite3"
            return {"default": {"ENGINE": "tadamun.toolkit.sqlite", "NAME": path, "CONN_MAX_AGE": None}}
        parts = urlsplit(self.database_url)
        options = dict(parse_qsl(parts.query))
        return {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.lstrip("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": options.pop("host", parts.hostname or ""),
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": options,
            }
        }

    def mail(self) -> dict[str, Any]:
        """Django's mail settings for this environment; smtps is TLS from the first byte, smtp begins it at once."""
        parts = urlsplit(self.mail_url)
        return {
            "EMAIL_HOST": parts.hostname or "",
            "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": parts.scheme == "smtps",
            "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
            "EMAIL_TIMEOUT": 15,
            "DEFAULT_FROM_EMAIL": unquote(parts.path.lstrip("/")) or "nobody@localhost",
        }


def _given(given: Mapping[str, str], name: str, mistakes: list[str]) -> str | None:
    path = given.get(f"{name}_FILE")
    if path is None:
        return given.get(name)
    if given.get(name):
        mistakes.append(f"{name}: it is set, and {name}_FILE too; set one of them.")
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        mistakes.append(f"{name}_FILE: {path!r} cannot be read ({error.__class__.__name__}).")
        return None
    if not text:
        mistakes.append(f"{name}_FILE: {path!r} is empty.")
    return text


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
