"""Seminar: panels, webinars, sessions of a forum."""
