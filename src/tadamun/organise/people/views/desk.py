"""An activity's sign-up on the desk: how it stands in counts, and how it is shaped."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.forms.desk import ConditionForm, GroupForm, QuestionForm, ShapeForm, WordedForm
from tadamun.organise.people.models import Admission, Condition, PlaceGroup, Question
from tadamun.organise.people.queries import roster
from tadamun.organise.people.services import admissions, counting, endings, shaping
from tadamun.organise.people.services.admissions import PROFILE_DEFAULTS
from tadamun.organise.people.views.houses import House, in_house, refused
from tadamun.organise.people.views.public import base_of
from tadamun.organise.people.vocabulary import AgeBand, Asked, Category, Governorate, Proof, Sex
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit import clock
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.rulings import Refused

_LABELS: dict[str, dict[str, "str | Promise"]] = {
    Category.SEX: dict(Sex.choices),
    Category.AGE_BAND: dict(AgeBand.choices),
    Category.GOVERNORATE: dict(Governorate.choices),
}


@dataclass(frozen=True)
class Cell:
    """A count with its label."""

    label: "str | Promise"
    count: int


@require_http_methods(["GET", "POST"])
@in_house(Permission.LOOK, wants_admission=False)
def people(request: Any, house: House) -> HttpResponse:
    """How many signed up, wait, came; nothing is opened for it."""
    if request.method == "POST":
        ruling = house.may(Permission.ADMIT)
        if not ruling:
            return refused(request, ruling)
        _act(house, request.POST.get("act", ""))
        return redirect("people", uid=house.activity.uid)
    context: dict[str, Any] = {"house": house, "activity": house.activity}
    if house.admission is not None:
        context |= _counted(house.admission) | {"links": _links(house)}
    else:
        context["usual"] = _usual(house)
    return render(request, "people/desk/people.html", context)


def _links(house: House) -> list[tuple[str, str]]:
    """Where people sign up, by language: the language's own name and the whole address."""
    parts = {"week": house.activity.week.slug, "activity": house.activity.slug}
    base = base_of(house.request)
    return [
        (language(code).own_name, base + reverse("gate", kwargs={"lang": code, **parts}))
        for code, _name in settings.LANGUAGES
    ]


def _act(house: House, act: str) -> None:
    now, actor = clock.now(), house.request.actor
    try:
        if act == "open":
            admissions.open_admission(actor=actor, activity=house.activity, now=now)
            said = _("Sign-up is made, with what the safety profile sets. Look through its settings.")
        elif act in {"close", "reopen"}:
            admissions.set_closed(actor=actor, admission=house.opened, closed=act == "close", now=now)
            said = _("Sign-up is closed.") if act == "close" else _("Sign-up is open again.")
        elif act == "count":
            counting.count_into_record(actor=actor, admission=house.opened, now=now)
            said = _("The counts stand in the record; the site shows them when it is next published.")
        else:
            raise Http404
    except Refused as refusal:
        messages.error(house.request, str(refusal))
    else:
        messages.success(house.request, said)


def _usual(house: House) -> list[Cell | tuple[str, Any]]:
    """What the safety profile would set."""
    usual = PROFILE_DEFAULTS[house.activity.safety]
    return [
        (_("Name"), Asked(usual["name"]).label),
        (_("E-mail or phone number"), Asked(usual["contact"]).label),
        (_("Days to keep entries after the last day"), usual["retention_days"]),
    ]


def _counted(admission: Admission) -> dict[str, Any]:
    told = endings.counts(admission, small_cell=settings.ENVIRONMENT.small_cell)
    categories = [
        (category.label, [Cell(_cell(category, value), count) for value, count in told[category.value].items()])
        for category in Category
        if told.get(category.value)
    ]
    return {
        "admission": admission,
        "counts": told.get("people", {}),
        "categories": categories,
        "groups": list(admission.groups.all()),
        "letters": roster.letters_waiting(admission),
        "until": admissions.ends_on(admission),
        "free": None if admission.capacity is None else admission.capacity - admission.taken,
    }


def _cell(category: Category, value: str) -> "str | Promise":
    if value == endings.MERGED:
        return endings.MERGED_LABEL
    return endings.UNSAID_LABEL if value == endings.UNSAID else _LABELS[category].get(value, value)


@require_http_methods(["GET", "POST"])
@in_house(Permission.ADMIT)
def people_settings(request: Any, house: House) -> HttpResponse:
    """Door, places, what is asked; below, the lists of questions, conditions and groups."""
    admission = house.opened
    form = ShapeForm(request.POST or None, admission=admission)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _shaped(house, form):
            return redirect("people_settings", uid=house.activity.uid)
    context = {
        "house": house,
        "activity": house.activity,
        "admission": admission,
        "form": form,
        "guarded": house.activity.safety != SafetyProfile.OPEN,
        "questions": list(admission.questions.all()),
        "conditions": list(admission.conditions.all()),
        "groups": list(admission.groups.all()),
    }
    return render(request, "people/desk/settings.html", context, status=status)


def _shaped(house: House, form: ShapeForm) -> bool:
    try:
        changed = shaping.shape(
            actor=house.request.actor,
            admission=house.opened,
            shape=form.shape(),
            capacity=form.cleaned_data["capacity"],
            knowingly=form.cleaned_data["knowingly"],
            now=clock.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(house.request, _("Saved.") if changed else _("Nothing was changed."))
    return True


_PARTS: dict[str, tuple[type[Question] | type[Condition] | type[PlaceGroup], str, type[WordedForm]]] = {
    "question": (Question, "code", QuestionForm),
    "condition": (Condition, "code", ConditionForm),
    "group": (PlaceGroup, "slug", GroupForm),
}


@require_http_methods(["GET", "POST"])
@in_house(Permission.ADMIT)
def people_part(request: Any, house: House, part: str, code: str) -> HttpResponse:
    """A question, a condition or a group: add it (``code`` is "new"), mend it, take it away."""
    if part not in _PARTS:
        raise Http404
    model, key, form_class = _PARTS[part]
    row = model._default_manager.filter(admission=house.opened, **{key: code}).first()
    if row is None and code != "new":
        raise Http404
    if request.method == "POST" and request.POST.get("act") == "drop" and row is not None:
        return _dropped(house, row)
    form = form_class(request.POST or None, initial=_initial(row))
    word = ""
    if request.method == "POST" and form.is_valid():
        try:
            word = _kept(house, part, "" if row is None else code, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if not word:
                messages.success(request, _("Saved."))
                return redirect("people_settings", uid=house.activity.uid)
    status = 422 if form.errors else 200
    context = {"house": house, "activity": house.activity, "part": part, "row": row, "form": form, "word": word}
    return render(request, "people/desk/part.html", context, status=status)


def _initial(row: Question | Condition | PlaceGroup | None) -> dict[str, Any]:
    if isinstance(row, Question):
        return QuestionForm.initial_of(row)
    if isinstance(row, Condition):
        return {"proof": row.proof, **ConditionForm.spread("says", row.says)}
    return GroupForm.initial_of(row) if row is not None else {"proof": Proof.DECLARED}


def _kept(house: House, part: str, code: str, form: WordedForm) -> str:
    """Store it; returns a code word that is to be shown once, or nothing."""
    around: dict[str, Any] = {"actor": house.request.actor, "admission": house.opened, "now": clock.now()}
    values = form.cleaned_data
    if isinstance(form, QuestionForm):
        shaping.keep_question(code=code, question=form.question(), **around)
        return ""
    if part == "condition":
        proof = Proof(values["proof"])
        return shaping.keep_condition(code=code, says=values["says"], proof=proof, secret=values["secret"], **around)[1]
    return shaping.keep_group(
        slug=code, names=values["names"], places=values["places"], secret=values["secret"], **around
    )[1]


def _dropped(house: House, row: Question | Condition | PlaceGroup) -> HttpResponse:
    try:
        shaping.drop_part(actor=house.request.actor, row=row, now=clock.now())
    except Refused as refusal:
        messages.error(house.request, str(refusal))
    else:
        messages.success(house.request, _("It is taken away."))
    return redirect("people_settings", uid=house.activity.uid)
