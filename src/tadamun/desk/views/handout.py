"""The programme of a week to print, in one of the site's languages."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from tadamun.desk.handout import handout
from tadamun.desk.house import our_house
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.views.carried import Carried, in_week
from tadamun.organise.safety.vocabulary import Audience
from tadamun.publish.site.typesetting import Typesetter
from tadamun.record.audiences import NotForThisAudience
from tadamun.toolkit import clock
from tadamun.toolkit.languages.registry import language


@require_safe
@in_week(Permission.LOOK)
def programme(request: Any, carried: Carried) -> HttpResponse:
    """What the public may know of the week, for a wall; ``language`` chooses the language, else the reader's."""
    house, now = our_house(), clock.now()
    asked = request.GET.get("language") or translation.get_language()
    code = asked if asked in house.languages else house.languages[0]
    site = house.site(now.date())
    page: dict[str, Any] = {"carried": carried, "tongue": language(code), "sheet": None}
    page["tongues"] = [language(one) for one in house.languages]
    page["address"] = f"{site.base_url}/{code}/weeks/{carried.week.slug}/" if site.base_url else ""
    try:
        record = house.week(carried.week, now, Audience.PUBLIC)
        page["sheet"] = handout(record, Typesetter(site=site, code=code, locale_folder=house.locale_folder))
    except NotForThisAudience:
        pass
    return render(request, "desk/programme.html", page)
