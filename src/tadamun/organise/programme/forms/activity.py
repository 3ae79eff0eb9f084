"""The form about an activity: what it is called and says, in languages side by side; below the fold the rest."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadamun.organise.programme.forms.fields import ManyField, ManyRowsField
from tadamun.organise.programme.forms.rows import RowForm
from tadamun.organise.programme.models import Activity, Occasion, Source
from tadamun.organise.programme.vocabulary import Theme
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.languages.asking import TextField

_FROM_OPEN = [SafetyProfile.OPEN.value, SafetyProfile.CAREFUL.value, SafetyProfile.HIGH_RISK.value]


class ActivityForm(RowForm):
    """What an activity is called, what it says of itself, and what holds for all of it."""

    titles = TextField(label=gettext_lazy("Title"))
    summary = TextField(label=gettext_lazy("In short"), required=False, lines=3)
    purpose = TextField(label=gettext_lazy("What it is for"), required=False, lines=3)
    target_group = TextField(label=gettext_lazy("For whom"), required=False)
    body = TextField(label=gettext_lazy("Text"), required=False, lines=8)
    themes = ManyField(label=gettext_lazy("Themes"), choices=Theme.choices, required=False)
    occasions = ManyRowsField(label=gettext_lazy("Tied to"), queryset=Occasion.objects.all())
    also_told_by = ManyRowsField(label=gettext_lazy("Also told by"), queryset=Source.objects.all())
    slug = forms.SlugField(
        label=gettext_lazy("Short name for addresses"),
        max_length=80,
        help_text=gettext_lazy("Links that were given to somebody break when it changes."),
    )
    less_careful = forms.BooleanField(label=gettext_lazy("Yes, more of it may be told from now on"), required=False)
    more: ClassVar[tuple[str, ...]] = (
        "part_in_week",
        "safety",
        "less_careful",
        "themes",
        "occasions",
        "series",
        "edition",
        "also_told_by",
        "slug",
    )

    class Meta:
        model = Activity
        fields = (
            "titles",
            "summary",
            "purpose",
            "target_group",
            "body",
            "open_to_all",
            "part_in_week",
            "safety",
            "themes",
            "occasions",
            "series",
            "edition",
            "also_told_by",
            "slug",
        )
        labels = {
            "open_to_all": gettext_lazy("Everybody can come, without signing up"),
            "part_in_week": gettext_lazy("Part in the week"),
            "safety": gettext_lazy("How careful it has to be"),
            "series": gettext_lazy("Series"),
            "edition": gettext_lazy("Which edition"),
        }
        help_texts = {
            "safety": gettext_lazy("Careful keeps exact places back until they may be told; high risk tells nothing."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            del self.fields["less_careful"]

    def clean_slug(self) -> str:
        """One short name within a week leads to one activity.

        :raises ValidationError: when another activity has it.
        """
        slug: str = self.cleaned_data["slug"]
        if Activity.objects.filter(week=self.week, slug=slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another activity of this week has this name."))
        return slug

    def clean(self) -> dict[str, Any]:
        """Editions count from 1; to tell more than before is asked twice."""
        said = super().clean() or self.cleaned_data
        if said.get("edition") == 0:
            self.add_error("edition", _("Editions are counted from 1."))
        lowers = "safety" in said and _FROM_OPEN.index(said["safety"]) < _FROM_OPEN.index(self.before["safety"])
        if not lowers:
            del self.fields["less_careful"]
        elif not said.get("less_careful"):
            self.add_error(
                "less_careful", _("Places and words that were kept back are told. Tick this if you mean it.")
            )
        return said
