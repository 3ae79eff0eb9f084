"""What is special to a kind of activity, judged by the kind; and photos, judged by their files."""

import re
from collections.abc import Iterator

import msgspec
from django.utils.translation import gettext as _

from tadamun.kinds.registry import KINDS
from tadamun.weekfile.rules.findings import Finding, Ground, wrong

_STEP = re.compile(r"[^.\[\]]+")
_LONGEST_FILE = 100


def details_are_right_for_their_kind(ground: Ground) -> Iterator[Finding]:
    """Each kind checks its own plan."""
    for activity in ground.document.activities:
        kind = KINDS.get(activity.kind)
        if kind is None:
            continue
        for mistake in kind.mistakes(msgspec.convert(activity.details, kind.plan)):
            steps = (int(step) if step.isdigit() else step for step in _STEP.findall(mistake.where))
            yield wrong(activity, "details", *steps, says=_("%(what)s.") % {"what": mistake.what}, right="")


def photos_stand_beside_the_file(ground: Ground) -> Iterator[Finding]:
    """A photo's file name leads into the folder of the week file and nowhere else."""
    for photo in ground.document.photos:
        if not stands_beside(photo.file):
            says = _("“%(file)s” cannot be the name of a file beside the week file.") % {"file": photo.file[:60]}
            yield wrong(photo, "file", says=says, right=_("Put it into the folder “photos” and write photos/name.jpg."))


def stands_beside(file: str) -> bool:
    """Whether a name leads nowhere but to a file beside the week file or in a folder there."""
    plain = file.isprintable() and not {"\\", ":"} & set(file) and len(file) <= _LONGEST_FILE
    return plain and not any(part.strip(" .") == "" or part != part.strip(" ") for part in file.split("/"))
