"""Gathering: picnics, celebrations, festivals."""
