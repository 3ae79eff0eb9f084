"""The forms of the desk's own pages."""
