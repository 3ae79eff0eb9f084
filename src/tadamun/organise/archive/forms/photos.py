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


class CoverForm(forms.Form):
    """Where a face is, that is to be covered: a click on the picture of ``SHOWN`` pixels' width, or two numbers."""

    SHOWN = 300
    SIZES = (("8", _("Small")), ("15", _("Middle")), ("28", _("Large")))
    size = forms.ChoiceField(label=_("How large"), choices=SIZES, initial="15")
    across = forms.IntegerField(label=_("From the left, in percent"), min_value=0, max_value=100, required=False)
    down = forms.IntegerField(label=_("From the top, in percent"), min_value=0, max_value=100, required=False)

    def __init__(self, *args: Any, photo: Photo, **options: Any) -> None:
        super().__init__(*args, **options)
        self.height = max(1, round(photo.height * self.SHOWN / photo.width))

    def clean(self) -> dict[str, Any]:
        """Where the middle is, as parts of the width and the height: ``at``."""
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        across, down = sent.get("across"), sent.get("down")
        if across is not None and down is not None:
            sent["at"] = (across / 100, down / 100)
        else:
            sent["at"] = self._clicked()
        if sent["at"] is None and not self.errors:
            raise forms.ValidationError(_("Click on the face in the picture, or write both numbers."))
        return sent

    def _clicked(self) -> tuple[float, float] | None:
        """Where somebody clicked; a key pressed on the picture says nothing about where."""
        try:
            x, y = int(self.data.get("at.x", "")), int(self.data.get("at.y", ""))
        except ValueError:
            return None
        inside = 0 <= x <= self.SHOWN and 0 <= y <= self.height
        return (x / self.SHOWN, y / self.height) if inside and (x or y) else None


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
