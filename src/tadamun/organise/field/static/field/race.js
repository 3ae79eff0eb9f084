/* A race: starts by waves, finishes by tapping bibs on several phones. Times come from the entries' clocks. */

import { asMark } from "./bytes.js";
import { choice, field, form, h } from "./dom.js";
import { decide } from "./door.js";
import { inWords, t } from "./words.js";

const LATEST = 8;
const HERS = new Set(["valid", "newer", "already", "waiting"]);
const of = (kit, kind) => kit.log.standing().filter((entry) => entry[3] === kind && entry[4] === kit.activity.uid);

/* What is known of each bib, by the server and by this phone's own log: {bib: {category, wave, no_photo}}. */
function known(kit) {
  const found = new Map((kit.activity.bibs ?? []).map((one) => [one.bib, one]));
  for (const [, , , , , body] of of(kit, "bib")) found.set(body.bib, body);
  return found;
}

/* Which wave or category a bib's number lies in, or "". */
export function spanning(spans, bib) {
  const inside = ({ from, to }) => from !== null && to !== null && Number(bib) >= from && Number(bib) <= to;
  return (/^\d+$/.test(bib) && spans?.find(inside)?.code) || "";
}

const named = (list, code) => inWords(list?.find((one) => one.code === code)?.label);

/* Registered bibs that did not finish yet and are not out, in the order of their numbers. */
export function running(kit) {
  const out = new Set(of(kit, "finish").map(([, , , , , body]) => body.bib));
  for (const [, , , , , body] of of(kit, "status")) body.status ? out.add(body.bib) : out.delete(body.bib);
  return [...known(kit).keys()].filter((bib) => !out.has(bib)).sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
}

export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number) => String(number).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

async function finish(kit, typed) {
  const bib = asMark(typed);
  if (!bib) return kit.say("bad", t("Type the number of the bib."));
  const twice = of(kit, "finish").some(([, , , , , body]) => body.bib === bib);
  if (!(await kit.record("finish", { bib }))) return;
  navigator.vibrate?.(40);
  kit.say(twice ? "warn" : "good", twice ? t("Bib {bib} finished a second time. The desk decides.", { bib }) : t("Finish saved: {bib}", { bib }));
}

function starts(kit) {
  const waves = kit.activity.waves?.length ? kit.activity.waves : [{ code: "", label: "" }];
  return waves.map(({ code, label, start }) => {
    const planned = start && h("p", {}, t("Planned for {time}", { time: start.split("T")[1] }));
    const line = h("p", { class: "sums" });
    const button = h("button", { type: "button", class: "big", onclick: () => kit.record("race_start", { wave: code }) }, t("Start now"), " ", inWords(label));
    kit.watch(() => {
      const begun = of(kit, "race_start").find(([, , , , , body]) => body.wave === code);
      button.hidden = Boolean(begun);
      if (planned) planned.hidden = Boolean(begun);
      const time = begun && duration(Date.now() - begun[2]);
      line.textContent = begun ? [inWords(label), t("Running for {time}", { time })].filter(Boolean).join(" · ") : "";
    });
    return [planned, button, line];
  });
}

function finishes(kit) {
  const taps = h("div", { class: "grid bibs" });
  const last = h("ul", { class: "list" });
  const { waves } = kit.activity;
  kit.watch(() => {
    const bibs = known(kit);
    const wave = (bib) => waves?.length > 0 && h("small", {}, named(waves, bibs.get(bib)?.wave || spanning(waves, bib)));
    taps.replaceChildren(...running(kit).map((bib) => h("button", { type: "button", onclick: () => finish(kit, bib) }, bib, wave(bib))));
    const done = of(kit, "finish").slice(-LATEST).reverse();
    last.replaceChildren(...done.map((entry) => h("li", {}, h("span", {}, entry[5].bib), back(kit, entry))));
  });
  const typed = form(
    async ({ bib }, made) => {
      await finish(kit, bib);
      made.reset();
      made.elements.bib.focus();
    },
    field(t("Bib"), { name: "bib", inputmode: "numeric", dir: "ltr" }),
    h("button", { class: "big" }, t("Finish")),
  );
  return [typed, taps, h("h2", {}, t("Latest finishes")), last];
}

/* Only what this phone wrote can it take back. */
const back = (kit, entry) =>
  entry[0] === kit.log.device && h("button", { type: "button", class: "quiet", onclick: () => kit.undo(entry) }, t("Take back"));

/* The desk's own categories; where it has none, what sign-up asks. */
const categoriesOf = (kit) => (kit.activity.bib_categories?.length ? kit.activity.bib_categories : (kit.activity.categories ?? []));

/* The ticket's hash, "" when none was typed, null when it is none of this activity. */
async function ticketOf(kit, typed) {
  if (!typed.trim()) return "";
  const { verdict, hash } = await decide(typed, { kit: kit.kit, activity: kit.activity, log: kit.log, today: kit.today() });
  return HERS.has(verdict) ? hash : null;
}

async function giveBib(kit, values, made) {
  const bib = asMark(values.bib);
  if (!bib) return kit.say("bad", t("Type the number of the bib."));
  const ticket = await ticketOf(kit, values.ticket);
  if (ticket === null) return kit.say("bad", t("This is no ticket of this activity."));
  const category = values.category || spanning(kit.activity.bib_categories, bib);
  const wave = values.wave || spanning(kit.activity.waves, bib);
  const body = { bib, category, wave, no_photo: values.no_photo === "on", ...(ticket && { ticket }) };
  if (!(await kit.record("bib", body))) return;
  if (values.shown && !(await kit.record("opt_in", { bib, shown: true }))) return;
  made.reset();
  const places = [named(categoriesOf(kit), category), named(kit.activity.waves, wave)].filter(Boolean);
  kit.say("good", [t("Bib saved: {bib}", { bib }), ...places].join(" · "));
}

function handOut(kit) {
  const inList = (list, none) => [["", none], ...(list ?? []).map(({ code, label }) => [code, inWords(label)])];
  const waves = kit.activity.waves ?? [];
  return form(
    (values, made) => giveBib(kit, values, made),
    field(t("Bib"), { name: "bib", id: "f-new-bib", inputmode: "numeric", dir: "ltr", "aria-label": t("New bib") }),
    choice(t("Category"), "category", inList(categoriesOf(kit), kit.activity.bib_categories?.length ? t("By the number") : t("No category"))),
    waves.length > 0 && choice(t("Wave"), "wave", inList(waves, t("By the number"))),
    tick("no_photo", t("No photo")),
    tick("shown", t("Wants the name in the results")),
    field(t("Code or link of the ticket"), { name: "ticket", id: "f-bib-ticket", dir: "ltr", spellcheck: "false" }, t("Needed for a name in the results.")),
    h("button", {}, t("Hand out the bib")),
  );
}

/* For whoever takes pictures. */
function notToBePhotographed(kit) {
  const line = h("p", { class: "bibs" });
  kit.watch(() => {
    const bibs = [...known(kit)].filter(([, { no_photo }]) => no_photo).map(([bib]) => bib);
    line.textContent = bibs.length ? bibs.join(" · ") : t("None is known to this phone.");
  });
  return line;
}

const tick = (name, label) => h("p", { class: "tick" }, h("label", {}, h("input", { type: "checkbox", name }), " ", label));

function outOfPlaces(kit) {
  const kinds = [["dns", t("Did not start")], ["dnf", t("Did not finish")], ["dsq", t("Disqualified")], ["", t("In the race after all")]];
  return form(
    async (values, made) => {
      const bib = asMark(values.bib);
      if (!bib) return kit.say("bad", t("Type the number of the bib."));
      if (!(await kit.record("status", { bib, status: values.status }))) return;
      made.reset();
      kit.say("good", t("Bib saved: {bib}", { bib }));
    },
    field(t("Bib"), { name: "bib", id: "f-out-bib", inputmode: "numeric", dir: "ltr", "aria-label": t("Bib that is out") }),
    choice(t("What happened"), "status", kinds, "dns"),
    h("button", {}, t("Save")),
  );
}

export const race = {
  code: "race",
  title: "Race",
  draw: (kit) => [
    h("h1", {}, t("Race")),
    starts(kit),
    finishes(kit),
    h("details", {}, h("summary", {}, t("Bibs")), handOut(kit)),
    h("details", {}, h("summary", {}, t("Out of the race")), outOfPlaces(kit)),
    h("details", {}, h("summary", {}, t("Not to be photographed")), notToBePhotographed(kit)),
  ],
};
