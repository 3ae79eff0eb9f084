/* Sealing on the phone: only the key's owner opens it, not this phone, not the server.

   HPKE (RFC 9180), base mode, single shot: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. The envelope is
   format (1 byte), suite (6), key id (8), encapsulated key (32), sealed text; the first fifteen bytes and the place that
   the text belongs to are bound into the key. */

import { joined, hmac, hmacKey, sha256, utf8 } from "./bytes.js";

const HEAD = Uint8Array.of(1, 0, 0x20, 0, 1, 0, 2);
const KEM = joined(utf8("KEM"), [0, 0x20]);
const WHOLE = joined(utf8("HPKE"), [0, 0x20, 0, 1, 0, 2]);
const NONE = new Uint8Array(0);
const STEP = 128;

/* HMAC fills a short key with zeros, so 32 of them are the empty salt, which some browsers refuse as a key. */
const mac = async (key, bytes) => hmac(await hmacKey(key.length ? key : new Uint8Array(32)), bytes);
const extract = (suite, salt, label, secret) => mac(salt, joined(utf8("HPKE-v1"), suite, utf8(label), secret));

/* One block of HKDF-Expand; nothing longer than 32 bytes is asked for. */
const expand = async (suite, key, label, info, size) =>
  (await mac(key, joined([0, size], utf8("HPKE-v1"), suite, utf8(label), info, [1]))).slice(0, size);

export const framed = (...parts) =>
  joined(
    ...parts.flatMap((part) => {
      const bytes = utf8(part);
      const size = new Uint8Array(4);
      new DataView(size.buffer).setUint32(0, bytes.length);
      return [size, bytes];
    }),
  );

export const keyId = async (publicKey) => (await sha256(joined(utf8("tadamun key id 1\0"), publicKey))).slice(0, 8);

export function padded(plain) {
  const marked = joined(plain, [0x80]);
  return joined(marked, new Uint8Array((STEP - (marked.length % STEP)) % STEP));
}

/* The key and nonce of RFC 9180 §5.1 from both ends' agreement. */
export async function schedule(agreed, enc, publicKey, info) {
  const first = await extract(KEM, NONE, "eae_prk", agreed);
  const shared = await expand(KEM, first, "shared_secret", joined(enc, publicKey), 32);
  const about = joined(
    [0],
    await extract(WHOLE, NONE, "psk_id_hash", NONE),
    await extract(WHOLE, NONE, "info_hash", info),
  );
  const secret = await extract(WHOLE, shared, "secret", NONE);
  return { key: await expand(WHOLE, secret, "key", about, 32), nonce: await expand(WHOLE, secret, "base_nonce", about, 12) };
}

/* Whether this browser can seal; where it cannot, nothing that names a person is asked. */
export async function canSeal() {
  try {
    await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
    return true;
  } catch {
    return false;
  }
}

/* `plain` closed for the owner of `publicKey` (both bytes), bound to the place {purpose, activity, field, row}. */
export async function seal(publicKey, plain, { purpose, activity = "", field = "", row = "" }) {
  const header = joined(HEAD, await keyId(publicKey));
  const info = joined(header, framed("tadamun seal 1", purpose, activity, field, row));
  const own = await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const theirs = await crypto.subtle.importKey("raw", publicKey, "X25519", false, []);
  const way = { name: "X25519", public: theirs };
  const agreed = new Uint8Array(await crypto.subtle.deriveBits(way, own.privateKey, 256));
  const { key, nonce } = await schedule(agreed, enc, publicKey, info);
  const closer = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, closer, padded(plain));
  return joined(header, enc, new Uint8Array(body));
}
