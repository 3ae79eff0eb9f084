/* Shifts: briefed, begun, ended, and back: whoever is not back is looked for. Helpers are known by their codes alone. */

import { camera } from "./camera.js";
import { choice, field, form, h } from "./dom.js";
import { codeIn } from "./tickets.js";
import { inWords, moment, t } from "./words.js";

const STEPS = ["brief", "start_shift", "end_shift", "check_back"];
const names = () => ({ brief: t("Briefed"), start_shift: t("Shift begins"), end_shift: t("Shift ends"), check_back: t("Is back") });

/* When each step of a shift was recorded, by step: of the helper with this code, or of the shift alone. */
export function steps(kit, shift, who) {
  const found = {};
  for (const [, , clock, kind, where, body] of kit.log.standing()) {
    const hers = body.shift === shift && body.who === who;
    if (STEPS.includes(kind) && where === kit.activity.uid && hers) found[kind] ??= clock;
  }
  return found;
}

/* The last step that is known of a helper, by this phone or by the server; "" for none. */
export function lastStep(kit, { id, helpers }, who) {
  const done = steps(kit, id, who);
  const told = helpers?.[who] ?? "";
  const here = STEPS.findLast((step) => done[step]) ?? "";
  return told === "missed" && !here ? "missed" : STEPS[Math.max(STEPS.indexOf(told), STEPS.indexOf(here))] ?? "";
}

/* Whose codes a shift has: as the server told, and those that this phone wrote down itself. */
function codesOf(kit, { id, helpers }) {
  const written = kit.log.standing().filter(([, , , kind, where, body]) => STEPS.includes(kind) && where === kit.activity.uid && body.shift === id && body.who);
  return [...new Set([...Object.keys(helpers ?? {}), ...written.map((entry) => entry[5].who)])];
}

async function write(kit, shift, step, who) {
  if (await kit.record(step, who ? { shift, who } : { shift })) kit.say("good", who ? `${names()[step]}: ${who}` : names()[step]);
}

/* The newest entry of this phone about a helper in a shift, to be taken back. */
function newest(kit, shift, who) {
  const own = ([device, , , kind, , body]) => device === kit.log.device && STEPS.includes(kind) && body.shift === shift && body.who === who;
  return kit.log.standing().findLast(own);
}

function helper(kit, shift, who) {
  const last = lastStep(kit, shift, who);
  const next = STEPS.slice(STEPS.indexOf(last) + 1).filter((step, at) => at === 0 || step === "check_back");
  const press = (step) => h("button", { type: "button", "aria-label": `${names()[step]} ${who}`, onclick: () => write(kit, shift.id, step, who) }, names()[step]);
  const entry = newest(kit, shift.id, who);
  const undo = entry && h("button", { type: "button", class: "quiet", "aria-label": `${t("Take back")} ${who}`, onclick: () => kit.undo(entry) }, t("Take back"));
  const stands = { missed: t("Did not come"), "": t("Expected") }[last] ?? names()[last];
  return h("li", { "data-who": who, "data-step": last }, h("bdi", { class: "code" }, who), ` ${stands} `, last === "missed" ? [] : next.map(press), undo);
}

/* Past the time at which everybody should be back, those who are not. */
function missing(kit, shift) {
  if (!shift.due || kit.now() < shift.due) return null;
  const codes = codesOf(kit, shift).filter((who) => !["check_back", "missed"].includes(lastStep(kit, shift, who)));
  return codes.length ? h("p", { class: "word bad", role: "alert" }, t("Not back: {codes}", { codes: codes.join(", ") })) : null;
}

/* The code that somebody shows or says, also one that is newer than this phone's list. */
function byCode(kit, shift) {
  const made = form(
    async ({ code, step }, filled) => {
      const who = codeIn(code);
      if (!who) return kit.say("bad", t("A code has eight signs."));
      await write(kit, shift.id, step, who);
      filled.elements.code.value = "";
    },
    field(t("Code of the helper"), { name: "code", id: `f-${shift.id}`, dir: "ltr", spellcheck: "false", autocapitalize: "characters" }),
    choice(t("What to write down"), "step", STEPS.map((step) => [step, names()[step]]), "start_shift"),
    h("button", {}, t("Save")),
  );
  const seen = (text) => {
    made.elements.code.value = codeIn(text) ?? "";
    made.requestSubmit();
  };
  return h("details", {}, h("summary", {}, t("By code")), camera(seen), made);
}

/* Where nobody is known by a code, the shift alone. */
function whole(kit, { id }) {
  const done = steps(kit, id);
  const step = (kind) =>
    done[kind]
      ? h("span", {}, `${names()[kind]} ${moment(done[kind])}`)
      : h("button", { type: "button", onclick: () => write(kit, id, kind) }, names()[kind]);
  return h("div", { class: "grid" }, STEPS.map(step));
}

function one(kit, shift) {
  const place = h("div");
  kit.watch(() => {
    const codes = codesOf(kit, shift);
    const focus = place.contains(document.activeElement) && document.activeElement.closest("[data-who]")?.dataset.who;
    place.replaceChildren(
      ...[missing(kit, shift), codes.length ? h("ul", { class: "rows" }, codes.map((who) => helper(kit, shift, who))) : whole(kit, shift)].filter(Boolean),
    );
    if (focus) place.querySelector(`[data-who="${focus}"] button`)?.focus();
  });
  const when = (shift.start ?? "").replace("T", " ");
  return h("section", { "data-shift": shift.id }, h("h2", {}, `${inWords(shift.label)} ${when}`), place, byCode(kit, shift));
}

export const shifts = {
  code: "shifts",
  title: "Shifts",
  draw: (kit) => [
    h("h1", {}, t("Shifts")),
    kit.activity.shifts?.length ? kit.activity.shifts.map((shift) => one(kit, shift)) : h("p", {}, t("This kit has no shifts.")),
  ],
};
