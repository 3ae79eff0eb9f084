"""Answering what one's organisation is asked: members on the desk, and what their page shares with the gate."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.programme.forms.partners import AnswerForm
from tadamun.organise.programme.models import Activity, SignOffRequest, Week
from tadamun.organise.programme.queries import partners as queries
from tadamun.organise.programme.queries.locked import names_in_words
from tadamun.organise.programme.services import answers, partners
from tadamun.organise.programme.services.answers import Said
from tadamun.organise.programme.vocabulary import Answer, Asked, SignOff
from tadamun.toolkit import clock
from tadamun.toolkit.languages.locked import printed
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
    form = answer_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            answers.answer(actor=request.actor, request=found, said=said_of(form), by_link=False, now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your answer is with those who asked."))
            return redirect("organisation", slug=found.involvement.organisation.slug)
    status = 422 if form.errors else 200
    return render(request, "programme/desk/question.html", question_page(found, form, clock.now()), status=status)


@never_cache
@desk_page
@require_http_methods(["GET", "POST"])
def part_end(request: DeskRequest, row: int) -> HttpResponse:
    """A member takes back what her organisation agreed to; asked once more before."""
    found = queries.part_of(request.standing, row)
    if found is None or found.organisation is None:
        raise Http404
    if request.method == "POST":
        try:
            partners.withdraw(actor=request.actor, row=found, by_partner=True, now=clock.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("From today on you are not named there any more."))
        return redirect("organisation", slug=found.organisation.slug)
    page = {
        "title": _("Be named there no longer?"),
        "says": what_follows(),
        "button": _("Name us no longer"),
        "back": reverse("organisation", kwargs={"slug": found.organisation.slug}),
    }
    return render(request, "desk/confirm.html", {"page": page})


def question_page(found: SignOffRequest, form: AnswerForm | None, now: datetime) -> dict[str, Any]:
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


def answer_form(request: HttpRequest, found: SignOffRequest, *, fresh: bool = False) -> AnswerForm:
    """The form of a question; ``fresh`` when what was sent belongs to another form of the page."""
    shown = queries.fingerprint(found, answers.languages())
    initial = {"shown": shown, "line": found.line or queries.credit_line(found.involvement, answers.languages())}
    sent = request.POST if request.method == "POST" and not fresh else None
    return AnswerForm(sent, about=found.about, initial=initial)


def said_of(form: AnswerForm) -> Said:
    """What was answered, from a form that is in order."""
    values = form.cleaned_data
    return Said(
        answer=Answer(values["answer"]),
        fingerprint=values["shown"],
        line=values.get("line") or {},
        words=values["words"],
    )


def what_follows() -> list[str]:
    """What it means to be named no longer."""
    return [
        _("Your name goes from the public page at once, and what you could edit there is closed to you."),
        _("Copies that others made before cannot be called back."),
    ]
