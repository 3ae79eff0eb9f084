"""The activities of the sample week: every kind, and what can be difficult about each."""

from datetime import UTC, date, datetime, time

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
    PromiseRecord,
    RelationRecord,
    SeriesRecord,
    SittingRecord,
    SourceRecord,
    When,
)
from tadamun.toolkit.facts import Clock, Fact, Number, Reference, Words
from tests.publish.site.scenery import (
    AFTERNOON,
    ATTENDED,
    COOPERATION,
    GIVEN,
    HELD,
    KEPT,
    KINDS,
    LEAFLETS,
    ORGANISATIONS,
    PEOPLE,
    PHOTOS,
    PROMISED,
    RAN,
    SEX,
    day,
    place,
    term,
    text,
)

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
