/* Bytes, and the ways in which they are written: base64url, hexadecimal, UTF-8, the 32 letters of tickets. */

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export const utf8 = (text) => new TextEncoder().encode(text);
export const text = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
export const random = (size) => crypto.getRandomValues(new Uint8Array(size));
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
export const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function toBase64(bytes) {
  let signs = "";
  for (const one of bytes) signs += String.fromCharCode(one);
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export const fromBase64 = (signs) =>
  Uint8Array.from(atob(signs.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

export async function hmacKey(bytes) {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

export async function hmac(key, bytes) {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
}

/* The bytes that letters stand for; null for another length, another sign, or fill bits that are not zero. */
export function fromLetters(signs, size) {
  if (signs.length !== Math.ceil((size * 8) / 5)) return null;
  const bytes = new Uint8Array(size);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const sign of signs) {
    const value = LETTERS.indexOf(sign);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  return held === 0 && at === size ? bytes : null;
}

export function toLetters(bytes) {
  let signs = "";
  let held = 0;
  let bits = 0;
  for (const one of bytes) {
    held = (held << 8) | one;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      signs += LETTERS[held >> bits];
      held &= (1 << bits) - 1;
    }
  }
  return bits ? signs + LETTERS[held << (5 - bits)] : signs;
}

/* What a person typed as capital signs: any script's digits, O for 0, I and L for 1; spaces and dashes fall away. */
export function asTyped(typed) {
  let signs = "";
  for (const sign of typed.normalize("NFKC").toUpperCase()) {
    if (/\p{Nd}/u.test(sign)) signs += digit(sign);
    else if (!/[\p{Z}\p{P}\p{Cc}\p{Cf}]/u.test(sign)) signs += { O: "0", I: "1", L: "1" }[sign] ?? sign;
  }
  return signs;
}

/* A number on a chest, or another short mark, as every phone writes it: ASCII digits, capital letters, no zeros before. */
export const asMark = (typed) =>
  typed.normalize("NFKC").toUpperCase().replace(/\p{Nd}/gu, digit).replace(/[\s\p{Cf}]/gu, "").replace(/^0+(?=.)/, "");

/* Digits of every script stand in runs of ten; the first of a run is the sign before which no digit stands. */
function digit(sign) {
  const code = sign.codePointAt(0);
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
