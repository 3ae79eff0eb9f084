/* Counting with big buttons. Each tap is an entry; the number changes when the entry is saved. */

import { h } from "./dom.js";
import { inWords, t } from "./words.js";

/* How often each counter was counted, by all entries that this phone knows. */
export function sums(log, activity) {
  const found = new Map();
  for (const [, , , kind, where, body] of log.standing()) {
    if (kind === "tally" && where === activity) found.set(body.counter, (found.get(body.counter) ?? 0) + body.by);
  }
  return found;
}

const lastOwn = (kit) =>
  kit.log.standing().findLast(([device, , , kind, where]) => device === kit.log.device && kind === "tally" && where === kit.activity.uid);

function counter(kit, { code, label }) {
  const number = h("strong", {}, "0");
  kit.watch(() => {
    number.textContent = sums(kit.log, kit.activity.uid).get(code) ?? 0;
  });
  const count = async () => {
    if (await kit.record("tally", { counter: code, by: 1 })) navigator.vibrate?.(30);
  };
  return h("button", { type: "button", class: "count", "data-counter": code, onclick: count }, h("span", {}, inWords(label)), number);
}

export const tally = {
  code: "tally",
  title: "Counting",
  draw(kit) {
    const undo = async () => {
      const last = lastOwn(kit);
      if (!last) return kit.say("bad", t("There is nothing to take back."));
      if (await kit.undo(last)) kit.say("good", t("The last count is taken back."));
    };
    return [
      h("h1", {}, t("Counting")),
      kit.activity.counters.length === 0 && h("p", {}, t("The desk has chosen no counters.")),
      h("div", { class: "counters" }, kit.activity.counters.map((one) => counter(kit, one))),
      h("button", { type: "button", class: "quiet", onclick: undo }, t("Take back the last")),
    ];
  },
};
