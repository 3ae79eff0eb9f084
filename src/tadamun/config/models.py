"""What the installation itself remembers: which process does the housekeeping now."""

from django.db import models


class Lease(models.Model):
    """A duty that one process has until a moment; when it dies, another one takes it after that."""

    duty = models.CharField(max_length=40, unique=True)
    holder = models.CharField(max_length=40)
    until = models.DateTimeField()

    class Meta:
        ordering = ("duty",)

    def __str__(self) -> str:
        return f"{self.duty} until {self.until:%H:%M:%S}"
