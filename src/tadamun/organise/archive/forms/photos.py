"""A photo: the picture, its words, and who agreed to what until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.organise.archive.models import Photo
from tadamun.organise.programme.forms.fields import AudiencesField, DayField
from tadamun.organise.programme.forms.rows import RowForm
from tadamun.organise.programme.models import Activity


class PhotoForm(RowForm):
    """The words of a photo and the consent of those it shows."""

    more = ("credit", "licence", "taken_on", "activity", "consent_audiences", "consent_until")
    consent_audiences = AudiencesField()

    class Meta:
        model = Photo
        fields = (
            "caption",
            "alternative",
            "consent",
            "consent_audiences",
            "consent_until",
            "credit",
            "licence",
            "taken_on",
            "activity",
        )
        labels = {
            "caption": _("Caption"),
            "alternative": _("The picture in words, for who does not see it"),
            "consent": _("Do those it shows agree?"),
            "consent_until": _("Until"),
            "credit": _("Credit"),
            "licence": _("Licence"),
            "taken_on": _("Taken on"),
            "activity": _("Activity"),
        }
        help_texts = {
            "caption": _("Name nobody who did not choose to be named."),
            "consent": _("Only photos that show nobody, or whose people agreed, leave the coalition."),
        }
        field_classes = {"consent_until": DayField, "taken_on": DayField}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consent_audiences"].label = _("Agreed to be shown to")
        if self.activity:  # on an activity's page a photo is the activity's; the week's page can give it to another
            del self.fields["activity"]
        else:
            field: Any = self.fields["activity"]
            field.queryset = Activity.objects.filter(week=self.week)

    @property
    def entered(self) -> list[str]:
        """The names of the model's fields that this form asks for."""
        return [name for name in super().entered if name in self.fields]


class NewPhotoForm(PhotoForm):
    """A photo that is taken in."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG or WebP. Place, time and camera are taken out of it, and its name is forgotten. "
            "It is not shown to anybody before you say that those it shows agree."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    field_order = ("file", "caption", "alternative", "consent")
