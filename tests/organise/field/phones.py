"""Phones as the server sees them: they enrol, write, and send, each with a clock of its own."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from tadamun.organise.field.models import Device
from tadamun.organise.field.rules import wire
from tadamun.organise.field.services import kits
from tadamun.organise.field.vocabulary import KitRole
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import clock

HAWRE = Actor("Hawre")


@dataclass
class Phone:
    """A phone with its kit; ``skew`` is how far its clock is from the true time, in milliseconds."""

    device: str
    key: bytes = field(repr=False)
    kit: dict[str, Any]
    activity: str
    skew: int = 0
    number: int = 0
    log: list[list[Any]] = field(default_factory=list)

    def writes(self, kind: str, body: dict[str, Any] | None = None, *, clock_at: int | None = None) -> list[Any]:
        """Write an entry into the phone's log; the program of the phone made it, not the server's."""
        self.number += 1
        moment = clock.milliseconds() + self.skew if clock_at is None else clock_at
        unsigned = [self.device, self.number, moment, kind, self.activity, body or {}]
        text = json.dumps(unsigned, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        mac = hmac.new(self.key, text.encode(), hashlib.sha256).digest()
        self.log.append([*unsigned, wire.encode(mac)])
        return self.log[-1]

    def request(self, entries: list[Any] | None = None, *, clock_at: int | None = None, **said: Any) -> dict[str, Any]:
        """What a test client posts to bring these entries (all of the log unless said)."""
        sent = self.log if entries is None else entries
        body = json.dumps({"have": 0, "unsent": len(sent), "entries": sent, **said}).encode()
        moment = clock.milliseconds() + self.skew if clock_at is None else clock_at
        message = f"tadamun sync 1\n{moment}\n{hashlib.sha256(body).hexdigest()}".encode()
        mac = wire.encode(hmac.new(self.key, message, hashlib.sha256).digest())
        return {
            "path": "/field/sync",
            "data": body,
            "content_type": "application/json",
            "headers": {"Authorization": f"Kit {self.device}:{moment}:{mac}"},
        }

    def sends(self, entries: list[Any] | None = None, *, status: int = 200, **said: Any) -> dict[str, Any]:
        """Send, and hear the answer."""
        answer = Client().post(**self.request(entries, **said))
        assert answer.status_code == status, answer.content
        told: dict[str, Any] = json.loads(answer.content)
        return told

    @property
    def row(self) -> Device:
        """The kit as the server has it."""
        return Device.objects.get(uid=self.device)


def issued(activity: Activity, *, role: KitRole = KitRole.DOOR, label: str = "door 1", days: int = 3) -> kits.Issued:
    """A kit that waits for its phone."""
    now = clock.now()
    return kits.issue_kit(
        actor=HAWRE,
        activities=[activity],
        label=label,
        role=role,
        language="ar",
        ends_at=now + timedelta(days=days),
        now=now,
    )


def enrolled(activity: Activity, *, skew: int = 0, **options: Any) -> Phone:
    """A phone that came for its kit."""
    answer = comes_for(issued(activity, **options).secret)
    return phone_of(answer, activity, skew=skew)


def phone_of(answer: dict[str, Any], activity: Activity, *, skew: int = 0) -> Phone:
    """The phone that heard this answer."""
    return Phone(answer["device"], wire.decode(answer["key"]), answer["kit"], str(activity.uid), skew)


def comes_for(secret: str, *, status: int = 200) -> dict[str, Any]:
    """A phone comes for its kit."""
    answer = Client().post("/field/enrol", json.dumps({"secret": secret}), content_type="application/json")
    assert answer.status_code == status, answer.content
    told: dict[str, Any] = json.loads(answer.content)
    return told
