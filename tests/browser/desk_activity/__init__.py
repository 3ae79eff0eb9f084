"""An activity on the desk, in a browser."""
