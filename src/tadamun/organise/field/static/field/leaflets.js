/* Leaflets: taken out, handed out by area, brought back. More than was carried cannot have been handed out. */

import { choice, field, form, h } from "./dom.js";
import { drawing } from "./drawing.js";
import { inWords, t } from "./words.js";

// The server reads no more.
const LONGEST_AREA = 60;

/* What is known of an item: {out, given, returned, left}. */
export function stockOf(kit, code) {
  const sums = { out: 0, given: 0, returned: 0 };
  for (const [, , , kind, where, body] of kit.log.standing()) {
    if (kind === "stock" && where === kit.activity.uid && body.of === code) sums[body.act] += body.n;
  }
  return { ...sums, left: sums.out - sums.given - sums.returned };
}

function lines(kit) {
  const list = h("ul", { class: "list" });
  kit.watch(() => {
    list.replaceChildren(
      ...kit.activity.items.map(({ code, label }) => {
        const { given, left } = stockOf(kit, code);
        return h("li", {}, h("strong", {}, inWords(label)), h("span", {}, t("handed out: {given} · still carried: {left}", { given, left })));
      }),
    );
  });
  return list;
}

async function save(kit, values, made) {
  const n = Number.parseInt(values.n, 10);
  if (!(n > 0 && n < 100_000)) return kit.say("bad", t("Write how many, as a number."));
  const { left } = stockOf(kit, values.of);
  if (!(await kit.record("stock", { act: values.act, of: values.of, n, area: values.area.trim().slice(0, LONGEST_AREA) }))) return;
  made.elements.n.value = "";
  const over = values.act !== "out" && n > left;
  kit.say(over ? "warn" : "good", over ? t("Saved. More than this phone knows to have been carried.") : t("Saved."));
}

/* Where it was: one of the desk's areas, in the list or on the drawing, or words. */
function where(kit) {
  const areas = kit.activity.areas ?? [];
  if (!areas.length) return field(t("Area"), { name: "area" });
  const list = choice(t("Area"), "area", [["", t("No area")], ...areas.map(({ code, label }, at) => [code, `${at + 1} · ${inWords(label)}`])]);
  const select = list.querySelector("select");
  const picture = drawing(areas, (code) => {
    select.value = code;
    picture.mark(code);
  });
  select.addEventListener("change", () => picture?.mark(select.value));
  return [list, picture?.element];
}

export const leaflets = {
  code: "leaflets",
  title: "Leaflets",
  draw(kit) {
    if (!kit.activity.items?.length) return [h("h1", {}, t("Leaflets")), h("p", {}, t("The desk has not listed any printed matter."))];
    const acts = [["given", t("Handed out")], ["out", t("Taken out")], ["returned", t("Brought back")]];
    return [
      h("h1", {}, t("Leaflets")),
      lines(kit),
      form(
        (values, made) => save(kit, values, made),
        choice(t("What was it"), "of", kit.activity.items.map(({ code, label }) => [code, inWords(label)])),
        choice(t("What happened"), "act", acts),
        field(t("How many"), { name: "n", type: "number", min: 1, inputmode: "numeric", dir: "ltr" }),
        where(kit),
        h("button", { class: "big" }, t("Save")),
      ),
    ];
  },
};
