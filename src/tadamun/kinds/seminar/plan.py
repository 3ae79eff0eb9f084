"""What only a seminar has: its form and theme, the papers, the languages, to whom its results go.

Recommendations are outcomes, counts are figures, the panel are people in roles, as they chose to be named.
"""

from collections.abc import Iterable

from tadamun.kinds.contract import Mistake, Plan, Tongue, unknown_languages
from tadamun.kinds.programme import Item, programme_mistakes
from tadamun.kinds.seminar.vocabulary import SeminarForm
from tadamun.toolkit.languages.text import Text


class SeminarPlan(Plan, frozen=True):
    """A seminar, panel, webinar, conference or session of a forum.

    ``interpreting`` are the languages that it is interpreted into, ``report_languages`` those of its report.
    """

    form: SeminarForm = SeminarForm.SEMINAR
    theme: Text = {}
    programme: tuple[Item, ...] = ()
    papers: tuple[Text, ...] = ()
    laws: tuple[Text, ...] = ()
    audience: tuple[Text, ...] = ()
    online: bool = False
    registration: Text = {}
    languages: tuple[Tongue, ...] = ()
    interpreting: tuple[Tongue, ...] = ()
    report_languages: tuple[Tongue, ...] = ()
    submitted_to: tuple[Text, ...] = ()


def mistakes(plan: SeminarPlan) -> Iterable[Mistake]:
    """Numbers and languages that cannot be meant."""
    yield from programme_mistakes(plan.programme, "programme")
    yield from unknown_languages(plan.languages, "languages")
    yield from unknown_languages(plan.interpreting, "interpreting")
    yield from unknown_languages(plan.report_languages, "report_languages")
