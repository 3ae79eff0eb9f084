"""The days themselves: what phones and paper record without a network, merged into one true account."""
