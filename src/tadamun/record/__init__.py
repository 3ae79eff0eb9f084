"""The way out: what each audience may know of a week."""
