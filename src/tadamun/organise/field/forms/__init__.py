"""What the desk is asked when it hands out kits and decides."""
