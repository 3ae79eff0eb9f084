"""Weeks and all that is stated about them. Django looks for models here."""

from tadamun.organise.programme.models.history import Act, Change
from tadamun.organise.programme.models.partners import SignOffRequest
from tadamun.organise.programme.models.parts import (
    Contribution,
    Figure,
    FigurePart,
    Involvement,
    Outcome,
    Person,
    Promise,
    Relation,
)
from tadamun.organise.programme.models.weeks import Activity, Postponement, Publication, Sitting, Week
from tadamun.organise.programme.models.world import Campaign, Occasion, Place, Series, Source

__all__ = [
    "Act",
    "Activity",
    "Campaign",
    "Change",
    "Contribution",
    "Figure",
    "FigurePart",
    "Involvement",
    "Occasion",
    "Outcome",
    "Person",
    "Place",
    "Postponement",
    "Promise",
    "Publication",
    "Relation",
    "Series",
    "SignOffRequest",
    "Sitting",
    "Source",
    "Week",
]
