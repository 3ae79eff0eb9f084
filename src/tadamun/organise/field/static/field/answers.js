/* Questions before and after: each tap on an answer counts one person, who is nowhere named. */

import { choice, field, form, h } from "./dom.js";
import { inWords, t } from "./words.js";

const whole = (typed) => (/^\d{1,5}$/.test(typed.trim()) ? Number(typed) : null);

/* How often each answer was given, by all entries that this phone knows: {"q5/before 2": n}. */
export function given(log, activity) {
  const found = new Map();
  for (const [, , , kind, where, body] of log.standing()) {
    if (kind !== "answer" || where !== activity) continue;
    const name = `${body.question} ${body.choice}`;
    found.set(name, (found.get(name) ?? 0) + (body.n ?? 1));
  }
  return found;
}

const lastOwn = (kit) =>
  kit.log.standing().findLast(([device, , , kind, where]) => device === kit.log.device && kind === "answer" && where === kit.activity.uid);

async function takeBack(kit) {
  const last = lastOwn(kit);
  if (!last) return kit.say("bad", t("There is nothing to take back."));
  if (await kit.undo(last)) kit.say("good", t("The last answer is taken back."));
}

function asked(kit, { code, label, choices }, when) {
  const buttons = choices.map((one) => {
    const number = h("strong", {}, "0");
    const count = () => kit.record("answer", { question: `${code}/${when()}`, choice: one.code, n: 1 });
    const button = h("button", { type: "button", class: "count", "data-answer": one.code, onclick: count }, h("span", {}, inWords(one.label)), number);
    kit.watch(() => {
      number.textContent = given(kit.log, kit.activity.uid).get(`${code}/${when()} ${one.code}`) ?? 0;
    });
    return button;
  });
  return h("section", { "data-question": code }, h("h2", {}, inWords(label)), h("div", { class: "counters" }, buttons));
}

function fromSheets(kit) {
  return form(
    async ({ question, answer, times }, made) => {
      const n = whole(times);
      if (!question.trim() || !answer.trim() || !n) return kit.say("bad", t("Fill in all three."));
      if (!(await kit.record("answer", { question: question.trim(), choice: answer.trim(), n }))) return;
      made.elements.answer.value = made.elements.times.value = "";
      kit.say("good", t("Saved."));
    },
    field(t("Question, as on the sheet"), { name: "question", maxlength: 40 }),
    field(t("Answer, as on the sheet"), { name: "answer", maxlength: 40 }),
    field(t("How often"), { name: "times", inputmode: "numeric", dir: "ltr" }),
    h("button", {}, t("Save the answers")),
  );
}

/* The desk's questions; where it has none, those of a sheet by their names. */
export function answers(kit) {
  const questions = kit.activity.questions ?? [];
  if (!questions.length) return fromSheets(kit);
  const which = choice(t("When is it asked"), "when", [["before", t("Before")], ["after", t("After")]]);
  const when = () => which.querySelector("select").value;
  which.querySelector("select").addEventListener("change", () => kit.refresh());
  return [
    which,
    questions.map((question) => asked(kit, question, when)),
    h("button", { type: "button", class: "quiet", onclick: () => takeBack(kit) }, t("Take back the last")),
  ];
}
