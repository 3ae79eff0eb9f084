"""The kinds of rows that a week or an activity has: what each is called, how it is said in a line, its form."""

from django.utils.translation import gettext_lazy as _

from tadamun.organise.programme.forms.rows import DayField, RowForm, RowKind
from tadamun.organise.programme.models import Promise
from tadamun.toolkit.templatetags.saying import said


class PromiseForm(RowForm):
    """A follow-up that was announced."""

    class Meta:
        model = Promise
        fields = ("text", "state", "owner", "place", "target_group", "expected", "due_on", "reason")
        labels = {
            "text": _("What was promised"),
            "state": _("What became of it"),
            "owner": _("Who keeps it"),
            "place": _("Where"),
            "target_group": _("For whom"),
            "expected": _("When, in words"),
            "due_on": _("Due by"),
            "reason": _("Why, if it was dropped"),
        }
        field_classes = {"due_on": DayField}


PROMISES = RowKind(
    code="promises",
    model=Promise,
    form=PromiseForm,
    title=_("Promises"),
    one=_("Promise"),
    add=_("Add a promise"),
    empty=_("Nothing was promised yet."),
    says=lambda promise: said(promise.text),
    beside=lambda promise: promise.get_state_display(),
)

ACTIVITY_ROWS = {kind.code: kind for kind in (PROMISES,)}
WEEK_ROWS = {kind.code: kind for kind in (PROMISES,)}
