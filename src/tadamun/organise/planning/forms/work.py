"""Forms about tasks, material and what is printed."""

from django import forms
from django.conf import settings

from tadamun.organise.planning.forms.planned import PlannedForm
from tadamun.organise.planning.models import Material, PrintedMatter, Task
from tadamun.organise.programme.forms.rows import DayField


class TaskForm(PlannedForm):
    """A task."""

    class Meta:
        model = Task
        fields = ("what", "owner", "due_on")
        field_classes = {"due_on": DayField}


class MaterialForm(PlannedForm):
    """Something that is needed."""

    more = ("unit", "lent_by", "note")

    class Meta:
        model = Material
        fields = ("what", "quantity", "unit", "brought_by", "lent_by", "have_it", "note")


class PrintedMatterForm(PlannedForm):
    """A version of a leaflet, poster or banner."""

    more = ("version", "approved_by", "approved_on")

    language = forms.ChoiceField(
        label=PrintedMatter._meta.get_field("language").verbose_name, choices=settings.LANGUAGES
    )

    class Meta:
        model = PrintedMatter
        fields = ("what", "language", "version", "state", "approved_by", "approved_on", "copies")
        field_classes = {"approved_on": DayField}
