"""Helpers: shifts, signing up for them without an account, rest, checking back, hours."""
