"""The two doors of phones: coming for a kit, and sending what was recorded. No cookie, no session, JSON alone."""

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from uuid import UUID

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from tadamun.organise.field.models import Device
from tadamun.organise.field.rules import wire
from tadamun.organise.field.rules.wire import NotAnEntry
from tadamun.organise.field.services import carrying, kits, taking_in
from tadamun.toolkit import clock

LARGEST_PIECE = 64 * 1024
_AUTHORIZATION = re.compile(r"Kit ([0-9a-f-]{36}):([0-9]{1,16}):([A-Za-z0-9_-]{43})")
_WORTH_PACKING = 1_000
Door = Callable[[HttpRequest, bytes], HttpResponse]


def phone_door(view: Door) -> Callable[[HttpRequest], HttpResponse]:
    """A door that takes a POST of at most 64 KB, and asks for no sign that it came from a page of ours.

    Every request proves itself by a secret in it, which no foreign page has.
    """

    @csrf_exempt
    @sensitive_post_parameters()
    @wraps(view)
    def page(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
            body = request.body if length <= LARGEST_PIECE else b""
        except (ValueError, RequestDataTooBig):
            length = LARGEST_PIECE + 1
        if length > LARGEST_PIECE:
            return answer(request, {"reason": "size", "largest": LARGEST_PIECE}, status=413)
        return view(request, body)

    return page


@phone_door
def enrol(request: HttpRequest, body: bytes) -> HttpResponse:
    """A phone comes for its kit with the secret of its link."""
    try:
        came = wire.read_json(body)
    except NotAnEntry:
        came = None
    if not isinstance(came, dict) or not isinstance(came.get("secret"), str):
        return answer(request, {"reason": "shape"}, status=400)
    now = clock.now()
    try:
        device = kits.enrol(secret=came["secret"], now=now)
    except kits.NoSuchKit:
        return answer(request, {"reason": "unknown"}, status=404)
    except kits.KitTaken:
        return answer(request, {"reason": "taken"}, status=410)
    kit = taking_in.kit_for(device=device, have=-1, now=now)
    told = {"device": str(device.uid), "key": wire.encode(bytes(device.key)), "kit": kit, "now": clock.milliseconds()}
    return answer(request, told)


@phone_door
def sync(request: HttpRequest, body: bytes) -> HttpResponse:
    """A phone sends what it recorded, and hears what is new."""
    device, phone_clock = sender_of(request, lambda at: wire.sync_message(at, body))
    if device is None:
        return answer(request, {"reason": "kit", "erase": False}, status=401)
    try:
        piece = taking_in.read_piece(body, clock=phone_clock)
    except NotAnEntry as error:
        return answer(request, {"reason": "shape", "says": str(error)}, status=400)
    at = clock.milliseconds()
    now = datetime.fromtimestamp(at // 1000, UTC)
    done = taking_in.take_in(device=device, piece=piece, at=at)
    taking_in.carry_on(done)
    shut_out, ended = device.revoked_at is not None, device.ends_at <= now
    told: dict[str, Any] = {
        "now": at,
        "taken": done.taken,
        "refused": done.refused,
        "packs": carrying.take_in_packs(came=piece.packs, bringer=device, now=now),
        "kit": None if shut_out or ended else taking_in.kit_for(device=device, have=piece.have, now=now),
        "ended": ended,
        "erase": shut_out or device.erase,
    }
    return answer(request, told, status=401 if shut_out else 200)


def sender_of(request: HttpRequest, message: Callable[[int], bytes]) -> tuple[Device | None, int]:
    """Who sent this request and when by her phone's clock; nobody when the mac does not fit.

    ``message`` makes of that clock what the mac is over.
    """
    said = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
    if said is None:
        return None, 0
    try:
        uid, phone_clock, mac = UUID(said[1]), int(said[2]), wire.decode(said[3])
    except ValueError:
        return None, 0
    device = Device.objects.filter(uid=uid, enrolled_at__isnull=False).first()
    if device is None or phone_clock > wire.LARGEST_CLOCK:
        return None, 0
    fits = wire.fits(bytes(device.key), mac, message(phone_clock))
    return (device, phone_clock) if fits else (None, 0)


def answer(request: HttpRequest, told: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """JSON, packed where that is worth it: there is no secret in it that somebody could find out by its length."""
    body = msgspec.json.encode(told)
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if len(body) > _WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)
