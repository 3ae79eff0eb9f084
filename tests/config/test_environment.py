"""The environment is read once, whole, and every mistake in it is told at once."""

from pathlib import Path

import pytest

from tadamun.config.environment import BadEnvironment, Environment, described
from tests.architecture.project import ROOT

pytestmark = pytest.mark.pure

SECRET = "k" * 50


def mistakes(**variables: str) -> list[str]:
    """What is said about these variables, a sentence each."""
    with pytest.raises(BadEnvironment) as refused:
        Environment.read(variables)
    return str(refused.value).splitlines()


def test_nothing_set_is_a_whole_installation_for_one_machine() -> None:
    environment = Environment.read({})
    assert environment.home == Path("var").absolute()
    assert (environment.host, environment.port) == ("127.0.0.1", 8000)
    assert environment.languages == ("en", "ar", "ckb")
    assert (environment.debug, environment.secure_transport) == (False, False)
    assert environment.databases()["default"]["NAME"] == environment.home / "tadamun.sqlite3"


def test_empty_value_is_as_if_it_were_not_set() -> None:
    assert Environment.read({"PORT": "", "DATABASE_URL": ""}) == Environment.read({})


def test_values_are_read_as_what_they_are(tmp_path: Path) -> None:
    environment = Environment.read(
        {
            "TADAMUN_HOME": str(tmp_path),
            "PORT": "8080",
            "TADAMUN_BASE_URL": "https://example.org/",
            "TADAMUN_ONION_URL": "http://abcdef.onion",
            "TADAMUN_ALLOWED_HOSTS": "desk.example.org, localhost,",
            "TADAMUN_LANGUAGES": "ckb,ar,kmr",
            "TADAMUN_TIMEZONE": "Europe/Rome",
            "TADAMUN_HTTPS": "Yes",
            "TADAMUN_SMALL_CELL": "5",
        }
    )
    assert environment.home == tmp_path
    assert environment.port == 8080
    assert environment.base_url == "https://example.org"
    assert environment.allowed_hosts == ("desk.example.org", "localhost")
    assert environment.languages == ("ckb", "ar", "kmr")
    assert environment.timezone == "Europe/Rome"
    assert environment.secure_transport
    assert environment.small_cell == 5


def test_all_mistakes_are_told_at_once() -> None:
    said = mistakes(PORT="http", TADAMUN_HTTPS="perhaps", TADAMUN_SMALL_CELL="2", TADAMUN_LANGAUGES="ar")
    assert said == [
        "PORT: 'http' cannot be used; it should be a whole number from 1 to 65535.",
        "TADAMUN_SMALL_CELL: '2' cannot be used; it should be a whole number from 5 to 1000.",
        "TADAMUN_HTTPS: 'perhaps' cannot be used; it should be yes or no.",
        "TADAMUN_LANGAUGES: there is no such setting; see docs/settings.md.",
    ]


def test_names_that_are_not_ours_are_left_alone() -> None:
    assert Environment.read({"PATH": "somewhere", "LANG": "C"}) == Environment.read({})


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8_000", "٨٠٠٠", "8000.0", " 8000"])
def test_port_is_a_whole_number_of_ports(port: str) -> None:
    assert mistakes(PORT=port)[0].startswith("PORT: ")


@pytest.mark.parametrize(
    "address",
    ["example.org", "ftp://example.org", "https://", "https://example.org/site", "https://example.org?x", "https://[::1",
     "https://example.org#x", "https://name@example.org", "https://example.org:port", "https:///path"],
)  # fmt: skip
def test_address_is_one_of_a_site(address: str) -> None:
    assert mistakes(TADAMUN_BASE_URL=address)[0].startswith("TADAMUN_BASE_URL: ")


@pytest.mark.parametrize("address", ["http://gateway.example/send", "gateway.example", "https://me@gateway.example/"])
def test_text_gateway_is_reached_by_https_alone(address: str) -> None:
    (mistake,) = mistakes(TADAMUN_TEXT_GATEWAY=address)
    assert "https://gateway.example/send" in mistake


def test_text_gateway_has_whatever_token_it_gave() -> None:
    read = Environment.read(
        {"TADAMUN_TEXT_GATEWAY": "https://gateway.example/send", "TADAMUN_TEXT_GATEWAY_TOKEN": "short"}
    )
    assert (read.text_gateway, read.text_gateway_token) == ("https://gateway.example/send", "short")


@pytest.mark.parametrize("languages", ["xx", "en,,xx", "en,en", ",", "../ar", "EN", "en_GB"])
def test_languages_are_those_that_have_locale_data(languages: str) -> None:
    assert mistakes(TADAMUN_LANGUAGES=languages)[0].startswith("TADAMUN_LANGUAGES: ")


@pytest.mark.parametrize("zone", ["Asia/Bagdad", "../../etc/passwd", "Asia", "\0"])
def test_time_zone_is_one(zone: str) -> None:
    assert mistakes(TADAMUN_TIMEZONE=zone)[0].startswith("TADAMUN_TIMEZONE: ")


def test_more_than_one_process_needs_postgresql() -> None:
    assert mistakes(TADAMUN_PROCESSES="2") == [
        "TADAMUN_PROCESSES: more than one process needs DATABASE_URL (PostgreSQL)."
    ]
    assert Environment.read({"TADAMUN_PROCESSES": "2", "DATABASE_URL": "postgresql://localhost/weeks"}).processes == 2


# --- secrets ------------------------------------------------------------------------------------


def test_secret_may_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    assert Environment.read({"TADAMUN_SECRET_KEY_FILE": str(path)}).secret_key == SECRET


def test_file_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    missing, folder, empty, binary = (tmp_path / name for name in ("missing", "folder", "empty", "binary"))
    folder.mkdir()
    empty.write_text("\n", encoding="utf-8")
    binary.write_bytes(b"\xff\xfe")
    for path, says in (
        (missing, "cannot be read (FileNotFoundError)."),
        (folder, "cannot be read (IsADirectoryError)."),
        (empty, "is empty."),
        (binary, "cannot be read (UnicodeDecodeError)."),
    ):
        assert mistakes(TADAMUN_SECRET_KEY_FILE=str(path)) == [f"TADAMUN_SECRET_KEY_FILE: {str(path)!r} {says}"]


def test_secret_that_is_given_twice_is_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(SECRET, encoding="utf-8")
    assert mistakes(TADAMUN_SECRET_KEY=SECRET, TADAMUN_SECRET_KEY_FILE=str(path)) == [
        "TADAMUN_SECRET_KEY: it is set, and TADAMUN_SECRET_KEY_FILE too; set one of them."
    ]


def test_misspelt_file_setting_is_a_mistake() -> None:
    assert mistakes(TADAMUN_SECRET_FILE="x") == ["TADAMUN_SECRET_FILE: there is no such setting; see docs/settings.md."]


def test_messages_never_repeat_a_secret() -> None:
    said = mistakes(DATABASE_URL="mysql://weeks:opensesame@db/weeks", TADAMUN_SECRET_KEY="opensesame")
    assert len(said) == 2
    assert "opensesame" not in "".join(said)


# --- PostgreSQL ---------------------------------------------------------------------------------


def test_database_address_is_taken_apart() -> None:
    address = "postgresql://weeks:p%40ss%2Fword@db.example.org:5433/weeks?sslmode=require&application_name=tada%20mun"
    database = Environment.read({"DATABASE_URL": address}).databases()["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == ("weeks", "weeks", "p@ss/word")
    assert (database["HOST"], database["PORT"]) == ("db.example.org", "5433")
    assert database["OPTIONS"] == {"sslmode": "require", "application_name": "tada mun"}


def test_database_may_be_reached_by_a_socket() -> None:
    database = Environment.read({"DATABASE_URL": "postgresql:///weeks?host=%2Frun%2Fpostgresql"}).databases()["default"]
    assert (database["HOST"], database["NAME"], database["OPTIONS"]) == ("/run/postgresql", "weeks", {})


@pytest.mark.parametrize("address", ["sqlite:///weeks", "weeks", "postgresql://db", "postgresql://db:port/weeks"])
def test_database_address_that_cannot_be_used_is_a_mistake(address: str) -> None:
    wanted = "postgresql://user:password@host:port/name, or nothing for SQLite in TADAMUN_HOME"
    assert mistakes(DATABASE_URL=address) == [f"DATABASE_URL: its value cannot be used; it should be {wanted}."]


# --- the page of settings -----------------------------------------------------------------------


def test_page_of_settings_is_current() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == described(), "print it anew: tadamun doctor --settings > docs/settings.md"


def test_page_shows_defaults_as_they_are_written() -> None:
    page = described()
    assert "| `TADAMUN_LANGUAGES` | `en,ar,ckb` |" in page
    assert "| `TADAMUN_HTTPS` | `no` |" in page
    assert "| `DATABASE_URL` | empty |" in page
