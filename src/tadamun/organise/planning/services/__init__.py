"""Verbs about what is planned."""
