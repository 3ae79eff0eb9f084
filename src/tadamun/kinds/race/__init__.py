"""Race: running in public."""
