"""Whatever the private side answers: strict headers (P-63), nothing about the inside (P-65), nothing logged (P-05)."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.config.urls_that_fail import MARKER

pytestmark = pytest.mark.urls("tests.config.urls_that_fail")

# P-63, each with what it must say.
HEADERS = {
    "Content-Security-Policy": r"^default-src 'none';.* frame-ancestors 'none'$",
    "X-Content-Type-Options": r"^nosniff$",
    "Referrer-Policy": r"^no-referrer$",
    "Cross-Origin-Opener-Policy": r"^same-origin$",
    "Cross-Origin-Resource-Policy": r"^same-origin$",
    "Permissions-Policy": r"geolocation=\(\), microphone=\(\)",
    "X-Frame-Options": r"^DENY$",
    "Cache-Control": r"^no-store$",
}
STATUSES = {
    "/healthz": 200,
    "/breaks": 500,
    "/suspicious": 400,
    "/denied": 403,
    "/missing": 404,
    "/no/such/page": 404,
    "/healthz/": 404,
}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def lacking(answer: HttpResponse) -> list[str]:
    """Headers that are missing or weak."""
    return [name for name, says in HEADERS.items() if not re.search(says, answer.headers.get(name, ""))]


@pytest.mark.django_db
@pytest.mark.parametrize("address", STATUSES)
def test_every_answer_has_the_strict_headers(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == STATUSES[address]
    assert lacking(answer) == []


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_refused_methods_and_forms_have_them_too(client: Client, method: str) -> None:
    answer = getattr(client, method)("/healthz")
    assert answer.status_code in {403, 405}
    assert lacking(answer) == []


def test_wrong_host_is_refused_with_them(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert lacking(answer) == []


def test_headers_set_by_an_inner_layer_would_miss_that_answer() -> None:
    strict, *others = settings.MIDDLEWARE
    assert strict == "tadamun.toolkit.headers.strict_headers"
    with override_settings(MIDDLEWARE=[*others, strict]):
        answer = Client(raise_request_exception=False).get("/healthz", headers={"host": "elsewhere.example"})
    assert "Content-Security-Policy" in lacking(answer)


def test_policy_lets_nothing_in_from_elsewhere_and_nothing_inline(client: Client) -> None:
    policy = client.get("/missing").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


@pytest.mark.parametrize(("seconds", "says"), [(0, None), (31_536_000, "max-age=31536000; includeSubDomains")])
def test_hsts_is_said_when_readers_come_by_https(seconds: int, says: str | None) -> None:
    with override_settings(SECURE_HSTS_SECONDS=seconds):
        assert Client().get("/missing").headers.get("Strict-Transport-Security") == says


def test_session_and_form_cookies_are_closed() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


# --- error pages --------------------------------------------------------------------------------

TELLING = re.compile(rf"Traceback|File \"|\.py|/src/|site-packages|Django|{MARKER}|no/such|Exception|Error\b")


@pytest.mark.parametrize("address", [address for address, status in STATUSES.items() if status >= 400])
def test_error_page_tells_nothing_about_the_inside(client: Client, address: str) -> None:
    answer = client.get(address)
    body = answer.content.decode()
    assert not TELLING.search(body)
    assert len(body) < 120
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@override_settings(DEBUG=True)
def test_with_debugging_on_it_would(client: Client) -> None:
    assert TELLING.search(client.get("/breaks").content.decode())


def test_form_that_came_from_elsewhere_is_refused_in_plain_words(client: Client) -> None:
    answer = client.post("/form", {"name": "x"})
    assert answer.status_code == 403
    assert answer.content.decode() == "This form is no longer valid. Please load its page again.\n"
    assert lacking(answer) == []


def test_our_mistake_shows_a_reference_that_stands_in_the_log(client: Client, log: list[str]) -> None:
    code = re.search(r"Reference: ([0-9a-f]{8})\n$", client.get("/breaks").content.decode())
    assert code
    entry = next(line for line in log if code[1] in line)
    assert "ValueError" in entry
    assert "urls_that_fail.py" in entry
    assert "in breaks" in entry


# --- logs ---------------------------------------------------------------------------------------


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Everything that is written to the log, as it is written."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keeper = Keep(level=logging.NOTSET)
    keeper.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(keeper)
    yield lines
    logging.getLogger().removeHandler(keeper)


READER: dict[str, Any] = {
    "REMOTE_ADDR": "203.0.113.77",
    "HTTP_USER_AGENT": "Reader-Of-Ours/9.9",
    "HTTP_REFERER": "https://elsewhere.example/how-i-came",
    "HTTP_X_FORWARDED_FOR": "198.51.100.23",
    "HTTP_COOKIE": "sessionid=stolen-session-key",
}
TRACES = ("203.0.113.77", "Reader-Of-Ours", "how-i-came", "198.51.100.23", "stolen-session-key", "asked-for", MARKER,
          "elsewhere.example")  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_log_keeps_nothing_about_a_reader(client: Client, log: list[str], method: str) -> None:
    for address in [*STATUSES, "/form"]:
        getattr(client, method)(f"{address}?q=asked-for", **READER)
    client.get("/healthz?q=asked-for", headers={"host": "elsewhere.example"}, **READER)
    assert [line for line in log for trace in TRACES if trace in line] == []


def test_log_would_show_what_is_written_to_it(client: Client, log: list[str]) -> None:
    logging.getLogger("django.request").setLevel(logging.WARNING)
    try:
        client.get("/no/such/page/asked-for", **READER)
    finally:
        logging.getLogger("django.request").setLevel(logging.CRITICAL)
    assert any("asked-for" in line for line in log)


# --- health -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_healthy_when_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


def elsewhere(monkeypatch: pytest.MonkeyPatch, **settings_of_the_database: str) -> None:
    connection.close()
    for name, value in settings_of_the_database.items():
        monkeypatch.setitem(connection.settings_dict, name, value)


@pytest.mark.django_db(transaction=True)
def test_unhealthy_when_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        elsewhere(monkeypatch, NAME="no-such-folder/tadamun.sqlite3")
    else:
        elsewhere(monkeypatch, HOST="127.0.0.1", PORT="1")
    answer = client.get("/healthz")
    connection.close()
    assert (answer.status_code, answer.json()) == (503, {"database": "unreachable"})
    monkeypatch.undo()
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only a file can be made by opening it")
def test_unhealthy_when_the_database_is_an_empty_file(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere(monkeypatch, NAME=str(tmp_path_factory.mktemp("lost") / "tadamun.sqlite3"))
    assert client.get("/healthz").status_code == 503
    connection.close()
