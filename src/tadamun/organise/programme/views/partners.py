"""Partners on the desk: who takes part in a week or an activity, what they are asked, what they answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.models import Organisation
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme import rules
from tadamun.organise.programme.forms.partners import (
    TIME_TO_ANSWER,
    NewPartnerForm,
    PartnerForm,
    ReplyForm,
    UntilForm,
)
from tadamun.organise.programme.models import Involvement
from tadamun.organise.programme.queries import partners as queries
from tadamun.organise.programme.queries.partners import Asking
from tadamun.organise.programme.services import answers, changes, organisations, partners
from tadamun.organise.programme.views.carried import Carried, CarriedView, refused
from tadamun.organise.programme.views.partner_words import standing_of
from tadamun.organise.programme.vocabulary import Asked
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused, Ruling

Way_in = Callable[[CarriedView], CarriedView]


def address_of(name: str, carried: Carried, **parts: Any) -> str:
    """The address of one of these pages, such as ``partner``, for the week or the activity."""
    if carried.activity:
        return reverse(f"activity_{name}", kwargs={"uid": carried.activity.uid, **parts})
    return reverse(f"week_{name}", kwargs={"week": carried.week.slug, **parts})


def may_name(carried: Carried) -> Ruling:
    """Whether the member decides who takes part here. Two queries at most."""
    namers = queries.namers_of(carried.week, carried.activity)
    return rules.may_name_partners(standing=carried.request.standing, namers=namers)


def _naming(view: CarriedView) -> CarriedView:
    @wraps(view)
    def page(request: Any, carried: Carried, **parts: Any) -> HttpResponse:
        ruling = may_name(carried)
        return view(request, carried, **parts) if ruling else refused(request, ruling)

    return page


def new_page(way_in: Way_in) -> CarriedView:
    """The page that names somebody as taking part."""

    @require_http_methods(["GET", "POST"])
    @way_in
    @_naming
    def page(request: Any, carried: Carried) -> HttpResponse:
        form = NewPartnerForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                row = _named(carried, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect(address_of("partner", carried, row=row.pk))
        status = 422 if form.errors else 200
        return render(request, "programme/desk/partner_new.html", {"carried": carried, "form": form}, status=status)

    return page


def partner_page(way_in: Way_in) -> CarriedView:
    """The page of one part: how it is credited, how it stands with its agreement, what can be done next."""

    @require_http_methods(["GET", "POST"])
    @way_in
    @_naming
    def page(request: Any, carried: Carried, row: int) -> HttpResponse:
        asking = _mine(carried, row)
        if request.method != "POST":
            return _shown(carried, asking)
        act = _ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            return act(carried, asking)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(address_of("partner", carried, row=row))

    return page


def withdrawal_page(way_in: Way_in) -> CarriedView:
    """Asks once more before a body is named no longer."""

    @require_http_methods(["GET", "POST"])
    @way_in
    @_naming
    def page(request: Any, carried: Carried, row: int) -> HttpResponse:
        asking = _mine(carried, row)
        back = address_of("partner", carried, row=row)
        if request.method == "POST":
            try:
                partners.withdraw(actor=request.actor, row=asking.involvement, by_partner=False, now=clock.now())
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("From today on they are not named any more."))
            return redirect(back)
        says = [
            _("The name goes from the public page at once, and whatever this part let them edit is closed to them."),
            _("To name them again they must be asked again."),
        ]
        page = {"title": _("Name them no longer?"), "says": says, "button": _("Name them no longer"), "back": back}
        return render(request, "desk/confirm.html", {"page": page})

    return page


def _named(carried: Carried, form: NewPartnerForm) -> Involvement:
    """Store what was entered.

    :raises Refused: when a rule says no.
    """
    actor, now, values = carried.request.actor, clock.now(), form.cleaned_data
    row = form.row(Involvement(week=carried.week, activity=carried.activity))
    if "new" in values:
        return organisations.add_with_part(actor=actor, organisation=values["new"], row=row, now=now)
    row.organisation = values.get("organisation")
    return partners.name_partner(actor=actor, row=row, own=_is_own(carried, row.organisation), now=now)


def _mine(carried: Carried, row: int) -> Asking:
    found = queries.partner_of(carried.week, carried.activity, row, now=clock.now())
    if found is None:
        raise Http404
    return found


def _is_own(carried: Carried, organisation: Organisation | None) -> bool:
    return organisation is not None and carried.request.standing.may(Permission.EDIT, [organisation.slug])


def _saved(carried: Carried, asking: Asking) -> HttpResponse:
    row = asking.involvement
    form = PartnerForm(carried.request.POST, instance=row, week=carried.week, activity=carried.activity)
    if not form.is_valid():
        return _shown(carried, _mine(carried, row.pk), form=form)
    outcome = partners.change_partner(
        actor=carried.request.actor,
        row=row,
        seen=form.cleaned_data["seen"],
        wanted=form.wanted,
        own=_is_own(carried, row.organisation),
        now=clock.now(),
    )
    if outcome.both:
        form.show_both(outcome.both)
        return _shown(carried, _mine(carried, row.pk), form=form)
    messages.success(carried.request, _("Saved.") if outcome.change else _("Nothing was different."))
    return _back(carried, asking)


def _usual_words(carried: Carried, asking: Asking) -> HttpResponse:
    row = asking.involvement
    partners.change_partner(
        actor=carried.request.actor,
        row=row,
        seen=changes.values_of(row, ["line"]),
        wanted={"line": {}},
        own=_is_own(carried, row.organisation),
        now=clock.now(),
    )
    messages.success(carried.request, _("The usual words for this part stand again."))
    return _back(carried, asking)


def _asked(about: Asked) -> Callable[[Carried, Asking], HttpResponse]:
    def act(carried: Carried, asking: Asking) -> HttpResponse:
        form = UntilForm(carried.request.POST)
        if not form.is_valid():
            return _shown(carried, asking, until=form)
        secret = answers.ask(
            actor=carried.request.actor,
            row=asking.involvement,
            about=about,
            asked_for=_asked_for(carried),
            ends_on=form.cleaned_data["ends_on"],
            now=clock.now(),
        )
        if secret:
            return _shown(carried, _mine(carried, asking.involvement.pk), link=_link(carried, secret))
        messages.success(carried.request, _("Their members find the question on their desk."))
        return _back(carried, asking)

    return act


def _taken(carried: Carried, asking: Asking) -> HttpResponse:
    if asking.part is None:
        raise Http404
    answers.take_proposal(actor=carried.request.actor, request=asking.part, now=clock.now())
    messages.success(carried.request, _("They are credited in their own words."))
    return _back(carried, asking)


def _replied(carried: Carried, asking: Asking) -> HttpResponse:
    if asking.part is None:
        raise Http404
    form = ReplyForm(carried.request.POST)
    if not form.is_valid():
        return _shown(carried, asking, reply=form)
    answers.reply(actor=carried.request.actor, request=asking.part, now=clock.now(), **form.cleaned_data)
    messages.success(carried.request, _("They are asked again. Their link is the same."))
    return _back(carried, asking)


def _taken_back(about: Asked) -> Callable[[Carried, Asking], HttpResponse]:
    def act(carried: Carried, asking: Asking) -> HttpResponse:
        request = asking.part if about == Asked.PART else asking.text
        if request is None:
            raise Http404
        answers.take_back(actor=carried.request.actor, request=request, now=clock.now())
        messages.success(carried.request, _("They are not asked any more."))
        return _back(carried, asking)

    return act


def _agreed(carried: Carried, asking: Asking) -> HttpResponse:
    carried.may(Permission.INVITE).require()
    partners.note_agreement(actor=carried.request.actor, row=asking.involvement, now=clock.now())
    messages.success(carried.request, _("Noted, with your name in the log."))
    return _back(carried, asking)


def _removed(carried: Carried, asking: Asking) -> HttpResponse:
    partners.remove_partner(actor=carried.request.actor, row=asking.involvement, now=clock.now())
    messages.success(carried.request, _("Taken away. It can be put back under “What was changed”."))
    return redirect(f"{carried.address}#partners")


_ACTS: dict[str, Callable[[Carried, Asking], HttpResponse]] = {
    "save": _saved,
    "usual": _usual_words,
    "ask": _asked(Asked.PART),
    "ask_text": _asked(Asked.TEXT),
    "take": _taken,
    "reply": _replied,
    "take_back": _taken_back(Asked.PART),
    "take_back_text": _taken_back(Asked.TEXT),
    "agreed": _agreed,
    "remove": _removed,
}


def _back(carried: Carried, asking: Asking) -> HttpResponse:
    return redirect(address_of("partner", carried, row=asking.involvement.pk))


def _asked_for(carried: Carried) -> Organisation | None:
    """In whose name she asks: the organisation of hers that carries this."""
    mine = [slug for slug in carried.carriers if slug in queries.answering_for(carried.request.standing)]
    return Organisation.objects.filter(slug__in=mine).first()


def _link(carried: Carried, secret: str) -> str:
    request = carried.request
    host = settings.ENVIRONMENT.base_url or f"{request.scheme}://{request.get_host()}"
    return host + reverse("answer", kwargs={"secret": secret})


def _shown(carried: Carried, asking: Asking, *, link: str = "", **forms: Any) -> HttpResponse:
    row = asking.involvement
    wrong = any(form.is_bound and form.errors for form in forms.values())
    initial = {"ends_on": asking.today + TIME_TO_ANSWER}
    page = {
        "carried": carried,
        "asking": asking,
        "row": row,
        "line": queries.credit_line(row, answers.languages()),
        "usual": queries.credit_line(Involvement(**_bare(row)), answers.languages()),
        "carries": queries.carries(row.type) and row.organisation is not None,
        "answered_here": row.organisation is not None and queries.is_answered_here(row.organisation),
        "may_note": bool(carried.may(Permission.INVITE)),
        "stands": standing_of(asking),
        "link": link,
        "end": address_of("partner_end", carried, row=row.pk),
        "form": forms.get("form") or PartnerForm(instance=row, week=carried.week, activity=carried.activity),
        "until": forms.get("until") or UntilForm(initial=initial),
        "reply": forms.get("reply") or ReplyForm(initial=initial),
    }
    status = 422 if wrong else 201 if link else 200
    return render(carried.request, "programme/desk/partner.html", page, status=status)


def _bare(row: Involvement) -> dict[str, Any]:
    return {"type": row.type, "organisation": row.organisation, "collective": row.collective}
