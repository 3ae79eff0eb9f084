/* The key of everything stored, locked under a PIN.

   A random master key (AES-GCM, 256 bits) is wrapped by a key that PBKDF2 makes from the PIN. There are always two
   slots of the same length and look: one opens the kit, the other, if a second PIN was set, erases it; who holds the
   phone cannot tell whether there is a second. A wrong try is counted in the storage before it is tried, so that
   ending the app in time gains nothing. A PIN of six digits keeps out whoever holds the phone, not whoever copies its
   memory and tries a million PINs elsewhere: longer ones, also of letters, are taken. */

import { joined, random, utf8 } from "./bytes.js";

export const ROUNDS = 900_000;
export const LEAST = 6;
export const TRIES = 8;

const OPENS = 1;
const ERASES = 2;
const SLOT = 12 + 33 + 16;

/* Arabic-Indic digits are the same PIN as ASCII ones. */
const plain = (pin) =>
  pin.normalize("NFKC").replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (one) => String(one.charCodeAt(0) & 15));

async function lockKey(pin, salt, rounds) {
  const material = await crypto.subtle.importKey("raw", utf8(plain(pin)), "PBKDF2", false, ["deriveKey"]);
  const way = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(way, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function slotOf(key, meaning, secret) {
  const iv = random(12);
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, joined([meaning], secret));
  return joined(iv, new Uint8Array(closed));
}

async function tried(key, slot) {
  const way = { name: "AES-GCM", iv: slot.slice(0, 12) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(way, key, slot.slice(12)));
  } catch {
    return null;
  }
}

const asMaster = (bytes) => crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);

/* A new lock and its master key; the raw bytes are forgotten here. */
export async function newLock(pin) {
  const salt = random(16);
  const secret = random(32);
  const key = await lockKey(pin, salt, ROUNDS);
  const slots = [await slotOf(key, OPENS, secret), random(SLOT)];
  return { lock: { salt, rounds: ROUNDS, slots, tries: 0 }, master: await asMaster(secret) };
}

/* What a PIN does: {opens: master key}, {erases: true}, or {wrong: tries left}. `keep(lock)` stores the lock durably. */
export async function tryPin(lock, pin, keep) {
  const counted = { ...lock, tries: lock.tries + 1 };
  await keep(counted);
  const key = await lockKey(pin, lock.salt, lock.rounds);
  for (const slot of lock.slots) {
    const inside = await tried(key, slot);
    if (inside?.[0] === ERASES) return { erases: true };
    if (inside?.[0] === OPENS) {
      const opened = { ...lock, tries: 0 };
      await keep(opened);
      return { opens: await asMaster(inside.slice(1)), lock: opened };
    }
  }
  return counted.tries >= TRIES ? { erases: true } : { wrong: TRIES - counted.tries, lock: counted };
}

/* The lock under another PIN: {lock} to be stored, or {same: true}, or what `tryPin` says of a wrong old one.
   The second PIN ends with a change, because its slot belongs to the old salt. */
export async function changed(lock, oldPin, newPin, keep) {
  const answer = await tryPin(lock, oldPin, keep);
  if (!answer.opens) return answer;
  const secret = await secretOf(lock, oldPin);
  const salt = random(16);
  const key = await lockKey(newPin, salt, ROUNDS);
  return { lock: { ...lock, salt, rounds: ROUNDS, slots: [await slotOf(key, OPENS, secret), random(SLOT)], tries: 0 } };
}

/* The lock with a second PIN that erases; {same: true} when it is the PIN that opens. */
export async function withErasing(lock, pin) {
  const key = await lockKey(pin, lock.salt, lock.rounds);
  const slots = [...lock.slots];
  const opening = await Promise.all(slots.map((slot) => tried(key, slot)));
  if (opening.some((inside) => inside?.[0] === OPENS)) return { same: true };
  slots[1] = await slotOf(key, ERASES, random(32));
  return { lock: { ...lock, slots } };
}

async function secretOf(lock, pin) {
  const key = await lockKey(pin, lock.salt, lock.rounds);
  for (const slot of lock.slots) {
    const inside = await tried(key, slot);
    if (inside?.[0] === OPENS) return inside.slice(1);
  }
  throw new Error("the PIN was tried before");
}
