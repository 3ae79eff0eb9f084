"""The pages of the public site, set from records alone."""
