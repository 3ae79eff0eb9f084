"""A week to set pages from: all kinds, claims that differ, withheld cells, dates that are not sure, promises."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import TypeVar

import msgspec

from tadamun.publish.published import PublishedWeek, week_card
from tadamun.record.structs import (
    FigureRecord,
    InvolvementRecord,
    OutcomeRecord,
    PostponementRecord,
    SiteRecord,
    SittingRecord,
    SourceRecord,
    WeekRecord,
    When,
)
from tests.publish.site.programme import NASIRIYA, activities
from tests.publish.site.scenery import (
    ATTENDED,
    CANCELLED,
    HELD,
    ORGANISATIONS,
    ORGANISER,
    PEOPLE,
    PHOTOS,
    PLANNED,
    POSTPONED,
    RUNS,
    WEEK,
    place,
    term,
    text,
)

AFTER = date(2018, 4, 20)
BEFORE = date(2018, 3, 1)


def kahramana_week(**changes: object) -> WeekRecord:
    """The week that everything is shown with."""
    week = WeekRecord(
        uid="w1",
        slug="kahramana-week",
        form=WEEK,
        titles=text(
            "Kahramana week for women across Baghdad",
            "أسبوع كهرمانة للنساء في أنحاء بغداد",
            "هەفتەی کەهرەمانە بۆ ژنان لە سەرانسەری بەغدا",
        ),
        state=HELD,
        start=date(2018, 3, 21),
        end=date(2018, 3, 28),
        timezone="Asia/Baghdad",
        audience="public",
        summary=text(
            "Eight days of campaigning for women's rights, from a picnic in spring to a debate on the elections.",
            "ثمانية أيام من العمل من أجل حقوق المرأة، من نزهة في الربيع إلى مناظرة حول الانتخابات.",
            "هەشت ڕۆژ کار بۆ مافی ژنان، لە سەیرانێکی بەهارەوە تا گفتوگۆ لەبارەی هەڵبژاردن.",
        ),
        body=text(
            "Kahramana opened its week in the gardens by the river, and closed it among parties and blocs.\n\n"
            "In between women learned to run for parliament, and ran through a park.",
            "افتتحت كهرمانة أسبوعها في الحدائق عند النهر، واختتمته بين الأحزاب والكتل.\n\n"
            "وبين هذا وذاك تعلّمت نساء خوض الانتخابات وركضن في متنزه.",
        ),
        target_group=text("women", "النساء", "ژنان"),
        reach=text("Baghdad", "بغداد", "بەغدا"),
        involvements=(
            InvolvementRecord(
                type=ORGANISER,
                line=text(
                    "organised by Kahramana, the women's rights path of the Iraqi Social Forum",
                    "تنظيم كهرمانة، مسار حقوق المرأة في المنتدى الاجتماعي العراقي",
                    "ڕێکخستنی کەهرەمانە، ڕێڕەوی مافی ژنان لە کۆڕبەندی کۆمەڵایەتیی عێراق",
                ),
                organisation="kahramana",
            ),
            InvolvementRecord(
                type=RUNS,
                line=text("run by Tammuz Organization", "إدارة منظمة تموز", "بەڕێوەبردنی ڕێکخراوی تەممووز"),
                organisation="tammuz",
            ),
        ),
        activities=activities(),
        photos=PHOTOS,
        promises=(NASIRIYA,),
        outcomes=(
            OutcomeRecord(
                kind=term("lesson", "What went wrong", "ما لم ينجح", "ئەوەی باش نەبوو"),
                text=text(
                    "Streets were closed on one morning.", "أُغلقت شوارع في أحد الصباحات.", "بەیانییەک شەقامەکان داخران."
                ),
            ),
        ),
        figures=(
            FigureRecord(
                what=term("activities", "held", "أُقيمت", "بەڕێوەچوون"),
                unit=term("activities", "activities", "أنشطة", "چالاکی"),
                quantity=6,
                source=SourceRecord(title=text("Programme"), publisher=ORGANISATIONS[1].names),
            ),
            FigureRecord(
                what=ATTENDED,
                unit=PEOPLE,
                group=text("women with disabilities", "نساء من ذوات الإعاقة", "ژنانی خاوەن پێداویستی تایبەت"),
                withheld=True,
            ),
        ),
        sources=(
            SourceRecord(
                title=text("Kahramana week for women"),
                publisher=text("Iraqi Civil Society"),
                url="https://www.example.org/8602",
                language="en",
            ),
        ),
        organisations=ORGANISATIONS,
        changed_at=datetime(2018, 4, 3, 12, tzinfo=UTC),
    )
    return msgspec.structs.replace(week, **changes)


def coming_week() -> WeekRecord:
    """A week to come: one activity postponed without new date, one moved, one cancelled, one place told later."""
    run, talk, debate, picnic = (activities()[number] for number in (2, 3, 5, 0))
    told_from = datetime(2018, 6, 2, 5, tzinfo=UTC)
    change = msgspec.structs.replace
    june = date(2018, 6, 2)
    moved = When(start=date(2018, 6, 5), end=date(2018, 6, 5))
    return WeekRecord(
        uid="w2",
        slug="summer-days",
        form=term("days", "Days of action", "أيام عمل", "ڕۆژانی چالاکی"),
        titles=text("Summer days for the rivers", "أيام صيفية للأنهار", "ڕۆژانی هاوین بۆ ڕووبارەکان"),
        state=PLANNED,
        start=date(2018, 5, 30),
        end=date(2018, 6, 5),
        timezone="Asia/Baghdad",
        audience="public",
        reach=text("Baghdad", "بغداد", "بەغدا"),
        activities=(
            change(
                picnic,
                uid="b1",
                state=PLANNED,
                sittings=(
                    SittingRecord(
                        when=When(start=june, end=june, start_time=time(17)),
                        place=place("area", text("Karrada", "الكرادة", "کەڕادە"), told_from=told_from),
                    ),
                ),
                occasions=(),
            ),
            change(
                run,
                uid="b2",
                state=POSTPONED,
                sittings=(),
                figures=(),
                photos=(),
                promises=(),
                relations=(),
                postponements=(
                    PostponementRecord(
                        announced=When(start=date(2018, 6, 1), end=date(2018, 6, 1)),
                        on=date(2018, 5, 20),
                        reason=text(
                            "Sandstorms are expected.", "يُتوقع هبوب عواصف رملية.", "چاوەڕوانی گەردەلوولی خۆڵ دەکرێت."
                        ),
                    ),
                ),
            ),
            change(
                talk,
                uid="b3",
                state=PLANNED,
                photos=(),
                sittings=(SittingRecord(when=moved),),
                postponements=(PostponementRecord(announced=When(start=june, end=june), moved_to=moved),),
            ),
            change(
                debate, uid="b4", state=CANCELLED, photos=(), sittings=(SittingRecord(when=When(start=june, end=june)),)
            ),
        ),
        organisations=ORGANISATIONS,
    )


def site(**changes: object) -> SiteRecord:
    """The coalition that publishes."""
    record = SiteRecord(
        name=text(
            "Iraqi Civil Society Solidarity Initiative",
            "مبادرة التضامن مع المجتمع المدني العراقي",
            "دەستپێشخەریی هاوپشتیی کۆمەڵگەی مەدەنیی عێراق",
        ),
        short_name=text("Solidarity Initiative", "مبادرة التضامن", "دەستپێشخەریی هاوپشتی"),
        languages=("en", "ar", "ckb"),
        mission=text(
            "Iraqi and international groups together, for peace and human rights for all.",
            "مجموعات عراقية ودولية معًا من أجل السلام وحقوق الإنسان للجميع.",
            "گرووپە عێراقی و نێودەوڵەتییەکان پێکەوە، بۆ ئاشتی و مافی مرۆڤ بۆ هەمووان.",
        ),
        about=text(
            "We plan with partners, act in public, and tell what happened.",
            "نخطّط مع الشركاء، ونعمل علنًا، ونروي ما جرى.",
            "لەگەڵ هاوبەشان پلان دادەنێین، بە ئاشکرا کار دەکەین، و ئەوەی ڕوویدا دەیگێڕینەوە.",
        ),
        base_url="https://week.example.org",
        organisations=ORGANISATIONS[:3],
    )
    return msgspec.structs.replace(record, **changes)


def published(week: WeekRecord) -> PublishedWeek:
    """A week as the publisher gets it."""
    return PublishedWeek(week.slug, sha256(msgspec.msgpack.encode(week)).digest(), week_card(week), lambda: week)


R = TypeVar("R")


def everywhere(record: R, change: Callable[[str], str]) -> R:
    """Change every wording of a record, wherever it stands, and nothing else."""
    return _changed(record, change)


def _changed(value: R, change: Callable[[str], str]) -> R:
    if isinstance(value, msgspec.Struct):
        fields = {name: _changed(getattr(value, name), change) for name in value.__struct_fields__}
        return type(value)(**fields)
    if isinstance(value, tuple):
        return tuple(_changed(item, change) for item in value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return {code: change(words) for code, words in value.items()}  # type: ignore[return-value]
    return value
