"""The door for photos: small pieces, after the entries that announce them."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tadamun.organise.field.rules import wire
from tadamun.organise.field.rules.photos import LARGEST, SHA256
from tadamun.organise.field.services.photos import Step, take_piece
from tadamun.organise.field.views.sync import answer, phone_door, sender_of
from tadamun.toolkit import clock

_STATUS = {Step.ENTRY: 409, Step.GONE: 410, Step.PICTURE: 422, Step.MANY: 429}


@phone_door
def photo(request: HttpRequest, body: bytes) -> HttpResponse:
    """Bytes of a photo: ``?sha256=`` of the whole one, ``&from=`` which byte. Nothing of it need come in order."""
    sha256, start = request.GET.get("sha256", ""), request.GET.get("from", "")
    device, _phone_clock = sender_of(request, lambda at: wire.photo_message(at, sha256, start, body))
    if device is None:
        return answer(request, {"reason": "kit", "erase": False}, status=401)
    if device.revoked_at is not None:
        return answer(request, {"reason": "kit", "erase": True}, status=401)
    if not SHA256.fullmatch(sha256) or not (start.isascii() and start.isdigit()) or int(start[:8]) > LARGEST:
        return answer(request, {"reason": "shape"}, status=400)
    now = datetime.fromtimestamp(clock.milliseconds() // 1000, UTC)
    told = take_piece(device=device, home=settings.HOME, sha256=sha256, start=int(start[:8]), data=body, now=now)
    if told.step in _STATUS:
        return answer(request, {"reason": told.step.value}, status=_STATUS[told.step])
    return answer(request, {"next": told.start, "whole": told.step is Step.WHOLE})
