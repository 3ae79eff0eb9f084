"""What pages and rules ask about the programme."""
