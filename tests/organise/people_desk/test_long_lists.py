"""A long list leaves only with a fresh second factor and a second member's yes, marked and locked (P-12)."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import pyzipper
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook
from time_machine import Traveller, travel

from tadamun.organise.network.models import Membership
from tadamun.organise.network.queries import standing_of
from tadamun.organise.people import rules
from tadamun.organise.people.models import ListRequest
from tadamun.organise.people.queries.lists import lists_to_answer
from tadamun.organise.people.rules import APPROVED_FOR, FACTOR_FRESH_FOR
from tadamun.organise.people.services import approvals, endings, exporting, importing
from tadamun.organise.people.services.exporting import HANDED_OUT
from tadamun.organise.safety.models import AuditEntry
from tadamun.organise.safety.services import members
from tadamun.organise.safety.services.openings import OPENED
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused
from tests.characters import Character
from tests.organise.network.people import app_code
from tests.organise.people_desk.houses import LAYLA, PLANTED_NAME, PLANTED_PHONE, House, make_house

pytestmark = pytest.mark.django_db
PASSWORD = re.compile(r"(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}")
AGAIN = "/desk/account/second-factor/again/"


@dataclass
class Desk:
    """Layla, who wants the list, with an app on her phone; Rana, who may agree."""

    house: House
    secret: str
    time: Traveller
    layla: Client = field(init=False)
    rana: Client = field(init=False)

    def __post_init__(self) -> None:
        self.layla, self.rana = self.house.client(), self.house.client(Character.EDITOR)

    @property
    def address(self) -> str:
        return self.house.url("people_export")

    def page(self, client: Client | None = None) -> str:
        return (client or self.layla).get(self.address).content.decode()

    def ask(self) -> ListRequest:
        self.layla.post(self.address, {"act": "ask", "why": "contact"})
        return ListRequest.objects.get(used_at__isnull=True)

    def say(self, answer: str, client: Client | None = None) -> Any:
        listed = ListRequest.objects.latest("pk").uid
        return (client or self.rana).post(self.address, {"act": answer, "list": str(listed)})

    def strict(self) -> Client:
        """Layla's browser, which does not hide an error of the program."""
        client = self.house.client()
        client.raise_request_exception = True
        return client

    def show_factor(self) -> None:
        cache.clear()
        shown = self.layla.post(f"{AGAIN}?next={self.address}", {"code": app_code(self.secret)})
        assert shown.headers["Location"] == self.address

    def fetch(self, kind: str = "csv") -> Any:
        return self.layla.post(self.address, {"act": "fetch", "format": kind})

    def ready(self) -> None:
        self.ask()
        self.say("approve")
        self.show_factor()


@pytest.fixture
def desk(db: None, settings: Any) -> Iterator[Desk]:
    settings.EXPORT_APPROVAL_ABOVE = 2
    with travel(clock.now(), tick=False) as time:
        house = make_house()
        for name in (PLANTED_NAME, "Noor", "=1+1"):
            house.sign_up(name, PLANTED_PHONE if name == PLANTED_NAME else "")
        Membership.objects.filter(account=house.world.accounts[Character.EDITOR]).update(may_see_names=True)
        Authenticator.objects.filter(user=house.layla).delete()
        secret = generate_totp_secret()
        TOTP.activate(house.layla, secret)
        yield Desk(house, secret, time)


def unlocked(answer: Any, password: str) -> dict[str, bytes]:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    packed = b"".join(answer.streaming_content)
    assert PLANTED_NAME.encode() not in packed
    with pyzipper.AESZipFile(io.BytesIO(packed)) as zipped:
        zipped.setpassword(password.encode())
        return {name: zipped.read(name) for name in zipped.namelist()}


def nothing_left(desk: Desk, answer: Any) -> None:
    assert not answer.streaming
    assert not AuditEntry.objects.filter(act__in=(OPENED, HANDED_OUT)).exists()


def test_two_members_and_a_fresh_factor_let_a_list_out_once(desk: Desk) -> None:
    assert "Ask a second member" in desk.page()
    desk.ask()
    assert "waits for an answer" in desk.page()
    assert "Layla asks you" in desk.page(desk.rana)
    desk.say("approve")
    assert "Rana agreed" in desk.page()
    desk.show_factor()
    password = PASSWORD.search(desk.page())
    assert password
    content = unlocked(desk.fetch(), password[0])["people.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert [row[3] for row in rows[2:5]] == [PLANTED_NAME, "Noor", "'=1+1"]
    assert "You fetched it" in desk.page()
    assert password[0] in desk.page(), "who has the file may look its password up again"
    assert not desk.fetch().streaming, "an approval is for one time"
    acts = [approvals.ASKED, approvals.APPROVED, OPENED, HANDED_OUT]
    assert list(AuditEntry.objects.filter(act__in=acts).order_by("number").values_list("act", flat=True)) == acts


def test_each_row_and_the_file_say_whose_copy_it_is(desk: Desk) -> None:
    desk.ready()
    password = PASSWORD.search(desk.page())
    assert password
    content = unlocked(desk.fetch("xlsx"), password[0])["people.xlsx"]
    book = load_workbook(io.BytesIO(content))
    rows = [[str(cell or "") for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    number = str(AuditEntry.objects.get(act=HANDED_OUT).number)
    assert rows[0][-1] == "Copy number"
    assert {row[-1] for row in rows[2:5]} == {number}
    assert rows[5][0].startswith("Handed out to Layla on ")
    assert rows[5][0].endswith(f"Audit entry {number}.")
    assert book.properties.description == rows[5][0]


def test_a_marked_list_can_be_taken_in_elsewhere(desk: Desk) -> None:
    desk.ready()
    password = PASSWORD.search(desk.page())
    assert password
    content = unlocked(desk.fetch("xlsx"), password[0])["people.xlsx"]
    checked = importing.check(content=content, admission=desk.house.admission)
    assert (checked.people, checked.good) == (3, True)


def test_a_short_list_leaves_as_before(desk: Desk, settings: Any) -> None:
    settings.EXPORT_APPROVAL_ABOVE = 3
    answer = desk.layla.post(desk.address, {"why": "export", "format": "csv"})
    assert PLANTED_NAME in b"".join(answer.streaming_content).decode()


def test_no_list_leaves_without_an_answer(desk: Desk) -> None:
    desk.show_factor()
    nothing_left(desk, desk.fetch())
    desk.ask()
    nothing_left(desk, desk.fetch())


def test_the_form_of_a_short_list_does_not_lead_around_it(desk: Desk) -> None:
    desk.show_factor()
    nothing_left(desk, desk.layla.post(desk.address, {"why": "export", "format": "csv", "sure": "yes"}))


def test_a_refusal_is_shown_and_lets_nothing_out(desk: Desk) -> None:
    desk.ask()
    desk.say("refuse")
    assert "Rana refused" in desk.page()
    desk.show_factor()
    nothing_left(desk, desk.fetch())


def test_nobody_answers_herself(desk: Desk) -> None:
    desk.ask()
    desk.say("approve", desk.layla)
    desk.show_factor()
    nothing_left(desk, desk.fetch())


@pytest.mark.parametrize("character", [Character.DOOR, Character.COORDINATOR_ELSEWHERE, Character.OPERATOR])
def test_who_may_not_decide_here_cannot_agree(desk: Desk, character: Character) -> None:
    desk.ask()
    assert desk.say("approve", desk.house.client(character)).status_code in {403, 404}
    assert ListRequest.objects.get().answer == "waiting"


def test_who_may_not_see_names_can_neither_agree_nor_is_she_asked(desk: Desk) -> None:
    Membership.objects.filter(account=desk.house.world.accounts[Character.EDITOR]).update(may_see_names=False)
    assert "nobody can agree" in desk.page()
    desk.ask()
    assert "asks you" not in desk.page(desk.rana)
    desk.say("approve")
    assert ListRequest.objects.get().answer == "waiting"


def test_an_approval_ends_after_an_hour(desk: Desk) -> None:
    desk.ask()
    desk.say("approve")
    desk.time.shift(APPROVED_FOR)
    desk.show_factor()
    nothing_left(desk, desk.fetch())
    assert "lapsed" in desk.page()


def test_an_approval_ends_with_the_right_of_who_gave_it(desk: Desk) -> None:
    desk.ready()
    Membership.objects.filter(account=desk.house.world.accounts[Character.EDITOR]).update(may_see_names=False)
    nothing_left(desk, desk.fetch())


def test_an_approval_is_for_who_asked_and_for_this_activity_alone(desk: Desk) -> None:
    desk.ready()
    rana = desk.house.world.accounts[Character.EDITOR]
    with pytest.raises(Refused):
        approvals.usable(asker=rana.pk, admission=desk.house.admission, now=clock.now())
    desk.house.admission.pk += 1
    with pytest.raises(Refused):
        approvals.usable(asker=desk.house.layla.pk, admission=desk.house.admission, now=clock.now())


def test_of_two_at_once_only_one_uses_an_approval(desk: Desk) -> None:
    desk.ready()
    first, second = (
        approvals.usable(asker=desk.house.layla.pk, admission=desk.house.admission, now=clock.now()) for _ in range(2)
    )
    approvals.use_up(first, now=clock.now())
    with pytest.raises(Refused):
        approvals.use_up(second, now=clock.now())


def test_an_old_second_factor_is_asked_for_again(desk: Desk) -> None:
    desk.ready()
    desk.time.shift(FACTOR_FRESH_FOR + timedelta(seconds=1))
    answer = desk.fetch()
    assert answer.headers["Location"].startswith(AGAIN)
    nothing_left(desk, answer)
    assert "Show second factor" in desk.page()


def test_a_wrong_code_shows_nothing(desk: Desk) -> None:
    desk.ask()
    desk.say("approve")
    assert desk.layla.post(AGAIN, {"code": "000000"}).status_code == 422
    assert desk.fetch().headers["Location"].startswith(AGAIN)


def test_the_service_itself_wants_the_factor(desk: Desk) -> None:
    desk.ready()
    wanted = {
        "actor": LAYLA.__class__("Layla", desk.house.layla.pk),
        "keyring": desk.house.keyring(),
        "admission": desk.house.admission,
        "why": OpeningReason.EXPORT,
        "language": "en",
        "now": clock.now(),
    }
    with pytest.raises(Refused, match="second factor"):
        exporting.hand_out(**wanted)
    assert exporting.hand_out(**wanted, factor_shown_at=clock.now()).lock


def test_without_the_guards_the_list_would_leave_in_the_clear(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "needs_approval", lambda people: False)
    answer = desk.layla.post(desk.address, {"why": "export", "format": "csv"})
    assert PLANTED_NAME in b"".join(answer.streaming_content).decode()


def test_without_the_check_of_time_an_old_factor_would_do(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ready()
    desk.time.shift(FACTOR_FRESH_FOR + timedelta(seconds=1))
    monkeypatch.setattr(rules, "FACTOR_FRESH_FOR", timedelta(days=1))
    assert desk.fetch().streaming


def test_without_the_check_of_who_agrees_she_would_agree_herself(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ask()
    monkeypatch.setattr(rules, "may_answer", lambda **given: rules.ALLOWED)
    with pytest.raises(Exception, match="nobody_answers_herself"):
        desk.say("approve", desk.strict())


def test_the_password_is_the_askers_alone_and_stored_nowhere(desk: Desk) -> None:
    desk.ready()
    password = PASSWORD.search(desk.page())
    assert password
    assert not PASSWORD.search(desk.page(desk.rana))
    locked = desk.house.client(unlocked=False)
    assert not PASSWORD.search(desk.page(locked))
    other = members.found_member(
        actor=LAYLA, member="member:999", passphrase="another slow boat on the river", now=clock.now()
    )
    assert other
    unlocking = members.unlock(member="member:999", passphrase="another slow boat on the river", now=clock.now())
    keyring = members.unlocked(unlocking, member="member:999", now=clock.now())
    assert keyring
    uid = ListRequest.objects.get().uid
    assert exporting.password_of(keyring, uid) != password[0]
    assert exporting.password_of(desk.house.keyring(), uid) == password[0]
    assert password[0] not in str([list(model.objects.values()) for model in (ListRequest, AuditEntry)])
    assert django_settings.UNLOCK_COOKIE_NAME in desk.layla.cookies


def test_who_may_answer_sees_how_many_wait_and_others_see_none(desk: Desk) -> None:
    desk.ask()
    world = desk.house.world

    def waiting(character: Character) -> int:
        account = world.accounts[character]
        return lists_to_answer(standing=standing_of(account), member=account.pk, now=clock.now()).count()

    assert [waiting(one) for one in (Character.EDITOR, Character.COORDINATOR, Character.DOOR)] == [1, 0, 0]
    assert waiting(Character.COORDINATOR_ELSEWHERE) == waiting(Character.OPERATOR) == 0
    desk.say("refuse")
    assert waiting(Character.EDITOR) == 0


def test_shutting_everything_down_forgets_what_was_asked(desk: Desk) -> None:
    desk.ready()
    endings.lockdown(actor=LAYLA, now=clock.now())
    assert not ListRequest.objects.exists()


def test_who_must_agree_is_told_on_her_first_page(desk: Desk) -> None:
    desk.ask()
    assert desk.address in desk.rana.get("/desk/").content.decode()
    assert desk.address not in desk.layla.get("/desk/").content.decode()
