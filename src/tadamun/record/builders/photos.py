"""Photos with a live consent for the audience."""

from collections.abc import Mapping

from tadamun.organise.archive.models import Photo
from tadamun.organise.programme.models import Activity
from tadamun.organise.safety.vocabulary import SafetyProfile
from tadamun.record.audiences import photo_is_told
from tadamun.record.builders.rows import Stored
from tadamun.record.builders.telling import Telling
from tadamun.record.structs import PhotoRecord


def photo_records(stored: Stored, *, told: Mapping[int, Activity], telling: Telling) -> tuple[PhotoRecord, ...]:
    """The gallery in its editorial order, without what belongs to an activity that the audience may not know."""
    return tuple(
        _record(row, told)
        for row in stored.photos
        if (row.activity_id is None or row.activity_id in told) and photo_shows(row, told, telling)
    )


def photo_shows(row: Photo, activities: Mapping[int, Activity], telling: Telling) -> bool:
    """Whether a photo may be shown in this telling."""
    activity = None if row.activity_id is None else activities.get(row.activity_id)
    return photo_is_told(
        consent=row.consent,
        audiences=row.consent_audiences,
        until=row.consent_until,
        safety=activity.safety if activity else SafetyProfile.OPEN,
        audience=telling.audience,
        today=telling.today,
    )


def _record(row: Photo, told: Mapping[int, Activity]) -> PhotoRecord:
    return PhotoRecord(
        sha256=row.sha256,
        width=row.width,
        height=row.height,
        caption=row.caption,
        alternative=row.alternative,
        activity=told[row.activity_id].slug if row.activity_id is not None else None,
        credit=row.credit,
        licence=row.licence,
        taken_on=row.taken_on,
    )
