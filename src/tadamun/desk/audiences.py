"""What a member sees before she publishes: the state, what changed, what a hostile reader would find."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tadamun.desk.house import PublishingHouse
from tadamun.desk.models import Conditions, PartRelease, Release
from tadamun.desk.releases import conditions_of, is_void, mark_of, needs_two, public_record
from tadamun.desk.sentences import say
from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.queries.reach import reachable, weeks_in_reach
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.builders.hidden import hidden_from_public
from tadamun.record.changes import changes
from tadamun.record.narrowing import Guarded
from tadamun.record.structs import WeekRecord
from tadamun.record.warnings import Caution, Mend, Severity, warnings_about
from tadamun.toolkit.languages.text import Text
from tadamun.toolkit.panels import Line, Mark, Need, Panel, Way
from tadamun.toolkit.templatetags.saying import moment, said

_MARKS = {Severity.DANGER: Mark.WARNS, Severity.CARE: Mark.ASKS, Severity.BLEMISH: Mark.CALM}
_PANELS = {
    Mend.TEXTS: "plan",
    Mend.PLACES: "sittings",
    Mend.PARTNERS: "partners",
    Mend.FIGURES: "figures",
    Mend.PHOTOS: "photos",
    Mend.DATES: "sittings",
}


@dataclass(frozen=True)
class Group:
    """Lines about the week or one activity of it."""

    titles: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PublishingPage:
    """All that the page about publishing shows. ``seen`` tells this content from another one."""

    out: Release | None
    waits: Release | None
    void: bool
    conditions: Conditions
    two: bool
    idea: bool
    never: bool
    changed: tuple[Group, ...]
    found: tuple[Group, ...]
    dangers: int
    previews: tuple[tuple[str, str], ...]
    public_address: str
    seen: str

    @property
    def by(self) -> str:
        """Who let out what is public."""
        return _who(self.out) if self.out else ""

    @property
    def asked(self) -> Release | None:
        """A release that waits for a second member."""
        return self.waits if self.waits and self.waits.approved_at is None else None

    @property
    def scheduled(self) -> Release | None:
        """A release that waits for its moment."""
        return self.waits if self.waits and self.waits.approved_at else None


def publishing_page(*, house: PublishingHouse, week: Week, now: datetime) -> PublishingPage:
    """Make the page, with a number of queries that does not depend on what the week holds."""
    releases = list(Release.objects.filter(week=week).select_related("week"))
    out = next((one for one in releases if one.is_out), None)
    waits = next((one for one in releases if not one.is_out), None)
    idea = week.state == State.IDEA
    current, guarded = (None, Guarded()) if idea else house.public_now(week, now, every_link=True)
    found = cautions(house, week, current, now)
    return PublishingPage(
        out=out,
        waits=waits,
        void=bool(waits and not waits.approved_at and not idea and is_void(house, waits)),
        conditions=conditions_of(week),
        two=needs_two(week),
        idea=idea,
        never=out is None,
        changed=_changed(out, current, guarded, now),
        found=grouped(found, current),
        dangers=sum(one.severity is Severity.DANGER for one in found),
        previews=_previews(week),
        public_address=public_address(house, week),
        seen=mark_of(current) if current else "",
    )


def public_address(house: PublishingHouse, week: Week) -> str:
    """Where the public reads it, in the reader's language when the site has it."""
    here = get_language() or ""
    code = here if here in house.languages else house.languages[0]
    return f"/{code}/weeks/{week.slug}/"


def _changed(out: Release | None, current: WeekRecord | None, guarded: Guarded, now: datetime) -> tuple[Group, ...]:
    """What differs between what the public reads and the plan as it stands."""
    if out is None or current is None:
        return ()
    return tuple(
        Group(one.titles, tuple(Line(say(sentence)) for sentence in one.sentences))
        for one in changes(public_record(out, current, guarded, now), current)
    )


def cautions(house: PublishingHouse, week: Week, current: WeekRecord | None, now: datetime) -> tuple[Caution, ...]:
    """What a hostile reader would find in the public record as the week is planned."""
    if current is None:
        return ()
    hidden = hidden_from_public(week=week, now=now, small_cell=house.small_cell)
    return warnings_about(current, hidden, languages=house.languages)


def grouped(found: tuple[Caution, ...], current: WeekRecord | None) -> tuple[Group, ...]:
    """The cautions by activity, each line leading to where it is mended."""
    if current is None:
        return ()
    titles = {"": current.titles, **{one.uid: one.titles for one in current.activities}}
    order = dict.fromkeys(one.activity for one in found)
    return tuple(
        Group(titles.get(uid, {}), tuple(_line(one, current.slug) for one in found if one.activity == uid))
        for uid in order
    )


def _line(caution: Caution, week: str) -> Line:
    if caution.activity:
        page = reverse("activity", kwargs={"uid": caution.activity})
    else:
        page = reverse("week", kwargs={"week": week})
    return Line(say(caution.sentence), address=f"{page}#{_PANELS[caution.mend]}", mark=_MARKS[caution.severity])


def _previews(week: Week) -> tuple[tuple[str, str], ...]:
    code = get_language() or "en"
    return tuple(
        (
            _("As seen by %(audience)s") % {"audience": one.label},
            reverse("preview", kwargs={"week": week.slug, "audience": one.value, "lang": code}),
        )
        for one in Audience
    )


def public_panel(carried: Carried) -> Iterable[Panel]:
    """How a week, or an activity of it, stands with the public, on its page. Two queries."""
    if not carried.may(Permission.LOOK):
        return
    if carried.activity:
        yield _panel_of_activity(carried.activity)
        return
    releases = list(Release.objects.filter(week=carried.week).defer("record", "coming"))
    conditions = conditions_of(carried.week)
    lines = [Line(_stands(one), mark=Mark.CALM if one.approved_at else Mark.ASKS) for one in releases]
    if not lines:
        lines = [Line(_("Taken back; nothing is public.") if conditions.withdrawn_at else _("Not public yet."))]
    if any(one.is_out and carried.week.changed_at > one.at for one in releases):
        lines.append(Line(_("It was changed since. Look at what waits."), mark=Mark.ASKS))
    if conditions.embargo_until:
        lines.append(Line(_("Embargo until %(moment)s.") % {"moment": moment(conditions.embargo_until)}))
    address = reverse("publishing", kwargs={"week": carried.week.slug})
    code = get_language() or "en"
    preview = reverse("preview", kwargs={"week": carried.week.slug, "audience": Audience.PUBLIC.value, "lang": code})
    ways = (Way(_("Publish, schedule, take back"), address), Way(_("Preview"), preview))
    yield Panel(code="public", title=_("Public"), lines=tuple(lines), ways=ways)


def _panel_of_activity(activity: Activity) -> Panel:
    release = Release.objects.filter(week=activity.week, is_out=True).only("goes_out_at", "week").first()
    parts = list(PartRelease.objects.filter(activity=activity))
    lines = [Line(_("The week is not public yet."))] if release is None else []
    for one in parts:
        when = {"moment": moment(one.at), "who": one.by}
        if one.is_out:
            lines.append(Line(_("Brought up to date on %(moment)s.") % when))
        else:
            lines.append(Line(_("%(who)s asks a second member to agree.") % when, mark=Mark.ASKS))
    code = get_language() or "en"
    ways = (
        Way(_("What is public, what waits"), reverse("activity_publishing", kwargs={"uid": activity.uid})),
        Way(_("Preview"), preview_of(activity, Audience.PUBLIC, code)),
    )
    return Panel(code="public", title=_("Public"), lines=tuple(lines), ways=ways)


def preview_of(activity: Activity, audience: Audience, code: str) -> str:
    """The address of the preview of an activity by itself."""
    return reverse("preview_of_activity", kwargs={"uid": activity.uid, "audience": audience.value, "lang": code})


def approvals(standing: Standing, now: datetime) -> Iterable[Need]:
    """Weeks and activities that somebody else asked this member to agree to. Two queries."""
    publishing = [part.organisation for part in standing.parts if Permission.PUBLISH in part.card.permissions]
    if not publishing:
        return
    asked = Release.objects.filter(is_out=False, approved_at=None, week__in=weeks_in_reach(publishing))
    own = int(standing.member.removeprefix("member:"))
    pattern = _("{who} asks you to agree that this is published: {title}")
    for one in asked.exclude(account=own).select_related("week").defer("record", "coming"):
        says = format_html(pattern, who=_who(one), title=said(one.week.titles))
        address = reverse("publishing", kwargs={"week": one.week.slug})
        yield Need(Line(says, address=address, mark=Mark.ASKS), on=one.goes_out_at.date())
    parts = PartRelease.objects.filter(is_out=False, activity__in=reachable(publishing)).exclude(account=own)
    for part in parts.select_related("activity"):
        says = format_html(pattern, who=part.by, title=said(part.activity.titles))
        address = reverse("activity_publishing", kwargs={"uid": part.activity.uid})
        yield Need(Line(says, address=address, mark=Mark.ASKS), on=part.at.date())


def _who(release: Release) -> str:
    """Who let it out; what the operator's command did has no account."""
    return release.by if release.account is not None else _("the operator")


def _stands(release: Release) -> str:
    when = {"moment": moment(release.goes_out_at), "who": _who(release)}
    if release.is_out:
        return _("Public since %(moment)s.") % when
    if release.approved_at:
        return _("It goes out on %(moment)s.") % when
    return _("%(who)s asks a second member to agree.") % when
