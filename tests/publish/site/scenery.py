"""What the sample weeks are made of: terms, kinds, organisations, places, photos, in three languages."""

from datetime import date, datetime, time
from hashlib import sha256

from tadamun.record.structs import (
    KindRecord,
    OrganisationRecord,
    PhotoRecord,
    PlaceRecord,
    Term,
    TieRecord,
    When,
)
from tadamun.toolkit.languages.text import Text


def text(en: str, ar: str = "", ckb: str = "") -> Text:
    """A text in those languages that are given."""
    return {code: words for code, words in (("en", en), ("ar", ar), ("ckb", ckb)) if words}


def term(code: str, en: str, ar: str, ckb: str) -> Term:
    """A term with its label in three languages."""
    return Term(code=code, label=text(en, ar, ckb))


def day(number: int, *, part: Term | None = None, start: time | None = None, end: time | None = None) -> When:
    """A day of March 2018."""
    on = date(2018, 3, number)
    return When(start=on, end=on, part_of_day=part, start_time=start, end_time=end)


HELD = term("held", "Held", "أُقيم", "بەڕێوەچوو")
PLANNED = term("planned", "Planned", "مخطَّط", "پلانبۆدانراو")
CANCELLED = term("cancelled", "Cancelled", "ملغى", "هەڵوەشاوە")
POSTPONED = term("postponed", "Postponed", "مؤجَّل", "دواخراو")
WEEK = term("week", "Week", "أسبوع", "هەفتە")
PEOPLE = term("people", "people", "أشخاص", "کەس")
ATTENDED = term("attended", "attended", "حضرن", "ئامادەبوون")
RAN = term("finished", "took part in the race", "شاركن في السباق", "بەشدارییان لە پێشبڕکێکەدا کرد")
GIVEN = term("distributed", "given out", "وُزِّعت", "دابەشکرا")
LEAFLETS = term("leaflets", "leaflets", "منشورات", "بڵاوکراوە")
SEX = term("sex", "Sex", "الجنس", "ڕەگەز")
PROMISED = term("promised", "Promised", "وُعد به", "بەڵێندراو")
KEPT = term("held", "Kept", "أُوفي به", "جێبەجێکرا")
RUNS = term("runs", "run by", "بإدارة", "بەڕێوەبردنی")
ORGANISER = term("organiser", "organised by", "بتنظيم", "ڕێکخستنی")
COOPERATION = term("cooperation", "in cooperation with", "بالتعاون مع", "بە هاوکاری")
AFTERNOON = term("afternoon", "afternoon", "بعد الظهر", "دوای نیوەڕۆ")
CITY = term("city", "City", "مدينة", "شار")
PARK = term("park", "Park", "متنزه", "پارک")

KINDS = {
    "gathering": KindRecord(
        code="gathering",
        name=text("Gathering", "لقاء", "کۆبوونەوە"),
        mark="M12 20.5V8.5M12 13.5l3-2.5M12 11.5L9.5 9.5M4 20.5h16M12 15.5a6 6 0 1 1 0-12 6 6 0 0 1 0 12z",
        schema_type="SocialEvent",
    ),
    "training": KindRecord(
        code="training",
        name=text("Training", "تدريب", "ڕاهێنان"),
        mark="M3.5 4.5h17v11h-17zM12 15.5v5M8 20.5h8M7 8.5h6M7 11.5h9",
        schema_type="EducationEvent",
    ),
    "race": KindRecord(
        code="race",
        name=text("Race", "سباق", "پێشبڕکێ"),
        mark="M6 20.5V4c4-2 8.5 2 12.5 0v9c-4 2-8.5-2-12.5 0M3.5 20.5h5M6 8.5c4-2 8.5 2 12.5 0M12.25 4v9",
        schema_type="SportsEvent",
    ),
    "talk": KindRecord(
        code="talk",
        name=text("Talk", "حديث", "گفتوگۆ"),
        mark="M4.5 9h12v6a5 5 0 0 1-5 5h-2a5 5 0 0 1-5-5zM16.5 11h1.5a2 2 0 0 1 0 5h-1.5M8 3v3M12 3v3",
        schema_type="SocialEvent",
    ),
    "outreach": KindRecord(
        code="outreach",
        name=text("Leaflets", "توزيع منشورات", "دابەشکردنی بڵاوکراوە"),
        mark="M8.5 3.5h11v13h-11zM11.5 7h5M11.5 10h5M11.5 13h2.5M8.5 7.5h-4v13h11v-4",
    ),
    "debate": KindRecord(
        code="debate",
        name=text("Debate", "مناظرة", "گفتوگۆی ڕامیاری"),
        mark="M3.5 4h11v8h-5.5l-3 3v-3H3.5zM6.5 8h5M17.5 9h3v8h-2v3l-3-3h-6v-2",
    ),
}

ORGANISATIONS = (
    OrganisationRecord(
        slug="isf",
        names=text("Iraqi Social Forum", "المنتدى الاجتماعي العراقي", "کۆڕبەندی کۆمەڵایەتیی عێراق"),
        short_names=text("ISF"),
        kind=term("forum", "Forum", "منتدى", "کۆڕبەند"),
        city=text("Baghdad", "بغداد", "بەغدا"),
        country=text("Iraq", "العراق", "عێراق"),
        description=text(
            "An open space where movements and associations of Iraq meet, plan and act together.",
            "فضاء مفتوح تلتقي فيه حركات وجمعيات العراق وتخطّط وتعمل معًا.",
            "شوێنێکی کراوەیە کە بزووتنەوە و کۆمەڵەکانی عێراق تێیدا یەک دەگرن و پێکەوە کار دەکەن.",
        ),
        url="https://www.example.org/isf",
    ),
    OrganisationRecord(
        slug="kahramana",
        names=text("Kahramana", "كهرمانة", "کەهرەمانە"),
        aliases=(text("Women's rights path", "مسار حقوق المرأة", "ڕێڕەوی مافی ژنان"),),
        kind=term("path", "Path", "مسار", "ڕێڕەو"),
        description=text(
            "The women's rights path of the forum.\n\nIt works for **equal** public space:\n\n- in parks\n- at work",
            "مسار حقوق المرأة في المنتدى.",
        ),
        ties=(
            TieRecord(type=term("part_of", "part of", "جزء من", "بەشێک لە"), organisation="isf"),
            TieRecord(type=term("run_by", "run by", "تديره", "بەڕێوەبراو لەلایەن"), organisation="tammuz"),
        ),
    ),
    OrganisationRecord(
        slug="tammuz",
        names=text("Tammuz Organization", "منظمة تموز", "ڕێکخراوی تەممووز"),
        kind=term("association", "Association", "جمعية", "کۆمەڵە"),
        city=text("Baghdad", "بغداد", "بەغدا"),
    ),
    OrganisationRecord(
        slug="sav",
        names=text("Sports Against Violence", "الرياضة ضد العنف", "وەرزش دژی توندوتیژی"),
        kind=term("association", "Association", "جمعية", "کۆمەڵە"),
    ),
    OrganisationRecord(
        slug="al-amal",
        names=text("Al-Amal Association", "جمعية الأمل", "کۆمەڵەی ئەمەل"),
        kind=term("association", "Association", "جمعية", "کۆمەڵە"),
    ),
)


def place(slug: str, names: Text, landmark: Text | None = None, told_from: datetime | None = None) -> PlaceRecord:
    """A place in Baghdad."""
    return PlaceRecord(
        slug=slug,
        names=names,
        kind=PARK,
        landmark=landmark or {},
        within=(text("Baghdad", "بغداد", "بەغدا"),),
        exact_told_from=told_from,
    )


def photo(name: str, activity: str, caption: Text, *, width: int = 1600, height: int = 1067) -> PhotoRecord:
    """A photo whose file is named by the digest of its name."""
    return PhotoRecord(
        sha256=sha256(name.encode()).hexdigest(),
        width=width,
        height=height,
        caption=caption,
        alternative=caption,
        activity=activity,
        credit=text("Kahramana", "كهرمانة", "کەهرەمانە"),
        licence="CC BY-SA 4.0",
    )


PHOTOS = (
    photo("training", "training", text("Training for women candidates", "تدريب المرشحات", "ڕاهێنانی ژنانی کاندید")),
    photo("talks", "tea-and-talks", text("Tea and talks", "شاي وأحاديث", "چا و گفتوگۆ"), width=1200, height=900),
    photo("race", "marathon", text("Marathon for young women", "ماراثون الشابات", "ماراسۆنی ژنانی گەنج")),
    photo("leaflets", "leaflets", text("Campaigning against violence", "حملة ضد العنف", "هەڵمەت دژی توندوتیژی")),
    photo("debate", "debate", text("Election debate", "مناظرة انتخابية"), width=900, height=600),
)
