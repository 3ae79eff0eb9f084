"""What the archive brings to the desk."""
