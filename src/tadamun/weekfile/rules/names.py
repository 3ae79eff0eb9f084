"""Slugs and identities: well formed, and each given once."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from tadamun.weekfile.document import Named, PromiseEntry, Stated
from tadamun.weekfile.references import SHELVES
from tadamun.weekfile.rules.findings import Finding, Ground, wrong
from tadamun.weekfile.system import uuid_of

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 80


def slugs_are_well_formed(ground: Ground) -> Iterator[Finding]:
    """Slugs are parts of addresses: small Latin letters, digits and single hyphens."""
    for entry in ground.all(Named):
        if not (_SLUG.fullmatch(entry.slug) and len(entry.slug) <= _LONGEST_SLUG):
            says = _("“%(slug)s” cannot be part of an address.") % {"slug": entry.slug[:60]}
            right = _("Use small letters a–z, digits and single hyphens, at most %(longest)s.")
            yield wrong(entry, "slug", says=says, right=right % {"longest": _LONGEST_SLUG})


def week_slug_is_not_a_number(ground: Ground) -> Iterator[Finding]:
    """A bare number as the slug of a week would be taken for a year or a page."""
    week = ground.document.week
    if week.slug.isdigit():
        says = _("The slug of a week cannot be a number only.")
        yield wrong(week, "slug", says=says, right=_("Add a word, for example kahramana-week-%s.") % week.slug)


def slugs_are_given_once(ground: Ground) -> Iterator[Finding]:
    """Within a list no two entries have the same slug; promises have theirs in the whole file."""
    document = ground.document
    for shelf in (*SHELVES, "activities"):
        yield from _repeated(getattr(document, shelf))
    yield from _repeated(ground.all(PromiseEntry))


def promises_of_other_weeks_keep_their_slug(ground: Ground) -> Iterator[Finding]:
    """A promise's slug is its address on the whole site."""
    for entry in ground.all(PromiseEntry):
        week = ground.system.promises.get(entry.slug, ground.document.week.slug)
        if week != ground.document.week.slug:
            says = _("The week “%(week)s” already has a promise “%(slug)s”.") % {"week": week, "slug": entry.slug}
            yield wrong(entry, "slug", says=says, right=_("Choose another slug."))


def photo_files_are_given_once(ground: Ground) -> Iterator[Finding]:
    """Photos are kept as PNG, so their names must differ in more than the ending."""
    seen: dict[str, str] = {}
    for photo in ground.document.photos:
        name = str(PurePosixPath(photo.file).with_suffix("")) if PurePosixPath(photo.file).name else photo.file
        if name in seen:
            says = _("“%(file)s” and “%(other)s” would have the same name.") % {"file": photo.file, "other": seen[name]}
            yield wrong(photo, "file", says=says, right=_("Give each photo a name of its own, and list it once."))
        seen[name] = photo.file


def uids_are_uuids_of_their_own(ground: Ground) -> Iterator[Finding]:
    """The identity by which calendars know a week or an activity."""
    document = ground.document
    owners = {
        id(document.week): document.week.slug,
        **{id(entry): f"{document.week.slug}/{entry.slug}" for entry in document.activities},
    }
    seen: set[str] = set()
    stated: tuple[Stated, ...] = (document.week, *document.activities)
    for entry in stated:
        if not entry.uid:
            continue
        uid = str(uuid_of(entry.uid) or "")
        if not uid:
            says = _("“%(uid)s” is not a UUID.") % {"uid": entry.uid[:60]}
            yield wrong(entry, "uid", says=says, right=_("Leave the uid out: one is made from the slugs."))
        elif uid in seen or ground.system.uids.get(uid, owners[id(entry)]) != owners[id(entry)]:
            says = _("The uid %(uid)s already belongs to %(owner)s.")
            owner = ground.system.uids.get(uid) or _("another entry of this file")
            right = _("Leave the uid out: one is made from the slugs.")
            yield wrong(entry, "uid", says=says % {"uid": uid, "owner": owner}, right=right)
        seen.add(uid)


def _repeated(listed: Iterable[Named]) -> Iterator[Finding]:
    seen: set[str] = set()
    for entry in listed:
        if entry.slug in seen:
            says = _("The slug “%(slug)s” is given twice.") % {"slug": entry.slug}
            yield wrong(entry, "slug", says=says, right=_("Keep one of the entries, or choose another slug."))
        seen.add(entry.slug)
