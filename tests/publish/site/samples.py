"""A week to set pages from: all kinds, claims that differ, withheld cells, dates that are not sure, promises."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import TypeVar

import msgspec

from tadamun.publish.published import PublishedWeek, week_card
from tadamun.record.structs import (
    ActivityLink,
    ActivityRecord,
    ContributionRecord,
    FigurePart,
    FigureRecord,
    InvolvementRecord,
    OccasionRecord,
    OutcomeRecord,
    PersonRecord,
    PostponementRecord,
    PromiseRecord,
    RelationRecord,
    SeriesRecord,
    SiteRecord,
    SittingRecord,
    SourceRecord,
    WeekRecord,
    When,
)
from tadamun.toolkit.facts import Clock, Fact, Number, Reference, Words
from tests.publish.site.scenery import (
    AFTERNOON,
    ATTENDED,
    CANCELLED,
    COOPERATION,
    GIVEN,
    HELD,
    KEPT,
    KINDS,
    LEAFLETS,
    ORGANISATIONS,
    ORGANISER,
    PEOPLE,
    PHOTOS,
    PLANNED,
    POSTPONED,
    PROMISED,
    RAN,
    RUNS,
    SEX,
    WEEK,
    day,
    place,
    term,
    text,
)

AFTER = date(2018, 4, 20)
BEFORE = date(2018, 3, 1)

NASIRIYA = PromiseRecord(
    slug="nasiriya",
    text=text(
        "A similar workshop for women candidates of Dhi Qar",
        "ورشة مماثلة لمرشحات ذي قار",
        "وۆرکشۆپێکی هاوشێوە بۆ ژنانی کاندیدی زیقار",
    ),
    state=PROMISED,
    made_in=ActivityLink(
        week="kahramana-week",
        activity="training",
        titles=text("Training for candidates", "تدريب للمرشحات", "ڕاهێنان بۆ کاندیدەکان"),
        start=date(2018, 3, 22),
    ),
    owner="kahramana",
    place=text("Mashufna Centre, Nasiriya", "مركز مشحوفنا، الناصرية", "سەنتەری مەشحوفنا، ناسریە"),
    expected=text("before 12 May 2018", "قبل 12 أيار 2018", "پێش 12ی ئایاری 2018"),
)
THIRD_EDITION = ActivityLink(
    week="race-2019",
    activity="race",
    titles=text("Kahramana race, third edition", "سباق كهرمانة، النسخة الثالثة", "پێشبڕکێی کەهرەمانە، خولی سێیەم"),
    start=date(2019, 3, 9),
    place=text("Zawra Park", "متنزه الزوراء", "پارکی زەورا"),
)
SECOND_RACE = PromiseRecord(
    slug="second-race",
    text=text("Another race next year", "سباق آخر في العام المقبل", "پێشبڕکێیەکی تر لە ساڵی داهاتوو"),
    state=KEPT,
    owner="sav",
    kept_by=THIRD_EDITION,
)


def claim(source: str, quantity: int, precision: str = "exact", quantity_max: int | None = None) -> FigureRecord:
    """A claim about runners."""
    return FigureRecord(
        what=RAN,
        unit=PEOPLE,
        group=text("young women", "شابات", "ژنانی گەنج"),
        quantity=quantity,
        quantity_max=quantity_max,
        precision=precision,
        source=SourceRecord(title={"en": source}, publisher=text(source, "مصدر", "سەرچاوە")),
        as_of=date(2018, 3, 23),
    )


def activities() -> tuple[ActivityRecord, ...]:
    """The six activities of the week."""
    return (
        ActivityRecord(
            uid="a1",
            slug="picnic",
            kind=KINDS["gathering"],
            titles=text("Newroz picnic", "نزهة نوروز", "سەیرانی نەورۆز"),
            state=HELD,
            role=term("opening", "Opening", "الافتتاح", "کردنەوە"),
            sittings=(
                SittingRecord(
                    when=day(21),
                    place=place(
                        "abu-nawas",
                        text("Abu Nawas Gardens", "حدائق أبو نواس", "باخچەکانی ئەبو نەواس"),
                        text("near the Shahrazad statue", "قرب تمثال شهرزاد", "نزیک پەیکەری شەهرەزاد"),
                    ),
                ),
            ),
            summary=text(
                "For the start of spring, and a good moment to get to know the working group.",
                "لاستقبال الربيع، وفرصة طيبة للتعرف على مجموعة العمل.",
                "بۆ پێشوازی بەهار و دەرفەتێکی باش بۆ ناسینی گرووپی کار.",
            ),
            open_to_all=True,
            occasions=(
                OccasionRecord(
                    slug="newroz",
                    names=text("Newroz", "نوروز", "نەورۆز"),
                    kind=term("holiday", "Holiday", "عيد", "جەژن"),
                    start=date(2018, 3, 21),
                    end=date(2018, 3, 21),
                ),
            ),
        ),
        ActivityRecord(
            uid="a2",
            slug="training",
            kind=KINDS["training"],
            titles=text("Training for candidates", "تدريب للمرشحات", "ڕاهێنان بۆ کاندیدەکان"),
            state=HELD,
            sittings=(SittingRecord(when=day(22, start=time(10), end=time(16, 30))),),
            target_group=text("women candidates of Baghdad", "مرشحات بغداد", "ژنانی کاندیدی بەغدا"),
            summary=text(
                "How to run a campaign, and how to stay safe in one.",
                "كيف تُدار الحملة وكيف نبقى آمنات فيها.",
                "چۆن هەڵمەت بەڕێوە ببرێت و چۆن تێیدا پارێزراو بین.",
            ),
            body=text(
                "The training was given in three parts.\n\n## What was taught\n\n1. Speaking\n2. *Listening*\n"
                "3. [The law](https://www.example.org/law)\n\nIt was the first of its kind in the city.",
                "قُدِّم التدريب في ثلاثة أجزاء.\n\n## ما جرى تعليمه\n\n1. الحديث\n2. *الإصغاء*\n\nوكان الأول من نوعه.",
            ),
            themes=(
                term("elections", "Elections", "الانتخابات", "هەڵبژاردن"),
                term("women", "Women's rights", "حقوق المرأة", "مافی ژنان"),
            ),
            facts=(
                Fact(
                    key="language",
                    label=text("Language", "اللغة", "زمان"),
                    values=(Words(text("Arabic", "العربية", "عەرەبی")),),
                    prominent=True,
                ),
                Fact(
                    key="host",
                    label=text("Hosted by", "الاستضافة", "میواندار"),
                    values=(Reference("organisation", "tammuz", text("Tammuz", "تموز", "تەممووز")),),
                ),
            ),
            people=(
                PersonRecord(role=term("trainer", "Trainers", "المدرِّبون والمدرِّبات", "ڕاهێنەران"), quantity=2),
                PersonRecord(
                    role=term("opening", "Opening words", "كلمة الافتتاح", "وتەی کردنەوە"),
                    function=text("coordinator", "منسّقة", "هەماهەنگ"),
                    organisation="kahramana",
                ),
            ),
            figures=(
                FigureRecord(
                    what=ATTENDED,
                    unit=PEOPLE,
                    group=text("women candidates", "مرشحات", "ژنانی کاندید"),
                    quantity=25,
                    source=SourceRecord(title=text("Attendance sheet"), publisher=ORGANISATIONS[1].names),
                    method=term("headcount", "counted by head", "عدٌّ مباشر", "ژماردنی ڕاستەوخۆ"),
                    parts=(
                        FigurePart(dimension=SEX, group=text("under 30", "دون الثلاثين", "خوار 30 ساڵ"), quantity=14),
                        FigurePart(dimension=SEX, group=text("over 60", "فوق الستين", "سەروو 60 ساڵ"), withheld=True),
                    ),
                ),
            ),
            photos=PHOTOS[:1],
            promises=(NASIRIYA,),
            outcomes=(
                OutcomeRecord(
                    kind=term("recommendation", "Recommendation", "توصية", "ڕاسپاردە"),
                    number=1,
                    text=text("Equal time on air for women", "وقت متساوٍ للنساء في البث", "کاتی یەکسان بۆ ژنان"),
                    addressed_to=text("the broadcasters", "هيئات البث", "دەزگاکانی پەخش"),
                ),
            ),
            changed_at=datetime(2018, 4, 2, 9, tzinfo=UTC),
        ),
        ActivityRecord(
            uid="a3",
            slug="marathon",
            kind=KINDS["race"],
            titles=text("Kahramana Marathon", "ماراثون كهرمانة", "ماراسۆنی کەهرەمانە"),
            state=HELD,
            sittings=(
                SittingRecord(
                    when=day(23, start=time(8, 30)),
                    place=place("zawra", text("Zawra Park", "متنزه الزوراء", "پارکی زەورا")),
                ),
            ),
            target_group=text("young women", "الشابات", "ژنانی گەنج"),
            summary=text(
                "Running freely in a public place.", "الركض بحرية في مكان عام.", "ڕاکردنی ئازاد لە شوێنی گشتی."
            ),
            involvements=(
                InvolvementRecord(
                    type=COOPERATION,
                    line=text(
                        "in cooperation with Sports Against Violence",
                        "بالتعاون مع منظمة الرياضة ضد العنف",
                        "بە هاوکاری ڕێکخراوی وەرزش دژی توندوتیژی",
                    ),
                    organisation="sav",
                ),
            ),
            facts=(
                Fact(
                    key="distance",
                    label=text("Distance", "المسافة", "ماوە"),
                    values=(Number(5, text("kilometres", "كيلومترات", "کیلۆمەتر")),),
                    prominent=True,
                ),
                Fact(
                    key="start",
                    label=text("Start", "الانطلاق", "دەستپێک"),
                    values=(Clock(time(8, 30)),),
                    prominent=True,
                ),
            ),
            figures=(
                claim("Iraqi Observer", 70, "more_than"),
                claim("Sports Against Violence", 64),
                claim("Radio Dijla", 80, "range", 100),
            ),
            photos=PHOTOS[2:3],
            promises=(SECOND_RACE,),
            series=SeriesRecord(
                slug="race",
                names=text("Women's race of Baghdad", "سباق النساء في بغداد", "پێشبڕکێی ژنان لە بەغدا"),
                number=2,
            ),
            relations=(
                RelationRecord(
                    type=term("edition_after", "Edition after", "نسخة تلي", "خولی دوای"),
                    activity=ActivityLink(
                        week="shahrazad",
                        activity="race",
                        titles=text("Shahrazad race", "سباق شهرزاد", "پێشبڕکێی شەهرەزاد"),
                        start=date(2017, 3, 11),
                    ),
                ),
                RelationRecord(
                    type=term("edition_before", "Edition before", "نسخة تسبق", "خولی پێش"), activity=THIRD_EDITION
                ),
            ),
        ),
        ActivityRecord(
            uid="a4",
            slug="tea-and-talks",
            kind=KINDS["talk"],
            titles=text("Tea and talks", "شاي وأحاديث", "چا و گفتوگۆ"),
            state=HELD,
            sittings=(SittingRecord(when=day(24, part=AFTERNOON)),),
            summary=text("Success stories of women, told by themselves.", "قصص نجاح ترويها صاحباتها."),
            photos=PHOTOS[1:2],
        ),
        ActivityRecord(
            uid="a5",
            slug="leaflets",
            kind=KINDS["outreach"],
            titles=text("Leaflets against violence", "منشورات ضد العنف", "بڵاوکراوە دژی توندوتیژی"),
            state=HELD,
            sittings=(
                SittingRecord(
                    when=When(start=date(2018, 3, 25), end=date(2018, 3, 27), precision="between", days=2),
                    place=place("streets", text("Streets of the centre", "شوارع المركز", "شەقامەکانی ناوەند")),
                ),
            ),
            involvements=(
                InvolvementRecord(
                    type=COOPERATION,
                    line=text(
                        "with the Social Justice group and women volunteers",
                        "مع مجموعة العدالة الاجتماعية ومتطوعات",
                        "لەگەڵ گرووپی دادی کۆمەڵایەتی و ژنانی خۆبەخش",
                    ),
                    collective=text("women volunteers", "متطوعات", "ژنانی خۆبەخش"),
                ),
            ),
            figures=(FigureRecord(what=GIVEN, unit=LEAFLETS, quantity=1200, precision="about"),),
            contributions=(
                ContributionRecord(
                    slug="23-days",
                    names=text(
                        "23 days against violence to women at work",
                        "23 يومًا ضد العنف في العمل",
                        "23 ڕۆژ دژی توندوتیژی لە کاردا",
                    ),
                    start=date(2018, 2, 14),
                    end=date(2018, 3, 8),
                    days=23,
                    hashtags=("StopGBVatWork",),
                    outside_by_days=17,
                ),
            ),
            photos=PHOTOS[3:4],
        ),
        ActivityRecord(
            uid="a6",
            slug="debate",
            kind=KINDS["debate"],
            titles=text(
                "Debate on the coming elections", "مناظرة حول الانتخابات المقبلة", "گفتوگۆ لەبارەی هەڵبژاردنی داهاتوو"
            ),
            state=HELD,
            role=term("closing", "Closing", "الختام", "کۆتایی"),
            sittings=(SittingRecord(when=day(28)),),
            involvements=(
                InvolvementRecord(
                    type=COOPERATION,
                    line=text(
                        "with the cooperation of Al-Amal Association", "بتعاون جمعية الأمل", "بە هاوکاری کۆمەڵەی ئەمەل"
                    ),
                    organisation="al-amal",
                ),
            ),
            photos=PHOTOS[4:],
            also_told_by=(
                SourceRecord(
                    title=text("Debate of parties"), publisher=text("Tammuz"), url="https://www.example.org/474"
                ),
            ),
        ),
    )


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
