"""What pages and phones ask of the field log."""
