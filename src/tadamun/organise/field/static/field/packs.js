/* Packs: entries closed for the server, so that whoever carries them reads nothing. The server's rules/packs.py says
   how they are made; both sides are tested against each other. */

import { fromBase64, joined, toBase64, utf8 } from "./bytes.js";
import { seal } from "./hpke.js";

const FORMAT = "tadamun carry 2";
const PLACE = { purpose: "carry", field: "entries" };
const MOST_ENTRIES = 250;
const MOST_SIGNS = 28 * 1024;
const MOST_PACKS = 1_000;
const LONGEST = 64 * 1024;
const SMALLEST = 1024;

/* The next of the sizes that packs have: 1, 1.5, 2, 3, 4, 6, 8, 12 … KB. */
export function stepAbove(size) {
  for (let step = SMALLEST; ; step *= 2) {
    if (size <= step) return step;
    if (size <= (step * 3) / 2) return (step * 3) / 2;
  }
}

async function deflated(bytes) {
  const packer = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(packer).arrayBuffer());
}

async function closed(texts, key) {
  const packed = await deflated(utf8(`[${texts.join(",")}]`));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, packed.length);
  const plain = joined(length, packed);
  return toBase64(await seal(fromBase64(key), joined(plain, new Uint8Array(stepAbove(plain.length) - plain.length)), PLACE));
}

/* These entries as packs, each small enough for one piece of sending. `key` is the server's, as the kit has it. */
export async function packsOf(entries, key) {
  const packs = [];
  let texts = [];
  let size = 0;
  for (const text of entries.map((entry) => JSON.stringify(entry))) {
    const long = utf8(text).length;
    if (texts.length && (texts.length === MOST_ENTRIES || size + long > MOST_SIGNS)) {
      packs.push(await closed(texts, key));
      [texts, size] = [[], 0];
    }
    texts.push(text);
    size += long;
  }
  if (texts.length) packs.push(await closed(texts, key));
  return packs;
}

const looksRight = (pack) => typeof pack === "string" && pack.length < LONGEST && /^[A-Za-z0-9_-]{100,}$/.test(pack);

/* A file's text for these packs, and the packs in such a text, or null when it is none. */
export const filed = (packs) => JSON.stringify({ format: FORMAT, packs });

export function inFile(text) {
  try {
    const { format, packs } = JSON.parse(text);
    const whole = format === FORMAT && Array.isArray(packs) && packs.length > 0 && packs.length <= MOST_PACKS;
    return whole && packs.every(looksRight) ? packs : null;
  } catch {
    return null;
  }
}

/* Packs as bytes for a series of codes: how many entries the helper shows, how many packs, then each with its length. */
export function inBytes(packs, entries) {
  const head = new DataView(new ArrayBuffer(4));
  head.setUint16(0, Math.min(entries, 0xffff));
  head.setUint16(2, packs.length);
  const parts = packs.map(fromBase64).flatMap((bytes) => {
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, bytes.length);
    return [new Uint8Array(length.buffer), bytes];
  });
  return joined(new Uint8Array(head.buffer), ...parts);
}

/* The same back: {entries, packs}; null when the bytes are none. */
export function outOfBytes(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const [entries, count] = [view.getUint16(0), view.getUint16(2)];
    const packs = [];
    let at = 4;
    while (packs.length < count) {
      const length = view.getUint32(at);
      packs.push(toBase64(bytes.slice(at + 4, at + 4 + length)));
      at += 4 + length;
    }
    return at === bytes.length && packs.length && packs.every(looksRight) ? { entries, packs } : null;
  } catch {
    return null;
  }
}
