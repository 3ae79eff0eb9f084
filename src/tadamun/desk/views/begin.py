"""Beginning a week: from nothing, from a template that ships, from a file, or as another once more."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.desk.forms.board import WeekFileForm
from tadamun.desk.taking_in import take_in
from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.forms.weeks import BeginForm
from tadamun.organise.programme.models import Week
from tadamun.organise.programme.queries.reach import weeks_in_reach
from tadamun.organise.programme.services.templates import TEMPLATES, WeekTemplate
from tadamun.organise.programme.services.weeks import Beginning, begin_week
from tadamun.organise.programme.views.carried import refused
from tadamun.organise.programme.vocabulary import WeekForm
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import ALLOWED, Refused, Ruling
from tadamun.weekfile.problems import Problem, WeekFileRefused

NOTHING = "nothing"


@dataclass(frozen=True)
class Way:
    """A template as it is offered: with the number of its activities."""

    template: WeekTemplate
    activities: int


@desk_page
@require_safe
def ways(request: DeskRequest) -> HttpResponse:
    """The ways to begin."""
    if not (ruling := _may_begin(request.standing)):
        return refused(request, ruling)
    page = {
        "ways": [Way(template, len(template.sketches)) for template in TEMPLATES.values()],
        "weeks": weeks_in_reach(request.standing.organisations),
    }
    return render(request, "desk/begin.html", page)


@desk_page
@require_http_methods(["GET", "POST"])
def begin(request: DeskRequest, code: str) -> HttpResponse:
    """Ask for the little that a week needs, and begin it."""
    if not (ruling := _may_begin(request.standing)):
        return refused(request, ruling)
    template = TEMPLATES.get(code)
    if template is None and code != NOTHING:
        raise Http404
    today = clock.now().date()
    form = BeginForm(
        request.POST or None, standing=request.standing, template=template, initial=_usual(template, today)
    )
    if request.method == "POST" and form.is_valid():
        try:
            week = _begun(request, form, template)
        except Refused as refusal:
            form.add_error("end", str(refusal))
        else:
            messages.success(request, _("The week has begun, as an idea. Nobody outside sees it yet."))
            says = _("Its address: {address}. “Change title, days, text” changes it too, until the week is published.")
            messages.info(request, format_html(says, address=format_html('<code dir="ltr">{}</code>', week.slug)))
            return redirect("week", week=week.slug)
    page = {"form": form, "template": template}
    return render(request, "desk/begin_week.html", page, status=400 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "POST"])
def from_file(request: DeskRequest) -> HttpResponse:
    """Take a week file in, all of it, or show line by line what is wrong."""
    if not (ruling := _may_begin(request.standing)):
        return refused(request, ruling)
    form = WeekFileForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            taken = take_in(
                actor=request.actor,
                standing=request.standing,
                file=form.cleaned_data["file"],
                home=settings.HOME,
                now=clock.now(),
                languages=[code for code, _name in settings.LANGUAGES],
                timezone=settings.ENVIRONMENT.timezone or "Asia/Baghdad",
            )
        except WeekFileRefused as error:
            problems = error.problems
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            _tell(request, taken.sentence, taken.asked)
            return redirect("week", week=taken.week.slug)
    page = {"form": form, "problems": problems}
    return render(request, "desk/begin_from_file.html", page, status=400 if form.errors or problems else 200)


def _tell(request: Any, sentence: str, asked: int) -> None:
    messages.success(request, sentence)
    if asked:
        says = ngettext(
            "%(number)d organisation that has members here is asked to agree itself.",
            "%(number)d organisations that have members here are asked to agree themselves.",
            asked,
        )
        messages.info(request, says % {"number": asked})


def _may_begin(standing: Standing) -> Ruling:
    if any(standing.may(Permission.EDIT, [part.organisation]) for part in standing.parts):
        return ALLOWED
    return Ruling(_("Beginning a week is for editors and coordinators of an organisation."))


def _usual(template: WeekTemplate | None, today: date) -> dict[str, Any]:
    """What the form starts with: the template's name and the next time that it usually is."""
    if template is None:
        return {"form": WeekForm.WEEK}
    start = None
    if template.begins:
        month, day = template.begins
        start = date(today.year, month, day)
        start = start if start >= today else start.replace(year=today.year + 1)
    return {"title": str(template.title), "start": start}


def _begun(request: DeskRequest, form: BeginForm, template: WeekTemplate | None) -> Week:
    said = form.cleaned_data
    end = said["end"] or said["start"] + timedelta(days=template.days - 1 if template else 0)
    here = get_language() or settings.LANGUAGE_CODE
    beginning = Beginning(
        titles={here: said["title"]},
        form=template.form if template else WeekForm(said["form"]),
        start=said["start"],
        end=end,
        organiser=said["organiser"],
        timezone=settings.ENVIRONMENT.timezone or "Asia/Baghdad",
        slug=said["slug"],
    )
    return begin_week(
        actor=request.actor,
        beginning=beginning,
        template=template,
        languages=[code for code, _name in settings.LANGUAGES],
        now=clock.now(),
    )
