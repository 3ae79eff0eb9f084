"""The forms about photos."""
