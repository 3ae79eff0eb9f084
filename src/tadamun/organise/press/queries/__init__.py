"""What the translation desk asks."""
