"""The verbs of the translation desk."""
