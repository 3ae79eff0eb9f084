"""Writing and checking a text in a language, and locking the facts in it."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from tadamun.organise.press.models import Check
from tadamun.organise.press.queries.texts import DETAILS, glossary
from tadamun.organise.press.rules import days_between, digest, lockable
from tadamun.organise.programme.models import Week
from tadamun.organise.programme.services import changes
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.languages.locked import lacking
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.rulings import Refused


class ChangedMeanwhile(Refused):
    """Somebody else wrote this wording meanwhile; ``theirs`` is what stands there now."""

    def __init__(self, theirs: str) -> None:
        super().__init__(_("Somebody else changed this wording meanwhile. Both are here; send what shall hold."))
        self.theirs = theirs


def text_at(row: models.Model, path: str) -> Text:
    """The text at a path of a row; empty when nothing is there."""
    name, _slash, rest = path.partition("/")
    value: Any = getattr(row, name)
    for step in filter(None, rest.split("/")):
        value = value[int(step)] if isinstance(value, list) else value.get(step, {})
    return dict(value or {})


@transaction.atomic
def write(
    *, actor: Actor, row: models.Model, path: str, code: str, words: str, seen: str, source: str, checked: bool,
    now: datetime,
) -> None:  # fmt: skip
    """Write a text in a language; ``seen`` is the wording that the translator began with.

    :raises ChangedMeanwhile: when somebody else wrote it since.
    :raises Refused: when a fact that is locked in the source is lacking.
    """
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    text = text_at(stored, path)
    there = text.get(code, "")
    if there not in (seen, words):
        raise ChangedMeanwhile(there)
    gone = lacking(text.get(source, ""), words) if source != code and words else []
    if gone:
        tokens = " ".join(map(str, gone))
        raise Refused(
            _("These facts of the source are lacking: %(tokens)s. Put each where it belongs.") % {"tokens": tokens}
        )
    _store(actor, stored, path, {**text, code: words}, now)
    if checked:
        _check(actor, stored, path, code, source, {**text, code: words}, now)


@transaction.atomic
def lock_facts(*, actor: Actor, row: models.Model, path: str, week: Week, now: datetime) -> int:
    """Lock the names of the glossary and the days of the week in a text; returns how many facts are locked now.

    Who checked a wording checked the same words, so checks stay as they were.
    """
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    text = text_at(stored, path)
    locked = lockable(text, glossary(), days_between(week.start, week.end))
    for check in Check.objects.filter(thing=stored._meta.label_lower, row=stored.pk, path=path):
        _follow(check, text, locked)
    if locked != text:
        _store(actor, stored, path, locked, now)
    return sum(len(lacking(words, "")) for words in locked.values())


def _follow(check: Check, text: Text, locked: Text) -> None:
    if check.words == digest(text.get(check.language, "")):
        check.words = digest(locked.get(check.language, ""))
    if check.source_words == digest(text.get(check.source, "")):
        check.source_words = digest(locked.get(check.source, ""))
    check.save(update_fields=["words", "source_words"])


def _store(actor: Actor, row: models.Model, path: str, text: Text, now: datetime) -> None:
    name = path.partition("/")[0]
    seen = changes.values_of(row, [name])
    wanted = {name: {code: words for code, words in text.items() if words}}
    if name == DETAILS:
        wanted = {name: _with(seen[name], path.split("/")[1:], wanted[name])}
    changes.change(actor=actor, row=row, seen=seen, wanted=wanted, now=now)


def _with(value: Any, steps: list[str], text: Text) -> Any:
    if not steps:
        return text
    step, rest = steps[0], steps[1:]
    if isinstance(value, list):
        return [_with(item, rest, text) if number == int(step) else item for number, item in enumerate(value)]
    return {**value, step: _with(value.get(step, {}), rest, text)}


def _check(actor: Actor, row: models.Model, path: str, code: str, source: str, text: Text, now: datetime) -> None:
    Check.objects.update_or_create(
        thing=row._meta.label_lower,
        row=row.pk,
        path=path,
        language=code,
        defaults={
            "source": source,
            "words": digest(text.get(code, "")),
            "source_words": digest(text.get(source, "")),
            "by": actor.label,
            "at": now,
        },
    )
