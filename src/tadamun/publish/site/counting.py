"""Nouns as they stand after a number: "25 women", "3 نساء", "25 امرأة".

Arabic has six forms for it, most languages two. What the product itself counts is known here by its English
label, which is also its key in the catalogues; whatever organisers name themselves keeps the name they gave it.
"""

from typing import Final

from markupsafe import Markup

from tadamun.publish.site.voice import Voice
from tadamun.toolkit.languages.text import Text


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Mark a counted noun for the catalogues; the number stands first in every language."""
    return one, many


_COUNTED: Final = {
    "women": ngettext("%(num)s woman", "%(num)s women"),
    "men": ngettext("%(num)s man", "%(num)s men"),
    "girls": ngettext("%(num)s girl", "%(num)s girls"),
    "boys": ngettext("%(num)s boy", "%(num)s boys"),
    "young women": ngettext("%(num)s young woman", "%(num)s young women"),
    "young people": ngettext("%(num)s young person", "%(num)s young people"),
    "children": ngettext("%(num)s child", "%(num)s children"),
    "people": ngettext("%(num)s person", "%(num)s people"),
    "organisations": ngettext("%(num)s organisation", "%(num)s organisations"),
    "activities": ngettext("%(num)s activity", "%(num)s activities"),
    "sessions": ngettext("%(num)s session", "%(num)s sessions"),
    "places": ngettext("%(num)s place", "%(num)s places"),
    "cities": ngettext("%(num)s city", "%(num)s cities"),
    "countries": ngettext("%(num)s country", "%(num)s countries"),
    "copies": ngettext("%(num)s copy", "%(num)s copies"),
    "signatures": ngettext("%(num)s signature", "%(num)s signatures"),
    "cases": ngettext("%(num)s case", "%(num)s cases"),
    "days": ngettext("%(num)s day", "%(num)s days"),
    "hours": ngettext("%(num)s hour", "%(num)s hours"),
    "minutes": ngettext("%(num)s minute", "%(num)s minutes"),
}


def counted(label: Text, number: float | None, voice: Voice) -> Markup:
    """Choose the noun for a label after ``number``, without the number.

    It is the label itself when nothing is counted, and when the page's language has no forms for it.
    """
    forms = _COUNTED.get(label.get("en", ""))
    if number is None or forms is None or number != int(number):
        return voice.say(label)
    noun = voice.ngettext(*forms, int(number), num="").strip()
    untranslated = voice.code != "en" and noun in {form.replace("%(num)s", "").strip() for form in forms}
    return voice.say(label) if untranslated else noun
