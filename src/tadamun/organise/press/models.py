"""That a wording was checked: by whom, against which words of which language. The words stand in their rows."""

from django.db import models


class Check(models.Model):
    """A wording of a text that somebody checked.

    ``thing``, ``row`` and ``path`` say which text (``programme.activity``, its key, ``details/eligibility``); ``words``
    and ``source_words`` are digests, so that any later change of either shows.
    """

    thing = models.CharField(max_length=60)
    row = models.BigIntegerField()
    path = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    source = models.CharField(max_length=10)
    words = models.CharField(max_length=32)
    source_words = models.CharField(max_length=32)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("thing", "row", "path", "language"), name="a_wording_is_checked_once"),
        )

    def __str__(self) -> str:
        return f"{self.thing}/{self.row}/{self.path}/{self.language}"
