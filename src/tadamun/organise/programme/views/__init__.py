"""The desk's pages about weeks and activities."""
