"""The week file: reading, checking, importing and exporting a whole week as people write it."""
