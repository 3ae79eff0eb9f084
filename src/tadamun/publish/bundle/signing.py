"""The key that signs a bundle: Ed25519 (RFC 8032), kept in a PEM file that only its owner reads."""

import base64
import binascii
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tadamun.publish.bundle.errors import BundleError

_DIGITS = 40


def create_key(path: Path) -> Ed25519PrivateKey:
    """Make a key and keep it in a new file of mode 0600.

    The file appears whole or not at all. Raises ``BundleError`` where the file exists: a key is never overwritten,
    for the mirrors know the site by it.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError as error:
        raise BundleError(f"{path}: holds a key already; move it away before making another.") from error
    finally:
        draft.unlink(missing_ok=True)
    return key


def load_key(path: Path) -> Ed25519PrivateKey:
    """Read the key. Raises ``BundleError`` where it is absent, no Ed25519 key, or readable by others."""
    try:
        if path.stat().st_mode & 0o077:
            raise BundleError(f"{path}: others may read this signing key; run chmod 600 on it.")
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise BundleError(f"{path}: the signing key cannot be read ({error.strerror}).") from error
    except (ValueError, TypeError) as error:
        raise BundleError(f"{path}: is no unencrypted PEM key; restore it from the backup.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BundleError(f"{path}: is not an Ed25519 key; the bundle is signed with Ed25519 alone.")
    return key


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """Return the 32 raw bytes of the public key."""
    return key.public_key().public_bytes_raw()


def sign(key: Ed25519PrivateKey, manifest: bytes) -> bytes:
    """Return the content of ``manifest.sig``: base64 of the signature, and a line end."""
    return base64.b64encode(key.sign(manifest)) + b"\n"


def signature_holds(public: bytes, manifest: bytes, signature: bytes) -> bool:
    """Say whether the content of ``manifest.sig`` is this key's signature over these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(signature.strip(), validate=True), manifest)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Return the public key's fingerprint as eight groups of five digits (132 bits of SHA-256).

    Digits, because people of every language can read them to each other over a telephone.
    """
    number = int.from_bytes(hashlib.sha256(public).digest(), "big") % 10**_DIGITS
    digits = f"{number:0{_DIGITS}d}"
    return " ".join(digits[place : place + 5] for place in range(0, _DIGITS, 5))


def is_key(expected: str, public: bytes) -> bool:
    """Say whether ``expected`` (a public key in base64, or a fingerprint in any grouping) means this key."""
    bare = "".join(expected.replace("-", " ").split())
    if bare.isdecimal() and len(bare) == _DIGITS:
        return "".join(str(int(digit)) for digit in bare) == fingerprint(public).replace(" ", "")
    return expected.strip() == base64.b64encode(public).decode()
