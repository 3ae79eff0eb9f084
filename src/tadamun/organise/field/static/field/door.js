/* The door: is this a ticket of today, and is she in already? Decided on the phone, without any network. */

import { fromBase64, random, hex, toBase64, utf8 } from "./bytes.js";
import { camera } from "./camera.js";
import { choice, field, form, h } from "./dom.js";
import { canSeal, seal } from "./hpke.js";
import { feel } from "./signals.js";
import { codeIn, read, ticketIn } from "./tickets.js";
import { inWords, moment, t } from "./words.js";

/* Who is in, by ticket: {hash: the entry that says so, or null when the server said so}. */
export function present(log, activity) {
  const found = new Map((activity.came ?? []).map((hash) => [hash, null]));
  for (const entry of log.standing()) {
    const [, , , kind, where, body] = entry;
    if (kind !== "in" || where !== activity.uid) continue;
    const hash = body.ticket ?? activity.codes[body.code];
    if (hash && !found.get(hash)) found.set(hash, entry);
  }
  return found;
}

/* What a door says to what was read or typed: {verdict, body, hash, entry}. `body` is what an entry would record. */
export async function decide(read_, { kit, activity, log, today }) {
  const text = ticketIn(read_);
  const code = text ? null : codeIn(read_);
  if (!text && !code) return { verdict: "unreadable" };
  return text ? byTicket(text, { kit, activity, log, today }) : byCode(code, { activity, log });
}

async function byTicket(text, { kit, activity, log, today }) {
  const ticket = await read(text, kit.ticket_key);
  if (ticket.fault) return { verdict: ticket.fault };
  if (ticket.activity !== activity.uid) {
    const other = kit.activities.find((one) => one.uid === ticket.activity);
    return { verdict: "elsewhere", other };
  }
  if (ticket.day < today) return { verdict: "past" };
  const known = activity.tickets[ticket.hash];
  // Without a checked signature only the list tells a true ticket from an invented one.
  if (!known && ticket.unchecked) return { verdict: "unknown" };
  return standing(ticket.hash, known ?? "newer", { ticket: ticket.hash }, { activity, log });
}

function byCode(code, { activity, log }) {
  const hash = activity.codes[code];
  if (!hash) return { verdict: "unknown" };
  return standing(hash, activity.tickets[hash], { code }, { activity, log });
}

function standing(hash, known, body, { activity, log }) {
  const inside = present(log, activity);
  if (inside.has(hash)) return { verdict: "already", entry: inside.get(hash), hash };
  return { verdict: { in: "valid", newer: "newer", waiting: "waiting", over: "over" }[known] ?? "unknown", body, hash };
}

const LETS_IN = new Set(["valid", "newer"]);

function words({ verdict, entry, other }) {
  return {
    valid: [t("Welcome"), t("The ticket is good.")],
    newer: [t("Welcome"), t("The ticket is true, and newer than this phone's list.")],
    already: [t("Already in"), entry ? t("Checked in at {time}", { time: moment(entry[2]) }) : t("Checked in before.")],
    elsewhere: [t("Another activity"), other ? inWords(other.titles) : t("This ticket is for something else.")],
    waiting: [t("Waiting list"), t("There is no place yet.")],
    over: [t("Ticket cancelled"), t("This ticket is not valid any more.")],
    past: [t("Its day is over"), t("This ticket was for an earlier day.")],
    forged: [t("Not a true ticket"), t("Its signature does not fit.")],
    unknown: [t("Unknown"), t("This phone's list does not have it.")],
    unreadable: [t("Not readable"), t("Scan again, or type the eight signs.")],
  }[verdict];
}

const COLOURS = { valid: "good", newer: "good", already: "warn", waiting: "warn", elsewhere: "warn" };

class Door {
  constructor(kit) {
    this.kit = kit;
    this.answer = h("div", { class: "answer", role: "status", "aria-live": "assertive" });
    this.input = h("input", {
      id: "f-code", name: "code", dir: "ltr", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", enterkeyhint: "go",
    });
  }

  /* Decides, records when that lets somebody in, and only then says so. */
  async take(text) {
    const { kit } = this;
    const found = await decide(text, { kit: kit.kit, activity: kit.activity, log: kit.log, today: kit.today() });
    const entry = LETS_IN.has(found.verdict) ? await kit.record("in", found.body) : null;
    if (LETS_IN.has(found.verdict) && !entry) return this.show("bad", [t("Not saved"), t("Write it on paper.")], []);
    this.tell(found, entry);
    return found;
  }

  tell(found, entry) {
    const ways = [];
    if (entry) ways.push(this.undoButton(entry));
    if (found.verdict === "waiting") ways.push(this.button(t("Let in all the same"), () => this.letIn(found)));
    this.show(COLOURS[found.verdict] ?? "bad", words(found), ways);
  }

  async letIn(found) {
    const entry = await this.kit.record("in", found.body);
    if (entry) this.tell({ ...found, verdict: "valid" }, entry);
  }

  undoButton(entry) {
    return this.button(t("Take back"), async () => {
      if (await this.kit.undo(entry)) this.show("plain", [t("Taken back"), ""], []);
    });
  }

  button(label, act) {
    return h("button", { type: "button", class: "quiet", onclick: act }, label);
  }

  show(colour, [word, more], ways) {
    this.answer.className = `answer ${colour}`;
    this.answer.replaceChildren(h("strong", {}, word), h("span", {}, more), ...ways);
    feel(colour);
  }

  codeForm() {
    return form(
      async ({ code }) => {
        await this.take(code);
        this.input.value = "";
        this.input.focus();
      },
      h("p", { class: "field" }, h("label", { for: "f-code" }, t("Code or link of the ticket")), this.input),
      h("button", { class: "big" }, t("Check in")),
    );
  }

  counts() {
    const line = h("p", { class: "sums" });
    this.kit.watch(() => {
      const places = Object.values(this.kit.activity.tickets).filter((one) => one === "in").length;
      const came = present(this.kit.log, this.kit.activity).size;
      line.textContent = t("In: {came} · signed up: {places} · without sign-up: {walk}", { came, places, walk: walkIns(this.kit) });
    });
    return line;
  }
}

const walkIns = (kit) =>
  kit.log.standing().reduce((sum, [, , , kind, where, body]) => sum + (kind === "walk_in" && where === kit.activity.uid ? body.count : 0), 0);

/* Codes like "sex:woman" grouped by what stands before the colon. */
function groups(categories) {
  const found = new Map();
  for (const one of categories ?? []) {
    const name = one.code.split(":")[0];
    found.set(name, [...(found.get(name) ?? []), [one.code, inWords(one.label)]]);
  }
  return found;
}

function walkIn(kit) {
  const names = { sex: t("Woman or man"), age: t("Age") };
  const asked = [...groups(kit.activity.categories)].map(([name, options]) =>
    choice(names[name] ?? name, name, [["", t("Not asked")], ...options]),
  );
  return form(
    async (values, made) => {
      const codes = Object.values(values).filter(Boolean);
      const body = { count: 1, ...Object.fromEntries(codes.map((code) => [code, 1])) };
      if (!(await kit.record("walk_in", body))) return;
      made.reset();
      kit.say("good", t("Saved: one more without sign-up."));
    },
    asked,
    h("button", {}, t("Count one who came without sign-up")),
  );
}

/* A random UUID. */
export const newUid = () => crypto.randomUUID?.() ?? hex(random(16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/* Her details closed for the activity's key: this phone cannot read them afterwards. */
export async function sealedEntry(activity, { name, contact }) {
  const row = newUid();
  const plain = utf8(JSON.stringify({ name: name.trim(), contact: contact.trim() }));
  const place = { purpose: "registration", activity: activity.uid, field: "entry", row };
  return { count: 1, row, sealed: toBase64(await seal(fromBase64(activity.seal_key), plain, place)) };
}

function withDetails(kit) {
  return form(
    async (values, made) => {
      if (!values.name.trim()) return kit.say("bad", t("Write the name, or count without it."));
      if (!(await kit.record("walk_in", await sealedEntry(kit.activity, values)))) return;
      made.reset();
      kit.say("good", t("Saved and sealed. This phone cannot show it again."));
    },
    field(t("Name"), { name: "name" }),
    field(t("Phone or e-mail"), { name: "contact", dir: "ltr" }),
    h("button", {}, t("Seal and save")),
  );
}

export const door = {
  code: "door",
  title: "Door",
  draw(kit) {
    const made = new Door(kit);
    const details = h("details", { hidden: true }, h("summary", {}, t("With name, sealed")), withDetails(kit));
    if (kit.activity.seal_key) canSeal().then((can) => (details.hidden = !can));
    return [
      h("h1", {}, t("Door")),
      made.answer,
      camera((text) => made.take(text)),
      made.codeForm(),
      made.counts(),
      h("details", {}, h("summary", {}, t("Came without sign-up")), walkIn(kit)),
      details,
    ];
  },
};
