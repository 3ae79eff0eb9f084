"""Kits and what they wrote."""

from tadamun.organise.field.models.kits import Contact, Device
from tadamun.organise.field.models.log import Entry, Settlement, Tampered

__all__ = ["Contact", "Device", "Entry", "Settlement", "Tampered"]
