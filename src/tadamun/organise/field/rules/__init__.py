"""Decisions about the field log as pure functions; nothing here touches the database."""
