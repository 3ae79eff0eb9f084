"""The forms about what is planned for the day itself, and the kinds of rows that they are."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tadamun.organise.field.forms.drawing import ShapeField
from tadamun.organise.field.models import Area, BibCategory, Counter, Counting, Question, Speaker, Wave
from tadamun.organise.field.queries.plan import COUNTERS, name_of
from tadamun.organise.field.vocabulary import USUAL
from tadamun.organise.programme.forms.fields import ManyField, MomentField
from tadamun.organise.programme.forms.record import PEOPLE
from tadamun.organise.programme.forms.rows import RowForm, RowKind
from tadamun.organise.programme.models import Activity, Involvement, Person, Week
from tadamun.toolkit.languages.asking import TextField
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.templatetags.saying import said

FEWEST_ANSWERS, MOST_ANSWERS = 2, 6
_LONGEST_TURN = 3 * 60 * 60


class BibsForm(RowForm):
    """Something that bibs belong to by their numbers."""

    def clean(self) -> dict[str, Any]:
        """The numbers run upwards, and no bib is in two."""
        values = super().clean() or {}
        first, last = values.get("bib_from"), values.get("bib_to")
        if (first is None) != (last is None):
            self.add_error("bib_from" if first is None else "bib_to", _("Give the first bib and the last."))
        elif first is not None and last is not None:
            if last < first:
                self.add_error("bib_to", _("The last bib comes before the first."))
            elif self._others().filter(bib_from__lte=last, bib_to__gte=first).exists():
                self.add_error("bib_from", _("Some of these bibs belong to another one already."))
        return values

    def _others(self) -> Any:
        model: Any = type(self.instance)
        return model.objects.filter(activity=self.activity).exclude(pk=self.instance.pk)


class WaveForm(BibsForm):
    """A wave."""

    class Meta:
        model = Wave
        fields = ("name", "start", "bib_from", "bib_to")
        field_classes = {"start": MomentField}


class BibCategoryForm(BibsForm):
    """A category of bibs."""

    class Meta:
        model = BibCategory
        fields = ("name", "bib_from", "bib_to")


class SpeakerForm(RowForm):
    """A speaker."""

    more = ("person", "words")

    class Meta:
        model = Speaker
        fields = ("involvement", "turn", "seconds", "person", "words")

    def __init__(self, *args: Any, week: Week, activity: Activity | None, **options: Any) -> None:
        super().__init__(*args, week=week, activity=activity, **options)
        here = Q(week=week, activity__isnull=True) | Q(activity=activity)
        parts, people, words = (self.fields[name] for name in ("involvement", "person", "words"))
        for field, rows, called in (
            (parts, Involvement.objects.filter(here).select_related("organisation"), _part),
            (people, Person.objects.filter(here), PEOPLE.says),
        ):
            setattr(field, "queryset", rows)  # noqa: B010  a field of rows, which the form's type hides
            setattr(field, "label_from_instance", called)  # noqa: B010  the same
            setattr(field, "empty_label", _("none"))  # noqa: B010  the same
        parts.help_text = _(
            "Those that have a part in the activity or the week; invite parties on the activity’s page."
        )
        words.help_text = _("Phones carry no names of people: say what she is, or a seat.")

    def clean_seconds(self) -> int | None:
        """A time that can be meant."""
        seconds: int | None = self.cleaned_data["seconds"]
        if seconds is not None and not 0 < seconds <= _LONGEST_TURN:
            raise forms.ValidationError(_("A turn takes from one second to three hours."))
        return seconds

    def clean(self) -> dict[str, Any]:
        """It is somebody."""
        values = super().clean() or {}
        if not any(values.get(name) for name in ("involvement", "person", "words")):
            self.add_error("involvement", _("Say who speaks: a party, an organisation, somebody in a role, or words."))
        return values


class AreaForm(RowForm):
    """An area and its shape."""

    shape = ShapeField(label=Area._meta.get_field("shape").verbose_name, required=False)

    class Meta:
        model = Area
        fields = ("name", "shape")

    def __init__(self, *args: Any, week: Week, activity: Activity | None, **options: Any) -> None:
        super().__init__(*args, week=week, activity=activity, **options)
        field: Any = self.fields["shape"]
        field.widget.others = Area.objects.filter(activity=activity).exclude(pk=self.instance.pk)


class CountingForm(RowForm):
    """Which of the usual counters phones show."""

    usual = ManyField(label=_("Counters on phones"), choices=tuple(COUNTERS.items()), required=False)

    class Meta:
        model = Counting
        fields = ("usual",)


class CounterForm(RowForm):
    """A counter of one's own."""

    class Meta:
        model = Counter
        fields = ("name", "off")


class QuestionForm(RowForm):
    """A question before and after."""

    answers = TextField(
        label=_("Answers"),
        lines=MOST_ANSWERS,
        help_text=_("One a line, two to six, in the same order in every language. Answers are counted, without names."),
    )

    class Meta:
        model = Question
        fields = ("words", "answers")

    def clean_answers(self) -> Text:
        """As many in one language as in another, a line each."""
        answers: Text = self.cleaned_data["answers"]
        lines = {code: [line.strip() for line in words.splitlines()] for code, words in answers.items()}
        tidy = {code: [line for line in own if line] for code, own in lines.items()}
        counts = {len(own) for own in tidy.values()}
        if len(counts) > 1:
            raise forms.ValidationError(_("Every language needs the same number of answers, in the same order."))
        if not all(FEWEST_ANSWERS <= count <= MOST_ANSWERS for count in counts):
            raise forms.ValidationError(_("Give two to six answers, one a line."))
        return {code: "\n".join(own) for code, own in tidy.items()}


def _part(part: Involvement) -> SafeString:
    return said(part.organisation.names if part.organisation else part.collective)


def _bibs(row: Any) -> SafeString | str:
    if row.bib_from is None:
        return ""
    return format_html(gettext("bibs {first} to {last}"), first=row.bib_from, last=row.bib_to)


def _length(speaker: Speaker) -> SafeString | str:
    seconds = speaker.seconds or 0
    return format_html(ngettext("{count} second", "{count} seconds", seconds), count=seconds) if seconds else ""


def _how_many(question: Question) -> SafeString:
    count = len(question.choices)
    return format_html(ngettext("{count} answer", "{count} answers", count), count=count)


def _who(speaker: Speaker) -> SafeString | str:
    told = name_of(speaker)
    return said(told) if told else gettext("Somebody whom phones cannot name")


WAVES = RowKind(
    code="waves",
    model=Wave,
    form=WaveForm,
    title=_("Waves"),
    one=_("Wave"),
    add=_("Add a wave"),
    empty=_("All start together. Add waves when groups start one after another."),
    says=lambda wave: said(wave.name),
    beside=_bibs,
)
CATEGORIES = RowKind(
    code="bib-categories",
    model=BibCategory,
    form=BibCategoryForm,
    title=_("Categories of bibs"),
    one=_("Category of bibs"),
    add=_("Add a category"),
    empty=_("Places are given by what sign-up asks. Add categories of your own where that does not fit."),
    says=lambda category: said(category.name),
    beside=_bibs,
)
SPEAKERS = RowKind(
    code="turns",
    model=Speaker,
    form=SpeakerForm,
    title=_("Speaking time"),
    one=_("Speaker"),
    add=_("Add a speaker"),
    empty=_("Phones show six seats. Add who speaks, in which order and how long."),
    says=_who,
    beside=_length,
    asks=lambda speaker: not name_of(speaker),
    related=("involvement__organisation", "person"),
)
AREAS = RowKind(
    code="areas",
    model=Area,
    form=AreaForm,
    title=_("Areas"),
    one=_("Area"),
    add=_("Add an area"),
    empty=_("Teams type where they were. Add areas, and draw them, so that a tap is enough."),
    says=lambda area: said(area.name),
    beside=lambda area: "" if area.shape else _("not drawn"),
)
COUNTING = RowKind(
    code="usual-counters",
    model=Counting,
    form=CountingForm,
    title=_("Usual counters"),
    one=_("Usual counters"),
    add=_("Choose the usual counters"),
    empty="",
    says=lambda _row: gettext("Usual counters"),
    begin=lambda row: setattr(row, "usual", list(USUAL)),
)
COUNTERS_OF_OURS = RowKind(
    code="counters",
    model=Counter,
    form=CounterForm,
    title=_("Counters"),
    one=_("Counter"),
    add=_("Add a counter"),
    empty="",
    says=lambda counter: said(counter.name),
    beside=lambda counter: _("not shown now") if counter.off else "",
)
QUESTIONS = RowKind(
    code="questions",
    model=Question,
    form=QuestionForm,
    title=_("Questions before and after"),
    one=_("Question before and after"),
    add=_("Add a question"),
    empty=_("Ask the same before and after, to see what a training changed."),
    says=lambda question: said(question.words),
    beside=_how_many,
)

DAY_ROWS: Mapping[str, RowKind] = {
    kind.code: kind for kind in (WAVES, CATEGORIES, SPEAKERS, AREAS, COUNTING, COUNTERS_OF_OURS, QUESTIONS)
}
# What is offered for a kind of activity; what was added stays shown when the kind changes.
FITTING: Mapping[str, tuple[RowKind, ...]] = {
    "race": (WAVES, CATEGORIES),
    "debate": (SPEAKERS,),
    "talk": (SPEAKERS,),
    "seminar": (SPEAKERS,),
    "outreach": (AREAS,),
    "training": (QUESTIONS,),
}
