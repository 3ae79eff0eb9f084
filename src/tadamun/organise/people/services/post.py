"""How a message leaves: e-mail by the installation's mail server, text messages by a gateway that is off by default.

An address is only ever an argument here. It stands in no log, no queue on disk and no exception that goes on.
"""

import http.client
import json
import logging
import ssl
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from tadamun.organise.people.services.messages import Message

logger = logging.getLogger("tadamun.post")
_TIMEOUT_SECONDS = 15
_LONGEST_ANSWER = 4096


class TextGateway(Protocol):
    """Whatever can send a text message to a phone."""

    def send(self, number: str, text: str) -> bool:
        """Send; whether the gateway took it."""
        ...


class NotSent(Exception):
    """The message did not leave. It says nothing about to whom."""


class PlainGateway:
    """A gateway that takes JSON by one POST: ``{"to": "+964…", "text": "…"}``, with a bearer token.

    Only HTTPS, only the host that the operator set, no redirects, no proxy, a bounded answer.

    :raises ValueError: when the address is not an HTTPS one.
    """

    def __init__(self, address: str, token: str = "") -> None:
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname or parts.username:
            raise ValueError("The gateway's address must begin with https:// and hold no name.")
        self._host, self._port = parts.hostname, parts.port or 443
        self._path = parts.path or "/"
        self._token = token

    def send(self, number: str, text: str) -> bool:
        """Send one message; True when the gateway answered that it took it."""
        connection = http.client.HTTPSConnection(
            self._host, self._port, timeout=_TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            connection.request("POST", self._path, json.dumps({"to": number, "text": text}), headers)
            answer = connection.getresponse()
            answer.read(_LONGEST_ANSWER)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return 200 <= answer.status < 300


def text_gateway() -> TextGateway | None:
    """The gateway that the operator set (``TEXT_GATEWAY``, ``TEXT_GATEWAY_TOKEN``); None, as by default."""
    address = settings.TEXT_GATEWAY
    return PlainGateway(address, settings.TEXT_GATEWAY_TOKEN) if address else None


def reaches(contact: str) -> bool:
    """Whether this installation can send anything to such an address."""
    if "@" in contact:
        return bool(settings.MAILS)
    return bool(contact) and text_gateway() is not None


def send(contact: str, message: Message) -> None:
    """Send a message to an e-mail address or a phone number.

    :raises NotSent: when there is no way to send it, or the way was blocked; it holds no address.
    """
    sent = False
    if "@" in contact and settings.MAILS:
        sent = _mail(contact, message)
    elif contact and "@" not in contact and (gateway := text_gateway()) is not None:
        sent = gateway.send(contact, message.body)
    if not sent:
        raise NotSent


def _mail(contact: str, message: Message) -> bool:
    letter = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[contact],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    try:
        return letter.send() == 1
    except Exception as error:  # noqa: BLE001  mail servers fail in many ways, and their words hold addresses
        logger.warning("A letter could not be sent: %s", type(error).__name__)
        return False
