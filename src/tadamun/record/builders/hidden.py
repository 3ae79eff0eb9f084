"""What a plan knows and the public is not told: the ground on which warnings look at what the public is told."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tadamun.organise.archive.models import Photo
from tadamun.organise.archive.vocabulary import ConsentState
from tadamun.organise.network.models import Alias
from tadamun.organise.programme.models import Activity, Occasion, Week
from tadamun.organise.programme.vocabulary import AGREED, Naming, OccasionKind, State
from tadamun.organise.safety.vocabulary import Audience, SafetyProfile
from tadamun.record.audiences import OUTSIDE, activity_is_told
from tadamun.record.builders.figures import withheld_figures
from tadamun.record.builders.photos import photo_shows
from tadamun.record.builders.places import places_kept_back
from tadamun.record.builders.rows import Stored, read
from tadamun.record.builders.telling import Telling
from tadamun.record.builders.week import telling_of
from tadamun.record.disclosure import FLOOR
from tadamun.record.warnings import Election, Hidden, Name, Number, Shown

_SOON = timedelta(days=30)


def hidden_from_public(*, week: Week, now: datetime, small_cell: int) -> Hidden:
    """Everything that warnings compare the public record with.

    :raises NotForThisAudience: when the week is an idea.
    """
    telling = telling_of(week=week, audience=Audience.PUBLIC, now=now, languages=("en",), small_cell=small_cell)
    stored = read(week)
    activities = {row.pk: row for row in stored.activities}
    photos = list(_photos(stored, activities, telling))
    return Hidden(
        places=tuple(_places(stored, telling)),
        people=tuple(_people(stored, activities)),
        bodies=tuple(_bodies(stored, activities)),
        numbers=tuple(_numbers(stored, activities, telling)),
        photos_kept=tuple(shown for shown, told, _row in photos if not told),
        faces=tuple(shown for shown, told, row in photos if told and _shows_faces(row, activities)),
        ending=tuple(shown for shown, told, row in photos if told and _ends_soon(row, telling)),
        elections=tuple(_elections(week)),
    )


def _places(stored: Stored, telling: Telling) -> Iterator[Name]:
    for key in places_kept_back(stored, telling):
        place = stored.places[key]
        wordings = (*place.names.values(), *place.spellings, *place.landmark.values())
        yield Name(wordings=tuple(word for word in wordings if word), title=place.names)


def _people(stored: Stored, activities: dict[int, Activity]) -> Iterator[Name]:
    for key, rows in stored.people.items():
        for row in rows:
            if row.naming == Naming.NOBODY and row.name:
                yield Name(wordings=tuple(row.name.values()), title=row.name, activity=_uid(activities, key))


def _bodies(stored: Stored, activities: dict[int, Activity]) -> Iterator[Name]:
    agreed = {row.organisation_id for rows in stored.involvements.values() for row in rows if row.sign_off in AGREED}
    aliases: dict[int, list[str]] = {}
    waiting = {
        row.organisation_id: (key, row.organisation)
        for key, rows in stored.involvements.items()
        for row in rows
        if row.organisation is not None and row.organisation_id not in agreed
    }
    for alias in Alias.objects.filter(organisation__in=waiting):
        aliases.setdefault(alias.organisation_id, []).extend(alias.names.values())
    for key, body in waiting.values():
        wordings = (*body.names.values(), *aliases.get(body.pk, ()))
        yield Name(wordings=wordings, title=body.names, activity=_uid(activities, key))


def _numbers(stored: Stored, activities: dict[int, Activity], telling: Telling) -> Iterator[Number]:
    outside = {row.pk for row in stored.activities if all(activity_is_told(row.state, one) for one in OUTSIDE)}
    withheld = withheld_figures(stored.figures, activities=outside, small_cell=max(telling.small_cell, FLOOR))
    for key, rows in stored.figures.items():
        for row in rows:
            answer = withheld.get(row.pk)
            if answer is None:
                continue
            uid = _uid(activities, key)
            if answer.total:
                yield Number(row.quantity, uid)
            for part, hide in zip(row.parts.all(), answer.cells, strict=True):
                if hide:
                    yield Number(part.quantity, uid)


def _photos(stored: Stored, activities: dict[int, Activity], telling: Telling) -> Iterator[tuple[Shown, bool, Photo]]:
    for row in stored.photos:
        activity = activities.get(row.activity_id) if row.activity_id is not None else None
        if activity is not None and activity.state == State.IDEA:
            continue
        shown = Shown(title=row.caption or row.alternative, activity=_uid(activities, row.activity_id))
        shown = Shown(shown.title, shown.activity, row.consent_until)
        yield shown, photo_shows(row, activities, telling), row


def _shows_faces(row: Photo, activities: dict[int, Activity]) -> bool:
    activity = activities.get(row.activity_id) if row.activity_id is not None else None
    return row.consent == ConsentState.GIVEN and activity is not None and activity.safety != SafetyProfile.OPEN


def _ends_soon(row: Photo, telling: Telling) -> bool:
    return row.consent_until is not None and row.consent_until <= telling.today + _SOON


def _elections(week: Week) -> Iterator[Election]:
    near = Occasion.objects.filter(kind=OccasionKind.ELECTION, start__lte=week.end + _SOON, end__gte=week.start - _SOON)
    for row in near:
        yield Election(names=row.names, start=row.start, end=row.end)


def _uid(activities: dict[int, Activity], key: int | None) -> str:
    return str(activities[key].uid) if key in activities else ""
