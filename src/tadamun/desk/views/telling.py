"""After a day, an hour or a place changed: whether those who signed up are told, asked as postponing asks it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.services import telling
from tadamun.organise.people.vocabulary import LetterKind
from tadamun.organise.programme.forms.fields import called
from tadamun.organise.programme.models import Change, Sitting
from tadamun.organise.programme.views.carried import Carried, in_activity


@dataclass(frozen=True)
class TellPage:
    """What is asked before a message is made ready."""

    title: str
    says: tuple[Any, ...]
    button: str
    back: str


@require_http_methods(["GET", "POST"])
@in_activity(Permission.EDIT)
def tell(request: Any, carried: Carried) -> HttpResponse:
    """Ask whether everybody who signed up is told that it changed; nobody signed up: nothing is asked."""
    activity = carried.one
    people = telling.how_many(activity)
    change = Change.objects.filter(activity=activity, thing=Sitting._meta.label_lower).order_by("-pk").first()
    back = _back(request, carried, change)
    if not people or change is None:
        return redirect(back)
    if request.method == "POST":
        # What is owed bears the moment of the change, so that undoing the change takes it back.
        told = telling.tell_all(activity=activity, kind=LetterKind.CHANGED, now=change.at)
        words = ngettext(
            "%(count)d message waits until somebody opens the addresses.",
            "%(count)d messages wait until somebody opens the addresses.",
            told,
        )
        messages.warning(request, words % {"count": told})
        return redirect(back)
    label = ngettext("Tell %(count)d person who signed up", "Tell the %(count)d people who signed up", people)
    page = TellPage(
        title=_("Tell those who signed up?"),
        says=(
            called(activity),
            _("A day, an hour or the place changed. Your change is saved already."),
            _("The message waits under “Messages” until somebody opens the addresses."),
        ),
        button=label % {"count": people},
        back=back,
    )
    return render(request, "desk/tell.html", {"page": page, "carried": carried})


def _back(request: Any, carried: Carried, change: Change | None) -> str:
    """The panel, or the board on which a card was moved, with the way to undo that."""
    if request.GET.get("from") != "board" or change is None:
        return f"{carried.address}#sittings"
    return f"{reverse('week', kwargs={'week': carried.week.slug})}?undo={change.pk}"
