"""What a server that is to be killed loads; on its path by itself, because to import ``tests`` would move its home."""
