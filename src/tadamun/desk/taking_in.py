"""Taking a week file in on the desk: as the command line does it, but never over the heads of other coalitions.

Whoever runs the installation may import anything. A member may bring a week that one of her organisations organises; a
file can neither rewrite another coalition's week or organisation, nor say for others that they agreed (promise 7).
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.utils.translation import gettext as _

from tadamun.organise.network.models import Alias, Organisation, Tie
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.models import Involvement, Week
from tadamun.organise.programme.queries.reach import carriers_of_week
from tadamun.organise.programme.vocabulary import InvolvementType, SignOff
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit.rulings import Refused
from tadamun.weekfile.importing import import_week
from tadamun.weekfile.nodes import LARGEST
from tadamun.weekfile.packed import MAGIC, NAME, Packed
from tadamun.weekfile.problems import Problem, WeekFileRefused
from tadamun.weekfile.reading import read_week

_OWNERS = (InvolvementType.ORGANISER, InvolvementType.RUNS)


@dataclass(frozen=True)
class TakenIn:
    """The week that was taken in, what the import says, and how many organisations are asked for their own word."""

    week: Week
    sentence: str
    hints: tuple[Problem, ...]
    asked: int


def take_in(
    *,
    actor: Actor,
    standing: Standing,
    file: IO[bytes],
    home: Path,
    now: datetime,
    languages: Sequence[str],
    timezone: str,
) -> TakenIn:
    """Import a week file for a member, alone or with its photos in one ZIP: all of it or nothing.

    :raises WeekFileRefused: with all problems of the file.
    :raises Refused: when the week or an organisation that it describes is somebody else's.
    """
    packed = _packed(file)
    content = packed.content if packed else file.read(LARGEST + 1)
    claim = Claim(content, standing)
    claim.week()
    # A folder of its own, so that nothing else of the house can be meant by the names of photos.
    with TemporaryDirectory(dir=home) as folder:
        path = Path(folder) / NAME
        path.write_bytes(content)
        try:
            if packed:
                packed.unpack_photos(path.parent)
            imported = import_week(
                actor=actor,
                path=path,
                home=home,
                now=now,
                languages=languages,
                timezone=timezone,
                guard=claim.guard(),
            )
        except WeekFileRefused as error:
            raise WeekFileRefused(_told_plainly(error.problems)) from error
    hints = tuple(_told_plainly(imported.problems))
    return TakenIn(Week.objects.get(slug=imported.week), imported.sentence(), hints, claim.asked)


def _packed(file: IO[bytes]) -> Packed | None:
    """The ZIP, when it is one; larger ones than are taken the form has refused."""
    beginning = file.read(len(MAGIC))
    file.seek(0)
    return Packed(file, name=NAME) if beginning == MAGIC else None


class Claim:
    """What a member may bring with a file; ``asked`` is how many organisations answer for themselves afterwards."""

    def __init__(self, content: bytes, standing: Standing) -> None:
        self._content = content
        self._editing = {
            part.organisation for part in standing.parts if standing.may(Permission.EDIT, [part.organisation])
        }
        self.asked = 0

    def week(self) -> str:
        """The slug of the file's week.

        :raises Refused: when it is not hers to bring.
        """
        return _week_of(self._content, self._editing)

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Around the writing, within its transaction: what stands of others is not rewritten, nobody agrees by a file.

        :raises Refused: when something of others would be.
        """
        slug = self.week()
        agreed = set(_agreed(slug).values())
        others = _others(self._editing)
        yield
        now_said = _others(self._editing)
        if changed := [name for name, values in others.items() if now_said.get(name) != values]:
            says = _(
                "The file says other things of %(names)s than stand here. Leave those entries out; nothing was written."
            )
            raise Refused(says % {"names": ", ".join(sorted(changed))})
        self.asked = _ask_themselves(slug, agreed, others)


def _week_of(content: bytes, editing: set[str]) -> str:
    """The slug of the file's week, when the member may bring it. What is wrong with the file is told by the import.

    :raises Refused: when it is not hers to bring.
    """
    document = read_week(content, file=NAME).document
    if document is None:
        return ""
    week = Week.objects.filter(slug=document.week.slug).first()
    if week is not None and not editing & set(carriers_of_week(week)):
        raise Refused(_("There is a week of this name already, and it is not yours. Give yours another slug."))
    owners = {part.organisation for part in document.week.involvements if part.type in _OWNERS}
    if not editing & owners:
        raise Refused(
            _("None of your organisations organises this week. Name one under “involvements” as organiser: %(names)s.")
            % {"names": ", ".join(sorted(editing))}
        )
    return document.week.slug


def _others(editing: set[str]) -> dict[str, Any]:
    """All that is stated about organisations that have members here, who are not this member's."""
    with_members = Organisation.objects.filter(memberships__isnull=False).exclude(slug__in=editing).distinct()
    found: dict[str, Any] = {row["slug"]: [row] for row in with_members.values()}
    aliases = Alias.objects.filter(organisation__slug__in=found)
    for slug, *values in aliases.values_list("organisation__slug", "position", "names"):
        found[slug].append(values)
    ties = Tie.objects.filter(organisation__slug__in=found)
    for slug, *values in ties.values_list("organisation__slug", "type", "to", "since", "until", "according_to"):
        found[slug].append(values)
    return found


def _agreed(week: str) -> dict[int, tuple[str, str, str]]:
    """Who agreed to which part in the week, by the key of the involvement."""
    rows = Involvement.objects.filter(week__slug=week, sign_off=SignOff.ACCEPTED, organisation__isnull=False)
    return {
        key: (activity or "", organisation, part)
        for key, activity, organisation, part in rows.values_list("pk", "activity__slug", "organisation__slug", "type")
    }


def _ask_themselves(week: str, agreed: set[tuple[str, str, str]], others: Collection[str]) -> int:
    """Organisations that have members here answer for themselves; returns how many are asked."""
    asked = {key: part for key, part in _agreed(week).items() if part not in agreed and part[1] in others}
    Involvement.objects.filter(pk__in=asked).update(sign_off=SignOff.ASKED, signed_off_on=None)
    return len({organisation for _activity, organisation, _type in asked.values()})


def _told_plainly(problems: Sequence[Problem]) -> list[Problem]:
    """The problems under the name that the member knows, not under that of our folder."""
    return [replace(problem, file=NAME) for problem in problems]
