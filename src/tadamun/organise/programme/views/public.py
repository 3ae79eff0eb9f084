"""The gate of partners: what the link of a question shows, to whoever has it, without account, session or cookie."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tadamun.organise.programme.forms.partners import AnswerForm, FirstMemberForm
from tadamun.organise.programme.models import SignOffRequest
from tadamun.organise.programme.queries import partners as queries
from tadamun.organise.programme.services import answers, partners
from tadamun.organise.programme.views.answering import answer_form, question_page, said_of, what_follows
from tadamun.toolkit import clock
from tadamun.toolkit.gate import slips
from tadamun.toolkit.gate.guards import gate_page, go_on, not_from_here, plain_page
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.rulings import Refused


@gate_page
def answer(request: HttpRequest, secret: str, lang: str = "") -> HttpResponse:
    """What the link of a question shows, to whoever has it."""
    known = lang in dict(settings.LANGUAGES)
    with override(lang if known else get_language()):
        now = clock.now()
        found = queries.request_with(secret) if known or not lang else None
        response = _gate(request, found, secret, now) if found else _over(request)
        response.headers["Content-Language"] = get_language() or settings.LANGUAGE_CODE
        return response


def _gate(request: HttpRequest, found: SignOffRequest, secret: str, now: datetime) -> HttpResponse:
    form, account = answer_form(request, found), FirstMemberForm(request.POST or None)
    if request.method != "POST":
        return _shown(request, found, secret, now, form=answer_form(request, found), account=FirstMemberForm())
    try:
        slips.read_slip(request.POST.get("slip", ""), about=_about(found))
    except slips.NotOurSlip:
        return not_from_here(request)
    act = request.POST.get("act", "")
    try:
        if act == "withdraw":
            return _sure(request, found, secret, now)
        if act == "withdraw_sure":
            return _withdrawn(request, found, now)
        if act == "account":
            return _to_account(request, found, secret, account, now)
        if form.is_valid():
            answers.answer(actor=answers.actor_of(found), request=found, said=said_of(form), by_link=True, now=now)
            return go_on(_address(secret))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return _shown(request, found, secret, now, form=form, account=FirstMemberForm(), status=422)


def _withdrawn(request: HttpRequest, found: SignOffRequest, now: datetime) -> HttpResponse:
    if found.involvement.organisation and queries.is_answered_here(found.involvement.organisation):
        raise Refused(_("This organisation has members here. Only they answer for it."))
    partners.withdraw(actor=answers.actor_of(found), row=found.involvement, by_partner=True, now=now)
    return plain_page(
        request,
        title=_("You are not named any more"),
        says=_("From today on your organisation is not named there. Copies that others made we cannot reach."),
        status=200,
    )


def _to_account(
    request: HttpRequest, found: SignOffRequest, secret: str, form: FirstMemberForm, now: datetime
) -> HttpResponse:
    if not form.is_valid():
        return _shown(
            request, found, secret, now, form=answer_form(request, found, fresh=True), account=form, status=422
        )
    invitation = answers.invite_first_member(
        request=found, email=form.cleaned_data["email"], language=get_language() or "", now=now
    )
    return go_on(reverse("welcome", kwargs={"secret": invitation}))


def _sure(request: HttpRequest, found: SignOffRequest, secret: str, now: datetime) -> HttpResponse:
    page = question_page(found, None, now) | {
        "slip": slips.new_slip(about=_about(found), now=now),
        "says": what_follows(),
    }
    return render(request, "programme/gate/sure.html", page | {"back": _address(secret)})


def _shown(
    request: HttpRequest,
    found: SignOffRequest,
    secret: str,
    now: datetime,
    *,
    form: AnswerForm,
    account: FirstMemberForm,
    status: int = 200,
) -> HttpResponse:
    page = question_page(found, form, now) | {
        "account": account if queries.may_make_account(found, now=now) else None,
        "slip": slips.new_slip(about=_about(found), now=now),
        "secret": secret,
        "tongues": [language(code) for code, _name in settings.LANGUAGES],
        "here": language(get_language() or settings.LANGUAGE_CODE),
    }
    return render(request, "programme/gate/answer.html", page, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    return plain_page(
        request,
        title=_("This link is over"),
        says=_("Nothing is asked here any more. Perhaps there is a newer link, or the question was taken back."),
        then=_("Ask those who sent it to you."),
        status=410,
    )


def _address(secret: str) -> str:
    return reverse("answer_in", kwargs={"secret": secret, "lang": get_language() or settings.LANGUAGE_CODE})


def _about(found: SignOffRequest) -> str:
    return f"answer {found.pk}"
