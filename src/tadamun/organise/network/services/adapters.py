"""Where the sign-in library asks us: marks instead of addresses, closed secrets, no messages of its own."""

import base64
import secrets
import threading
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Account, Site
from tadamun.toolkit.languages.text import spoken
from tadamun.toolkit.networks import network_mark

WAIT = _(
    "There were too many attempts, so nothing was tried. Wait a quarter of an hour. Your printed recovery code and "
    "the link by e-mail work in the meantime: nobody can lock you out."
)

_ONE_AT_A_TIME = threading.Lock()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Accounts: nobody signs up by herself; limits know networks by a mark, never by an address."""

    error_messages = {**DefaultAccountAdapter.error_messages, "too_many_login_attempts": WAIT}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: members are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A mark of the network. Who comes from this machine itself is limited by account alone."""
        return network_mark(request) or secrets.token_hex(16)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check one passphrase at a time: each takes a tenth of a second and a hundred megabytes."""
        with _ONE_AT_A_TIME:
            return super().authenticate(request, **credentials)

    def get_login_stages(self) -> list[str]:
        """The passphrase, then the second factor; nothing by e-mail."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def add_message(self, *args: Any, **options: Any) -> None:
        """Say nothing: our pages say what happened, in our words."""

    def send_notification_mail(self, *args: Any, **options: Any) -> None:
        """Send nothing: no address leaves the site unasked."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Second factors: their secrets are closed by the site's secret key, which is not in the database."""

    def get_totp_issuer(self) -> str:
        """What the app shows: a neutral word, because phones are looked at."""
        return "Desk"

    def get_totp_label(self, user: Account) -> str:
        """No address in the app either."""
        return f"{user.pk}"

    def _get_site_name(self) -> str:
        site = Site.objects.first()
        return spoken(site.short_names or site.names, "en").words if site else "Desk"

    def _get_user_identifier(self, user: Account) -> str:
        return f"{user.pk}"

    def encrypt(self, text: str) -> str:
        """Close a secret for storage."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> Fernet:
    derivation = HKDF(SHA256(), length=32, salt=None, info=b"tadamun second factor 1")
    return Fernet(base64.urlsafe_b64encode(derivation.derive(settings.SECRET_KEY.encode())))
