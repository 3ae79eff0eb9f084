"""Debate: parties and blocs before an election."""
