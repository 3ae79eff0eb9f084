"""Outreach: leaflets, posters, calls."""
