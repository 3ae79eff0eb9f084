"""The public site as plain files: compiled, signed, verified, mirrored and served.

It knows nothing of pages or records: bytes come in, files go out. Any web server can serve
``root/current``, a partner can mirror it, and anyone can verify it.
"""
