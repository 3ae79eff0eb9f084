/* The storage: everything encrypted under the master key, under numbers that say nothing.

   Four parts: "m" the lock (key 1), "v" values, "l" the log (rows are added, never changed), "s" which rows of the log
   the server has. Every write is durable before its promise is kept: "saved" may be said after `await`. */

import { joined, random, text, utf8 } from "./bytes.js";

const NAME = "k";
const PARTS = ["m", "v", "l", "s"];
const BLOCK = 128;

export const PROFILE = 1;

/* The phone's storage is full, or refuses: nothing was saved. */
export class NotSaved extends Error {}

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

export async function openStore() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => PARTS.forEach((part) => request.result.createObjectStore(part));
  return new Store(await asked(request));
}

/* Whether there is a store, without making one. */
export async function hasStore() {
  const all = await indexedDB.databases();
  return all.some((one) => one.name === NAME);
}

export class Store {
  constructor(database) {
    this.database = database;
    this.master = null;
    database.onversionchange = () => database.close();
  }

  /* Writes [[part, key, value]…] all or none. */
  write(rows) {
    return new Promise((done, failed) => {
      const refuse = (error) => failed(new NotSaved(error?.name ?? "unknown", { cause: error }));
      try {
        const parts = [...new Set(rows.map(([part]) => part))];
        const whole = this.database.transaction(parts, "readwrite", { durability: "strict" });
        whole.oncomplete = () => done();
        whole.onabort = () => refuse(whole.error);
        for (const [part, key, value] of rows) {
          if (part === "l") whole.objectStore(part).add(value, key);
          else whole.objectStore(part).put(value, key);
        }
      } catch (error) {
        refuse(error);
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
    const plain = utf8(JSON.stringify(value));
    const padded = joined(plain, new Uint8Array(BLOCK - (plain.length % BLOCK)).fill(0x20));
    return [part, key, await this.closed(part, key, padded)];
  }

  async closed(part, key, bytes) {
    const iv = random(12);
    const way = { name: "AES-GCM", iv, additionalData: utf8(`${part} ${key}`) };
    return joined(iv, new Uint8Array(await crypto.subtle.encrypt(way, this.master, bytes)));
  }

  async opened(part, key, closed) {
    const way = { name: "AES-GCM", iv: closed.slice(0, 12), additionalData: utf8(`${part} ${key}`) };
    return JSON.parse(text(await crypto.subtle.decrypt(way, this.master, closed.slice(12))));
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
