"""The desk's pages and panels about what is planned."""
