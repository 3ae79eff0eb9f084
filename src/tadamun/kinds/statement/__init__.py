"""Statement: declarations, open letters, petitions."""
