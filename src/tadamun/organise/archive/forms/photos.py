"""A photo: the picture, its words, and who agreed to what until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.vocabulary import LIVE, Care
from tadamun.organise.programme.forms.fields import AudiencesField, DayField, ManyField
from tadamun.organise.programme.forms.rows import RowForm
from tadamun.organise.programme.models import Activity


class PhotoForm(RowForm):
    """The words of a photo and the consent of those it shows."""

    more = ("credit", "licence", "taken_on", "activity", "consent_audiences", "consent_until", "care")
    consent_audiences = AudiencesField()
    care = ManyField(label=_("Keep in mind"), choices=Care.choices, required=False)

    class Meta:
        model = Photo
        fields = (
            "caption",
            "alternative",
            "consent",
            "consent_audiences",
            "consent_until",
            "care",
            "looked_at",
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
            "looked_at": _("I have looked at it: who can be recognised, and that they agree"),
            "activity": _("Activity"),
        }
        help_texts = {
            "caption": _("Name nobody who did not choose to be named."),
            "looked_at": _("It came from a phone. It is in no preview, page or file before somebody has looked at it."),
            "consent": _("Only photos that show nobody, or whose people agreed, leave the coalition."),
        }
        field_classes = {"consent_until": DayField, "taken_on": DayField}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consent_audiences"].label = _("Agreed to be shown to")
        if self.instance.looked_at:
            del self.fields["looked_at"]
        if self.activity:  # on an activity's page a photo is the activity's; the week's page can give it to another
            del self.fields["activity"]
        else:
            field: Any = self.fields["activity"]
            field.queryset = Activity.objects.filter(week=self.week)

    def clean(self) -> dict[str, Any]:
        """What is sent; a photo of somebody who wants none cannot have everybody's agreement."""
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if Care.NO_PHOTO in (sent.get("care") or ()) and sent.get("consent") in LIVE:
            self.add_error(
                "consent", _("Somebody in it wants no photo. Destroy it, or take that mark off once it is not so.")
            )
        return sent

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
