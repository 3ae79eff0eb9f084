/* A race: starts by waves, finishes by tapping bibs on several phones. Times come from the entries' clocks. */

import { asMark } from "./bytes.js";
import { choice, field, form, h } from "./dom.js";
import { inWords, t } from "./words.js";

const LATEST = 8;
const of = (kit, kind) => kit.log.standing().filter((entry) => entry[3] === kind && entry[4] === kit.activity.uid);

/* Registered bibs that did not finish yet and are not out, in the order of their numbers. */
export function running(kit) {
  const out = new Set(of(kit, "finish").map(([, , , , , body]) => body.bib));
  for (const [, , , , , body] of of(kit, "status")) body.status ? out.add(body.bib) : out.delete(body.bib);
  const bibs = new Set(of(kit, "bib").map(([, , , , , body]) => body.bib));
  return [...bibs].filter((bib) => !out.has(bib)).sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
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
  return waves.map(({ code, label }) => {
    const line = h("p", { class: "sums" });
    const button = h("button", { type: "button", class: "big", onclick: () => kit.record("race_start", { wave: code }) }, t("Start now"), " ", inWords(label));
    kit.watch(() => {
      const begun = of(kit, "race_start").find(([, , , , , body]) => body.wave === code);
      button.hidden = Boolean(begun);
      line.textContent = begun ? t("Running for {time}", { time: duration(Date.now() - begun[2]) }) : "";
    });
    return [button, line];
  });
}

function finishes(kit) {
  const taps = h("div", { class: "grid bibs" });
  const last = h("ul", { class: "list" });
  kit.watch(() => {
    taps.replaceChildren(...running(kit).map((bib) => h("button", { type: "button", onclick: () => finish(kit, bib) }, bib)));
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

function handOut(kit) {
  const categories = [["", t("No category")], ...(kit.activity.categories ?? []).map(({ code, label }) => [code, inWords(label)])];
  const waves = (kit.activity.waves ?? []).map(({ code, label }) => [code, inWords(label)]);
  return form(
    async (values, made) => {
      const bib = asMark(values.bib);
      if (!bib) return kit.say("bad", t("Type the number of the bib."));
      const body = { bib, category: values.category, wave: values.wave ?? "", no_photo: values.no_photo === "on" };
      if (!(await kit.record("bib", body))) return;
      if (values.shown && !(await kit.record("opt_in", { bib, shown: true }))) return;
      made.reset();
      kit.say("good", t("Bib saved: {bib}", { bib }));
    },
    field(t("Bib"), { name: "bib", id: "f-new-bib", inputmode: "numeric", dir: "ltr", "aria-label": t("New bib") }),
    choice(t("Category"), "category", categories),
    waves.length > 0 && choice(t("Wave"), "wave", waves),
    tick("no_photo", t("No photo")),
    tick("shown", t("Wants the name in the results")),
    h("button", {}, t("Hand out the bib")),
  );
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
  ],
};
