"""Where a request comes from, as far as limits need it: never an address, only a mark that dies with the process.

The mark is an HMAC of the network (/24 of IPv4, /56 of IPv6) under a key that exists in memory alone. Nobody can turn
it back, not even who later takes the disk, and after a restart the same network has another mark.
"""

import hashlib
import hmac
import ipaddress
import secrets

from django.http import HttpRequest

_KEY = secrets.token_bytes(32)
_PREFIX = {4: 24, 6: 56}


def network_mark(request: HttpRequest) -> str | None:
    """The mark of the network that a request comes from; None when it comes from this machine itself.

    Behind a proxy on this machine the last address that the proxy wrote counts. Visitors through an onion service
    have no network: limits by network do not hold for them, those by account or by activity do.
    """
    address = _address(request.META.get("REMOTE_ADDR", ""))
    if address is None or address.is_loopback:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        address = _address(forwarded)
    if address is None or address.is_loopback:
        return None
    network = ipaddress.ip_network((address, _PREFIX[address.version]), strict=False)
    return hmac.new(_KEY, network.network_address.packed, hashlib.sha256).hexdigest()[:32]


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
