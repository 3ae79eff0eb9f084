"""Lists of people that leave. They are written as a stream and lie on no disk meanwhile."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.views import doors
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people import rules
from tadamun.organise.people.forms.desk import ExportForm, FetchForm, WantForm
from tadamun.organise.people.queries import lists
from tadamun.organise.people.services import approvals, exporting
from tadamun.organise.people.views.houses import House, in_house, refused
from tadamun.organise.people.vocabulary import ListState
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.rulings import Refused
from tadamun.toolkit.sheets.locking import ZIP_TYPE, locked_zip
from tadamun.toolkit.sheets.writing import WRITERS


@require_http_methods(["GET", "POST"])
@in_house(Permission.ADMIT)
def people_export(request: Any, house: House) -> Any:
    """Hand out the list, for a reason: a short one at once, a long one when a second member has agreed."""
    many = exporting.how_many(house.opened)
    act = _ACTS.get(request.POST.get("act", ""))
    try:
        if act is not None:
            return act(request, house)
        if exporting.needs_approval(many):
            return _long_page(request, house, many)
        return _short_page(request, house, many)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)


def _short_page(request: Any, house: House, many: int) -> Any:
    keyring = doors.keyring_of(request)
    ruling = house.may_open(keyring)
    form = ExportForm(request.POST or None)
    asks = many > exporting.MANY and request.POST.get("sure") != "yes"
    if request.method == "POST" and form.is_valid():
        if not ruling:
            return refused(request, ruling)
        if not asks:
            return _handed_out(request, house, form.cleaned_data["format"], OpeningReason(form.cleaned_data["why"]))
    context = {
        "form": form,
        "many": many,
        "asks": asks and request.method == "POST" and form.is_valid(),
        **_around(request, house),
    }
    return render(request, "people/desk/export.html", context, status=422 if form.errors else 200)


def _long_page(request: Any, house: House, many: int) -> HttpResponse:
    now, keyring = clock.now(), doors.keyring_of(request)
    page = lists.lists_page(standing=request.standing, member=request.account.pk, admission=house.opened, now=now)
    mine = page.mine
    opens = mine is not None and mine.state in {ListState.APPROVED, ListState.USED} and keyring is not None
    context = {
        "many": many,
        "page": page,
        "want": WantForm(),
        "fetch": FetchForm(),
        "fresh": bool(rules.factor_is_fresh(doors.factor_shown_at(request), now=now)),
        "password": exporting.password_of(keyring, mine.uid) if opens and mine and keyring else "",
        "again": _again_address(request),
        **_around(request, house),
    }
    return render(request, "people/desk/long_list.html", context)


def _ask(request: Any, house: House) -> HttpResponse:
    form = WantForm(request.POST)
    house.may_open(doors.keyring_of(request)).require()
    if form.is_valid():
        approvals.ask(
            actor=request.actor,
            member=request.account,
            admission=house.opened,
            why=OpeningReason(form.cleaned_data["why"]),
            people=exporting.how_many(house.opened),
            now=clock.now(),
        )
        messages.success(request, _("You have asked. Tell somebody who may answer."))
    return redirect(request.path)


def _answer(request: Any, house: House) -> HttpResponse:
    approved = request.POST["act"] == "approve"
    approvals.answer(
        actor=request.actor,
        member=request.account,
        admission=house.opened,
        uid=_uid(request),
        approved=approved,
        now=clock.now(),
    )
    messages.success(request, _("The list is approved.") if approved else _("The list is refused."))
    return redirect(request.path)


def _fetch(request: Any, house: House) -> Any:
    form = FetchForm(request.POST)
    house.may_open(doors.keyring_of(request)).require()
    if not rules.factor_is_fresh(doors.factor_shown_at(request), now=clock.now()):
        return redirect(_again_address(request))
    if not form.is_valid():
        return redirect(request.path)
    return _handed_out(request, house, form.cleaned_data["format"], OpeningReason.EXPORT)


_ACTS: dict[str, Callable[[Any, House], Any]] = {"ask": _ask, "approve": _answer, "refuse": _answer, "fetch": _fetch}


def _handed_out(request: Any, house: House, kind: str, why: OpeningReason) -> StreamingHttpResponse:
    code = get_language() or "en"
    handed = exporting.hand_out(
        actor=request.actor,
        keyring=doors.keyring_of(request),  # type: ignore[arg-type]  # the caller has looked
        admission=house.opened,
        why=why,
        language=code,
        now=clock.now(),
        factor_shown_at=doors.factor_shown_at(request),
    )
    content_type, write = WRITERS[kind]
    turned, lock = language(code).right_to_left, handed.lock
    # The activity's name stays out of the file's: a list of downloads is easily seen.
    stream, name = write(handed.rows, right_to_left=turned, remark=lock.remark if lock else ""), f"people.{kind}"
    if lock:
        stream, name, content_type = locked_zip(stream, name=name, password=lock.password), "people.zip", ZIP_TYPE
    response = StreamingHttpResponse(_in_language(code, stream), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _around(request: Any, house: House) -> dict[str, Any]:
    keyring = doors.keyring_of(request)
    ruling = house.may_open(keyring)
    return {
        "house": house,
        "activity": house.activity,
        "why_not": "" if ruling else ruling.reason,
        "unlocked": keyring is not None,
    }


def _again_address(request: HttpRequest) -> str:
    return f"{reverse('second_factor_again')}?{urlencode({'next': request.path})}"


def _uid(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("list", ""))
    except ValueError:
        raise Http404 from None


def _in_language(code: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Write in the reader's language: the stream runs after the request's own language has ended."""
    while True:
        with override(code):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk
