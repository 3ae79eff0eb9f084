"""Forms about what is planned."""
