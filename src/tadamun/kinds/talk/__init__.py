"""Talk: stories and conversations."""
