"""The gate: forms for people without an account, session or cookie."""
