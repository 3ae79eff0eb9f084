"""Importing a week file: read, check all, then write all in one transaction, or nothing."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from tadamun.organise.archive.services import forget_unused_pixels, staging
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.locks import hold
from tadamun.weekfile.checking import problems_of
from tadamun.weekfile.imported import Imported
from tadamun.weekfile.photos import rebuilt_photos
from tadamun.weekfile.problems import Problem, WeekFileRefused
from tadamun.weekfile.reading import read_bytes, read_week
from tadamun.weekfile.work import Work

__all__ = ["Imported", "import_week"]

LOCK = "week file"
_NO_GUARD = nullcontext()


def import_week(
    *,
    actor: Actor,
    path: Path,
    home: Path,
    now: datetime,
    languages: Sequence[str] = (),
    timezone: str = "Asia/Baghdad",
    guard: AbstractContextManager[None] = _NO_GUARD,
) -> Imported:
    """Import the week file at ``path`` with the photos beside it.

    What the file states is made or brought up to date; the same file twice changes nothing. ``languages`` are
    those of the site, for hints about missing wordings; ``timezone`` is that of a new week that states none.
    ``guard`` is entered before anything is written and left before pictures are kept: what it raises undoes all.

    :raises WeekFileRefused: with all problems; then nothing was written.
    """
    reading = read_week(read_bytes(path), file=str(path))
    with staging(home) as stage:
        kept, problems = rebuilt_photos(reading, path.parent, stage)
        try:
            with transaction.atomic():
                hold(LOCK)
                hints = _refuse(problems + problems_of(reading, languages=languages))
                work = Work(reading=reading, now=now.replace(microsecond=0), kept=kept, timezone=timezone)
                with guard:
                    imported = work.write()
                if imported.anything:
                    note_act(actor=actor, act="import week", subject=imported.week, now=now, detail=_detail(imported))
                if work.unused:
                    transaction.on_commit(partial(forget_unused_pixels, home=home, names=work.unused))
                stage.keep_all()
        except DatabaseError as error:
            wrong = _("The database refused it: %(reason)s") % {"reason": str(error).strip().split("\n")[0]}
            right = _("Nothing was written. Try again; if it persists, report it with the file.")
            raise WeekFileRefused([Problem(file=str(path), wrong=wrong, right=right)]) from error
    imported.problems = hints
    return imported


def _refuse(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the hints, when there is nothing else.

    :raises WeekFileRefused: with all that is more than a hint.
    """
    if stopping := [problem for problem in problems if not problem.hint]:
        raise WeekFileRefused(stopping)
    return tuple(problem for problem in problems if problem.hint)


def _detail(imported: Imported) -> dict[str, Any]:
    return {"created": imported.created, "changed": imported.changed, "removed": imported.removed}
