"""Doors of the field: phones, the desk, the hall."""
