"""Make records from what is stored."""
