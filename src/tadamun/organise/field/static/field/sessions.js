/* Sessions of a training: who is there in each sitting, how many, and what was answered before and after. */

import { answers } from "./answers.js";
import { choice, field, form, h } from "./dom.js";
import { decide } from "./door.js";
import { feel } from "./signals.js";
import { inWords, t } from "./words.js";

const HERE = new Set(["valid", "newer", "already", "waiting"]);

function attended(kit, sitting) {
  const found = new Set();
  for (const [, , , kind, where, body] of kit.log.standing()) {
    if (kind === "attend" && where === kit.activity.uid && body.sitting === sitting && body.ticket) found.add(body.ticket);
  }
  return found;
}

async function attend(kit, sitting, typed) {
  const { verdict, hash } = await decide(typed, { kit: kit.kit, activity: kit.activity, log: kit.log, today: kit.today() });
  if (!HERE.has(verdict)) {
    feel("bad");
    return kit.say("bad", t("This is no ticket of this activity."));
  }
  if (attended(kit, sitting).has(hash)) return kit.say("warn", t("Counted in this sitting already."));
  if (!(await kit.record("attend", { ticket: hash, sitting }))) return;
  feel("good");
  kit.say("good", t("Attendance saved."));
}

function attendance(kit, sitting) {
  const line = h("p", { class: "sums" });
  kit.watch(() => {
    line.textContent = t("In this sitting: {n}", { n: attended(kit, sitting()).size });
  });
  return form(
    async ({ code }, made) => {
      await attend(kit, sitting(), code);
      made.reset();
      made.elements.code.focus();
    },
    field(t("Code or link of the ticket"), { name: "code", dir: "ltr", spellcheck: "false" }),
    h("button", { class: "big" }, t("Is here")),
    line,
  );
}

const whole = (typed) => (/^\d{1,5}$/.test(typed.trim()) ? Number(typed) : null);

function stated(kit, sitting) {
  return form(
    async ({ counter, n }, made) => {
      const number = whole(n);
      if (number === null) return kit.say("bad", t("Write how many, as a number."));
      if (!(await kit.record("attend", { counter, sitting: sitting(), n: number }))) return;
      made.elements.n.value = "";
      kit.say("good", t("Saved."));
    },
    choice(t("Who was counted"), "counter", kit.activity.counters.map(({ code, label }) => [code, inWords(label)])),
    field(t("How many"), { name: "n", inputmode: "numeric", dir: "ltr" }),
    h("button", {}, t("Save the number")),
  );
}

export const sessions = {
  code: "sessions",
  title: "Sittings",
  draw(kit) {
    const sittings = kit.activity.sittings ?? [];
    if (!sittings.length) return [h("h1", {}, t("Sittings")), h("p", {}, t("This activity has no sittings."))];
    const which = choice(t("Sitting"), "sitting", sittings.map(({ id, label }) => [id, inWords(label)]));
    const chosen = () => which.querySelector("select").value;
    which.querySelector("select").addEventListener("change", () => kit.refresh());
    return [
      h("h1", {}, t("Sittings")),
      which,
      attendance(kit, chosen),
      h("details", {}, h("summary", {}, t("Only the number")), stated(kit, chosen)),
      h("details", {}, h("summary", {}, t("Answers before and after")), answers(kit)),
    ];
  },
};
