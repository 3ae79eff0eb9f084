"""The words of a race: what makes it safe to run."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SafeCondition(models.TextChoices):
    """A condition under which women and girls can run freely."""

    FEMALE_MARSHALS = "female_marshals", _("women as marshals along the route")
    CHANGING_PLACE = "changing_place", _("a changing place for women")
    NO_PHOTO_ZONE = "no_photo_zone", _("a zone without photos")
    CLOSED_ROUTE = "closed_route", _("a route closed to traffic")
    FIRST_AID = "first_aid", _("first aid on the spot")
    WATER = "water", _("water along the route")
    CONTACT_ON_SITE = "contact_on_site", _("a contact person against harassment")
