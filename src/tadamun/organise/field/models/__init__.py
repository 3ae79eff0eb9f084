"""Kits, what they wrote, and what was planned for them to count."""

from tadamun.organise.field.models.kits import Contact, Device
from tadamun.organise.field.models.log import Entry, Settlement, Tampered
from tadamun.organise.field.models.paper import FoldedLog, Keying
from tadamun.organise.field.models.photos import PhotoPiece, SentPhoto
from tadamun.organise.field.models.plan import Area, BibCategory, Counter, Counting, Question, Speaker, Wave

__all__ = [
    "Area",
    "BibCategory",
    "Contact",
    "Counter",
    "Counting",
    "Device",
    "Entry",
    "FoldedLog",
    "Keying",
    "PhotoPiece",
    "Question",
    "SentPhoto",
    "Settlement",
    "Speaker",
    "Tampered",
    "Wave",
]
