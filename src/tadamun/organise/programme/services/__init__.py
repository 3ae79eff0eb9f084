"""The verbs of the programme."""
