"""What organisations are asked to agree to, and what they answered."""

from django.db import models

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.models.parts import Involvement
from tadamun.organise.programme.vocabulary import Answer, Asked
from tadamun.toolkit.languages.fields import TextColumn


class SignOffRequest(models.Model):
    """An organisation is asked, until a day, to agree to its part or to a text that names it. Silence is no.

    An organisation that has members here answers on the desk. Any other gets a link: its secret is not stored, only
    its hash. ``signed`` keeps, of an answer about a text, what was agreed to: the field's name → its wordings.
    """

    involvement = models.ForeignKey(Involvement, on_delete=models.CASCADE, related_name="requests")
    about = models.CharField(max_length=4, choices=Asked)
    secret_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    asked_for = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    ends_on = models.DateField()
    answer = models.CharField(max_length=11, choices=Answer, blank=True)
    line = TextColumn()
    words = models.TextField(blank=True)
    signed = models.JSONField(default=dict, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def waits(self) -> bool:
        """Whether it still has no answer and was not taken back."""
        return not self.answer and self.closed_at is None
