"""The translation desk."""
