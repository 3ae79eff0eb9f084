"""The kinds of activity, one folder each."""
