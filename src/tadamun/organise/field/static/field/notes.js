/* Notes without names, and incidents, which are sealed on the phone for a small circle. */

import { fromBase64, toBase64, utf8 } from "./bytes.js";
import { choice, field, form, h } from "./dom.js";
import { newUid } from "./door.js";
import { canSeal, seal } from "./hpke.js";
import { t } from "./words.js";

const LONGEST = 4_000;

/* What happened, closed for the activity's key. */
export async function sealedIncident(activity, words, level) {
  const row = newUid();
  const place = { purpose: "incident", activity: activity.uid, field: "note", row };
  return { row, level, sealed: toBase64(await seal(fromBase64(activity.seal_key), utf8(words), place)) };
}

function note(kit) {
  return form(
    async ({ words }, made) => {
      if (!words.trim()) return kit.say("bad", t("Write the note first."));
      if (!(await kit.record("note", { words: words.trim() }))) return;
      made.reset();
      kit.say("good", t("Saved."));
    },
    field(t("Note"), { name: "words", tag: "textarea", maxlength: LONGEST, dir: "auto" }, t("Write no names here.")),
    h("button", {}, t("Save the note")),
  );
}

function incident(kit) {
  const levels = [["1", t("For later")], ["2", t("Somebody should look at it today")], ["3", t("Help is needed now")]];
  return form(
    async ({ happened, level }, made) => {
      if (!happened.trim()) return kit.say("bad", t("Write what happened first."));
      const body = await sealedIncident(kit.activity, happened.trim(), Number(level));
      if (!(await kit.record("incident", body))) return;
      made.reset();
      kit.say("good", t("Saved and sealed. This phone cannot show it again."));
    },
    field(t("What happened"), { name: "happened", tag: "textarea", maxlength: LONGEST, dir: "auto" }, t("Only the small circle of this activity can read it.")),
    choice(t("How urgent"), "level", levels),
    h("button", {}, t("Seal and save")),
  );
}

export const notes = {
  code: "notes",
  title: "Note",
  draw(kit) {
    const sealed = h("details", { hidden: true }, h("summary", {}, t("Incident")), incident(kit));
    if (kit.activity.seal_key) canSeal().then((can) => (sealed.hidden = !can));
    return [h("h1", {}, t("Note")), note(kit), sealed];
  },
};
