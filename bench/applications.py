"""The two applications that are measured beside each other: the bundle's, and a bare function with the same bytes."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tadamun.publish.bundle.serving import BundleApplication

_ROOT = Path(os.environ["BENCH_ROOT"]) / "bundle"
_BODY = (_ROOT / "current" / os.environ["BENCH_PAGE"].strip("/") / "index.html.gz").read_bytes()
_HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "gzip"),
    ("Content-Length", str(len(_BODY))),
]


def bare(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer everything with the same bytes."""
    start_response("200 OK", _HEADERS)
    return (_BODY,)


bundle = BundleApplication(root=_ROOT, inner=bare, app_prefixes=("/desk/",), languages=("en", "ar", "ckb"))
