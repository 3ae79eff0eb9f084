"""Weeks, their activities, and the sittings of those."""

from typing import ClassVar

from django.db import models

from tadamun.organise.programme.models.world import Occasion, Place, Series, Source
from tadamun.organise.programme.vocabulary import (
    DatePrecision,
    PartInWeek,
    PartOfDay,
    State,
    TellPlace,
    WeekForm,
)
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.toolkit.languages.fields import TextColumn


class Week(models.Model):
    """A dated programme of activities under one title. ``revision`` grows with every change beneath it."""

    # It may have been published under it since.
    never_undone: ClassVar[frozenset[str]] = frozenset({"slug"})
    uid = models.UUIDField(unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    form = models.CharField(max_length=10, choices=WeekForm)
    titles = TextColumn()
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    start = models.DateField()
    end = models.DateField()
    timezone = models.CharField(max_length=40)
    summary = TextColumn()
    body = TextColumn()
    target_group = TextColumn()
    reach = TextColumn()
    themes = models.JSONField(default=list, blank=True)
    places = models.ManyToManyField(Place, blank=True, related_name="weeks")
    occasions = models.ManyToManyField(Occasion, blank=True, related_name="weeks")
    also_told_by = models.ManyToManyField(Source, blank=True, related_name="tells_of_weeks")
    series = models.ForeignKey(Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="weeks")
    edition = models.PositiveSmallIntegerField(null=True, blank=True)
    invented = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-start", "slug")
        constraints = (
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="week_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return self.slug


class Activity(models.Model):
    """One concrete action of one kind. ``details`` is what is special to its kind, in that kind's structure."""

    uid = models.UUIDField(unique=True)
    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="activities")
    slug = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    kind = models.SlugField(max_length=30)
    titles = TextColumn()
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    safety = models.CharField(max_length=10, choices=SafetyProfile, default=SafetyProfile.OPEN)
    part_in_week = models.CharField(max_length=8, choices=PartInWeek, blank=True)
    summary = TextColumn()
    purpose = TextColumn()
    body = TextColumn()
    target_group = TextColumn()
    themes = models.JSONField(default=list, blank=True)
    open_to_all = models.BooleanField(default=False)
    details = models.JSONField(default=dict, blank=True)
    occasions = models.ManyToManyField(Occasion, blank=True, related_name="activities")
    also_told_by = models.ManyToManyField(Source, blank=True, related_name="tells_of_activities")
    series = models.ForeignKey(Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities")
    edition = models.PositiveSmallIntegerField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("week", "position")
        verbose_name_plural = "activities"
        constraints = (models.UniqueConstraint(fields=("week", "slug"), name="activity_slug_is_unique_in_its_week"),)

    def __str__(self) -> str:
        return self.slug


class Sitting(models.Model):
    """One date and place of an activity, as exactly as they are known.

    ``place`` is the exact one, ``public_place`` what the public is told while the exact one is kept back.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sittings")
    position = models.PositiveSmallIntegerField()
    precision = models.CharField(max_length=8, choices=DatePrecision, default=DatePrecision.EXACT)
    start = models.DateField()
    end = models.DateField()
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    start_time = models.TimeField(null=True, blank=True)
    end_time = models.TimeField(null=True, blank=True)
    part_of_day = models.CharField(max_length=10, choices=PartOfDay, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="sittings")
    public_place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tell_place = models.CharField(max_length=6, choices=TellPlace, default=TellPlace.ALWAYS)
    told_from = models.DateTimeField(null=True, blank=True)
    note = TextColumn()

    class Meta:
        ordering = ("activity", "position")
        constraints = (
            models.UniqueConstraint(fields=("activity", "position"), name="sitting_has_one_position"),
            models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="sitting_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~models.Q(tell_place="later") | models.Q(told_from__isnull=False),
                name="place_told_later_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.position}"


class Postponement(models.Model):
    """A date that was announced and did not hold; without ``moved_start`` no new date was set."""

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="postponements")
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="postponements"
    )
    position = models.PositiveSmallIntegerField()
    announced_start = models.DateField()
    announced_end = models.DateField()
    moved_start = models.DateField(null=True, blank=True)
    moved_end = models.DateField(null=True, blank=True)
    said_on = models.DateField(null=True, blank=True)
    reason = TextColumn()

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.week_id}/{self.position}"


class Publication(models.Model):
    """A week that is public, as of which revision, and when it must be looked at again.

    ``due_again_at`` is the next moment at which the record changes by itself, for example when a place may be told.
    """

    week = models.OneToOneField(Week, on_delete=models.CASCADE, related_name="publication")
    revision = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    due_again_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.week_id}@{self.revision}"
