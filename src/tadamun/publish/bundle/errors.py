"""What can go wrong with a bundle, each said in a sentence that names the place and the remedy."""


class BundleError(Exception):
    """The work stopped before anything a reader sees was changed."""


class BundleBusyError(BundleError):
    """Somebody else is at work in the same folder."""
