"""The desk's forms about weeks and activities."""
