/* A series of codes: bytes cut into numbered pieces, each with a checksum, to be read by a camera in any order.

   A piece is 1 byte of format, 8 of the series (the first of the SHA-256 of all its bytes), 2 the number of its first
   unit, 2 how many units there are, then one, two or four units of 90 bytes (the last one shorter), then the CRC-32 of
   all that. It is written in base 45 (RFC 9285) behind "K1:", which a QR code holds best. Units are numbered, not
   codes: so a series that is shown anew in coarser codes goes on where it was. */

import { hex, joined, sha256 } from "./bytes.js";

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const MARK = "K1:";
const FORMAT = 1;
const HEAD = 13;
const UNIT = 90;
const MOST_UNITS = 20_000;

/* How many units a code holds: fine codes first, coarse ones for a bad camera. */
export const SIZES = [4, 2, 1];

const CRC = Uint32Array.from({ length: 256 }, (_none, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});

export function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ CRC[(sum ^ byte) & 0xff];
  return (sum ^ 0xffffffff) >>> 0;
}

export function toBase45(bytes) {
  let signs = "";
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = at + 1 < bytes.length;
    let value = pair ? bytes[at] * 256 + bytes[at + 1] : bytes[at];
    for (let left = pair ? 3 : 2; left; left -= 1) {
      signs += SIGNS[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return signs;
}

/* The bytes, or null for signs that stand for none. */
export function fromBase45(signs) {
  if (signs.length % 3 === 1) return null;
  const bytes = [];
  for (let at = 0; at < signs.length; at += 3) {
    const values = Array.from(signs.slice(at, at + 3), (sign) => SIGNS.indexOf(sign));
    const value = values.reduce((sum, one, place) => sum + one * 45 ** place, 0);
    if (values.includes(-1) || value >= (values.length === 3 ? 65_536 : 256)) return null;
    if (values.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}

const nameOf = async (bytes) => (await sha256(bytes)).slice(0, 8);

/* The texts of all codes of a series, `size` units in each. */
export async function codesOf(bytes, size) {
  const name = await nameOf(bytes);
  const units = Math.ceil(bytes.length / UNIT);
  if (units > MOST_UNITS) return null;
  const codes = [];
  for (let first = 0; first < units; first += size) {
    const head = new DataView(new ArrayBuffer(4));
    head.setUint16(0, first);
    head.setUint16(2, units);
    const body = joined([FORMAT], name, new Uint8Array(head.buffer), bytes.slice(first * UNIT, (first + size) * UNIT));
    const sum = new DataView(new ArrayBuffer(4));
    sum.setUint32(0, crc32(body));
    codes.push(MARK + toBase45(joined(body, new Uint8Array(sum.buffer))));
  }
  return codes;
}

/* What a code says: {name, first, units, bytes}; "foreign" when it is none of ours, "damaged" when its sum is wrong. */
export function pieceIn(text) {
  if (!text.startsWith(MARK)) return "foreign";
  const piece = fromBase45(text.slice(MARK.length));
  if (!piece || piece.length <= HEAD + 4) return "damaged";
  const view = new DataView(piece.buffer);
  if (view.getUint32(piece.length - 4) !== crc32(piece.subarray(0, piece.length - 4))) return "damaged";
  if (piece[0] !== FORMAT) return "foreign";
  const [first, units] = [view.getUint16(9), view.getUint16(11)];
  const bytes = piece.slice(HEAD, piece.length - 4);
  const many = Math.ceil(bytes.length / UNIT);
  const last = first + many === units;
  if (units > MOST_UNITS || first + many > units || (bytes.length % UNIT && !last)) return "damaged";
  return { name: hex(piece.slice(1, 9)), first, units, bytes, size: many };
}

/* Collects the codes of a series, in any order; those of another series begin another collection and end none. */
export class Collected {
  constructor() {
    this.series = new Map();
    this.now = null;
  }

  /* Takes in what a camera read: "new", "known", "damaged" or "foreign". */
  take(text) {
    const piece = pieceIn(text);
    if (typeof piece === "string") return piece;
    const { name, first, units, bytes, size } = piece;
    if (!this.series.has(name)) this.series.set(name, { name, units, size, found: new Map() });
    this.now = this.series.get(name);
    if (this.now.units !== units) return "damaged";
    if (first + size < units || !first) this.now.size = size;
    const before = this.now.found.size;
    for (let at = 0; at < size; at += 1) this.now.found.set(first + at, bytes.slice(at * UNIT, (at + 1) * UNIT));
    return this.now.found.size > before ? "new" : "known";
  }

  /* How far it is, in codes as they are shown now: {codes, missing: their numbers from 1}. */
  get stand() {
    if (!this.now) return { codes: 0, missing: [] };
    const { units, size, found } = this.now;
    const codes = Math.ceil(units / size);
    const whole = (code) => {
      for (let unit = code * size; unit < Math.min(units, (code + 1) * size); unit += 1) if (!found.has(unit)) return false;
      return true;
    };
    const missing = Array.from({ length: codes }, (_none, code) => code).filter((code) => !whole(code));
    return { codes, missing: missing.map((code) => code + 1) };
  }

  /* All bytes once none is missing; null before, and when they are not those that the series is named by. */
  async whole() {
    if (!this.now || this.now.found.size < this.now.units) return null;
    const { found, units, name } = this.now;
    const bytes = joined(...Array.from({ length: units }, (_none, unit) => found.get(unit)));
    if (hex(await nameOf(bytes)) === name) return bytes;
    this.series.delete(name);
    this.now = null;
    return null;
  }
}
