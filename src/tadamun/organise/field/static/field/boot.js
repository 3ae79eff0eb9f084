/* Beginning: one tab at a time, getting a kit, unlocking it, hiding and erasing it. */

import { about } from "./about.js";
import { carry } from "./carry.js";
import { debate } from "./debate.js";
import { door } from "./door.js";
import { field, form, h, show } from "./dom.js";
import { showCalculator, watchEscape } from "./hide.js";
import { Kit } from "./kit.js";
import { leaflets } from "./leaflets.js";
import { Log } from "./log.js";
import { notes } from "./notes.js";
import { photo } from "./photo.js";
import { LEAST, newLock, tryPin } from "./pin.js";
import { race } from "./race.js";
import { sessions } from "./sessions.js";
import { shifts } from "./shifts.js";
import { tokenOf, watchOrders } from "./standing.js";
import { NotSaved, PROFILE, erase, hasStore, openStore } from "./store.js";
import { tally } from "./tally.js";
import { guessed, LANGUAGES, speak, spoken, t } from "./words.js";

const SCREENS = {
  door: [door, tally, sessions, photo],
  marshal: [race, tally, photo],
  leaflets: [leaflets, photo],
  notes: [sessions, debate, photo],
};
const IDLE = 15 * 60_000;

const app = { store: null, kit: null, endCalculator: null, erased: false, trying: Promise.resolve() };

/* ---- getting a kit --------------------------------------------------------------------------- */

const secretIn = (link) => new URLSearchParams(link.split("#")[1] ?? "").get("k");

function welcome() {
  page(
    h("h1", {}, t("No kit on this phone")),
    form(
      async ({ link }) => {
        const secret = secretIn(link) ?? link.trim();
        if (secret) await setPin(secret);
      },
      field(t("Your personal link"), { name: "link", dir: "ltr" }, t("You get it from whoever leads the activity.")),
      h("button", { class: "big" }, t("Get the kit")),
    ),
    languages(welcome),
  );
}

function setPin(secret, fault = "") {
  page(
    h("h1", {}, t("Choose a PIN")),
    fault && h("p", { class: "word bad", role: "alert" }, fault),
    h("p", {}, t("The kit is locked with it. Nobody can restore it. A longer one, also with letters, protects better.")),
    form(
      async ({ pin, again }) => {
        if (pin.length < LEAST) return setPin(secret, t("A PIN has at least {n} signs.", { n: LEAST }));
        if (pin !== again) return setPin(secret, t("The two PINs differ."));
        await enrol(secret, pin);
      },
      field(t("PIN"), { name: "pin", type: "password", inputmode: "numeric" }),
      field(t("Once more"), { name: "again", type: "password", inputmode: "numeric" }),
      h("button", { class: "big" }, t("Get the kit")),
    ),
    languages(() => setPin(secret)),
  );
}

async function enrol(secret, pin) {
  page(h("h1", {}, t("Getting the kit…")));
  const answer = await fetch("/field/enrol", {
    method: "POST",
    body: JSON.stringify({ secret }),
    headers: { "Content-Type": "application/json" },
    credentials: "omit",
  }).catch(() => null);
  if (!answer) return setPin(secret, t("No network. Try again where there is one."));
  if (!answer.ok) return setPin(secret, refusal(answer.status));
  try {
    await keep(await answer.json(), pin);
  } catch (error) {
    if (!(error instanceof NotSaved)) throw error;
    await erase(app.store);
    app.store = null;
    return setPin(secret, t("Not saved: the phone's storage is full or refuses. Write it on paper, and free some space."));
  }
  history.replaceState(null, "", "/field/");
  await open();
}

const refusal = (status) =>
  status === 410 ? t("Another phone has used this link. Ask for a new one.") : t("This link is not valid. Ask for a new one.");

/* The kit goes into the storage in one piece, encrypted, or not at all. */
async function keep(got, pin) {
  navigator.storage?.persist?.();
  const { lock, master } = await newLock(pin);
  app.store = await openStore();
  app.store.master = master;
  const profile = { device: got.device, key: got.key, kit: got.kit, language: spoken() };
  const contact = { at: got.now, offset: got.now - Date.now() };
  await app.store.write([
    ["m", 1, { ...lock, ends: got.kit.ends_at }],
    await app.store.row("v", PROFILE, profile),
    await app.store.row("v", 2, contact),
  ]);
}

/* ---- unlocking, hiding, erasing -------------------------------------------------------------- */

function screensOf(kit) {
  const own = SCREENS[kit.role] ?? SCREENS.notes;
  const watched = kit.activities.some((activity) => activity.shifts?.length) ? [shifts] : [];
  return [...own, ...watched, notes, carry, about];
}

async function open() {
  const profile = await app.store.get("v", PROFILE);
  await speak(profile.language);
  const log = await new Log(app.store, profile).load();
  await keepToken(log.key);
  app.kit = new Kit(app.store, profile, log, screensOf(profile.kit), { hide, gone });
  await app.kit.open();
}

/* Kept beside the lock, where a locked phone finds it. */
async function keepToken(key) {
  const lock = await app.store.lock();
  const standing = await tokenOf(key);
  if (lock.standing !== standing) await app.store.keepLock({ ...lock, standing }).catch(() => {});
}

/* What a locked kit asks the server with; null while it is open, or where there is none. */
async function lockedToken() {
  await app.trying;
  return app.kit || !app.store ? null : ((await app.store.lock())?.standing ?? null);
}

function lockScreen(fault = "") {
  page(
    h("h1", {}, t("Locked")),
    fault && h("p", { class: "word bad", role: "alert" }, fault),
    form(
      async ({ pin }) => {
        const answer = await unlock(pin);
        if (answer.full) lockScreen(t("The phone's storage is full or refuses. Free some space, then open the kit."));
        if (answer.wrong) lockScreen(t("Wrong PIN. Tries left: {n}", { n: answer.wrong }));
      },
      field(t("PIN"), { name: "pin", type: "password", inputmode: "numeric", autofocus: true }),
      h("button", { class: "big" }, t("Open the kit")),
    ),
    languages(() => lockScreen()),
  );
}

/* One PIN after another, so that each try is counted. */
function unlock(pin) {
  const tried = app.trying.then(() => (app.store ? unlocked(pin) : {}));
  app.trying = tried.catch(() => {});
  return tried.catch((error) => {
    if (error instanceof NotSaved) return { full: true };
    throw error;
  });
}

async function unlocked(pin) {
  const lock = await app.store.lock();
  const answer = await tryPin(lock, pin, (changed) => app.store.keepLock(changed));
  if (answer.erases) await gone();
  if (!answer.opens) return answer;
  app.store.master = answer.opens;
  app.endCalculator?.();
  app.endCalculator = null;
  await app.store.keepLock({ ...answer.lock, hidden: false });
  await open();
  return answer;
}

/* At once: first what is seen, then the key out of memory. Only the PIN brings it back, also after a new start. */
function hide() {
  if (!app.kit || app.endCalculator) return;
  app.endCalculator = showCalculator((pin) => unlock(pin));
  close();
  app.store.lock().then((lock) => app.store.keepLock({ ...lock, hidden: true }));
}

function close() {
  app.kit?.close();
  app.kit = null;
  app.store.master = null;
}

async function gone() {
  app.endCalculator?.();
  app.endCalculator = showCalculator(() => {});
  history.replaceState(null, "", "/field/");
  app.kit?.close();
  app.kit = null;
  app.erased = true;
  await erase(app.store);
  app.store = null;
}

/* Left alone for a quarter of an hour, it locks. */
function watchIdle() {
  let left = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) left = Date.now();
    else if (app.kit && left && Date.now() - left > IDLE) {
      close();
      lockScreen();
    }
  });
}

/* ---- the page -------------------------------------------------------------------------------- */

function page(...children) {
  const place = h("main", { id: "place" });
  document.title = t("Notes");
  document.body.replaceChildren(place);
  show(place, ...children);
}

function languages(again) {
  const tongue = ([code, name]) =>
    h("button", { type: "button", class: "quiet", lang: code, "aria-pressed": String(code === spoken()), onclick: () => speak(code).then(() => again()) }, name);
  return h("p", { class: "tongues" }, Object.entries(LANGUAGES).map(tongue));
}

/* What was sent wholly and has ended needs no PIN to go. */
async function outlived(lock) {
  const [written, sent, photos] = await Promise.all(["l", "s", "p"].map((part) => app.store.count(part)));
  return lock.ends && Date.now() > lock.ends && written === sent && !photos;
}

async function begin() {
  const secret = secretIn(location.hash);
  if (!(await hasStore())) return secret ? setPin(secret) : welcome();
  app.store = await openStore();
  const lock = await app.store.lock();
  if (!lock) {
    await erase(app.store);
    return secret ? setPin(secret) : welcome();
  }
  if (await outlived(lock)) return gone();
  if (lock.hidden) app.endCalculator = showCalculator((pin) => unlock(pin));
  else lockScreen(secret ? t("There is a kit on this phone already. Send what it has and erase it first.") : "");
}

function offerUpdate(worker) {
  const taken = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
    worker.postMessage("take over");
  };
  const offer = h("button", { type: "button", class: "update", onclick: taken }, t("New version: load it"));
  const shown = () => !app.endCalculator && document.body.append(offer);
  shown();
}

async function install() {
  if (!navigator.serviceWorker || app.erased) return;
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" });
  const ready = (worker) => worker && navigator.serviceWorker.controller && offerUpdate(worker);
  ready(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => worker.state === "installed" && ready(worker));
  });
}

/* Two tabs would count with one log: the second waits until the first is closed. */
async function alone() {
  const mine = await new Promise((answer) => {
    navigator.locks.request("kit", { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock ? new Promise(() => {}) : null;
    });
  });
  if (mine) return true;
  page(h("h1", {}, t("Open in another tab")), h("p", {}, t("The kit works in one tab at a time. Close the other one.")));
  navigator.locks.request("kit", () => location.reload());
  return false;
}

await speak(guessed());
if (await alone()) {
  watchEscape(hide);
  watchIdle();
  addEventListener("hashchange", () => secretIn(location.hash) && location.reload());
  await begin();
  watchOrders(lockedToken, () => (app.trying = app.trying.then(() => (app.kit || !app.store ? null : gone()))));
  await install().catch(() => {});
}
