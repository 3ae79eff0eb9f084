"""The translation desk: all texts of a week with their state, and one text after the other."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.press.forms.wording import WordingForm
from tadamun.organise.press.queries.texts import OF_A_WEEK, Snippet, glossary, texts_of
from tadamun.organise.press.rules import numbers_not_in, unlocked
from tadamun.organise.press.services import wording
from tadamun.organise.press.vocabulary import WordingState
from tadamun.organise.programme.models import Week
from tadamun.organise.programme.views.carried import Carried, in_week
from tadamun.toolkit import clock
from tadamun.toolkit.languages.registry import Language, language
from tadamun.toolkit.rulings import Refused

PER_PAGE = 40
_OPEN = (WordingState.MISSING, WordingState.STALE, WordingState.DRAFT)
_MODELS = {model._meta.label_lower: model for model in OF_A_WEEK}


@dataclass(frozen=True)
class Progress:
    """How far a language has come: how many texts are in each state."""

    language: Language
    counts: tuple[tuple[WordingState, int], ...]
    total: int
    checked: int


@require_safe
@in_week(Permission.TRANSLATE)
def words(request: Any, carried: Carried) -> HttpResponse:
    """Every text of the week; ``?language=`` and ``?state=`` choose."""
    codes = _codes()
    code = _chosen(request, codes)
    snippets = texts_of(carried.week, codes)
    state = request.GET.get("state", "")
    wanted = [one for one in snippets if not state or one.states[code] == state]
    page = {
        "carried": carried,
        "progress": [_progress(snippets, one) for one in codes],
        "code": code,
        "state": state,
        "states": WordingState.choices,
        "page": Paginator(wanted, PER_PAGE).get_page(request.GET.get("page")),
        "rows": [],
    }
    page["rows"] = [(one, _address(carried.week, one, code), one.states[code]) for one in page["page"]]
    return render(request, "press/words.html", page)


@require_http_methods(["GET", "POST"])
@in_week(Permission.TRANSLATE)
def one_wording(request: Any, carried: Carried, thing: str, row: int, path: str, lang: str) -> HttpResponse:
    """One text in one language, beside its source; after it comes the next that is not checked."""
    codes = _codes()
    snippets = texts_of(carried.week, codes)
    snippet = next((one for one in snippets if one.key == f"{thing}/{row}/{path}"), None)
    if snippet is None or lang not in codes:
        raise Http404
    source = request.POST.get("source") or request.GET.get("source") or snippet.source(lang, codes)
    if request.method == "POST" and request.POST.get("act") == "lock":
        return _locked(request, carried, snippet, lang)
    begun = {"words": snippet.text.get(lang, ""), "seen": snippet.text.get(lang, ""), "source": source}
    form = WordingForm(request.POST or None, initial=begun, code=lang, long=snippet.long)
    if request.method == "POST" and form.is_valid() and _written(request, snippet, form, lang, source):
        following = _next(snippets, snippet, lang)
        return redirect(_address(carried.week, following, lang) if following else _overview(carried.week, lang))
    page = _page(carried, snippet, form, lang, source, codes)
    return render(request, "press/wording.html", page, status=400 if form.errors else 200)


def _page(
    carried: Carried, snippet: Snippet, form: WordingForm, code: str, source: str, codes: tuple[str, ...]
) -> dict[str, Any]:
    names = glossary()
    here = snippet.text.get(source, "")
    return {
        "carried": carried,
        "snippet": snippet,
        "form": form,
        "target": language(code),
        "source": language(source),
        "source_words": here,
        "source_reads": unlocked({source: here}, names)[source],
        "sources": [language(other) for other in codes if other != code and snippet.text.get(other)],
        "state": snippet.states[code],
        "check": snippet.checks.get(code),
        "reads": unlocked({code: snippet.text.get(code, "")}, names)[code],
        "numbers": numbers_not_in(here, snippet.text.get(code, "")) if snippet.text.get(code) else [],
        "back": _overview(carried.week, code),
    }


def _written(request: Any, snippet: Snippet, form: WordingForm, code: str, source: str) -> bool:
    row = _MODELS[snippet.thing]._default_manager.get(pk=snippet.row)
    checked = request.POST.get("act") == "check"
    data = form.cleaned_data
    try:
        wording.write(
            actor=request.actor, row=row, path=snippet.path, code=code, words=data["words"].replace("\r\n", "\n"),
            seen=data["seen"].replace("\r\n", "\n"), source=source, checked=checked, now=clock.now(),
        )  # fmt: skip
    except wording.ChangedMeanwhile as meanwhile:
        sent = request.POST.copy()
        sent["seen"] = meanwhile.theirs
        form.data = sent
        form.add_error("words", f"{meanwhile} “{meanwhile.theirs}”")
        return False
    except Refused as refusal:
        form.add_error("words", str(refusal))
        return False
    messages.success(request, _("Saved and checked.") if checked else _("Saved."))
    return True


def _locked(request: Any, carried: Carried, snippet: Snippet, code: str) -> HttpResponse:
    row = _MODELS[snippet.thing]._default_manager.get(pk=snippet.row)
    wording.lock_facts(actor=request.actor, row=row, path=snippet.path, week=carried.week, now=clock.now())
    messages.success(request, _("Names and days that are known are locked in every language."))
    return redirect(_address(carried.week, snippet, code))


def _progress(snippets: list[Snippet], code: str) -> Progress:
    counts = Counter(one.states[code] for one in snippets)
    states = tuple((state, counts[state]) for state in WordingState)
    return Progress(language(code), states, len(snippets), counts[WordingState.CHECKED])


def _next(snippets: list[Snippet], after: Snippet, code: str) -> Snippet | None:
    """The next text that is not checked, from here round to the beginning."""
    here = next(number for number, one in enumerate(snippets) if one.key == after.key)
    around = [*snippets[here + 1 :], *snippets[:here]]
    return next((one for one in around if one.states[code] in _OPEN), None)


def _address(week: Week, snippet: Snippet, code: str) -> str:
    parts = {"week": week.slug, "thing": snippet.thing, "row": snippet.row, "path": snippet.path, "lang": code}
    return reverse("wording", kwargs=parts)


def _overview(week: Week, code: str) -> str:
    return f"{reverse('words', kwargs={'week': week.slug})}?{urlencode({'language': code})}"


def _codes() -> tuple[str, ...]:
    return tuple(code for code, _name in settings.LANGUAGES)


def _chosen(request: Any, codes: tuple[str, ...]) -> str:
    wanted = request.GET.get("language") or get_language() or codes[0]
    return wanted if wanted in codes else codes[0]
