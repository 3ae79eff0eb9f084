"""Answering what one's organisation is asked: by members on the desk, by anybody who was sent the link at the gate."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.programme.forms.partners import AnswerForm, FirstMemberForm
from tadamun.organise.programme.models import Activity, SignOffRequest, Week
from tadamun.organise.programme.queries import partners as queries
from tadamun.organise.programme.queries.locked import names_in_words
from tadamun.organise.programme.services import answers, partners
from tadamun.organise.programme.services.answers import Said
from tadamun.organise.programme.vocabulary import Answer, Asked, SignOff
from tadamun.toolkit import clock
from tadamun.toolkit.gate import slips
from tadamun.toolkit.gate.guards import gate_page, go_on, not_from_here, plain_page
from tadamun.toolkit.languages.locked import printed
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.rulings import Refused


@never_cache
@desk_page
@require_http_methods(["GET", "POST"])
def question(request: DeskRequest, number: int) -> HttpResponse:
    """A question to an organisation that the member answers for."""
    found = queries.question_to(request.standing, number)
    if found is None or found.involvement.organisation is None:
        raise Http404
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            answers.answer(actor=request.actor, request=found, said=_said(form), by_link=False, now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your answer is with those who asked."))
            return redirect("organisation", slug=found.involvement.organisation.slug)
    status = 422 if form.errors else 200
    return render(request, "programme/desk/question.html", _page(found, form, clock.now()), status=status)


@never_cache
@desk_page
@require_http_methods(["GET", "POST"])
def part_end(request: DeskRequest, row: int) -> HttpResponse:
    """A member takes back what her organisation agreed to; asked once more before."""
    found = queries.part_of(request.standing, row)
    if found is None or found.organisation is None:
        raise Http404
    if request.method == "POST":
        partners.withdraw(actor=request.actor, row=found, by_partner=True, now=clock.now())
        messages.success(request, _("From today on you are not named there any more."))
        return redirect("organisation", slug=found.organisation.slug)
    page = {
        "title": _("Be named there no longer?"),
        "says": _what_follows(),
        "button": _("Name us no longer"),
        "back": reverse("organisation", kwargs={"slug": found.organisation.slug}),
    }
    return render(request, "desk/confirm.html", {"page": page})


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
    form, account = _form(request, found), FirstMemberForm(request.POST or None)
    if request.method != "POST":
        return _shown(request, found, secret, now, form=_form(request, found), account=FirstMemberForm())
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
            answers.answer(actor=answers.actor_of(found), request=found, said=_said(form), by_link=True, now=now)
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
        return _shown(request, found, secret, now, form=_form(request, found, fresh=True), account=form, status=422)
    invitation = answers.invite_first_member(
        request=found, email=form.cleaned_data["email"], language=get_language() or "", now=now
    )
    return go_on(reverse("welcome", kwargs={"secret": invitation}))


def _sure(request: HttpRequest, found: SignOffRequest, secret: str, now: datetime) -> HttpResponse:
    page = _page(found, None, now) | {"slip": slips.new_slip(about=_about(found), now=now), "says": _what_follows()}
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
    page = _page(found, form, now) | {
        "account": account if queries.may_make_account(found, now=now) else None,
        "slip": slips.new_slip(about=_about(found), now=now),
        "secret": secret,
        "tongues": [language(code) for code, _name in settings.LANGUAGES],
        "here": language(get_language() or settings.LANGUAGE_CODE),
    }
    return render(request, "programme/gate/answer.html", page, status=status)


def _page(found: SignOffRequest, form: AnswerForm | None, now: datetime) -> dict[str, Any]:
    """What both pages show of a question."""
    row = found.involvement
    subject = row.activity or row.week
    days = row.activity.sittings.order_by("start").values_list("start", "end") if row.activity else []
    over = found.ends_on < queries.today_of(row.week, now)
    here = row.organisation is not None and queries.is_answered_here(row.organisation)
    return {
        "question": found,
        "row": row,
        "subject": subject,
        "days": list(days) or [(row.week.start, row.week.end)],
        "line": queries.credit_line(row, answers.languages()),
        "texts": _as_published(subject) if found.about == Asked.TEXT else {},
        "askers": [found.asked_for] if found.asked_for else queries.who_asks(row),
        "carries": queries.carries(row.type),
        "over": over and found.waits,
        "open": found.waits and not over,
        "answered_here": here,
        "named": row.sign_off == SignOff.ACCEPTED,
        "form": form,
    }


def _as_published(subject: Activity | Week) -> dict[str, Text]:
    """The texts as the public reads them, their locked facts written out."""
    names = names_in_words()
    return {name: printed(text, names) for name, text in queries.public_text(subject).items()}


def _form(request: HttpRequest, found: SignOffRequest, *, fresh: bool = False) -> AnswerForm:
    shown = queries.fingerprint(found, answers.languages())
    initial = {"shown": shown, "line": found.line or queries.credit_line(found.involvement, answers.languages())}
    sent = request.POST if request.method == "POST" and not fresh else None
    return AnswerForm(sent, about=found.about, initial=initial)


def _said(form: AnswerForm) -> Said:
    values = form.cleaned_data
    return Said(
        answer=Answer(values["answer"]),
        fingerprint=values["shown"],
        line=values.get("line") or {},
        words=values["words"],
    )


def _what_follows() -> list[str]:
    return [
        _("Your name goes from the public page at once, and what you could edit there is closed to you."),
        _("Copies that others made before cannot be called back."),
    ]


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
