"""The doors of the desk: who gets in, what every answer says about itself, how the vault is kept open."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, cast

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from tadamun.organise.network.models import Account
from tadamun.organise.network.queries import standing_of
from tadamun.organise.network.vocabulary import Standing
from tadamun.organise.safety.services import members
from tadamun.organise.safety.services.audit import Actor
from tadamun.organise.safety.services.openings import Keyring
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused

_TOUCHED = "touched"
_TOUCH_AFTER_SECONDS = 300


class DeskRequest(HttpRequest):
    """A request of a member who has signed in."""

    account: Account
    standing: Standing
    actor: Actor


# Named arguments of a page are parts of its address, which the type checker cannot know.
Page = Callable[..., HttpResponse]
DeskPage = Callable[..., HttpResponse]


def open_page(view: Page) -> Page:
    """A page of the desk that needs no account: sign-in, invitation."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        return _marked(view(request, *args, **options))

    return page


def signed_in(view: DeskPage) -> Page:
    """A page for members, whether or not their key is in order: the pages that bring it in order."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _marked(redirect_to_login(request.get_full_path() if request.method == "GET" else "/desk/"))
        desk_request = cast("DeskRequest", request)
        desk_request.account = request.user
        desk_request.standing = standing_of(desk_request.account)
        desk_request.actor = Actor(str(desk_request.account), desk_request.account.pk)
        _stay(request)
        return _marked(view(desk_request, *args, **options))

    return page


def desk_page(view: DeskPage) -> Page:
    """A page for members who have a key and keep their recovery code; others are sent to where they get them."""

    @wraps(view)
    def page(request: DeskRequest, *args: Any, **options: Any) -> HttpResponse:
        if not members.keeps_code(request.account.subject):
            return redirect("recovery_code" if members.has_member_key(request.account.subject) else "vault")
        return view(request, *args, **options)

    return signed_in(page)


def keyring_of(request: DeskRequest) -> Keyring | None:
    """The member's keyring for this request, while her vault is open in this browser."""
    cookie = request.COOKIES.get(settings.UNLOCK_COOKIE_NAME, "")
    return members.unlocked(cookie, member=request.account.subject, now=clock.now()) if cookie else None


def factor_shown_at(request: DeskRequest, *, or_set_up: bool = False) -> datetime | None:
    """When this member last showed a second factor in this session; setting one up counts only where it is said."""
    records = get_authentication_records(request, request.account)
    shown = [record["at"] for record in records if record.get("method") == "mfa" and ("id" in record or or_set_up)]
    return datetime.fromtimestamp(max(shown), UTC) if shown else None


def keep_open(response: HttpResponse, cookie: str) -> HttpResponse:
    """Give the browser its half of the open vault: for the session, for our own pages, for no script."""
    response.set_cookie(
        settings.UNLOCK_COOKIE_NAME,
        cookie,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def forget_everything(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Close the vault and tell the browser to forget all that it has of this site."""
    members.forget_unlocking(request.COOKIES.get(settings.UNLOCK_COOKIE_NAME, ""))
    response.delete_cookie(settings.UNLOCK_COOKIE_NAME, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def way_back(request: HttpRequest, default: str) -> str:
    """Where to go next, when the form says so and it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if ours else default


def told(error: VaultError | Refused) -> str:
    """Why not, in the reader's language."""
    return str(error) if isinstance(error, Refused) else _(error.sentence) % error.details


def _marked(response: HttpResponse) -> HttpResponse:
    # Browsers hide the origin of a form from its own site, too, when the policy is no-referrer.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _stay(request: HttpRequest) -> None:
    """The two hours count from the last page, but not every page needs to write that down."""
    now = int(clock.now().timestamp())
    if now - request.session.get(_TOUCHED, 0) > _TOUCH_AFTER_SECONDS:
        request.session[_TOUCHED] = now
