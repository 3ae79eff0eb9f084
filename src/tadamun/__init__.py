"""Tadamun: plan, run and publish weeks of action."""
