"""What one press on the page of helpers does: noting what is known of a shift, and what organisers decide."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from tadamun.organise.volunteers.models import Crew, Duty, Shift
from tadamun.organise.volunteers.services import crews, moments
from tadamun.organise.volunteers.vocabulary import Moment
from tadamun.toolkit import clock


def _duty(request: Any, crew: Crew) -> Duty:
    rows = Duty.objects.select_related("helper__crew__activity", "shift")
    return get_object_or_404(rows, helper__crew=crew, pk=_key(request, "duty"))


def _key(request: Any, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdecimal() or len(value) > 18:
        raise Http404
    return int(value)


def _marked(moment: Moment) -> Callable[[Any, Crew], object]:
    return lambda request, crew: moments.mark(
        actor=request.actor, duty=_duty(request, crew), moment=moment, now=clock.now()
    )


def _missed(request: Any, crew: Crew) -> None:
    moments.mark_missed(actor=request.actor, duty=_duty(request, crew), now=clock.now())


def _all_back(request: Any, crew: Crew) -> None:
    rows = Shift.objects.select_related("activity").filter(activity=crew.activity_id)
    moments.all_back(actor=request.actor, shift=get_object_or_404(rows, pk=_key(request, "shift")), now=clock.now())


def _take_off(request: Any, crew: Crew) -> None:
    crews.take_off(actor=request.actor, duty=_duty(request, crew), now=clock.now())


def _count_her(request: Any, crew: Crew) -> None:
    crews.count_her(actor=request.actor, helper=_duty(request, crew).helper, now=clock.now())


def _new_link(request: Any, crew: Crew) -> None:
    crews.give_new_link(actor=request.actor, crew=crew, now=clock.now())


MARKS: dict[str, Callable[[Any, Crew], object]] = {
    "started": _marked(Moment.STARTED),
    "ended": _marked(Moment.ENDED),
    "back": _marked(Moment.BACK),
    "missed": _missed,
    "all_back": _all_back,
}
DECISIONS: dict[str, Callable[[Any, Crew], object]] = {
    "take_off": _take_off,
    "count_her": _count_her,
    "new_link": _new_link,
}
