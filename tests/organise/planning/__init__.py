"""What is planned: kept together, kept inside."""
