"""Publishing a week: what changed, what to beware of, and the word that lets it out; taking it back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.desk import publication, releases
from tadamun.desk.audiences import public_address, publishing_page
from tadamun.desk.forms.publishing import ConditionsForm, LetOutForm
from tadamun.desk.house import PublishingHouse, our_house
from tadamun.desk.models import Release
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.queries.partner_needs import unsigned
from tadamun.organise.programme.views.carried import Carried, in_week, refused
from tadamun.publish.bundle.errors import BundleError
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused
from tadamun.toolkit.templatetags.saying import moment


@dataclass(frozen=True)
class SurePage:
    """What is asked before a week is taken back."""

    title: str
    says: tuple[str, ...]
    button: str
    back: str


@require_http_methods(["GET", "POST"])
@in_week(Permission.LOOK)
def publishing(request: Any, carried: Carried) -> HttpResponse:
    """The page about publishing a week, and whatever is decided on it."""
    wanted = Permission.PUBLISH if request.method == "POST" else Permission.LOOK
    if not (ruling := carried.may(wanted)):
        return refused(request, ruling)
    house = our_house()
    if request.method != "POST":
        return _shown(request, carried, house)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        answer = act(request, carried, house)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _shown(request, carried, house, status=409)
    return answer or redirect("publishing", week=carried.week.slug)


@require_http_methods(["GET", "POST"])
@in_week(Permission.PUBLISH)
def withdraw(request: Any, carried: Carried) -> HttpResponse:
    """Take the week back, asked for twice."""
    address = reverse("publishing", kwargs={"week": carried.week.slug})
    if request.method == "POST":
        releases.withdraw(actor=request.actor, week=carried.week, now=clock.now())
        if compiled(request, our_house()):
            messages.success(request, _("It is taken back: no page, feed or file of the site has it any more."))
        return redirect(address)
    says = (
        _("The week goes from every page, feed and file of this site."),
        _("Whoever has read or copied it keeps what she has. Mirrors let go of it when they next ask."),
    )
    page = SurePage(title=_("Take this week back?"), says=says, button=_("Take the week back"), back=address)
    return render(request, "desk/confirm.html", {"page": page})


def _let_out(request: Any, carried: Carried, house: PublishingHouse) -> HttpResponse | None:
    form = LetOutForm(request.POST, timezone=carried.week.timezone)
    if not form.is_valid():
        return _shown(request, carried, house, let_out=form, status=400)
    now = clock.now()
    release = releases.let_out(
        actor=request.actor,
        house=house,
        week=carried.week,
        now=now,
        at=form.cleaned_data["at"],
        seen=form.cleaned_data["seen"],
    )
    if release.approved_at is None:
        messages.success(request, _("A second member must agree now. It waits on her first page."))
    elif release.goes_out_at > now:
        said = _("It goes out on %(moment)s.") % {"moment": moment(release.goes_out_at)}
        messages.success(request, said)
    else:
        _bring_out(request, carried, house)
    return None


def _approve(request: Any, carried: Carried, house: PublishingHouse) -> HttpResponse | None:
    release = Release.objects.select_related("week").filter(week=carried.week, is_out=False).first()
    if release is None or str(release.pk) != request.POST.get("release"):
        raise Refused(_("There is nothing to agree to any more. Look at the page again."))
    release = releases.approve(actor=request.actor, house=house, release=release, now=clock.now())
    if release.goes_out_at > clock.now():
        messages.success(request, _("It goes out on %(moment)s.") % {"moment": moment(release.goes_out_at)})
    else:
        _bring_out(request, carried, house)
    return None


def _call_off(request: Any, carried: Carried, house: PublishingHouse) -> HttpResponse | None:
    if releases.call_off(actor=request.actor, week=carried.week, now=clock.now()):
        messages.success(request, _("It is called off. Nothing went out."))
    return None


def _conditions(request: Any, carried: Carried, house: PublishingHouse) -> HttpResponse | None:
    form = ConditionsForm(request.POST, timezone=carried.week.timezone)
    if not form.is_valid():
        return _shown(request, carried, house, conditions=form, status=400)
    releases.set_conditions(actor=request.actor, week=carried.week, now=clock.now(), **form.cleaned_data)
    messages.success(request, _("Saved."))
    return None


_ACTS = {"publish": _let_out, "approve": _approve, "call_off": _call_off, "conditions": _conditions}


def _bring_out(request: Any, carried: Carried, house: PublishingHouse) -> None:
    if compiled(request, house):
        address = public_address(house, carried.week)
        said = format_html('{} <a href="{}">{}</a>', _("It is public now."), address, _("Open the public page"))
        messages.success(request, said)


def compiled(request: Any, house: PublishingHouse) -> bool:
    """Bring the site up to date; when it cannot be, it is tried again by itself."""
    try:
        publication.publish(actor=request.actor, house=house, now=clock.now())
    except BundleError:
        messages.warning(request, _("It is decided, but the site could not be made just now. It is tried again soon."))
        return False
    return True


def _shown(
    request: Any,
    carried: Carried,
    house: PublishingHouse,
    *,
    let_out: LetOutForm | None = None,
    conditions: ConditionsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = publishing_page(house=house, week=carried.week, now=clock.now())
    zone = {"timezone": carried.week.timezone}
    stored = {"two_people": page.conditions.two_people, "embargo_until": page.conditions.embargo_until}
    shown = {
        "carried": carried,
        "unsigned": unsigned(carried.week, clock.now()),
        "page": page,
        "mine": page.waits is not None and page.waits.account == request.actor.account,
        "let_out": let_out or LetOutForm(initial={"seen": page.seen}, **zone),
        "conditions": conditions or ConditionsForm(initial=stored, **zone),
    }
    return render(request, "desk/publishing.html", shown, status=status)
