"""Photos on their way from a phone: what has come of each, piece by piece, until it is whole."""

from django.db import models

from tadamun.organise.archive.models import Photo
from tadamun.organise.field.models.log import Entry


class SentPhoto(models.Model):
    """A photo that an entry of the log announced. ``held`` is how many of its bytes have come, without a gap.

    ``photo`` is what the archive made of it; it may have been destroyed there since, and does not come back then.
    """

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="sent_photo")
    held = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True, blank=True)
    refused = models.BooleanField(default=False)
    photo = models.OneToOneField(Photo, on_delete=models.SET_NULL, null=True, blank=True, related_name="sent")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.held}"


class PhotoPiece(models.Model):
    """Some bytes of a photo, from ``start`` on. They go as soon as the photo is whole, or is taken back."""

    of = models.ForeignKey(SentPhoto, on_delete=models.CASCADE, related_name="pieces")
    start = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ("of", "start")
        constraints = (models.UniqueConstraint(fields=("of", "start"), name="piece_is_kept_once"),)

    def __str__(self) -> str:
        return f"{self.of_id} from {self.start}"
