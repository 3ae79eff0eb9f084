"""What a member sees before she publishes one activity: what changed in it, what a hostile reader would find."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tadamun.desk.audiences import Group, cautions, grouped, preview_of, public_address
from tadamun.desk.house import PublishingHouse
from tadamun.desk.models import PartRelease
from tadamun.desk.part_releases import Part, may_let_part_out, needs_two_for, part_of
from tadamun.desk.sentences import say
from tadamun.organise.network.queries import names_of
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.queries.reach import carriers_of_week
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.changes import changes
from tadamun.record.warnings import Severity
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.panels import Line
from tadamun.toolkit.rulings import Ruling


@dataclass(frozen=True)
class PartPage:
    """All that the page about publishing an activity shows. ``seen`` tells this content from another one."""

    public: bool
    out: PartRelease | None
    asked: PartRelease | None
    void: bool
    ruling: Ruling
    two: bool
    figures_wait: bool
    changed: tuple[Line, ...]
    found: tuple[Group, ...]
    dangers: int
    previews: tuple[tuple[str, str], ...]
    public_address: str
    carried_by: tuple[Text, ...]
    seen: str


def part_page(*, house: PublishingHouse, activity: Activity, now: datetime) -> PartPage:
    """Make the page, with a number of queries that does not depend on what the week holds."""
    uid, idea = str(activity.uid), activity.week.state == State.IDEA
    part = part_of(house, activity, now)
    releases = {one.is_out: one for one in PartRelease.objects.filter(activity=activity)}
    asked = releases.get(False)
    planned = None if idea else house.public_now(activity.week, now)[0]
    found = tuple(one for one in cautions(house, activity.week, planned, now) if one.activity == uid)
    return PartPage(
        public=part is not None,
        out=releases.get(True),
        asked=asked,
        void=asked is not None and (part is None or part.mark != asked.mark),
        ruling=may_let_part_out(activity, now=now),
        two=needs_two_for(activity),
        figures_wait=part is not None and part.spliced.figures_wait,
        changed=_changed(part, uid),
        found=grouped(found, planned),
        dangers=sum(one.severity is Severity.DANGER for one in found),
        previews=tuple((_audience(one), preview_of(activity, one, get_language() or "en")) for one in Audience),
        public_address=f"{public_address(house, activity.week)}{activity.slug}/",
        carried_by=tuple(names_of(carriers_of_week(activity.week))),
        seen=part.mark if part else "",
    )


def _changed(part: Part | None, uid: str) -> tuple[Line, ...]:
    if part is None:
        return ()
    found = [one for one in changes(part.before, part.after) if one.uid == uid]
    return tuple(Line(say(sentence)) for one in found for sentence in one.sentences)


def _audience(audience: Audience) -> str:
    return _("As seen by %(audience)s") % {"audience": audience.label}
