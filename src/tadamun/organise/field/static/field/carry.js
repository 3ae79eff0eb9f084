/* From phone to phone without any network: what the server does not have yet, as a file. Any kit carries it on. */

import { form, h } from "./dom.js";
import { t } from "./words.js";

const FORMAT = "tadamun entries 1";
const MOST = 20_000;

/* The unsent entries as a file's text. They name nobody; what names somebody in them is sealed. */
export const packed = (log) => JSON.stringify({ format: FORMAT, entries: log.unsent().map(([, entry]) => entry) });

/* The entries in such a text, or null when it is none. */
export function unpacked(text) {
  try {
    const read = JSON.parse(text);
    const whole = read.format === FORMAT && Array.isArray(read.entries) && read.entries.length <= MOST;
    return whole && read.entries.every(looksRight) ? read.entries : null;
  } catch {
    return null;
  }
}

const looksRight = (entry) =>
  Array.isArray(entry) &&
  entry.length === 7 &&
  [0, 3, 4, 6].every((at) => typeof entry[at] === "string") &&
  [1, 2].every((at) => Number.isSafeInteger(entry[at])) &&
  entry[5] !== null &&
  typeof entry[5] === "object";

function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = h("a", { href: address, download: "day.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const carry = {
  code: "carry",
  title: "Carry",
  draw(kit) {
    const taken = form(
      async (values) => {
        const entries = unpacked(await values.file.text());
        if (!entries) return kit.say("bad", t("This file holds no entries of a kit."));
        const fresh = await kit.saved(() => kit.log.carry(entries));
        if (fresh !== null) kit.say("good", t("New entries taken along: {n}", { n: fresh }));
      },
      h("p", { class: "field" }, h("label", { for: "f-file" }, t("File of another phone")), fileInput()),
      h("button", {}, t("Take along")),
    );
    return [
      h("h1", {}, t("Carry")),
      h("p", {}, t("Without a network, entries go from phone to phone as a file; whoever finds one sends them.")),
      h("button", { type: "button", onclick: () => download(packed(kit.log)) }, t("Hand over what is unsent")),
      taken,
    ];
  },
};

const fileInput = () => h("input", { id: "f-file", name: "file", type: "file", accept: "application/json,.json", required: true });
