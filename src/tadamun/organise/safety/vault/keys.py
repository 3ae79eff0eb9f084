"""Key pairs: X25519 (RFC 7748), as raw bytes of 32 each.

`KeyPair.private` is the secret that everything else in this package protects. It is left out of `repr`; see the
package's note on what Python cannot promise about memory.
"""

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tadamun.organise.safety.vault.errors import BadKey

KEY_BYTES = 32
KEY_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A public key, which may be shown to anybody, and the private key that opens what is sealed to it."""

    public: bytes
    private: bytes = field(repr=False)

    @classmethod
    def of_private(cls, private: bytes) -> "KeyPair":
        """The pair that belongs to a private key.

        :raises BadKey: when it is not 32 bytes long.
        """
        if len(private) != KEY_BYTES:
            raise BadKey
        public = X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
        return cls(public=public, private=private)


def generate() -> KeyPair:
    """A new pair from the system's random source."""
    return KeyPair.of_private(X25519PrivateKey.generate().private_bytes_raw())


def key_id(public_key: bytes) -> bytes:
    """Eight bytes that name a public key: enough to find the right key, not a proof that it is that key.

    :raises BadKey: when it is not 32 bytes long.
    """
    if len(public_key) != KEY_BYTES:
        raise BadKey
    return hashlib.sha256(b"tadamun key id 1\x00" + public_key).digest()[:KEY_ID_BYTES]
