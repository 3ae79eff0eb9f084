"""Letters: sent from memory while the address is at hand, else owed without an address until a member releases them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tadamun.organise.people.models import Letter, Registration
from tadamun.organise.people.services import letters, post
from tadamun.organise.people.services.messages import FSI, PDI, message
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.services.post import NotSent, PlainGateway
from tadamun.organise.people.vocabulary import LetterKind
from tadamun.organise.programme.models import Activity
from tests.organise.people_gate.conftest import Clock
from tests.organise.people_gate.world import EMAIL, NAME, NOW, PHONE, Gate, registration_of, sign_up
from tests.organise.safety.vault_world import ACTOR

BASE = "https://week.example"


@pytest.fixture
def mails(gate: Gate, settings: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """An installation that sends mail; tests run in a transaction, so what follows a commit is called by hand."""
    settings.MAILS = True
    return django_capture_on_commit_callbacks


def signed_up(client: Client, gate: Gate, mails: Any, **changes: str) -> str:
    """Sign up and do what follows the commit, in this thread."""
    with mails(execute=True):
        return str(sign_up(client, gate, **changes)["Location"])


@pytest.fixture(autouse=True)
def _in_this_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    def carry(envelope: Any) -> None:
        try:
            post.send(envelope.contact, envelope.message)
        except NotSent:
            return
        Letter.objects.filter(pk=envelope.letter).update(state="sent")

    monkeypatch.setattr(letters, "_hand_over", carry)


def states() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("kind", "state"))


def test_confirmation_leaves_at_once_with_the_ticket_s_link(gate: Gate, client: Client, mails: Any) -> None:
    address = signed_up(client, gate, mails)
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    assert f"http://testserver{address}" in letter.body
    assert states() == [("confirmation", "sent")]


def test_a_letter_that_could_not_leave_stays_owed_and_says_no_address(
    gate: Gate, client: Client, mails: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    signed_up(client, gate, mails)
    assert states() == [("confirmation", "waiting")]
    assert "could not be sent" in caplog.text
    assert EMAIL not in caplog.text
    assert EMAIL not in str(list(Letter.objects.values()))


def test_nobody_can_have_letters_sent_to_others(gate: Gate, client: Client, mails: Any) -> None:
    signed_up(client, gate, mails)
    signed_up(client, gate, mails)
    signed_up(client, gate, mails, website="filled in", contact="other@example.org")
    assert [letter.to for letter in mail.outbox] == [[EMAIL]]


def test_without_mail_nothing_is_promised(gate: Gate, client: Client) -> None:
    sign_up(client, gate)
    assert states() == []


@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
@pytest.mark.parametrize("kind", LetterKind)
def test_no_subject_carries_a_name_or_a_topic(gate: Gate, client: Client, kind: LetterKind, language: str) -> None:
    row = registration_of(sign_up(client, gate, lang=language)["Location"])
    title = gate.activity.titles[language]
    for safety, in_body in (("open", True), ("careful", True), ("high_risk", False)):
        row.admission.activity.safety = safety
        written = message(row, kind, link=f"{BASE}/t/ABC", now=NOW)
        assert title not in written.subject
        assert NAME not in written.subject + written.body
        assert (title in written.body) == in_body
        assert f"{FSI}{BASE}/t/ABC{PDI}" in written.body
        assert written.body.count(FSI) == written.body.count(PDI)


def test_subjects_of_a_careful_activity_are_all_alike(gate: Gate, client: Client) -> None:
    row = registration_of(sign_up(client, gate)["Location"])
    row.admission.activity.safety = "careful"
    assert {message(row, kind, link="", now=NOW).subject for kind in LetterKind} == {"A message for you"}


def test_later_letters_wait_until_a_member_opens_the_addresses(gate: Gate, client: Client, mails: Any) -> None:
    ticket = signed_up(client, gate, mails)
    signed_up(client, gate, mails, contact="")
    mail.outbox.clear()
    assert letters.queue(admission=gate.admission, kind=LetterKind.CHANGED, due_at=NOW) == 1
    assert letters.queue(admission=gate.admission, kind=LetterKind.CHANGED, due_at=NOW) == 0
    assert letters.waiting_letters(gate.admission, now=NOW) == 1
    assert mail.outbox == []
    released = letters.release(
        actor=ACTOR,
        keyring=gate.member.keyring(),
        admission=gate.admission,
        mint=ticket_mint(),
        base=BASE,
        now=NOW,
    )
    assert (released.sent, released.waiting) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    assert BASE + ticket in letter.body


def test_a_deleted_entry_gets_no_letter(gate: Gate, client: Client, mails: Any) -> None:
    signed_up(client, gate, mails)
    letters.queue(admission=gate.admission, kind=LetterKind.CHANGED, due_at=NOW)
    Registration.objects.update(sealed=b"", own_copy=b"")
    mail.outbox.clear()
    released = letters.release(
        actor=ACTOR, keyring=gate.member.keyring(), admission=gate.admission, mint=ticket_mint(), base=BASE, now=NOW
    )
    assert (released.sent, released.waiting, mail.outbox) == (0, 0, [])


def test_reminders_are_owed_the_day_before_at_nine_where_it_is_and_once(
    gate: Gate, client: Client, time_passes: Clock
) -> None:
    sign_up(client, gate)
    sign_up(client, gate, contact="")
    before_nine = datetime(2030, 3, 21, 5, 59, tzinfo=UTC)  # in Baghdad one minute before nine
    planned = [letters.plan_reminders(now=before_nine + timedelta(minutes=minutes)) for minutes in (-1440, 0, 1, 2)]
    assert planned == [0, 0, 1, 0]
    assert states() == [("reminder", "waiting")]


def test_who_has_left_gets_no_news(gate: Gate, client: Client) -> None:
    sign_up(client, gate)
    sign_up(client, gate, contact=PHONE)
    Registration.objects.filter(number=1).update(standing="cancelled", told="cancelled")
    assert letters.queue(admission=gate.admission, kind=LetterKind.CALLED_OFF, due_at=NOW) == 1


def test_text_messages_are_off_until_an_operator_sets_an_https_gateway(settings: Any) -> None:
    assert post.text_gateway() is None
    assert not post.reaches(PHONE)
    settings.TEXT_GATEWAY = "http://gateway.example/send"
    with pytest.raises(ValueError, match="https"):
        post.text_gateway()
    settings.TEXT_GATEWAY = "https://gateway.example/send"
    assert isinstance(post.text_gateway(), PlainGateway)
    assert post.reaches(PHONE)


def test_a_gateway_that_does_not_answer_leaves_the_letter_owed() -> None:
    assert PlainGateway("https://127.0.0.1:9/").send(PHONE, "text") is False


def test_page_of_a_changed_activity_says_so(gate: Gate, client: Client) -> None:
    ticket = sign_up(client, gate)["Location"]
    Activity.objects.update(state="cancelled")
    page = client.get(ticket).content.decode()
    assert "The activity was cancelled." in page
    assert "Yes, I will come" not in page
