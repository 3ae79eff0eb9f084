"""The panels that the programme brings to the page of an activity and of a week."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tadamun.organise.programme.forms.activity import ActivityForm
from tadamun.organise.programme.forms.kinds_of_rows import PLANNED, RECORDED, WEEK_ROWS
from tadamun.organise.programme.forms.rows import RowKind
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.views.carried import Carried
from tadamun.organise.programme.views.rows import rows_panel
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.panels import Line, Mark, Panel, Way
from tadamun.toolkit.templatetags.saying import said

_TEXTS = ("titles", "summary", "purpose", "target_group", "body")
_ENOUGH = 160


def activity_plan_panels(carried: Carried) -> Iterable[Panel]:
    """What is set before an activity. One query for each panel but the first, which needs none."""
    yield _plan(carried, carried.one)
    yield from _panels(PLANNED, carried)


def activity_record_panels(carried: Carried) -> Iterable[Panel]:
    """What is stated about an activity. One query for each panel."""
    return _panels(RECORDED, carried)


def week_panels(carried: Carried) -> Iterable[Panel]:
    """What is stated about a week as a whole. One query for each panel."""
    return _panels(WEEK_ROWS.values(), carried)


def _panels(kinds: Iterable[RowKind], carried: Carried) -> Iterator[Panel]:
    for kind in kinds:
        panel = rows_panel(kind, carried)
        if panel.lines or not kind.hushed:
            yield panel


def _plan(carried: Carried, activity: Activity) -> Panel:
    address = reverse("activity_plan", kwargs={"uid": activity.uid}) if carried.may_edit else ""
    lines = tuple(_text(activity, name, address) for name in _TEXTS if getattr(activity, name) or name == "summary")
    ways = (Way(_("Change the plan"), address),) if address else ()
    return Panel(code="plan", title=_("Plan"), lines=lines, ways=ways)


def _text(activity: Activity, name: str, address: str) -> Line:
    """A text, cut short, with the languages that it lacks."""
    text = getattr(activity, name)
    missing = [language(code).own_name for code, _name in settings.LANGUAGES if code not in text]
    short = {code: words if len(words) <= _ENOUGH else f"{words[:_ENOUGH].rstrip()}…" for code, words in text.items()}
    lacks = _("missing: %(languages)s") % {"languages": " · ".join(missing)} if missing else ""
    return Line(
        says=said(short) if text else ActivityForm.base_fields[name].label or "",
        beside=lacks,
        address=f"{address}#id_{name}" if address else "",
        mark=Mark.ASKS if not text else Mark.CALM,
    )
