/* Shifts: briefed, begun, ended, and back: whoever is not back is looked for. */

import { h } from "./dom.js";
import { inWords, moment, t } from "./words.js";

const STEPS = ["brief", "start_shift", "end_shift", "check_back"];

/* When each step of a shift was recorded, by step. */
export function steps(kit, shift) {
  const found = {};
  for (const [, , clock, kind, where, body] of kit.log.standing()) {
    if (STEPS.includes(kind) && where === kit.activity.uid && body.shift === shift) found[kind] ??= clock;
  }
  return found;
}

function one(kit, { id, label, start }) {
  const buttons = h("div", { class: "grid" });
  const names = { brief: t("Briefed"), start_shift: t("Shift begins"), end_shift: t("Shift ends"), check_back: t("Is back") };
  kit.watch(() => {
    const done = steps(kit, id);
    const step = (kind) =>
      done[kind]
        ? h("span", {}, `${names[kind]} ${moment(done[kind])}`)
        : h("button", { type: "button", onclick: () => kit.record(kind, { shift: id }) }, names[kind]);
    buttons.replaceChildren(...STEPS.map(step));
  });
  return h("section", { "data-shift": id }, h("h2", {}, `${inWords(label)} ${(start ?? "").replace("T", " ")}`), buttons);
}

export const shifts = {
  code: "shifts",
  title: "Shifts",
  draw: (kit) => [
    h("h1", {}, t("Shifts")),
    kit.activity.shifts?.length ? kit.activity.shifts.map((shift) => one(kit, shift)) : h("p", {}, t("This kit has no shifts.")),
  ],
};
