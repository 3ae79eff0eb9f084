"""How the desk's pages about sign-up are got into: the activity of mine, the permission; refusals say why."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tadamun.organise.network import rules
from tadamun.organise.network.views import doors
from tadamun.organise.network.views.doors import DeskRequest
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.models import Admission
from tadamun.organise.people.queries.roster import admission_of
from tadamun.organise.people.services.registrations import STATES_BEFORE
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.queries.reach import activity_of, carriers_of
from tadamun.organise.safety.services.openings import Keyring
from tadamun.toolkit.rulings import Ruling


@dataclass(frozen=True)
class House:
    """An activity that the member's organisations carry, and what she may do in it."""

    request: DeskRequest
    activity: Activity
    carriers: tuple[str, ...]
    admission: Admission | None

    def may(self, permission: Permission) -> Ruling:
        """Whether she may do this here."""
        return rules.may(permission, standing=self.request.standing, organisations=self.carriers)

    def may_open(self, keyring: Keyring | None) -> Ruling:
        """Whether she may open names here now."""
        return rules.may_see_names(
            standing=self.request.standing, organisations=self.carriers, unlocked=keyring is not None
        )

    @property
    def may_decide(self) -> bool:
        """Whether she decides about sign-up here."""
        return bool(self.may(Permission.ADMIT))

    @property
    def may_edit(self) -> bool:
        """Whether she says how far the activity is."""
        return bool(self.may(Permission.EDIT))

    @property
    def may_run_door(self) -> bool:
        """Whether she works at the door here."""
        return bool(self.may(Permission.RUN_DOOR))

    @property
    def may_destroy(self) -> bool:
        """Whether she may destroy sign-ups before their time."""
        return bool(self.may(Permission.DESTROY))

    @property
    def address(self) -> str:
        """The activity's own page on the desk."""
        return reverse("activity", kwargs={"uid": self.activity.uid})

    @property
    def next_step(self) -> str:
        """Where the activity is opened for sign-up; empty when that is done or over."""
        waits = self.activity.state in STATES_BEFORE
        return reverse("activity_state", kwargs={"uid": self.activity.uid}) if waits else ""

    @property
    def sees_names(self) -> bool:
        """Whether seeing names was given to her here at all."""
        return self.request.standing.sees_names_of(self.carriers)

    @property
    def opened(self) -> Admission:
        """The admission; only on pages that want one."""
        if self.admission is None:
            raise Http404
        return self.admission


HouseView = Callable[..., HttpResponse]


def in_house(permission: Permission, *, wants_admission: bool = True) -> Callable[[HouseView], HouseView]:
    """A page about an activity of mine: 404 for those of others, a page with the reason where a role does not allow."""

    def decorate(view: HouseView) -> HouseView:
        @never_cache
        @sensitive_post_parameters()
        @doors.desk_page
        @wraps(view)
        def page(request: DeskRequest, uid: UUID, **parts: Any) -> HttpResponse:
            activity = activity_of(request.standing, uid)
            if activity is None:
                raise Http404
            house = House(request, activity, tuple(carriers_of(activity)), admission_of(activity))
            if wants_admission and house.admission is None:
                raise Http404
            ruling = house.may(permission)
            return view(request, house, **parts) if ruling else refused(request, ruling)

        return page

    return decorate


def refused(request: DeskRequest, ruling: Ruling) -> HttpResponse:
    """The reason why not."""
    return render(request, "people/desk/refused.html", {"reason": ruling.reason}, status=403)
