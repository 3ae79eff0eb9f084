"""Where claims and accounts come from."""

from collections.abc import Iterable

from tadamun.organise.programme.models import Source
from tadamun.record.structs import SourceRecord


def source_record(row: Source) -> SourceRecord:
    """A source as it was stated."""
    return SourceRecord(
        title=row.titles, publisher=row.publisher, url=row.url, on=row.published_on, language=row.language
    )


def source_records(rows: Iterable[Source]) -> tuple[SourceRecord, ...]:
    """Each source once, by slug."""
    return tuple(source_record(row) for row in sorted(set(rows), key=lambda row: row.slug))
