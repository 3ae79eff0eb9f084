"""What the structure of a week file cannot say by itself: one small function for each rule, by subject."""
