/* Leaflets: taken out, handed out by area, brought back. More than was carried cannot have been handed out. */

import { choice, field, form, h } from "./dom.js";
import { inWords, t } from "./words.js";

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
  if (!(await kit.record("stock", { act: values.act, of: values.of, n, area: values.area.trim().slice(0, 80) }))) return;
  made.elements.n.value = "";
  const over = values.act !== "out" && n > left;
  kit.say(over ? "warn" : "good", over ? t("Saved. More than this phone knows to have been carried.") : t("Saved."));
}

export const leaflets = {
  code: "leaflets",
  title: "Leaflets",
  draw(kit) {
    if (!kit.activity.items?.length) return [h("h1", {}, t("Leaflets")), h("p", {}, t("The desk has not listed any printed matter."))];
    const acts = [["given", t("Handed out")], ["out", t("Taken out")], ["returned", t("Brought back")]];
    const areas = h("datalist", { id: "areas" }, (kit.activity.areas ?? []).map((area) => h("option", { value: inWords(area) })));
    return [
      h("h1", {}, t("Leaflets")),
      lines(kit),
      form(
        (values, made) => save(kit, values, made),
        choice(t("What was it"), "of", kit.activity.items.map(({ code, label }) => [code, inWords(label)])),
        choice(t("What happened"), "act", acts),
        field(t("How many"), { name: "n", type: "number", min: 1, inputmode: "numeric", dir: "ltr" }),
        field(t("Area"), { name: "area", list: "areas" }),
        areas,
        h("button", { class: "big" }, t("Save")),
      ),
    ];
  },
};
