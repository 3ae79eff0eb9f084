"""How pages about a week or an activity are got into: what is mine, what my role allows; refusals say why."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from tadamun.organise.network import rules
from tadamun.organise.network.views import doors
from tadamun.organise.network.views.doors import DeskRequest
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.programme.models import Activity, Week
from tadamun.organise.programme.queries.reach import activity_of, carriers_of, carriers_of_week, week_of
from tadamun.toolkit.rulings import Ruling


@dataclass(frozen=True)
class Carried:
    """A week, or one activity of it, that the member's organisations carry, and what she may do there."""

    request: DeskRequest
    week: Week
    activity: Activity | None
    carriers: tuple[str, ...]

    def may(self, permission: Permission) -> Ruling:
        """Whether she may do this here."""
        return rules.may(permission, standing=self.request.standing, organisations=self.carriers)

    @property
    def may_edit(self) -> bool:
        """Whether she may change what stands here."""
        return bool(self.may(Permission.EDIT))

    @property
    def may_publish(self) -> bool:
        """Whether she may publish it."""
        return bool(self.may(Permission.PUBLISH))

    @property
    def one(self) -> Activity:
        """The activity; only on pages about one."""
        if self.activity is None:
            raise Http404
        return self.activity

    @property
    def subject(self) -> Activity | Week:
        """What the page is about."""
        return self.activity or self.week

    @property
    def address(self) -> str:
        """Its page on the desk."""
        if self.activity:
            return reverse("activity", kwargs={"uid": self.activity.uid})
        return reverse("week", kwargs={"week": self.week.slug})


CarriedView = Callable[..., HttpResponse]


def in_activity(permission: Permission) -> Callable[[CarriedView], CarriedView]:
    """A page about an activity of mine: 404 for those of others, the reason where a role does not allow it."""

    def decorate(view: CarriedView) -> CarriedView:
        @never_cache
        @doors.desk_page
        @wraps(view)
        def page(request: DeskRequest, uid: UUID, **parts: Any) -> HttpResponse:
            activity = activity_of(request.standing, uid)
            if activity is None:
                raise Http404
            return _within(
                view, Carried(request, activity.week, activity, tuple(carriers_of(activity))), permission, parts
            )

        return page

    return decorate


def in_week(permission: Permission) -> Callable[[CarriedView], CarriedView]:
    """A page about a week of mine; whoever carries only an activity of it may look at it."""

    def decorate(view: CarriedView) -> CarriedView:
        @never_cache
        @doors.desk_page
        @wraps(view)
        def page(request: DeskRequest, week: str, **parts: Any) -> HttpResponse:
            found = week_of(request.standing, week)
            if found is None:
                raise Http404
            return _within(view, Carried(request, found, None, tuple(carriers_of_week(found))), permission, parts)

        return page

    return decorate


def _within(view: CarriedView, carried: Carried, permission: Permission, parts: dict[str, Any]) -> HttpResponse:
    # Whoever carries one activity of a week looks at the week, and changes nothing there.
    ruling = Ruling() if permission is Permission.LOOK else carried.may(permission)
    return view(carried.request, carried, **parts) if ruling else refused(carried.request, ruling)


def refused(request: DeskRequest, ruling: Ruling) -> HttpResponse:
    """The reason why not."""
    return render(request, "desk/refused.html", {"reason": ruling.reason}, status=403)
