/* The kit itself: sending, languages, PINs, erasing. */

import { choice, field, form, h } from "./dom.js";
import { changed, LEAST, withErasing } from "./pin.js";
import { PROFILE } from "./store.js";
import { LANGUAGES, moment, speak, spoken, t } from "./words.js";

async function sendNow(kit) {
  const outcome = await kit.send();
  const said = {
    sent: ["good", t("All is sent.")],
    refused: ["bad", t("The server did not take it. Tell whoever gave you the kit.")],
    "photos wait": ["bad", t("Photos still wait. The kit tries again by itself.")],
    "no network": ["bad", t("No network. The kit tries again by itself.")],
  }[outcome];
  if (said) kit.say(...said);
}

function changePin(kit) {
  return form(
    async ({ old, fresh }, made) => {
      if (fresh.length < LEAST) return kit.say("bad", t("A PIN has at least {n} signs.", { n: LEAST }));
      const answer = await changed(await kit.store.lock(), old, fresh, (lock) => kit.store.keepLock(lock));
      if (answer.erases) return kit.ways.gone();
      if (answer.wrong) return kit.say("bad", t("Wrong PIN. Tries left: {n}", { n: answer.wrong }));
      await kit.saved(async () => kit.store.keepLock({ ...answer.lock, ends: kit.kit.ends_at }));
      made.reset();
      kit.say("good", t("The PIN is changed. A second PIN has to be set anew."));
    },
    field(t("PIN until now"), { name: "old", type: "password" }),
    field(t("New PIN"), { name: "fresh", type: "password" }),
    h("button", {}, t("Change the PIN")),
  );
}

function secondPin(kit) {
  return form(
    async ({ second }, made) => {
      if (second.length < LEAST) return kit.say("bad", t("A PIN has at least {n} signs.", { n: LEAST }));
      const answer = await withErasing(await kit.store.lock(), second);
      if (answer.same) return kit.say("bad", t("This PIN opens the kit. Choose another one."));
      await kit.saved(async () => kit.store.keepLock(answer.lock));
      made.reset();
      kit.say("good", t("The second PIN is set."));
    },
    field(t("PIN that erases"), { name: "second", type: "password" }, t("Typed in place of your PIN it erases the kit and shows a calculator.")),
    h("button", {}, t("Set the second PIN")),
  );
}

function erasing(kit) {
  const button = h("button", { type: "button", class: "danger" }, t("Erase this kit"));
  let sure = false;
  button.addEventListener("click", () => {
    if (sure) return kit.ways.gone();
    sure = true;
    const waits = kit.log.waiting;
    button.textContent = waits ? t("Erase, and lose what is not sent: {n}", { n: waits }) : t("Yes, erase");
  });
  return button;
}

function language(kit) {
  const spokenNow = choice(t("Language"), "language", Object.entries(LANGUAGES), spoken());
  spokenNow.querySelector("select").addEventListener("change", async (event) => {
    await speak(event.target.value);
    kit.profile = { ...kit.profile, language: spoken() };
    await kit.saved(() => kit.store.put("v", PROFILE, kit.profile));
    kit.frame();
    kit.choose(kit.screen);
  });
  return spokenNow;
}

export const about = {
  code: "about",
  title: "Kit",
  draw(kit) {
    const refused = [...kit.log.refused.values()].length;
    return [
      h("h1", {}, t("Kit")),
      h("p", {}, t("{label}: until {time}", { label: kit.kit.label, time: moment(kit.kit.ends_at) })),
      refused > 0 && h("p", { class: "word bad" }, t("The server refused entries: {n}. They stay in this phone.", { n: refused })),
      h("button", { type: "button", onclick: () => sendNow(kit) }, t("Send now")),
      language(kit),
      h("details", {}, h("summary", {}, t("Change the PIN")), changePin(kit)),
      h("details", {}, h("summary", {}, t("Second PIN")), secondPin(kit)),
      h("details", {}, h("summary", {}, t("Erase")), erasing(kit)),
    ];
  },
};
