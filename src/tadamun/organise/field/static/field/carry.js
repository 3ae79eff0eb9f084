/* From phone to phone without any network: what the server does not have yet, closed for the server alone, as a file or
   as a series of codes. Any kit takes it along unread and sends it. */

import { camera } from "./camera.js";
import { form, h } from "./dom.js";
import { canSeal } from "./hpke.js";
import { filed, inBytes, inFile, outOfBytes, packsOf } from "./packs.js";
import { Collected } from "./series.js";
import { Showing } from "./showing.js";
import { t } from "./words.js";

const MOST_NAMED = 12;

/* All that waits, as packs: own entries closed now, and packs of others as they are. The same rows give the same packs,
   so that whoever gets them twice has them once. */
export async function handing(log, key) {
  const rows = log.unsent();
  const name = rows.map(([row]) => row).join(" ");
  if (log.handed?.name !== name) log.handed = { name, packs: await packsOf(rows.map(([, entry]) => entry), key) };
  return { entries: rows.length, packs: [...log.handed.packs, ...log.unsentPacks().map(([, pack]) => pack)] };
}

function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = h("a", { href: address, download: "day.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/* What there is to hand over; null, and said so, when there is nothing or it cannot be closed. */
async function ready(kit) {
  const key = kit.kit.carry_key;
  if (!key || !(await canSeal())) return cannot(kit, t("This browser cannot close a file so that only the server opens it. Find a network."));
  const found = await handing(kit.log, key);
  return found.packs.length ? found : cannot(kit, t("All is sent. There is nothing to hand over."));
}

function cannot(kit, words) {
  kit.say("bad", words);
  return null;
}

async function asFile(kit) {
  const found = await ready(kit);
  if (!found) return;
  download(filed(found.packs));
  kit.say("good", t("Entries in the file: {n}. Only the server can read it.", { n: found.entries }));
}

async function asCodes(kit, place) {
  const found = await ready(kit);
  if (!found) return;
  const showing = new Showing(inBytes(found.packs, found.entries));
  if (!(await showing.begin())) return kit.say("bad", t("This is too much for codes. Hand over the file."));
  kit.say("plain", "");
  const said = t("Hold the other phone's camera over this. Entries: {n}", { n: found.entries });
  place.replaceChildren(h("h2", {}, t("Codes for another phone")), h("p", {}, said), showing.shown);
}

async function takeFile(kit, file) {
  const packs = inFile(await file.text());
  if (!packs) return kit.say("bad", t("This file holds no entries of a kit."));
  const fresh = await kit.saved(() => kit.log.carry(packs));
  if (fresh === null) return;
  kit.say("good", fresh ? t("Taken along, unread. This phone sends it.") : t("This phone has it already."));
}

/* Reads the codes of another phone, says what is missing, and ends when nothing is. */
function collecting(kit) {
  const collected = new Collected();
  const stand = h("p", { class: "sums", role: "status" });
  const bar = h("progress", { max: 1, value: 0, hidden: true, "aria-hidden": "true" });
  const tell = (verdict) => {
    const { codes, missing } = collected.stand;
    bar.hidden = !codes;
    bar.max = codes || 1;
    bar.value = codes - missing.length;
    const named = missing.slice(0, MOST_NAMED).join(", ") + (missing.length > MOST_NAMED ? " …" : "");
    const strange = { damaged: t("This code is damaged. Hold still and let it come again."), foreign: t("This is no code of a kit.") };
    stand.textContent = strange[verdict] ?? t("Read {n} of {all}. Still missing: {codes}", { n: codes - missing.length, all: codes, codes: named });
  };
  const read = async (text) => {
    const verdict = collected.take(text);
    const bytes = verdict === "new" ? await collected.whole() : null;
    if (!bytes) return tell(verdict);
    const found = outOfBytes(bytes);
    if (!found) return tell("damaged");
    if ((await kit.saved(() => kit.log.carry(found.packs))) === null) return true;
    [stand.textContent, bar.hidden] = ["", true];
    kit.say("good", t("Entries taken along: {n}. This phone sends them.", { n: found.entries }));
    return true;
  };
  const scanner = camera(read, { every: 40 });
  return [scanner ?? h("p", {}, t("This browser has no camera for it. Take the file.")), stand, bar];
}

const fileInput = () => h("input", { id: "f-file", name: "file", type: "file", accept: "application/json,.json", required: true });

export const carry = {
  code: "carry",
  title: "Carry",
  draw(kit) {
    const place = h("div", {});
    return [
      h("h1", {}, t("Carry")),
      h("p", {}, t("Without a network, entries go from phone to phone. Whoever carries them cannot read them, and sends them.")),
      h("div", { class: "grid" },
        h("button", { type: "button", onclick: () => asCodes(kit, place) }, t("Show as codes")),
        h("button", { type: "button", class: "quiet", onclick: () => asFile(kit) }, t("Hand over a file")),
      ),
      place,
      h("h2", {}, t("From another phone")),
      collecting(kit),
      form(
        ({ file }) => takeFile(kit, file),
        h("p", { class: "field" }, h("label", { for: "f-file" }, t("File of another phone")), fileInput()),
        h("button", { class: "quiet" }, t("Take along")),
      ),
    ];
  },
};
