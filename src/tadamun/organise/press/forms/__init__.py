"""The forms of the translation desk."""
