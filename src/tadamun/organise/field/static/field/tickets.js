/* Tickets as they are read at a door: the signature is checked here, without any network. Nothing in them is a name. */

import { asTyped, fromBase64, fromLetters, hex, joined, sha256, toLetters, utf8 } from "./bytes.js";

const SIGNS = 159;
const PAYLOAD = 35;
const DOMAIN = utf8("tadamun ticket 1\0");
const DAY = 86_400_000;

/* The text of a ticket in what a camera read or a person pasted: its link, or the text alone. Null when there is none. */
export function ticketIn(read) {
  const last = read.trim().split(/[?#]/)[0].split("/").filter(Boolean).pop() ?? "";
  return last.length === SIGNS ? last : null;
}

export async function hashOf(secret) {
  return sha256(joined(utf8("tadamun ticket secret 1\0"), secret));
}

export const short = (hash) => hex(hash).slice(0, 16);

export async function shortCode(hash) {
  const signs = toLetters((await sha256(joined(utf8("tadamun ticket code 1\0"), hash))).slice(0, 5));
  return `${signs.slice(0, 4)}-${signs.slice(4)}`;
}

/* A typed short code as it is printed, or null. */
export function codeIn(typed) {
  const signs = asTyped(typed);
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(signs) ? `${signs.slice(0, 4)}-${signs.slice(4)}` : null;
}

/* What a ticket says: {activity, hash, day} when it is true; {fault: "unreadable" | "forged"}; `unchecked` is set where
   the browser knows no Ed25519. `publicKey` is base64url. */
export async function read(signs, publicKey) {
  const signed = fromLetters(signs, PAYLOAD + 64);
  if (!signed || signed[0] !== 1) return { fault: "unreadable" };
  const payload = signed.slice(0, PAYLOAD);
  const checked = await signatureFits(fromBase64(publicKey), signed.slice(PAYLOAD), payload);
  if (checked === false) return { fault: "forged" };
  const id = hex(payload.slice(1, 17));
  return {
    activity: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join("-"),
    hash: short(await hashOf(payload.slice(17, 33))),
    day: new Date((payload[33] * 256 + payload[34]) * DAY).toISOString().slice(0, 10),
    unchecked: checked === null,
  };
}

async function signatureFits(publicKey, signature, payload) {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, joined(DOMAIN, payload));
  } catch (error) {
    if (error.name === "NotSupportedError") return null;
    throw error;
  }
}
