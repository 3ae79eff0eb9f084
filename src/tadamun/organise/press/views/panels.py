"""The panel that the translation desk brings to the page of a week."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.press.queries.texts import texts_of
from tadamun.organise.press.vocabulary import WordingState
from tadamun.organise.programme.views.carried import Carried
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.panels import Line, Mark, Panel, Way


def week_panels(carried: Carried) -> Iterable[Panel]:
    """How far each language has come. A fixed number of queries."""
    if not carried.may(Permission.TRANSLATE):
        return
    codes = tuple(code for code, _name in settings.LANGUAGES)
    snippets = texts_of(carried.week, codes)
    here = reverse("words", kwargs={"week": carried.week.slug})
    lines = []
    for code in codes:
        states = [snippet.states[code] for snippet in snippets]
        missing = sum(state in {WordingState.MISSING, WordingState.STALE} for state in states)
        beside = _("%(checked)d of %(all)d checked, %(missing)d missing or out of date") % {
            "checked": states.count(WordingState.CHECKED),
            "all": len(states),
            "missing": missing,
        }
        lines.append(
            Line(language(code).own_name, beside, f"{here}?language={code}", Mark.ASKS if missing else Mark.CALM)
        )
    yield Panel(
        code="words", title=_("Translations"), lines=tuple(lines), ways=(Way(_("Glossary"), reverse("glossary")),)
    )
