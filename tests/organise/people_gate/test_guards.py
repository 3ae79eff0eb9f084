"""What keeps the gate safe: no cookie, quiet headers, forms of our own only, bounds, one answer for all."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tadamun.organise.people.models import Registration
from tadamun.toolkit.gate import guards, slips
from tests.organise.people_gate.world import EMAIL, NAME, PHONE, Gate, filled, post, sign_up, slip_of


def all_pages(gate: Gate, client: Client) -> dict[str, Any]:
    ticket = sign_up(client, gate)["Location"]
    ways = ("", "/entry", "/cancel", "/delete", "/activity.ics", "/ticket.html")
    return {"form": client.get(gate.address()), **{way or "ticket": client.get(ticket + way) for way in ways}}


def test_pages_need_no_cookie_no_session_and_no_script(gate: Gate, client: Client) -> None:
    for name, page in all_pages(gate, client).items():
        assert page.status_code == 200, name
        assert "<script" not in page.content.decode()
        assert "Cookie" not in page.get("Vary", "")
    assert not client.cookies


def test_pages_are_kept_nowhere_found_nowhere_and_tell_no_other_site(gate: Gate, client: Client) -> None:
    pages = all_pages(gate, client) | {"mistake": sign_up(client, gate, agreed=""), "unknown": client.get("/t/ABC")}
    form = pages.pop("form")
    for name, page in pages.items():
        assert page["Cache-Control"] == "no-store", name
    for name, page in {**pages, "form": form}.items():
        assert page["Referrer-Policy"] == "no-referrer", name
        assert "noindex" in page["X-Robots-Tag"], name
        assert "default-src 'none'" in page["Content-Security-Policy"], name


# --- P-64: a change needs a POST, from here, with a slip of ours ---------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"},
    ],
)
def test_what_another_site_sends_changes_nothing(gate: Gate, client: Client, headers: dict[str, str]) -> None:
    ticket = sign_up(client, gate)["Location"]
    slip = slip_of(client.get(gate.address()))
    assert post(client, gate.address(), filled(contact=PHONE) | {"slip": slip}, **headers).status_code == 403
    assert post(client, f"{ticket}/cancel", {"slip": slip_of(client.get(ticket))}, **headers).status_code == 403
    assert list(Registration.objects.values_list("standing", flat=True)) == ["placed"]


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_ORIGIN": "http://testserver"}, {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"}]
)
def test_what_our_own_page_sends_is_taken(gate: Gate, client: Client, headers: dict[str, str]) -> None:
    slip = slip_of(client.get(gate.address()))
    assert post(client, gate.address(), filled() | {"slip": slip}, **headers).status_code == 303


def missing(gate: Gate, slip: str) -> str:
    return ""


def altered(gate: Gate, slip: str) -> str:
    return slip[:-1] + ("A" if slip[-1] != "A" else "B")


def of_something_else(gate: Gate, slip: str) -> str:
    return slips.new_slip(about="sign-up of another activity", now=gate.activity.changed_at)


@pytest.mark.parametrize("spoil", [missing, altered, of_something_else])
def test_a_slip_that_is_not_ours_is_refused(gate: Gate, client: Client, spoil: Callable[[Gate, str], str]) -> None:
    ticket = sign_up(client, gate)["Location"]
    slip = spoil(gate, slip_of(client.get(gate.address())))
    assert post(client, gate.address(), filled(contact="") | {"slip": slip}).status_code == 403
    for way in ("cancel", "delete", "coming", "entry"):
        assert post(client, f"{ticket}/{way}", {"slip": spoil(gate, slip_of(client.get(ticket)))}).status_code == 403
    assert list(Registration.objects.values_list("standing", "confirmed")) == [("placed", False)]


def test_without_the_check_another_site_would_be_heard(
    gate: Gate, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guards, "_from_here", lambda request: True)
    slip = slip_of(client.get(gate.address()))
    answer = post(client, gate.address(), filled() | {"slip": slip}, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 303


def test_other_methods_are_not_known(gate: Gate, client: Client) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.generic(method, gate.address()).status_code == 405


# --- P-66: bounds ----------------------------------------------------------------------------


def test_bodies_and_fields_have_bounds(gate: Gate, client: Client) -> None:
    slip = slip_of(client.get(gate.address()))
    large = post(client, gate.address(), {"slip": slip, "note": "a" * guards.LARGEST_BODY})
    many = post(client, gate.address(), {"slip": slip, **{f"f{number}": "" for number in range(guards.MOST_FIELDS)}})
    very_many = post(client, gate.address(), {f"f{number}": "" for number in range(1500)})
    with_files = client.post(gate.address(), {"slip": slip})
    assert [answer.status_code for answer in (large, many, very_many, with_files)] == [413, 400, 400, 400]
    assert client.post(gate.address(), b"", content_type=guards.URL_ENCODED, CONTENT_LENGTH="many").status_code == 413
    assert sign_up(client, gate, note="a" * 1001).status_code == 422
    assert sign_up(client, gate, name="a" * 121).status_code == 422
    assert gate.count() == 0


# --- P-17: nobody learns that somebody else signed up ----------------------------------------


def test_a_known_address_gets_the_answer_that_a_newcomer_gets(gate: Gate, client: Client) -> None:
    gate.admission.capacity = 3
    gate.admission.save()
    sign_up(client, gate, contact=EMAIL)
    known, unknown = (sign_up(client, gate, contact=contact) for contact in (EMAIL, "nobody.planted@example.org"))
    assert known.status_code == unknown.status_code == 303
    assert len(known["Location"]) == len(unknown["Location"])
    assert list(Registration.objects.order_by("number").values_list("standing", flat=True))[1:] == ["shadow", "placed"]
    pages = [client.get(answer["Location"]) for answer in (known, unknown)]
    assert [page.status_code for page in pages] == [200, 200]
    assert without_secrets(pages[0]) == without_secrets(pages[1])


def without_secrets(page: Any) -> str:
    """A ticket's page without what is random in each: address, code, drawing, slip."""
    text = page.content.decode()
    row = Registration.objects.get(short_code=text.split("<title>")[1][:9])
    text = text.replace(page.request["PATH_INFO"], "T").replace(row.short_code, "C").replace(slip_of(page), "S")
    before, _drawing, after = text.partition('<path d="')
    return before + after.partition('"')[2]


# --- nothing identifying leaves the request --------------------------------------------------


def test_nothing_that_was_written_stands_in_addresses_logs_or_answers(
    gate: Gate, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = sign_up(client, gate, contact=PHONE)
        ticket = client.get(answer["Location"])
    told = str(answer.headers) + answer.content.decode() + str(ticket.headers) + ticket.content.decode() + caplog.text
    assert NAME not in told
    assert PHONE not in told
    assert "The Reed List" not in told
