"""The columns of a list of people: what they are called in each language, and what their answers mean.

The second row of what goes out has the tags of the Humanitarian Exchange Language (HXL 1.1), with tags of our own where
it has none; a row of tags is skipped when a sheet comes in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tadamun.organise.people.models import Admission
from tadamun.organise.people.services.entries import named
from tadamun.organise.people.vocabulary import AgeBand, Category, Governorate, Need, Sex
from tadamun.toolkit import search


@dataclass(frozen=True)
class Column:
    """A column: its key, heading, HXL tag, and other headings under which people send it."""

    key: str
    heading: "str | Promise"
    tag: str
    aliases: tuple[str, ...] = ()


NAME = Column(
    "name", _("Name"), "#contact+name",
    ("full name", "participant", "الاسم", "الاسم الكامل", "اسم المشارك", "الاسم الثلاثي", "ناو", "ناوی تەواو",
     "ناوی سیانی"),
)  # fmt: skip
CONTACT = Column(
    "contact", _("E-mail or phone number"), "#contact",
    (
        "contact", "phone", "mobile", "telephone", "phone number", "email", "e-mail", "mail", "whatsapp",
        "الهاتف", "رقم الهاتف", "الموبايل", "رقم الموبايل", "الجوال", "البريد الإلكتروني", "البريد", "الاتصال",
        "واتساب",
        "مۆبایل", "ژمارەی مۆبایل", "ژمارەی تەلەفۆن", "تەلەفۆن", "ئیمەیڵ", "پەیوەندی",
    ),
)  # fmt: skip
GUESTS = Column(
    "guests",
    _("Guests"),
    "#reached+guests",
    ("guest", "companions", "عدد المرافقين", "المرافقون", "ضيوف", "میوان", "هاوڕێکان"),
)
GROUP = Column("group", _("Group"), "#group", ("list", "القائمة", "المجموعة", "لیست", "گرووپ"))
LANGUAGE = Column("language", _("Language"), "#language", ("lang", "اللغة", "لغة", "زمان"))
SEX = Column("sex", _("sex"), "#gender", ("gender", "الجنس", "النوع الاجتماعي", "ڕەگەز", "جێندەر"))
AGE = Column("age_band", _("age"), "#age", ("age", "age group", "العمر", "الفئة العمرية", "السن", "تەمەن"))
GOVERNORATE = Column("governorate", _("governorate"), "#adm1+name", ("province", "المحافظة", "محافظة", "پارێزگا"))
NEEDS = Column("needs", _("Needs"), "#need", ("need", "الاحتياجات", "احتياجات", "پێداویستی", "پێداویستییەکان"))
NOTE = Column("note", _("Note"), "#description+note", ("notes", "comment", "ملاحظة", "ملاحظات", "تێبینی"))
TAKEN_IN = (NAME, CONTACT, GUESTS, GROUP, LANGUAGE, SEX, AGE, GOVERNORATE, NEEDS, NOTE)

_MEANT: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "sex": {
        Sex.WOMAN: (
            "woman",
            "women",
            "female",
            "f",
            "w",
            "امرأة",
            "أنثى",
            "انثى",
            "نساء",
            "سيدة",
            "ئافرەت",
            "ژن",
            "مێ",
        ),
        Sex.MAN: ("man", "men", "male", "m", "رجل", "ذكر", "رجال", "پیاو", "نێر"),
    },
    "age_band": {},
    "governorate": {},
    "needs": {},
}
_CHOICES = {"sex": Sex, "age_band": AgeBand, "governorate": Governorate, "needs": Need}
_OLDEST_OF_BANDS = ((17, AgeBand.UNDER_18), (24, AgeBand.FROM_18), (34, AgeBand.FROM_25), (49, AgeBand.FROM_35))
_OLDEST = 120


def headings(admission: Admission) -> Mapping[str, str]:
    """Every heading that is understood, folded for comparing, with the key of its column; questions are ``q:code``."""
    known: dict[str, str] = {}
    for column in TAKEN_IN:
        for words in (column.key, *column.aliases, *_in_all_languages(column.heading)):
            known.setdefault(search.folded(words), column.key)
    for question in admission.questions.all():
        for words in (question.code, *question.text.values()):
            known.setdefault(search.folded(words), f"q:{question.code}")
    return known


def meanings(key: str) -> Mapping[str, str]:
    """What an answer in a column with fixed answers may be written like, folded, with its code."""
    known: dict[str, str] = {}
    for code, label in _CHOICES[key].choices:
        for words in (code, *_in_all_languages(label), *_MEANT[key].get(code, ())):
            known.setdefault(search.folded(words), code)
    return known


def age_band(years: int) -> str | None:
    """The band of an age in years; None for what is no age."""
    if not 0 < years <= _OLDEST:
        return None
    return next((band.value for oldest, band in _OLDEST_OF_BANDS if years <= oldest), AgeBand.FROM_50.value)


def groups(admission: Admission) -> Mapping[str, str]:
    """The names and slugs of the groups, folded, with the slug."""
    known: dict[str, str] = {}
    for group in admission.groups.all():
        for words in (group.slug, *group.names.values()):
            known[search.folded(words)] = group.slug
    return known


def heading_row(admission: Admission, language: str, *, marked: bool) -> Iterator[tuple[str, str, str]]:
    """The columns of a list that goes out: key, heading in the reader's language, HXL tag.

    A ``marked`` list says in every row which copy it is, because rows are pasted into other sheets.
    """
    yield "number", str(_("Number")), "#meta+number"
    yield "code", str(_("Code")), "#meta+id"
    yield "standing", str(_("Standing")), "#status"
    for column in (NAME, CONTACT, GUESTS, GROUP, LANGUAGE):
        yield column.key, str(column.heading), column.tag
    for column in (SEX, AGE, GOVERNORATE):
        if Category(column.key).value in admission.categories:
            yield column.key, str(column.heading), column.tag
    yield NEEDS.key, str(NEEDS.heading), NEEDS.tag
    for question in admission.questions.all():
        yield f"q:{question.code}", named(question.text, language), f"#meta+{question.code}"
    yield NOTE.key, str(NOTE.heading), NOTE.tag
    yield "remark", str(_("Organisers’ remark")), "#meta+remark"
    yield "confirmed", str(_("confirmed")), "#status+confirmed"
    yield "came", str(_("came")), "#reached"
    if marked:
        yield "copy", str(_("Copy number")), "#meta+copy"


def _in_all_languages(words: "str | Promise") -> list[str]:
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(words))
    return found
