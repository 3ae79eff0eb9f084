"""Members of the accounts' tests, and how they go through the desk."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.test import Client

from tadamun.organise.network.models import Account, Organisation
from tadamun.organise.network.services import invitations, second_factors
from tadamun.organise.network.vocabulary import OrganisationKind, Role
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import clock

NOW = datetime(2026, 3, 21, 12, tzinfo=UTC)
LAYLA = Actor("Layla, coordinator", 1)
PASSPHRASE = "twelve stars over the river"
OTHER = "a slow boat full of pomegranates"


def organisation(slug: str = "our-forum") -> Organisation:
    return Organisation.objects.get_or_create(
        slug=slug, defaults={"kind": OrganisationKind.FORUM, "names": {"en": "Our Forum", "ar": "منتدانا"}}
    )[0]


def invited(
    email: str = "layla@example.org",
    *,
    role: Role = Role.COORDINATOR,
    sees_names: bool = True,
    to: Organisation | None = None,
    **more: Any,
) -> str:
    """The secret of an invitation."""
    return invitations.invite(
        actor=LAYLA,
        email=email,
        organisation=to or organisation(),
        role=role,
        sees_names=sees_names,
        now=clock.now(),
        **more,
    )


@dataclass
class Browser:
    """A member at a browser that runs no script."""

    email: str = "layla@example.org"
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=False))
    code: str = ""

    @property
    def account(self) -> Account:
        return Account.objects.get(email=self.email)

    @property
    def unlock_cookie(self) -> str:
        cookie = self.client.cookies.get(settings.UNLOCK_COOKIE_NAME)
        return cookie.value if cookie else ""

    def arrive(self, secret: str, *, name: str = "Layla", passphrase: str = PASSPHRASE) -> None:
        """Open the invitation, choose the passphrase, write the code down, prove it."""
        page = self.client.post(
            f"/desk/welcome/{secret}/", {"shown_name": name, "new": passphrase, "again": passphrase}
        )
        assert page.status_code == 200, page.content.decode()
        self.keep_code(page.content.decode())

    def keep_code(self, page: str) -> None:
        groups = re.findall(r"</small>([0-9A-Z]{5})</li>", page)
        assert len(groups) == 7
        self.code = "-".join(groups)
        numbers = [int(number) for number in re.findall(r"Group (\d), from the paper", page)]
        check = re.search(r'name="check" value="([^"]+)"', page)
        assert check
        typed = {"first": groups[numbers[0] - 1].lower(), "second": groups[numbers[1] - 1], "check": check[1]}
        assert self.client.post("/desk/account/recovery-code/", typed).headers["Location"] == "/desk/"

    def sign_in(self, passphrase: str = PASSPHRASE, **more: Any) -> Any:
        return self.client.post("/desk/sign-in/", {"email": self.email, "passphrase": passphrase, **more})

    def set_up_app(self) -> str:
        """Returns the app's secret."""
        offer = second_factors.offer_app(self.account)
        secret = second_factors.secret_of_offer(self.account, offer)
        page = self.client.post(
            "/desk/account/second-factor/app/",
            {"offer": offer, "code": app_code(secret), "passphrase": PASSPHRASE},
        )
        assert page.status_code == 200, page.content.decode()
        return secret


def app_code(secret: str, *, ahead: int = 0) -> str:
    """What the app shows now, or one step ahead: a code that was used does not work twice."""
    return str(format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1 + ahead])))


def member(email: str = "layla@example.org", name: str = "Layla", **more: Any) -> Browser:
    """A member who has arrived and is signed in."""
    browser = Browser(email)
    browser.arrive(invited(email, **more), name=name)
    return browser
