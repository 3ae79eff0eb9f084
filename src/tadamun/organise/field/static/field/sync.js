/* Sending: small pieces, any order, any repetition. What was sent is known only from the server's answer. */

import { hex, hmac, sha256, toBase64, utf8 } from "./bytes.js";
import { NotSaved } from "./store.js";

const PIECE = 32 * 1024;
const PATIENCE = 30_000;
const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 300_000;

/* Entries for the next piece, as [row, entry]: at least one, then as many as fit. */
export function piece(unsent) {
  const taken = [];
  let size = 200;
  for (const [row, entry] of unsent) {
    size += utf8(JSON.stringify(entry)).length + 1;
    if (taken.length && size > PIECE) break;
    taken.push([row, entry]);
  }
  return taken;
}

/* What a request says to prove that this kit made it: for which purpose, when, and about what. */
export async function signed(log, purpose, what) {
  const clock = Date.now();
  const mac = await hmac(log.key, utf8(`tadamun ${purpose} 1\n${clock}\n${what}`));
  return `Kit ${log.device}:${clock}:${toBase64(mac)}`;
}

export class Sync {
  /* `kept` stores a new kit, `erase` empties the phone, `told` is called after each try with what came of it. */
  constructor(log, { revision, kept, erase, told }) {
    Object.assign(this, { log, revision, kept, erase, told });
    this.pause = FIRST_PAUSE;
    this.running = null;
    this.timer = null;
    this.stopped = false;
  }

  start() {
    addEventListener("online", () => this.now());
    return this.now();
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /* One attempt for everything that waits; two at a time are one. */
  now() {
    clearTimeout(this.timer);
    this.running ??= this.attempt().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /* Soon after something was recorded, so that several entries go together. */
  soon() {
    if (this.running || this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), 1_500);
  }

  async attempt() {
    let outcome = "sent";
    try {
      do {
        outcome = await this.one();
      } while (outcome === "more");
      this.pause = outcome === "refused" ? LONGEST_PAUSE : FIRST_PAUSE * 12;
    } catch (error) {
      outcome = "no network";
      if (error instanceof NotSaved) outcome = "not saved";
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
      this.reason = error.name;
    }
    if (outcome === "erase") return this.ended();
    this.told(outcome, outcome === "no network" ? null : this.heardAt);
    if (!this.stopped) this.timer = setTimeout(() => this.now(), this.pause * (0.75 + Math.random() / 2));
    return outcome;
  }

  async ended() {
    this.stop();
    await this.erase();
    return "erase";
  }

  async one() {
    const unsent = this.log.unsent();
    const sending = piece(unsent);
    const entries = sending.map(([, entry]) => entry);
    const bringing = unsent.length ? [] : this.log.unsentPacks().slice(0, 1);
    const packs = bringing.map(([, pack]) => pack);
    const after = this.log.waiting - entries.length - packs.length;
    const answer = await this.post({ have: this.revision(), unsent: after, entries, packs });
    if (answer.status === 401) return this.turnedAway(await answer.json().catch(() => ({})), sending);
    if (!answer.ok) return "refused";
    const said = await answer.json();
    this.heardAt = said.now;
    const settled = (await this.settle(said, sending)) + (await this.settlePacks(said, bringing));
    if (said.kit) await this.kept(said.kit);
    const waits = this.log.unsent().length + this.log.unsentPacks().length;
    if (said.erase || (said.ended && !waits && !this.log.kept.size)) return "erase";
    if (waits && !settled && sending.length + packs.length) return "refused";
    return waits ? "more" : "sent";
  }

  /* A phone that was given up still hands over what it recorded, each piece once, and is then emptied. */
  async turnedAway(said, sending) {
    if (!said.erase) return "refused";
    await this.settle(said, sending);
    let rest = this.log.unsent().filter(([row]) => !sending.some(([sent]) => sent === row));
    while (rest.length) {
      const next = piece(rest);
      await this.post({ have: this.revision(), unsent: rest.length, entries: next.map(([, entry]) => entry) }).catch(() => {});
      rest = rest.slice(next.length);
    }
    for (const [, pack] of this.log.unsentPacks())
      await this.post({ have: this.revision(), unsent: 0, entries: [], packs: [pack] }).catch(() => {});
    return "erase";
  }

  async post(said) {
    const body = JSON.stringify(said);
    const proof = await signed(this.log, "sync", hex(await sha256(utf8(body))));
    return fetch("/field/sync", {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", Authorization: proof },
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  /* Marks what the answer names among the rows of this piece; returns how many that were. */
  async settle({ taken = [], refused = [] }, sending) {
    const rows = new Map();
    for (const [row, [device, number]] of sending) {
      const name = `${device} ${number}`;
      rows.set(name, [...(rows.get(name) ?? []), row]);
    }
    const marks = [
      ...taken.flatMap(([device, number]) => (rows.get(`${device} ${number}`) ?? []).map((row) => [row, ""])),
      ...refused.flatMap(([device, number, why]) =>
        (rows.get(`${device} ${number}`) ?? []).map((row) => [row, String(why || "?")]),
      ),
    ];
    await this.log.settle(marks);
    return marks.length;
  }
  /* The same for packs, whose answers stand in their order. */
  async settlePacks({ packs = [] }, bringing) {
    const marks = packs.slice(0, bringing.length).map(({ why }, at) => [bringing[at][0], String(why ?? "")]);
    await this.log.settle(marks);
    return marks.length;
  }
}
