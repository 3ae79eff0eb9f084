"""Weeks made up for measuring: as rich as a real one, as many as are wanted, the same at every run."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from tadamun.publish.published import PublishedWeek, week_card
from tadamun.record.schema import encode
from tadamun.record.structs import (
    ActivityRecord,
    FigurePart,
    FigureRecord,
    InvolvementRecord,
    KindRecord,
    OrganisationRecord,
    PlaceRecord,
    PromiseRecord,
    SiteRecord,
    SittingRecord,
    Term,
    WeekRecord,
    When,
)
from tadamun.toolkit.facts import Fact, Number, Words

LANGUAGES = ("en", "ar", "ckb")
ACTIVITIES_IN_A_WEEK = 10
FIRST_DAY = date(2006, 1, 7)
_WORDS = {
    "en": "women candidates learn to speak in public and to plan a campaign together, hour after hour",
    "ar": "تتعلم المرشحات الحديث أمام الجمهور والتخطيط للحملة معًا ساعة بعد ساعة",
    "ckb": "کاندیدە ژنەکان فێری قسەکردن لەبەردەم خەڵک و پلاندانانی هەڵمەت دەبن پێکەوە",
}


def text(seed: int, sentences: int = 1) -> dict[str, str]:
    """Words in every language, different for every seed."""
    return {code: " ".join(f"{words} {seed + turn}." for turn in range(sentences)) for code, words in _WORDS.items()}


def term(code: str) -> Term:
    """A coded value with a label in every language."""
    return Term(code=code, label={language: f"{code} {language}" for language in LANGUAGES})


def site() -> SiteRecord:
    """The site that the weeks stand in."""
    return SiteRecord(name=text(0), languages=LANGUAGES, mission=text(1, 2), base_url="https://example.org")


def weeks(count: int) -> Iterator[WeekRecord]:
    """``count`` weeks of ten activities each, one every week since 2006."""
    for number in range(count):
        yield _week(number)


def published(record: WeekRecord) -> PublishedWeek:
    """A week as publishing is given it."""
    return PublishedWeek(
        slug=record.slug,
        fingerprint=hashlib.sha256(encode(record)).digest(),
        card=week_card(record),
        load=lambda: record,
    )


def _week(number: int) -> WeekRecord:
    start = FIRST_DAY + timedelta(weeks=number)
    return WeekRecord(
        uid=str(UUID(int=number + 1)),
        slug=f"week-{number}",
        form=term("week"),
        titles=text(number),
        state=term("held"),
        start=start,
        end=start + timedelta(days=6),
        timezone="Asia/Baghdad",
        audience="public",
        summary=text(number, 2),
        involvements=(_involvement(number), _involvement(number + 1)),
        activities=tuple(_activity(number, place, start) for place in range(ACTIVITIES_IN_A_WEEK)),
        organisations=tuple(_organisation((number + turn) % 200) for turn in range(3)),
        promises=(PromiseRecord(slug=f"promise-{number}", text=text(number), state=term("promised")),),
    )


def _activity(week: int, number: int, start: date) -> ActivityRecord:
    day = start + timedelta(days=number % 7)
    return ActivityRecord(
        uid=str(UUID(int=(week + 1) * 100 + number)),
        slug=f"activity-{number}",
        kind=KindRecord(
            code="training", name=term("training").label, mark="M3 4h18v11H3z", schema_type="EducationEvent"
        ),
        titles=text(number),
        state=term("held"),
        summary=text(number, 2),
        body=text(week, 8),
        purpose=text(number),
        sittings=(
            SittingRecord(
                when=When(start=day, end=day),
                place=PlaceRecord(slug="hall", names=text(7), kind=term("venue"), within=(text(8),)),
            ),
        ),
        involvements=(_involvement(week + number),),
        facts=(
            Fact(key="seats", label=text(3), values=(Number(25),), prominent=True),
            Fact(key="modules", label=text(4), values=(Words(text(5)), Words(text(6)))),
        ),
        figures=(
            FigureRecord(
                what=term("attended"),
                unit=term("persons"),
                quantity=40 + number,
                parts=(
                    FigurePart(dimension=term("sex"), group=text(1), quantity=20 + number),
                    FigurePart(dimension=term("sex"), group=text(2), quantity=20),
                ),
            ),
        ),
    )


def _organisation(number: int) -> OrganisationRecord:
    return OrganisationRecord(
        slug=f"body-{number}", names=text(number), kind=term("association"), description=text(number)
    )


def _involvement(number: int) -> InvolvementRecord:
    return InvolvementRecord(type=term("cooperation"), line=text(number), organisation=f"body-{number % 200}")
