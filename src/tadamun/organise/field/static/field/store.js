/* The storage: everything encrypted under the master key, under numbers that say nothing.

   Five parts: "m" the lock (key 1), "v" values, "l" the log (rows are added, never changed), "s" which rows of the log
   the server has, "p" photos under the numbers of their rows, until the server has them. Every write is durable before
   its promise is kept: "saved" may be said after `await`. */

import { joined, random, text, utf8 } from "./bytes.js";

const NAME = "k";
const VERSION = 2;
const PARTS = ["m", "v", "l", "s", "p"];
const BLOCK = 128;
const PHOTO_BLOCK = 16 * 1024;

export const PROFILE = 1;

/* The phone's storage is full, or refuses: nothing was saved. */
export class NotSaved extends Error {}

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

export async function openStore() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const there = request.result.objectStoreNames;
    for (const part of PARTS) if (!there.contains(part)) request.result.createObjectStore(part);
  };
  return new Store(await asked(request));
}

/* Whether there is a store, without making one. */
export async function hasStore() {
  const all = await indexedDB.databases();
  return all.some((one) => one.name === NAME);
}

/* With spaces behind, up to a whole number of blocks. */
const padded = (bytes, block) => joined(bytes, new Uint8Array(block - (bytes.length % block)).fill(0x20));

export class Store {
  constructor(database) {
    this.database = database;
    this.master = null;
    database.onversionchange = () => database.close();
  }

  /* Writes [[part, key, value]…] all or none; null takes a row away. */
  write(rows) {
    return new Promise((done, failed) => {
      const refuse = (error) => failed(new NotSaved(error?.name ?? "unknown", { cause: error }));
      let whole = null;
      try {
        const parts = [...new Set(rows.map(([part]) => part))];
        whole = this.database.transaction(parts, "readwrite", { durability: "strict" });
        whole.oncomplete = () => done();
        whole.onabort = () => refuse(whole.error);
        for (const [part, key, value] of rows) {
          if (value === null) whole.objectStore(part).delete(key);
          else if (part === "l") whole.objectStore(part).add(value, key);
          else whole.objectStore(part).put(value, key);
        }
      } catch (error) {
        refuse(error);
        whole?.abort();
      }
    });
  }

  async read(part, key) {
    return asked(this.database.transaction(part).objectStore(part).get(key));
  }

  async keys(part) {
    return asked(this.database.transaction(part).objectStore(part).getAllKeys());
  }

  async count(part) {
    return asked(this.database.transaction(part).objectStore(part).count());
  }

  lock() {
    return this.read("m", 1);
  }

  keepLock(lock) {
    return this.write([["m", 1, lock]]);
  }

  /* A value of JSON as the row to be written for it; its length shows in steps only. */
  async row(part, key, value) {
    return [part, key, await this.closed(part, key, padded(utf8(JSON.stringify(value)), BLOCK))];
  }

  /* The same for bytes; whoever reads them knows how many they were. */
  async bytesRow(part, key, bytes) {
    return [part, key, await this.closed(part, key, padded(bytes, PHOTO_BLOCK))];
  }

  async bytes(part, key) {
    const closed = await this.read(part, key);
    return closed ? this.openedBytes(part, key, closed) : null;
  }

  async closed(part, key, bytes) {
    const iv = random(12);
    const way = { name: "AES-GCM", iv, additionalData: utf8(`${part} ${key}`) };
    return joined(iv, new Uint8Array(await crypto.subtle.encrypt(way, this.master, bytes)));
  }

  async openedBytes(part, key, closed) {
    const way = { name: "AES-GCM", iv: closed.slice(0, 12), additionalData: utf8(`${part} ${key}`) };
    return new Uint8Array(await crypto.subtle.decrypt(way, this.master, closed.subarray(12)));
  }

  async opened(part, key, closed) {
    return JSON.parse(text(await this.openedBytes(part, key, closed)));
  }

  async put(part, key, value) {
    await this.write([await this.row(part, key, value)]);
  }

  async get(part, key) {
    const closed = await this.read(part, key);
    return closed && this.opened(part, key, closed);
  }

  /* All rows of a part as [key, value], in the order of their keys. */
  async all(part) {
    const shelf = this.database.transaction(part).objectStore(part);
    const [keys, rows] = await Promise.all([asked(shelf.getAllKeys()), asked(shelf.getAll())]);
    return Promise.all(keys.map(async (key, at) => [key, await this.opened(part, key, rows[at])]));
  }
}

/* Everything away: lock first (without it the rest is noise), then the rest, the app's files and its worker. */
export async function erase(store) {
  if (store) {
    store.master = null;
    await store.write([["m", 1, { salt: random(16), slots: [random(61), random(61)], rounds: 1, tries: 0 }]]).catch(() => {});
    store.database.close();
  }
  await new Promise((done) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = done;
  });
  localStorage.clear();
  sessionStorage.clear();
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}
