"""The words of the coalition: translations, their state, the glossary."""
