/* Photos on their way to the server: after the entries that announce them, in small pieces, going on where a lost
   connection has left them. Entries never wait for a photo. */

import { hex, sha256, utf8 } from "./bytes.js";
import { signed } from "./sync.js";

const PIECE = 48 * 1024;
const PATIENCE = 60_000;
/* Answers about one photo: its entry is not there, or there are too many; it was taken back, or is no picture to it. */
const LATER = new Set([409, 429]);
const NEVER = new Set([410, 422]);

export class Uploads {
  constructor(log, sync) {
    Object.assign(this, { log, sync, running: null });
  }

  /* Sends what waits; two at a time are one. Gives back whether something was sent. */
  now() {
    this.running ??= this.all()
      .catch(() => false)
      .finally(() => {
        this.running = null;
      });
    return this.running;
  }

  async all() {
    let done = 0;
    for (const [row, entry] of this.log.unsentPhotos()) {
      const went = await this.one(row, entry[5]);
      if (went === null) continue;
      if (!went) break;
      done += 1;
    }
    return done > 0;
  }

  /* One photo: whether it went; null when the server wants none of this one yet. */
  async one(row, { sha256: name, size }) {
    const bytes = await this.log.photo(row, size);
    let from = 0;
    while (bytes && this.log.kept.has(row)) {
      if (this.sync.stopped) return false;
      if (this.log.unsent().length && (await this.sync.now()) !== "sent") return false;
      const answer = await this.post(name, from, bytes.subarray(from, from + PIECE));
      if (NEVER.has(answer.status)) return this.log.dropPhoto(row, answer.status === 422 ? "photo" : "");
      if (LATER.has(answer.status)) return null;
      if (!answer.ok) return false;
      const said = await answer.json();
      if (said.whole) return this.log.dropPhoto(row, "");
      if (said.next === from) return false;
      from = said.next;
    }
    return true;
  }

  async post(name, from, piece) {
    const what = `${name}\n${from}\n${hex(await sha256(piece))}`;
    return fetch(`/field/photo?sha256=${name}&from=${from}`, {
      method: "POST",
      body: piece,
      headers: { "Content-Type": "application/octet-stream", Authorization: await signed(this.log, "photo", what) },
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
  }
}
