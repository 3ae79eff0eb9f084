"""The week of the journey: what everything in it is called in two languages, its days, and what each step cost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Browser

from tests.journeys.coordinator import Coordinator
from tests.journeys.phone import Effort, Phone

# English and Arabic, names as they stand in the example week; all people are invented.
NAMES = {
    "kahramana": ("Kahramana", "كهرمانة"),
    "isf": ("Iraqi Social Forum", "المنتدى الاجتماعي العراقي"),
    "icssi": ("Iraqi Civil Society Solidarity Initiative", "مبادرة التضامن مع المجتمع المدني العراقي"),
    "tammuz": ("Tammuz", "تموز"),
    "sav": ("Sports Against Violence", "رياضة ضد العنف"),
    "amal": ("Al-Amal Association", "جمعية الأمل"),
    "silent": ("House of Tea", "بيت الشاي"),
    "justice": ("Social Justice working group", "مجموعة عمل العدالة الاجتماعية"),
    "justice_says": ("together with the Social Justice group", "معًا مع مجموعة العدالة الاجتماعية"),
    "newroz": ("Newroz", "نوروز"),
    "campaign": ("23-day international campaign", "الحملة الدولية، 23 يومًا"),
    "baghdad": ("Baghdad", "بغداد"),
    "park": ("Zawra’a Park", "متنزه الزوراء"),
    "dhi_qar": ("Dhi Qar", "ذي قار"),
    "nasiriya": ("Nasiriya", "الناصرية"),
    "mashufna": ("Mashufna Center", "مركز مشحوفنا"),
    "week": ("Kahramana Week for women across Baghdad", "أسبوع كهرمانة للنساء في أنحاء بغداد"),
    "picnic": ("Newroz picnic in Abu Nawas gardens", "نزهة نوروز في حدائق أبي نؤاس"),
    "training": ("Training for women candidates", "تدريب للمرشّحات"),
    "race": ("Kahramana Marathon", "ماراثون كهرمانة"),
    "talks": ("Tea and talks", "شاي وأحاديث"),
    "leaflets": ("Leaflets against gender-based violence", "منشورات ضد العنف"),
    "debate": ("Debate on the coming election", "مناظرة عن الانتخابات المقبلة"),
    "candidates": ("Women candidates of Baghdad", "المرشّحات في بغداد"),
    "confidence": ("That they speak for themselves", "أن يتكلّمن بأنفسهن"),
    "i_stand": ("I stand for election.", "أنا مرشّحة للانتخابات."),
    "training_begins": ("Women who stand for election train on", "تتدرّب النساء المرشّحات للانتخابات في"),
    "training_goes_on": ("Bring your questions.", "أحضرن أسئلتكن."),
    "childcare": ("There is childcare.", "هناك رعاية للأطفال."),
    "race_says": ("We run together with Sports Against Violence.", "نركض معًا مع رياضة ضد العنف."),
    "leaflets_say": ("We go from door to door.", "نمضي من باب إلى باب."),
    "promise": ("A similar workshop in Nasiriya", "ورشة مماثلة في الناصرية"),
    "training_again": ("Training in Nasiriya", "تدريب في الناصرية"),
    "race_again": ("Run of the women of Baghdad", "سباق نساء بغداد"),
    "permit": ("Leave to use the park", "إذن استعمال المتنزه"),
    "heat": ("Heat", "الحرّ"),
    "water": ("Water at the start", "ماء عند الانطلاق"),
    "nurse": ("Nurse at the start", "ممرّضة عند الانطلاق"),
    "nurse_name": ("Salma Invented", "سلمى المختلقة"),
    "leaflet": ("What to do when you are threatened", "ماذا تفعلين إن هُدّدت"),
    "bags": ("Shoulder bags", "حقائب كتف"),
    "hand_out": ("Hand out leaflets", "توزيع المنشورات"),
    "helper": ("Huda Invented", "هدى المختلقة"),
}
# Kind, and the day on which it is added.
ACTIVITIES = {
    "picnic": ("gathering", 0),
    "training": ("training", 0),
    "race": ("race", 2),
    "talks": ("talk", 3),
    "leaflets": ("outreach", 4),
    "debate": ("debate", 6),
}


@dataclass(frozen=True)
class Spent:
    """What a step of the journey cost the coordinator."""

    step: str
    effort: Effort
    seconds: float


@dataclass
class Journey:
    """Layla, her phone, the site, and the days of her week, of which the first is today."""

    layla: Coordinator
    browser: Browser
    days: list[date]
    spent: list[Spent] = field(default_factory=list)
    # The last part of the week's address, for those who were told it.
    slug: str = ""

    def called(self, name: str, code: str = "") -> str:
        """What something is called in the language of her phone, or in another."""
        return NAMES[name][(code or self.layla.code) == "ar"]

    @property
    def other(self) -> str:
        """The language that she translates into."""
        return "en" if self.layla.code == "ar" else "ar"

    def to(self, activity: str) -> None:
        """Open an activity."""
        self.layla.to_activity(self.called(activity))

    def to_week(self) -> None:
        """Open the week."""
        self.layla.to_week(self.called("week"))

    def somebody(self, code: str = "") -> Phone:
        """A phone of somebody else, with no account."""
        return Phone.held(self.browser, self.layla.site, code or self.layla.code)

    def reader(self, code: str = "") -> Phone:
        """Somebody who was told the address of the week and reads it, once: what was published is there by then."""
        public = self.somebody(code)
        public.open(f"/{public.code}/weeks/{self.slug}/")
        return public

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step, with what it cost her."""
        started = time.monotonic()
        with self.layla.counted() as effort:
            yield
        self.spent.append(Spent(name, effort, time.monotonic() - started))

    def table(self) -> str:
        """What each step cost, to be printed."""
        lines = [f"{'step':34}{'taps':>6}{'fields':>8}{'letters':>9}{'seconds':>9}"]
        whole = Spent("all", self.layla.effort, sum(one.seconds for one in self.spent))
        for one in (*self.spent, whole):
            told = one.effort
            lines.append(f"{one.step:34}{told.taps:6}{told.fields:8}{told.letters:9}{one.seconds:9.1f}")
        return "\n".join(lines)
