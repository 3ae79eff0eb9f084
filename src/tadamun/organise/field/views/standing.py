"""The door at which a locked phone asks whether its kit is to be erased."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from tadamun.organise.field.rules import wire
from tadamun.organise.field.rules.standing import TOKEN_BYTES
from tadamun.organise.field.rules.wire import NotAnEntry
from tadamun.organise.field.services import standing as services
from tadamun.organise.field.views.sync import phone_door

_NOT_KEPT = {"Cache-Control": "no-store"}


@phone_door
def standing(request: HttpRequest, body: bytes) -> HttpResponse:
    """Yes or no; the same no for a kit that may stay and for a token of no kit."""
    try:
        came = wire.read_json(body)
        token = wire.decode(came.get("token") if isinstance(came, dict) else None)
    except NotAnEntry:
        token = b""
    if len(token) != TOKEN_BYTES:
        return JsonResponse({"reason": "shape"}, status=400, headers=_NOT_KEPT)
    if services.asks_too_often(token):
        return JsonResponse({"reason": "later"}, status=429, headers={**_NOT_KEPT, "Retry-After": "60"})
    return JsonResponse({"erase": services.is_ordered(token)}, headers=_NOT_KEPT)
