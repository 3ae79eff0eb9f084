"""The desk's form for somebody who signs up by phone or at a table: it asks what the gate asks, in the same words."""

from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from tadamun.organise.people.forms import parts
from tadamun.organise.people.forms.gate import OwnEntryForm
from tadamun.organise.people.services.entries import named
from tadamun.toolkit.forms import asked_because
from tadamun.toolkit.languages.registry import language


class ByHandForm(OwnEntryForm):
    """Her entry with the activity's own questions, needs and categories; groups are chosen, no code is needed."""

    def _asked(self) -> Mapping[str, forms.Field]:
        admission = self.page.admission
        return {
            **{name: field for name, field in super()._asked().items() if name != "note"},
            **parts.party(admission, self.code),
            **_group(self),
            **parts.needs(admission),
            **parts.categories(admission),
            **parts.note(),
            "language": forms.ChoiceField(
                label=_("Language of the ticket"),
                choices=[(code, language(code).own_name) for code, _name in settings.LANGUAGES],
            ),
            "agreed": asked_because(
                _("She may see, mend and delete it with her ticket."),
                forms.BooleanField(label=_("The person knows what is kept, and agrees.")),
            ),
            "slip": forms.CharField(widget=forms.HiddenInput),
        }


def _group(form: ByHandForm) -> dict[str, forms.Field]:
    groups = [(group.slug, named(group.names, form.code)) for group in form.page.admission.groups.all()]
    if not groups:
        return {}
    return {"group": forms.ChoiceField(label=_("Group"), required=False, choices=[("", _("none")), *groups])}
