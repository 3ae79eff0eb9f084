"""Keys, seals and tickets: the part of safety that keeps names closed.

Pure functions over bytes and small frozen dataclasses: no database, no web framework, no clock. Rows,
permissions, the audit trail and the time of day belong to the callers.

What Python cannot promise: secrets live in immutable `bytes`, which cannot be wiped and may be copied by the
interpreter, swapped to disk or written into a core dump. So keep opened keys in local variables for one request,
never in a module, cache, session row or log; run the server with core dumps off and swap encrypted or off. No type
here shows a secret in its `repr`, because error reports print local variables.
"""
