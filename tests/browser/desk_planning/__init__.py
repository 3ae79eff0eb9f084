"""What is planned, in a real browser."""
