/* A debate: how long each speaks, what was asked, what was said with words, language and minute. */

import { choice, field, form, h } from "./dom.js";
import { duration } from "./race.js";
import { inWords, LANGUAGES, spoken, t } from "./words.js";

const SEATS = 6;
const MINUTE = 60_000;

/* The speakers of the kit, as [code, what she is called, seconds that she has]; without any, numbered seats. */
function speakersOf(kit) {
  const seat = (at) => t("Seat {n}", { n: at + 1 });
  if (kit.activity.speakers?.length) return kit.activity.speakers.map(({ code, label, seconds }, at) => [code, inWords(label) || seat(at), seconds]);
  return Array.from({ length: SEATS }, (_, at) => [`seat-${at + 1}`, seat(at), 0]);
}

/* For each speaker: how long she spoke, and since when she speaks now. */
export function speaking(kit) {
  const found = new Map();
  for (const [, , clock, kind, where, body] of kit.log.standing()) {
    if (kind !== "speaker" || where !== kit.activity.uid) continue;
    const said = found.get(body.speaker) ?? { spoken: 0, since: null };
    if (body.act === "start") said.since ??= clock;
    else if (said.since !== null) Object.assign(said, { spoken: said.spoken + Math.max(0, clock - said.since), since: null });
    found.set(body.speaker, said);
  }
  return found;
}

function clocks(kit) {
  const timers = speakersOf(kit).map(([speaker, label, seconds]) => {
    const time = h("strong", {}, "0:00:00");
    const rest = h("small", {});
    const button = h("button", { type: "button", class: "count", "data-speaker": speaker }, h("span", {}, label), time, seconds > 0 && rest);
    button.addEventListener("click", async () => {
      const act = speaking(kit).get(speaker)?.since ? "stop" : "start";
      await kit.record("speaker", { speaker, act });
    });
    const draw = () => {
      const { spoken: sum = 0, since = null } = speaking(kit).get(speaker) ?? {};
      const used = sum + (since === null ? 0 : Date.now() - since);
      const over = used > seconds * 1_000;
      time.textContent = duration(used);
      rest.textContent = over ? t("over by {time}", { time: duration(used - seconds * 1_000) }) : t("left: {time}", { time: duration(seconds * 1_000 - used) });
      button.classList.toggle("over", seconds > 0 && over);
      button.setAttribute("aria-pressed", String(since !== null));
    };
    kit.watch(draw);
    return { button, draw };
  });
  const every = setInterval(() => {
    if (!timers[0].button.isConnected) clearInterval(every);
    else for (const { draw } of timers) draw();
  }, 1_000);
  return h("div", { class: "counters" }, timers.map(({ button }) => button));
}

/* Minutes since the first speaker began. */
function minuteNow(kit) {
  const first = kit.log.standing().find(([, , , kind, where]) => kind === "speaker" && where === kit.activity.uid);
  return first ? Math.max(0, Math.floor((Date.now() - first[2]) / MINUTE)) : 0;
}

function statement(kit) {
  return form(
    async (values, made) => {
      const words = values.words.trim();
      if (!words) return kit.say("bad", t("Write the words that were said."));
      const body = { speaker: values.speaker, minute: minuteNow(kit), language: values.language, words };
      if (!(await kit.record("statement", body))) return;
      made.elements.words.value = "";
      kit.say("good", t("Saved."));
    },
    choice(t("Who spoke"), "speaker", speakersOf(kit)),
    choice(t("Language spoken"), "language", Object.entries(LANGUAGES), spoken()),
    field(t("The words"), { name: "words", tag: "textarea", maxlength: 2_000, dir: "auto" }),
    h("button", {}, t("Save the words")),
  );
}

function questions(kit) {
  const from = [["", t("From the hall")], ...(kit.activity.categories ?? []).map(({ code, label }) => [code, inWords(label)])];
  return h(
    "div",
    { class: "grid" },
    from.map(([code, label]) =>
      h("button", { type: "button", class: "quiet", onclick: async () => (await kit.record("question", { from: code })) && kit.say("good", t("Saved.")) }, label),
    ),
  );
}

export const debate = {
  code: "debate",
  title: "Debate",
  draw: (kit) => [
    h("h1", {}, t("Debate")),
    clocks(kit),
    h("details", {}, h("summary", {}, t("What was said")), statement(kit)),
    h("details", {}, h("summary", {}, t("A question was asked by")), questions(kit)),
  ],
};
