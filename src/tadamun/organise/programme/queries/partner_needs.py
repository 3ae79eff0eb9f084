"""What of partners waits for a member: questions to her organisation, and what became of questions that she asked."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tadamun.organise.network.vocabulary import Standing
from tadamun.organise.programme.models import Involvement, Week
from tadamun.organise.programme.queries.partners import (
    Asking,
    OpenSignOff,
    answering_for,
    answers_awaited,
    open_sign_offs,
    questions_to,
)
from tadamun.toolkit.panels import Line, Mark, Need
from tadamun.toolkit.templatetags.saying import day, said


def needs(standing: Standing, now: datetime) -> Iterable[Need]:
    """The answers that she owes, and those that came or are missing. Three queries."""
    if not answering_for(standing):
        return
    for question in questions_to(standing, now):
        row = question.involvement
        says = format_html(_("You are asked: {title}"), title=said((row.activity or row.week).titles))
        address = reverse("question", kwargs={"number": question.pk})
        beside = said(row.organisation.names) if row.organisation else ""
        yield Need(Line(says=says, beside=beside, address=address, mark=Mark.ASKS), question.ends_on)
    for asking in answers_awaited(standing, now):
        yield from _of(asking)


def unsigned(week: Week, now: datetime) -> list[Line]:
    """Who has not signed off a text of the week that names them, though they were asked. Two queries.

    Silence after the day is no; before it the text still waits.
    """
    return [_not_signed(one) for one in open_sign_offs(week, now=now)]


def _not_signed(one: OpenSignOff) -> Line:
    body, beside = one.involvement.organisation, said(one.subject.titles)
    says = _("Has not answered about the text: {name}") if one.silent else _("Has not signed off the text: {name}")
    if one.request.waits and not one.silent:
        until = _("They are asked to read the text as it will be published, until %(day)s.")
        beside = format_html("{} · {}", beside, until % {"day": day(one.request.ends_on)})
    elif one.changed_since:
        beside = format_html("{} · {}", beside, _("But the text has changed since."))
    elif one.request.words:
        beside = format_html("{} · <q><bdi>{}</bdi></q>", beside, one.request.words)
    address = _page(one.involvement)
    return Line(format_html(says, name=said(body.names) if body else ""), beside, address, Mark.ASKS)


def _of(asking: Asking) -> Iterator[Need]:
    row, text = asking.involvement, asking.text
    if row.organisation is None:
        return
    if asking.proposes:
        says, on = _("Wants other words: {name}"), None
    elif asking.is_silent:
        says, on = _("Has not answered: {name}"), row.sign_off_by
    elif asking.text_misses and text and not text.waits:
        says, on = _("Has not signed off the text: {name}"), None
    elif asking.text_misses and text and text.ends_on < asking.today:
        says, on = _("Has not answered about the text: {name}"), text.ends_on
    else:
        return
    line = Line(
        says=format_html(says, name=said(row.organisation.names)),
        beside=said(asking.subject.titles),
        address=_page(row),
        mark=Mark.ASKS,
    )
    yield Need(line, on)


def _page(row: Involvement) -> str:
    if row.activity:
        return reverse("activity_partner", kwargs={"uid": row.activity.uid, "row": row.pk})
    return reverse("week_partner", kwargs={"week": row.week.slug, "row": row.pk})
