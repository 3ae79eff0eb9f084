"""The seal is HPKE as RFC 9180 writes it, checked by an independent reading of the RFC and its published numbers.

The library draws its own ephemeral key, so the published messages cannot be made with it. Therefore a second
implementation stands here, written from the RFC's own pseudocode with nothing but X25519, HMAC and AES-GCM. It must
give the published numbers, and the product's envelopes must open with it and the other way round.

Sources of the numbers: RFC 9180 appendix A.1.1 (AES-128-GCM), and the test-vectors.json of the RFC's authors
(cfrg/draft-irtf-cfrg-hpke, version 5f503c5; the suite with AES-256-GCM is not printed in the RFC).
"""

import hashlib
import hmac
from dataclasses import dataclass

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given
from hypothesis import strategies as st

from tadamun.organise.safety.vault.keys import KeyPair, generate
from tadamun.organise.safety.vault.sealing import SUITES, X25519_AES256, Context, open_sealed, pad, seal, unpad

KEM_SUITE = b"KEM" + (0x0020).to_bytes(2, "big")
INFO = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
PLAINTEXT = bytes.fromhex("4265617574792069732074727574682c20747275746820626561757479")
AAD = b"Count-0"
HEADER_BYTES = 15


@dataclass(frozen=True)
class Vector:
    """One published message of mode base with DHKEM(X25519, HKDF-SHA256) and HKDF-SHA256."""

    aead: int
    key_bytes: int
    ikm_e: str
    ikm_r: str
    private_r: str
    public_r: str
    enc: str
    ciphertext: str
    exported: str


VECTORS = {
    "AES-128-GCM": Vector(
        aead=1,
        key_bytes=16,
        ikm_e="7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234",
        ikm_r="6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037",
        private_r="4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
        public_r="3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
        enc="37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
        ciphertext="f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
        exported="3853fe2b4035195a573ffc53856e77058e15d9ea064de3e59f4961d0095250ee",
    ),
    "AES-256-GCM": Vector(
        aead=2,
        key_bytes=32,
        ikm_e="2cd7c601cefb3d42a62b04b7a9041494c06c7843818e0ce28a8f704ae7ab20f9",
        ikm_r="dac33b0e9db1b59dbbea58d59a14e7b5896e9bdf98fad6891e99d1686492b9ee",
        private_r="497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d",
        public_r="430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c",
        enc="6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256",
        ciphertext="e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a",
        exported="ded6cffafaea6b812cbf3e241e88332adbc077aca81512914213810ee291770a",
    ),
}


def _extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    """LabeledExtract of RFC 9180 section 4."""
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """LabeledExpand of RFC 9180 section 4; one block of HMAC is enough for all lengths here."""
    assert length <= hashlib.sha256().digest_size
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(secret, labelled + b"\x01", "sha256")[:length]


def _derived(ikm: bytes) -> X25519PrivateKey:
    """DeriveKeyPair of RFC 9180 section 7.1.3."""
    prk = _extract(KEM_SUITE, b"", b"dkp_prk", ikm)
    return X25519PrivateKey.from_private_bytes(_expand(KEM_SUITE, prk, b"sk", b"", 32))


def _shared(dh: bytes, enc: bytes, public_r: bytes) -> bytes:
    """ExtractAndExpand of RFC 9180 section 4.1."""
    prk = _extract(KEM_SUITE, b"", b"eae_prk", dh)
    return _expand(KEM_SUITE, prk, b"shared_secret", enc + public_r, 32)


def _schedule(shared: bytes, info: bytes, *, aead: int, key_bytes: int) -> tuple[AESGCM, bytes, bytes]:
    """KeySchedule of RFC 9180 section 5.1 in mode base: the cipher, the first nonce, an exported value."""
    suite = b"HPKE" + bytes.fromhex("00200001") + aead.to_bytes(2, "big")
    context = b"\x00" + _extract(suite, b"", b"psk_id_hash", b"") + _extract(suite, b"", b"info_hash", info)
    secret = _extract(suite, shared, b"secret", b"")
    exporter = _expand(suite, secret, b"exp", context, 32)
    return (
        AESGCM(_expand(suite, secret, b"key", context, key_bytes)),
        _expand(suite, secret, b"base_nonce", context, 12),
        _expand(suite, exporter, b"sec", b"", 32),
    )


def _reference_seal(public_r: bytes, plaintext: bytes, *, info: bytes, ephemeral: X25519PrivateKey) -> bytes:
    enc = ephemeral.public_key().public_bytes_raw()
    dh = ephemeral.exchange(X25519PublicKey.from_public_bytes(public_r))
    cipher, nonce, _ = _schedule(_shared(dh, enc, public_r), info, aead=2, key_bytes=32)
    return enc + cipher.encrypt(nonce, plaintext, b"")


def _reference_open(pair: KeyPair, message: bytes, *, info: bytes) -> bytes:
    enc, ciphertext = message[:32], message[32:]
    dh = X25519PrivateKey.from_private_bytes(pair.private).exchange(X25519PublicKey.from_public_bytes(enc))
    cipher, nonce, _ = _schedule(_shared(dh, enc, pair.public), info, aead=2, key_bytes=32)
    return cipher.decrypt(nonce, ciphertext, b"")


@pytest.mark.parametrize("name", VECTORS)
def test_reference_gives_the_published_numbers(name: str) -> None:
    vector = VECTORS[name]
    ephemeral, recipient = _derived(bytes.fromhex(vector.ikm_e)), _derived(bytes.fromhex(vector.ikm_r))
    public_r = recipient.public_key().public_bytes_raw()
    enc = ephemeral.public_key().public_bytes_raw()
    assert recipient.private_bytes_raw().hex() == vector.private_r
    assert (public_r.hex(), enc.hex()) == (vector.public_r, vector.enc)

    sent = _shared(ephemeral.exchange(recipient.public_key()), enc, public_r)
    received = _shared(recipient.exchange(ephemeral.public_key()), enc, public_r)
    assert sent == received
    cipher, nonce, exported = _schedule(sent, INFO, aead=vector.aead, key_bytes=vector.key_bytes)
    assert cipher.encrypt(nonce, PLAINTEXT, AAD).hex() == vector.ciphertext
    assert exported.hex() == vector.exported


def test_pairs_of_the_vault_are_the_published_ones() -> None:
    for vector in VECTORS.values():
        assert KeyPair.of_private(bytes.fromhex(vector.private_r)).public.hex() == vector.public_r


def test_suite_of_the_vault_is_the_one_of_the_vector() -> None:
    assert X25519_AES256.hex() == "0020" + "0001" + f"{VECTORS['AES-256-GCM'].aead:04x}"


@given(text=st.binary(max_size=300), row=st.text(max_size=20))
def test_envelopes_open_with_the_reference(text: bytes, row: str) -> None:
    pair, context = generate(), Context("registration", "7", "name", row)
    envelope = seal(pair.public, text, context=context)
    header, message = envelope[:HEADER_BYTES], envelope[HEADER_BYTES:]
    assert unpad(_reference_open(pair, message, info=header + context.encoded())) == text


def test_envelope_of_the_published_ephemeral_key_opens() -> None:
    vector = VECTORS["AES-256-GCM"]
    pair, context = KeyPair.of_private(bytes.fromhex(vector.private_r)), Context("registration", "7", "name", "1")
    header = seal(pair.public, b"", context=context)[:HEADER_BYTES]
    ephemeral = _derived(bytes.fromhex(vector.ikm_e))
    message = _reference_seal(pair.public, pad(PLAINTEXT), info=header + context.encoded(), ephemeral=ephemeral)
    assert message[:32].hex() == vector.enc
    assert open_sealed(pair, header + message, context=context) == PLAINTEXT


def test_reference_does_not_open_another_suite() -> None:
    """The negative control: a neighbour of our suite, or other info, is seen as different."""
    pair = generate()
    public = X25519PublicKey.from_public_bytes(pair.public)
    neighbour = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305).encrypt(PLAINTEXT, public, INFO)
    ours = SUITES[X25519_AES256].encrypt(PLAINTEXT, public, INFO)
    assert _reference_open(pair, ours, info=INFO) == PLAINTEXT
    with pytest.raises(InvalidTag):
        _reference_open(pair, neighbour, info=INFO)
    with pytest.raises(InvalidTag):
        _reference_open(pair, ours, info=INFO + b"!")
