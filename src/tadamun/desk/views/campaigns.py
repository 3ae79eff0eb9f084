"""Contributing to campaigns of others: the window, what contributed, the report back; and editions side by side."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tadamun.desk.reporting import Reporter, contributions
from tadamun.organise.network.models import Site
from tadamun.organise.network.views.doors import DeskRequest, desk_page
from tadamun.organise.programme.models import Campaign, Series
from tadamun.organise.programme.queries.editions import contributions_of, editions_of
from tadamun.organise.safety.vocabulary import Audience
from tadamun.record.audiences import NotForThisAudience
from tadamun.record.builders.site import build_site
from tadamun.record.builders.week import build_week
from tadamun.record.structs import WeekRecord
from tadamun.toolkit import clock


@require_safe
@desk_page
def report_back(request: DeskRequest, slug: str) -> HttpResponse:
    """What a campaign's owner may be told of our part in it, as text to copy or to save (``?save``)."""
    campaign = get_object_or_404(Campaign.objects.prefetch_related("owners"), slug=slug)
    rows = contributions_of(campaign, request.standing.organisations)
    text = _report(campaign, {row.week_id: row.week for row in rows}.values())
    if "save" in request.GET:
        return HttpResponse(
            text,
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{campaign.slug}.txt"'},
        )
    days = (campaign.end - campaign.start).days + 1 if campaign.start and campaign.end else None
    page = {"campaign": campaign, "rows": rows, "text": text.strip(), "days": days}
    return render(request, "desk/report_back.html", page)


@require_safe
@desk_page
def editions(request: DeskRequest, slug: str) -> HttpResponse:
    """The editions of a series side by side, across changed names."""
    series = get_object_or_404(Series, slug=slug)
    found = editions_of(series, request.standing.organisations)
    if not found:
        raise Http404
    return render(request, "desk/editions.html", {"series": series, "editions": found})


def _report(campaign: Campaign, weeks: Any) -> str:
    environment = settings.ENVIRONMENT
    records: list[WeekRecord] = []
    for week in weeks:
        try:
            records.append(
                build_week(
                    week=week,
                    audience=Audience.CAMPAIGN_OWNER,
                    now=clock.now(),
                    languages=environment.languages,
                    small_cell=environment.small_cell,
                )
            )
        except NotForThisAudience:
            continue
    site = build_site(
        site=Site.objects.select_related("publisher").filter(pk=1).first(),
        languages=environment.languages,
        base_url=environment.base_url,
        onion_url=environment.onion_url,
        small_cell=environment.small_cell,
        today=clock.now().date(),
    )
    reporter = Reporter(
        site=site, code=get_language() or settings.LANGUAGE_CODE, locale_folder=environment.locale_folder
    )
    return reporter.text(contributions(records, campaign.slug))
