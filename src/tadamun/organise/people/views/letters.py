"""Messages: those that wait for somebody who opens the addresses, and texts to copy into a messenger."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.views import doors
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.models import Registration
from tadamun.organise.people.services import letters
from tadamun.organise.people.services.messages import message
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.views.houses import House, in_house, refused
from tadamun.organise.people.vocabulary import LetterKind, Standing
from tadamun.organise.safety.vault.errors import VaultError
from tadamun.toolkit import clock
from tadamun.toolkit.languages.registry import Language, language
from tadamun.toolkit.rulings import Refused

# What an organiser may owe everybody; the others belong to one sign-up each.
FOR_ALL = (LetterKind.REMINDER, LetterKind.CHANGED, LetterKind.POSTPONED, LetterKind.CALLED_OFF)


@dataclass(frozen=True)
class Copy:
    """A text to copy, in one language."""

    language: Language
    kind: LetterKind
    words: str


@require_http_methods(["GET", "POST"])
@in_house(Permission.ADMIT)
def people_letters(request: Any, house: House) -> HttpResponse:
    """Owe everybody a message, release those that wait, or copy a text."""
    keyring = doors.keyring_of(request)
    now = clock.now()
    if request.method == "POST" and request.POST.get("act") == "owe":
        kind = request.POST.get("kind", "")
        if kind in {known.value for known in FOR_ALL}:
            owed = letters.queue(admission=house.opened, kind=LetterKind(kind), due_at=now)
            messages.success(
                request,
                ngettext("%(count)d message waits now.", "%(count)d messages wait now.", owed) % {"count": owed},
            )
        return redirect("people_letters", uid=house.activity.uid)
    if request.method == "POST":
        ruling = house.may_open(keyring)
        if not ruling or keyring is None:
            return refused(request, ruling)
        _release(house, keyring)
        return redirect("people_letters", uid=house.activity.uid)
    context = {
        "house": house,
        "activity": house.activity,
        "waiting": letters.waiting_letters(house.opened, now=now),
        "why_not": house.may_open(keyring).reason,
        "unlocked": keyring is not None,
        "kinds": FOR_ALL,
        "copies": list(_copies(house)),
    }
    return render(request, "people/desk/letters.html", context)


def _release(house: House, keyring: Any) -> None:
    request = house.request
    base = settings.ENVIRONMENT.base_url or f"{request.scheme}://{request.get_host()}"
    try:
        done = letters.release(
            actor=request.actor,
            keyring=keyring,
            admission=house.opened,
            mint=ticket_mint(),
            base=base,
            now=clock.now(),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    except VaultError:
        messages.error(request, _("Your key does not open these names. Another member has to let you in."))
    else:
        said = ngettext("%(count)d message has left.", "%(count)d messages have left.", done.sent)
        messages.success(request, said % {"count": done.sent})
        if done.waiting:
            rest = ngettext(
                "%(count)d could not leave and goes on waiting.",
                "%(count)d could not leave and go on waiting.",
                done.waiting,
            )
            messages.warning(request, rest % {"count": done.waiting})


def _copies(house: House) -> Any:
    """The texts in all languages of the site, as for somebody who has a place; they name nobody."""
    for kind in FOR_ALL:
        for code, _name in settings.LANGUAGES:
            somebody = Registration(
                admission=house.opened, language=code, standing=Standing.PLACED, told=Standing.PLACED
            )
            with override(code):
                yield Copy(language(code), kind, message(somebody, kind, link="", now=clock.now()).body)
