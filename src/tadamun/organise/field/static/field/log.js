/* The log: entries are added, never changed or removed. What was wrong is undone by another entry. */

import { hmac, hmacKey, fromBase64, toBase64, utf8 } from "./bytes.js";

/* JSON with sorted keys and no spaces; numbers are integers. Both sides compute the same bytes from it. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort(byCodePoint);
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new TypeError("numbers of an entry are integers");
  return JSON.stringify(value);
}

const byCodePoint = (one, other) => {
  const [left, right] = [Array.from(one), Array.from(other)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = left[at].codePointAt(0) - right[at].codePointAt(0);
    if (difference) return difference;
  }
  return left.length - right.length;
};

export async function mac(key, fields) {
  return toBase64(await hmac(key, utf8(canonical(fields))));
}

export const nameOf = ([device, number]) => `${device} ${number}`;

export class Log {
  constructor(store, profile) {
    this.store = store;
    this.device = profile.device;
    this.secret = profile.key;
    this.entries = [];
    this.rows = new Map();
    this.packs = new Map();
    this.sent = new Set();
    this.refused = new Map();
    this.kept = new Set();
    this.listeners = new Set();
    this.queue = Promise.resolve();
  }

  /* Reads what is stored; after that `entries` is the whole log and `add` goes on counting. */
  async load() {
    this.key = await hmacKey(fromBase64(this.secret));
    this.secret = null;
    for (const [row, entry] of await this.store.all("l")) this.remember(row, entry);
    for (const [row, mark] of await this.store.all("s")) this.mark(row, mark);
    for (const row of await this.store.keys("p")) this.kept.add(row);
    return this;
  }

  remember(row, entry) {
    this.lastRow = Math.max(this.lastRow ?? 0, row);
    if (!Array.isArray(entry)) return this.packs.set(row, entry.pack);
    this.stands = null;
    this.entries.push(entry);
    this.rows.set(row, entry);
    if (entry[0] === this.device) this.last = Math.max(this.last ?? 0, entry[1]);
  }

  mark(row, { why }) {
    this.sent.add(row);
    if (why) this.refused.set(row, why);
  }

  /* Records an entry durably and gives it back. One after another, so that every number is used once.
     `photo`: the bytes of the photo that it announces; both are stored, or neither.
     Throws NotSaved when the storage did not take it; then nothing is recorded. */
  add(kind, activity, body, photo = null) {
    const clock = Date.now();
    return this.inTurn(async () => {
      const number = (this.last ?? 0) + 1;
      const fields = [this.device, number, clock, kind, activity, body];
      const entry = [...fields, await mac(this.key, fields)];
      await this.keep([entry], photo);
      return entry;
    });
  }

  /* Takes an entry of this phone back, with its photo where it has one here. */
  async undo(entry) {
    const undoing = await this.add("undo", entry[4], { of: entry[1] });
    const [row] = [...this.rows].find(([, one]) => one === entry) ?? [];
    if (this.kept.has(row)) await this.dropPhoto(row, "");
    return undoing;
  }

  /* Takes packs of other phones along, unread; returns how many were new. */
  carry(packs) {
    return this.inTurn(async () => {
      const known = new Set(this.packs.values());
      const fresh = [...new Set(packs)].filter((pack) => !known.has(pack)).map((pack) => ({ pack }));
      const from = (this.lastRow ?? 0) + 1;
      const rows = await Promise.all(fresh.map((one, at) => this.store.row("l", from + at, one)));
      if (rows.length) await this.store.write(rows);
      fresh.forEach((one, at) => this.remember(from + at, one));
      if (rows.length) this.tell();
      return fresh.length;
    });
  }

  async keep(entries, photo = null) {
    const from = (this.lastRow ?? 0) + 1;
    const rows = await Promise.all(entries.map((entry, at) => this.store.row("l", from + at, entry)));
    if (!rows.length) return;
    if (photo) rows.push(await this.store.bytesRow("p", from, photo));
    await this.store.write(rows);
    if (photo) this.kept.add(from);
    entries.forEach((entry, at) => this.remember(from + at, entry));
    this.tell();
  }

  inTurn(work) {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => {});
    return turn;
  }

  /* Rows that the server does not have yet, oldest first, as [row, entry]. */
  unsent() {
    return [...this.rows].filter(([row]) => !this.sent.has(row));
  }

  /* Packs of other phones that the server does not have yet, as [row, pack]. */
  unsentPacks() {
    return [...this.packs].filter(([row]) => !this.sent.has(row));
  }

  /* Entries, packs and photos that the server does not have yet. */
  get waiting() {
    return this.unsent().length + this.unsentPacks().length + this.kept.size;
  }

  /* The entries whose photos are on this phone still. */
  photos() {
    return [...this.kept].map((row) => this.rows.get(row)).filter(Boolean);
  }

  /* The same as [row, entry], of those that the server knows of. */
  unsentPhotos() {
    return [...this.kept].filter((row) => this.sent.has(row)).map((row) => [row, this.rows.get(row)]);
  }

  /* The bytes of a photo, null when they are gone. */
  async photo(row, size) {
    const padded = await this.store.bytes("p", row);
    return padded && padded.subarray(0, size);
  }

  /* The server has it, or will never have it (`why`): its bytes go. */
  async dropPhoto(row, why) {
    const marks = why ? [await this.store.row("s", row, { why })] : [];
    await this.store.write([["p", row, null], ...marks]);
    this.kept.delete(row);
    if (why) this.mark(row, { why });
    this.tell();
    return true;
  }

  /* Keeps durably what the server answered: [[row, why or ""]…]. */
  async settle(marks) {
    if (!marks.length) return;
    await this.store.write(await Promise.all(marks.map(([row, why]) => this.store.row("s", row, { why }))));
    for (const [row, why] of marks) this.mark(row, { why });
    this.tell();
  }

  /* Entries that stand: without undoings and what they undo. */
  standing() {
    return (this.stands ??= this.notUndone());
  }

  notUndone() {
    const gone = new Set(
      this.entries.filter(([, , , kind]) => kind === "undo").map((entry) => `${entry[0]} ${entry[5].of}`),
    );
    return this.entries.filter((entry) => entry[3] !== "undo" && !gone.has(nameOf(entry)));
  }

  onChange(listener) {
    this.listeners.add(listener);
  }

  tell() {
    for (const listener of this.listeners) listener();
  }
}
