"""Seminar: people sit together, in a hall or online, and think a question through."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from tadamun.kinds.contract import FactMaker, Kind
from tadamun.kinds.programme import item_labels, lines
from tadamun.kinds.seminar.plan import SeminarPlan, mistakes
from tadamun.kinds.seminar.vocabulary import SeminarForm
from tadamun.toolkit.facts import Fact


def facts(plan: SeminarPlan, make: FactMaker) -> Iterable[Fact]:
    """What readers may know of a seminar. The link to an online room is never part of a plan."""
    if plan.form is not SeminarForm.SEMINAR:
        yield from make.words("form", _("Kind of meeting"), make.label(plan.form.label), prominent=True)
    yield from make.words("theme", _("Theme"), plan.theme, prominent=True)
    if plan.online:
        yield from make.words("online", _("Where"), make.label(_("online")), prominent=True)
    yield from make.words("programme", _("Programme"), *lines(plan.programme, make))
    yield from make.words("papers", _("Papers"), *plan.papers)
    yield from make.words("laws", _("Legal basis"), *plan.laws)
    yield from make.words("audience", _("Who it is for"), *plan.audience)
    yield from make.words("registration", _("Registration"), plan.registration)
    yield from make.fact("languages", _("Languages"), *make.tongues(plan.languages))
    yield from make.fact("interpreting", _("Interpreting into"), *make.tongues(plan.interpreting))
    yield from make.fact("report_languages", _("Languages of the report"), *make.tongues(plan.report_languages))
    yield from make.words("submitted_to", _("Results submitted to"), *plan.submitted_to)


KIND = Kind(
    code="seminar",
    name=_("Seminar"),
    mark=(
        "M3.5 14h17M6 14v6.5M18 14v6.5"
        "M7 11a2 2 0 1 1 0-4 2 2 0 0 1 0 4zM17 11a2 2 0 1 1 0-4 2 2 0 0 1 0 4zM12 8.5a2 2 0 1 1 0-4 2 2 0 0 1 0 4z"
    ),
    plan=SeminarPlan,
    facts=facts,
    mistakes=mistakes,
    labels={
        "form": _("Kind of meeting"),
        "theme": _("Theme"),
        "programme": _("Programme"),
        **item_labels("programme"),
        "papers": _("Papers"),
        "laws": _("Legal basis"),
        "audience": _("Who it is for"),
        "online": _("It is online"),
        "registration": _("Registration"),
        "languages": _("Languages"),
        "interpreting": _("Interpreting into"),
        "report_languages": _("Languages of the report"),
        "submitted_to": _("Results submitted to"),
    },
    schema_type="EducationEvent",
    category="LEARNING",
)
