"""The site file: who publishes this installation's site, under which name, with which mission.

It stands apart from the week file, because a week is handed from group to group and a site is not.
"""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from tadamun.organise.network.models import Organisation, Site
from tadamun.organise.safety.services.audit import Actor, note_act
from tadamun.toolkit.languages.text import Text
from tadamun.weekfile.converting import Converter, Found, stated
from tadamun.weekfile.document import Entry
from tadamun.weekfile.nodes import Mark, Unreadable, read_tree
from tadamun.weekfile.problems import Path as Place
from tadamun.weekfile.problems import Problem, WeekFileRefused, said
from tadamun.weekfile.reading import read_bytes

FORMAT = "tadamun-site/1"


class SiteDocument(Entry, frozen=True):
    """A site file. ``publisher`` is the slug of an organisation of the system."""

    format: str
    names: Text
    short_names: Text = {}
    mission: Text = {}
    about: Text = {}
    publisher: str = ""


@transaction.atomic
def take_site(*, actor: Actor, path: Path, now: datetime) -> bool:
    """Take in a site file; returns whether anything changed.

    :raises WeekFileRefused: with every problem; nothing was written then.
    """
    document = _read(path)
    publisher = Organisation.objects.filter(slug=document.publisher).first()
    if document.publisher and publisher is None:
        wrong = _("There is no organisation “%(slug)s”.") % {"slug": document.publisher}
        right = _("Import a week file that describes it first.")
        raise WeekFileRefused([Problem(file=str(path), path="publisher", wrong=wrong, right=right)])
    stated_now = {
        "names": document.names,
        "short_names": document.short_names,
        "mission": document.mission,
        "about": document.about,
        "publisher": publisher,
    }
    site = Site.objects.filter(pk=1).first()
    if site is not None and all(getattr(site, name) == value for name, value in stated_now.items()):
        return False
    Site.objects.update_or_create(pk=1, defaults=stated_now)
    note_act(actor=actor, act="describe site", subject="site", now=now)
    return True


def _read(path: Path) -> SiteDocument:
    problems: list[Problem] = []

    def note(mark: Mark, place: Place, wrong: str, right: str) -> None:
        problems.append(
            Problem(file=str(path), line=mark.line, column=mark.column, path=said(place), wrong=wrong, right=right)
        )

    try:
        root = read_tree(read_bytes(path))
    except Unreadable as error:
        mark = error.mark or Mark(0, 0)
        note(mark, (), error.wrong, error.right)
        raise WeekFileRefused(problems) from None
    document = Converter(Found(note), "en").struct(root, SiteDocument, ())
    if stated(document) and document.format != FORMAT:
        note(root.mark, ("format",), _("This is no site file."), _("Write “format: %(format)s”.") % {"format": FORMAT})
    if problems:
        raise WeekFileRefused(problems)
    read: SiteDocument = document
    return read
