"""Second factors: an app's codes, passkeys, and spare codes on paper for the day the phone is gone."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.exceptions import InvalidSignature
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Account
from tadamun.organise.network.queries import SECOND_FACTORS
from tadamun.organise.network.services.accounts import actor_of
from tadamun.organise.safety.services.audit import note_act
from tadamun.toolkit.rulings import Refused

_SALT = "tadamun.organise.network.app"
_OFFERED_FOR = 3600
# What the library raises for answers that no browser gives.
_NO_ANSWER = (ValidationError, InvalidSignature, KeyError, TypeError, ValueError, AttributeError)


def offer_app(account: Account) -> str:
    """A new secret for an app, signed for this account, to travel through the form until the first code proves it."""
    return signing.dumps([account.pk, generate_totp_secret()], salt=_SALT)


def secret_of_offer(account: Account, offer: str) -> str:
    """The secret in an offer.

    :raises Refused: when the offer is too old or for another account.
    """
    try:
        owner, secret = signing.loads(offer, salt=_SALT, max_age=_OFFERED_FOR)
    except signing.BadSignature:
        owner, secret = None, ""
    if owner != account.pk:
        raise Refused(_("This page was open too long. Load it again and scan the new picture."))
    return str(secret)


@transaction.atomic
def add_app(*, account: Account, offer: str, code: str, now: datetime) -> list[str]:
    """Add an app; its first code proves that it was scanned. Returns the spare codes when they are new.

    :raises Refused: when the code is wrong, the offer too old, or there is an app already.
    """
    if Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        raise Refused(_("There is an app already. Remove it first."))
    secret = secret_of_offer(account, offer)
    if not validate_totp_code(secret, code):
        raise Refused(_("This code does not fit the picture. Is the clock of the phone right? Type the newest code."))
    TOTP.activate(account, secret)
    note_act(actor=actor_of(account), act="add second factor", subject=account.subject, now=now, detail={"kind": "app"})
    return _spare_codes(account)


@transaction.atomic
def add_passkey(*, account: Account, name: str, credential: dict[str, object], now: datetime) -> list[str]:
    """Add the passkey that the browser has just made. Returns the spare codes when they are new.

    :raises Refused: when the browser's answer does not fit our question.
    """
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except _NO_ANSWER as error:
        raise Refused(_("The browser's answer does not fit. Load the page again and try once more.")) from error
    webauthn.WebAuthn.add(account, name, credential)
    detail = {"kind": "passkey"}
    note_act(actor=actor_of(account), act="add second factor", subject=account.subject, now=now, detail=detail)
    return _spare_codes(account)


def shown_passkey(*, account: Account, credential: dict[str, object]) -> Authenticator:
    """The passkey that the browser has just shown.

    :raises Refused: when it is none of this account, or the answer does not fit our question.
    """
    try:
        webauthn.parse_authentication_response(credential)
        return webauthn.complete_authentication(account, credential)
    except _NO_ANSWER as error:
        raise Refused(_("The passkey was not accepted. Try again, or type a code.")) from error


@transaction.atomic
def remove(*, account: Account, factor: Authenticator, now: datetime) -> None:
    """Remove an app or passkey; the spare codes go with the last of them."""
    detail = {"kind": factor.type}
    factor.delete()
    if not Authenticator.objects.filter(user=account, type__in=SECOND_FACTORS).exists():
        Authenticator.objects.filter(user=account).delete()
    note_act(actor=actor_of(account), act="remove second factor", subject=account.subject, now=now, detail=detail)


@transaction.atomic
def renew_spare_codes(*, account: Account, now: datetime) -> list[str]:
    """New spare codes; the old ones are dead."""
    Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
    note_act(actor=actor_of(account), act="renew spare codes", subject=account.subject, now=now)
    return _spare_codes(account)


def _spare_codes(account: Account) -> list[str]:
    if Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    return list(RecoveryCodes.activate(account).get_unused_codes())
