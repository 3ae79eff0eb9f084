"""What of the programme waits for a member: promises that fall due, activities that are not ready, words that miss."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Max, Min, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tadamun.organise.network.vocabulary import Permission, Standing
from tadamun.organise.programme.models.parts import Promise
from tadamun.organise.programme.models.weeks import Activity, Week
from tadamun.organise.programme.queries.reach import reachable, weeks_in_reach
from tadamun.organise.programme.vocabulary import PromiseState, State
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.panels import Line, Mark, Need
from tadamun.toolkit.templatetags.saying import said

PROMISES_AHEAD = timedelta(days=30)
ACTIVITIES_AHEAD = timedelta(days=21)
LOOK_BACK = timedelta(days=60)
_OPEN_PROMISES = (PromiseState.PROMISED, PromiseState.SCHEDULED)
_TO_COME = (State.PLANNED, State.OPEN)


def needs(standing: Standing, now: datetime) -> Iterable[Need]:
    """What the programme asks of a member who may edit it. Two queries."""
    editing = [part.organisation for part in standing.parts if Permission.EDIT in part.card.permissions]
    if not editing:
        return
    today = now.date()
    yield from _promises(editing, today)
    yield from _activities(editing, today)


def _promises(organisations: list[str], today: date) -> Iterator[Need]:
    mine = Q(week__in=weeks_in_reach(organisations).values("pk")) | Q(
        activity__in=reachable(organisations).values("pk")
    )
    due = Promise.objects.filter(mine, state__in=_OPEN_PROMISES, due_on__lte=today + PROMISES_AHEAD)
    for promise in due.select_related("week", "activity").order_by("due_on", "pk"):
        late = promise.due_on is not None and promise.due_on < today
        says = _("Promise overdue: {text}") if late else _("Promise falls due: {text}")
        yield Need(
            Line(
                says=format_html(says, text=said(promise.text)),
                beside=said(promise.week.titles),
                address=f"{_page(promise.activity or promise.week)}#promises",
                mark=Mark.WARNS if late else Mark.ASKS,
            ),
            promise.due_on,
        )


def _activities(organisations: list[str], today: date) -> Iterator[Need]:
    rows = (
        reachable(organisations)
        .filter(week__end__gte=today - LOOK_BACK)
        .select_related("week")
        .annotate(first=Min("sittings__start"), last=Max("sittings__end"))
        .order_by("week__start", "position")
    )
    ideas: set[int] = set()
    for activity in rows:
        if activity.week.state == State.IDEA and activity.week_id not in ideas:
            ideas.add(activity.week_id)
            yield from _of_week(activity.week, today)
        found = _of_activity(activity, today)
        if found:
            says, mark, on = found
            line = Line(
                says=format_html(says, title=said(activity.titles)),
                beside=said(activity.week.titles),
                address=_page(activity),
                mark=mark,
            )
            yield Need(line, on)
        if activity.week.end >= today and activity.state != State.CANCELLED:
            yield from _wordings(activity)


def _of_week(week: Week, today: date) -> Iterator[Need]:
    """A week that is an idea says so once, for all that is in it."""
    if today <= week.end and week.start <= today + ACTIVITIES_AHEAD:
        says = format_html(_("Still an idea: {title}"), title=said(week.titles))
        yield Need(Line(says=says, address=_page(week), mark=Mark.ASKS), week.start)


def _of_activity(activity: Activity, today: date) -> tuple[str, Mark, date] | None:
    """The one thing that an activity wants most: a sentence with ``{title}``, how loud, by which day."""
    first: date | None = getattr(activity, "first", None)
    last: date | None = getattr(activity, "last", None)
    soon = today + ACTIVITIES_AHEAD
    if first is None or last is None:
        near = activity.state in (*_TO_COME, State.IDEA) and today <= activity.week.end and activity.week.start <= soon
        return (_("Has no day yet: {title}"), Mark.ASKS, activity.week.start) if near else None
    if activity.state == State.IDEA and activity.week.state != State.IDEA and today <= first <= soon:
        return _("Still an idea: {title}"), Mark.ASKS, first
    if activity.state == State.POSTPONED and last < today:
        return _("Postponed, and the new day is over: {title}"), Mark.ASKS, last
    if activity.state in _TO_COME and last < today:
        return _("Is over. Was it held? {title}"), Mark.ASKS, last
    return None


def _wordings(activity: Activity) -> Iterator[Need]:
    """A title that misses in a language of the site, of an activity that is still to come."""
    missing = [code for code, _name in settings.LANGUAGES if not activity.titles.get(code)]
    if missing and activity.state != State.IDEA:
        names = ", ".join(language(code).own_name for code in missing)
        says = format_html(_("No title in {languages}: {title}"), languages=names, title=said(activity.titles))
        yield Need(Line(says=says, beside=said(activity.week.titles), address=_page(activity)))


def _page(thing: Activity | Week) -> str:
    if isinstance(thing, Activity):
        return reverse("activity", kwargs={"uid": thing.uid})
    return reverse("week", kwargs={"week": thing.slug})
