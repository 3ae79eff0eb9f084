"""Journeys: the whole road, as somebody walks it who has only the command line and a browser."""
