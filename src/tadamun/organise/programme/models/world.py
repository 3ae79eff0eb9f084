"""What the programme refers to in the outside world: places, occasions, campaigns, series, sources."""

from django.db import models

from tadamun.organise.network.models import Organisation
from tadamun.organise.programme.vocabulary import OccasionKind, PlaceKind
from tadamun.toolkit.languages.fields import TextColumn


class Place(models.Model):
    """A landmark, venue, area, city, governorate or country, lying within another place."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=PlaceKind)
    names = TextColumn()
    spellings = models.JSONField(default=list, blank=True)
    landmark = TextColumn()
    within = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="holds")
    keeper = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="places")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_point_is_whole",
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Occasion(models.Model):
    """A day or event of the outside world that activities are tied to."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=OccasionKind)
    names = TextColumn()
    start = models.DateField()
    end = models.DateField()

    class Meta:
        ordering = ("start", "slug")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="occasion_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Campaign(models.Model):
    """Somebody else's campaign, with its window. Contributions outside the window are flagged, not refused."""

    slug = models.SlugField(max_length=80, unique=True)
    names = TextColumn()
    theme = TextColumn()
    owners = models.ManyToManyField(Organisation, related_name="campaigns", blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    hashtags = models.JSONField(default=list, blank=True)
    url = models.URLField(blank=True)

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(start__isnull=True)
                | models.Q(end__isnull=True)
                | models.Q(end__gte=models.F("start")),
                name="campaign_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Series(models.Model):
    """What editions belong to; it keeps them together when they change their name."""

    slug = models.SlugField(max_length=80, unique=True)
    names = TextColumn()

    class Meta:
        ordering = ("slug",)
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.slug


class Source(models.Model):
    """Where a claim or an account comes from."""

    slug = models.SlugField(max_length=80, unique=True)
    titles = TextColumn()
    publisher = TextColumn()
    url = models.URLField(blank=True, max_length=500)
    published_on = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug
