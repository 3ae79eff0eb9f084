"""The words of outreach: what is handed out or put up."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MaterialKind(models.TextChoices):
    """What sort of printed matter a material is."""

    LEAFLET = "leaflet", _("Leaflet")
    POSTER = "poster", _("Poster")
    STICKER = "sticker", _("Sticker")
    BANNER = "banner", _("Banner")
    BOOKLET = "booklet", _("Booklet")
    CARD = "card", _("Card")
    OTHER = "other", _("Printed matter")
