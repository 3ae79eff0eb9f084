"""Photos for readers: several sizes and formats of each, made once from the rebuilt pixels."""
