"""Members with open vaults, for tests: who they are, what they hold, what is sealed to them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from tadamun.organise.safety.services import members, openings, vault
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vault.sealing import Context, seal
from tadamun.organise.safety.vocabulary import OpeningReason

NOW = datetime(2026, 3, 21, 12, tzinfo=UTC)
ACTOR = Actor("Layla, coordinator", 1)
FORUM, CENTRE = "organisation:our-forum", "organisation:women-centre"
RUN = "activity:0b0f4a30-0000-4000-8000-000000000001"
PASSPHRASE = "twelve stars over the river"


@dataclass
class Member:
    """A member with her recovery code and, as long as nothing was changed, her cookie."""

    subject: str
    code: str
    cookie: str

    def keyring(self, now: datetime = NOW) -> Keyring:
        keyring = members.unlocked(self.cookie, member=self.subject, now=now)
        assert keyring
        return keyring


def member(number: int) -> Member:
    """A member who has a key and has just signed in."""
    subject = f"member:{number}"
    code = members.found_member(actor=ACTOR, member=subject, passphrase=PASSPHRASE, now=NOW)
    return Member(subject, code, members.unlock(member=subject, passphrase=PASSPHRASE, now=NOW))


def let_in(who: Member, *, organisation: str = FORUM, by: Member | None = None) -> None:
    vault.give_access(
        actor=ACTOR,
        organisation=organisation,
        member=who.subject,
        keyring=by.keyring() if by else None,
        now=NOW,
    )


def opened_activity(*organisations: str) -> None:
    vault.found_activity_key(actor=ACTOR, activity=RUN, organisations=organisations or [FORUM], now=NOW)


def sealed(row: str, text: str = "Zaynab, +964 770 000 0000") -> tuple[bytes, Context]:
    context = Context(purpose="registration", activity=RUN, field="entry", row=row)
    return seal(openings.public_key_of(RUN), text.encode(), context=context), context


def read(who: Member, envelope: bytes, context: Context, *, now: datetime = NOW) -> str:
    keyring = who.keyring(now)
    openings.note_opening(
        actor=ACTOR, keyring=keyring, subject=RUN, rows=[context.row], why=OpeningReason.DOOR, now=now
    )
    return keyring.open(RUN, envelope, context=context).decode()
