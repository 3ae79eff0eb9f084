"""The small forms in every page's frame: sign out, leave quickly, another language."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST

from tadamun.organise.network.services import accounts
from tadamun.organise.network.views import doors


@doors.open_page
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out: session, vault and whatever the browser kept."""
    logout(request)
    return doors.forget_everything(request, redirect("account_login"))


@doors.open_page
@require_POST
def quick_exit(request: HttpRequest) -> HttpResponse:
    """Sign out and go at once to a page that says nothing, leaving an empty one behind."""
    logout(request)
    response = render(request, "network/quick_exit.html", {"away": settings.QUICK_EXIT})
    return doors.forget_everything(request, response)


@doors.open_page
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Another language, in this browser and for this account."""
    response = redirect(doors.way_back(request, "/desk/"))
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        keep_language(response, code)
        if request.user.is_authenticated:
            accounts.choose_language(account=request.user, language=code)
    return response


def keep_language(response: HttpResponse, code: str) -> None:
    """Remember the language in this browser, until it is closed."""
    translation.activate(code)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        httponly=True,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
