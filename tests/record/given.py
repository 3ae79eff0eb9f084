"""Weeks to make records of: short ways to say what stands in the database."""

import uuid
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from tadamun.organise.archive.models import Photo
from tadamun.organise.network.models import Organisation, Tie
from tadamun.organise.programme.models import (
    Activity,
    Figure,
    FigurePart,
    Involvement,
    Place,
    Publication,
    Sitting,
    Week,
)
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.week import build_week
from tadamun.record.structs import ActivityRecord, WeekRecord

NOW = datetime(2018, 3, 20, 9, tzinfo=UTC)
CHANGED = datetime(2018, 3, 1, 12, tzinfo=UTC)
LANGUAGES = ("en", "ar", "ckb")
PUBLIC, COALITION, DONOR = Audience.PUBLIC, Audience.COALITION, Audience.DONOR

_numbers = count(1)


def text(words: str) -> dict[str, str]:
    return {"en": words}


def a_week(slug: str = "kahramana", **values: Any) -> Week:
    return Week.objects.create(
        **{
            "uid": uuid.uuid5(uuid.NAMESPACE_URL, slug),
            "slug": slug,
            "form": "week",
            "titles": text("Kahramana week"),
            "start": date(2018, 3, 21),
            "end": date(2018, 3, 28),
            "timezone": "Asia/Baghdad",
            "changed_at": CHANGED,
            **values,
        }
    )


def an_activity(week: Week, slug: str = "training", **values: Any) -> Activity:
    return Activity.objects.create(
        **{
            "uid": uuid.uuid5(uuid.NAMESPACE_URL, f"{week.slug}/{slug}"),
            "week": week,
            "slug": slug,
            "position": next(_numbers) % 30_000,
            "kind": "training",
            "titles": text(slug.title()),
            "changed_at": CHANGED,
            **values,
        }
    )


def a_body(slug: str, **values: Any) -> Organisation:
    return Organisation.objects.create(
        **{"slug": slug, "kind": "association", "names": text(slug.replace("-", " ").title()), **values}
    )


def a_tie(body: Organisation, sort: str, to: Organisation, **values: Any) -> Tie:
    return Tie.objects.create(organisation=body, type=sort, to=to, **values)


def a_place(slug: str, **values: Any) -> Place:
    return Place.objects.create(
        **{"slug": slug, "kind": "venue", "names": text(slug.replace("-", " ").title()), **values}
    )


def a_sitting(activity: Activity, **values: Any) -> Sitting:
    day = values.pop("day", date(2018, 3, 22))
    return Sitting.objects.create(
        **{"activity": activity, "position": next(_numbers) % 30_000, "start": day, "end": day, **values}
    )


def stated(model: type[Any], week: Week, activity: Activity | None = None, **values: Any) -> Any:
    """Any part of a week or activity."""
    return model.objects.create(week=week, activity=activity, position=next(_numbers) % 30_000, **values)


def involved(week: Week, body: Organisation, activity: Activity | None = None, **values: Any) -> Involvement:
    values = {"type": "cooperation", "sign_off": "accepted", **values}
    row: Involvement = stated(Involvement, week, activity, organisation=body, **values)
    return row


def counted(week: Week, activity: Activity | None, quantity: int, **values: Any) -> Figure:
    split = values.pop("split", {})
    row: Figure = stated(Figure, week, activity, quantity=quantity, **{"counted": "attended", **values})
    for dimension, groups in split.items():
        for group, number in groups.items():
            FigurePart.objects.create(
                figure=row, position=next(_numbers) % 30_000, dimension=dimension, group=group, quantity=number
            )
    return row


def a_photo(week: Week, activity: Activity | None = None, **values: Any) -> Photo:
    number = next(_numbers)
    return Photo.objects.create(
        **{
            "week": week,
            "activity": activity,
            "position": number % 30_000,
            "file": f"{number}.jpg",
            "sha256": f"{number:064x}",
            "width": 1600,
            "height": 1200,
            "caption": text(f"Photo {number}"),
            "consent": "given",
            **values,
        }
    )


def published(week: Week) -> Week:
    Publication.objects.create(week=week, revision=week.revision, fingerprint="0" * 64, published_at=NOW)
    return week


def told(week: Week, audience: Audience = PUBLIC, **values: Any) -> WeekRecord:
    """The record of the week for an audience."""
    week.refresh_from_db()
    return build_week(
        **{"week": week, "audience": audience, "now": NOW, "languages": LANGUAGES, "small_cell": 10, **values}
    )


def told_activity(week: Week, audience: Audience = PUBLIC, **values: Any) -> ActivityRecord:
    """The record of the week's only activity for an audience."""
    [activity] = told(week, audience, **values).activities
    return activity


def organisations(record: WeekRecord) -> list[str]:
    return [body.slug for body in record.organisations]
