"""Verbs of the field: kits handed out and taken back, entries taken in, results carried on."""
