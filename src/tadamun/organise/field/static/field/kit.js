/* The open kit: what every screen works with, and the frame around them, which always says how old the kit is and what
   is unsent. */

import { h, show } from "./dom.js";
import { NotSaved, PROFILE } from "./store.js";
import { Sync } from "./sync.js";
import { Uploads } from "./uploads.js";
import { inWords, moment, t } from "./words.js";

export const CONTACT = 2;
/* What stays when the kit's time is over: handing over and sending what it still has. */
const LASTING = new Set(["carry", "about"]);

export class Kit {
  /* `ways`: {hide, gone} – what hides the kit and what is done after it was erased. */
  constructor(store, profile, log, screens, ways) {
    Object.assign(this, { store, profile, log, screens, ways });
    this.kit = profile.kit;
    this.activity = this.kit.activities[0];
    this.watched = new Set();
    this.contact = null;
    this.sync = new Sync(log, {
      revision: () => this.kit.revision,
      kept: (kit) => this.renew(kit),
      erase: () => this.ways.gone(),
      told: (outcome, at) => this.heard(outcome, at),
    });
    this.uploads = new Uploads(log, this.sync);
    log.onChange(() => {
      this.refresh();
      this.sync.soon();
    });
  }

  async open() {
    this.contact = (await this.store.get("v", CONTACT)) ?? null;
    this.frame();
    this.choose(this.screens[0]);
    this.timer = setInterval(() => this.refresh(), 30_000);
    this.sync.start();
  }

  close() {
    clearInterval(this.timer);
    this.sync.stop();
  }

  /* Whether the kit's time is over: then it only sends what it still has. */
  get over() {
    return this.now() > this.kit.ends_at;
  }

  /* Milliseconds since 1970 by the server's clock, as far as this phone knows it. */
  now() {
    return Date.now() + (this.contact?.offset ?? 0);
  }

  today() {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone: this.activity.zone || undefined, year: "numeric", month: "2-digit", day: "2-digit" });
    return parts.format(this.now());
  }

  /* Records an entry about the activity at hand; null, and said so, when it was not saved. */
  record(kind, body) {
    return this.saved(() => this.log.add(kind, this.activity.uid, body));
  }

  undo(entry) {
    return this.saved(() => this.log.undo(entry));
  }

  async saved(work) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NotSaved)) throw error;
      this.say("bad", t("Not saved: the phone's storage is full or refuses. Write it on paper, and free some space."));
      return null;
    }
  }

  async renew(kit) {
    this.profile = { ...this.profile, kit };
    await this.store.put("v", PROFILE, this.profile);
    const lock = await this.store.lock();
    await this.store.keepLock({ ...lock, ends: kit.ends_at });
    this.kit = kit;
    this.activity = kit.activities.find((one) => one.uid === this.activity?.uid) ?? kit.activities[0];
    this.choose(this.screen);
  }

  async heard(outcome, server) {
    this.outcome = outcome;
    if (server) {
      this.contact = { at: server, offset: server - Date.now() };
      await this.store.put("v", CONTACT, this.contact).catch(() => {});
    }
    this.refresh();
    if (outcome === "sent" && this.log.kept.size) this.sendPhotos();
  }

  /* Photos after the entries; then the server hears that nothing waits. */
  async sendPhotos() {
    if (await this.uploads.now()) await this.sync.now();
  }

  /* All that waits, now: what came of it. */
  async send() {
    const outcome = await this.sync.now();
    if (outcome !== "sent" || !this.log.kept.size) return outcome;
    await this.sendPhotos();
    return this.log.waiting ? "photos wait" : "sent";
  }

  /* Calls back now and whenever the log or the time has changed, as long as this screen is shown. */
  watch(draw) {
    this.watched.add(draw);
    draw();
  }

  refresh() {
    for (const draw of this.watched) draw();
    this.status();
  }

  say(colour, words) {
    this.word.className = `word ${colour}`;
    this.word.replaceChildren(words);
  }

  choose(screen) {
    this.screen = screen;
    this.watched.clear();
    this.word.replaceChildren();
    this.tabs();
    if (this.over && !LASTING.has(screen.code)) show(this.place, h("h1", {}, t("This kit has ended")), h("p", {}, t("It sends what it still has, then erases itself. Find a network, or hand it over under “Carry”.")));
    else show(this.place, screen.draw(this));
    this.status();
  }

  frame() {
    this.state = h("p", { class: "state" });
    this.word = h("p", { class: "word", role: "alert" });
    this.place = h("div", { id: "place" });
    this.menu = h("nav", { "aria-label": t("Screens") });
    const hide = h("button", { type: "button", class: "hide", onclick: () => this.ways.hide() }, t("Hide"));
    document.title = t("Notes");
    document.body.replaceChildren(h("header", {}, this.state, hide), this.menu, h("main", {}, this.which(), this.word, this.place));
  }

  /* Which activity, where the kit is for several. */
  which() {
    if (this.kit.activities.length < 2) return h("p", { class: "which" }, inWords(this.activity.titles));
    const options = this.kit.activities.map((one) => h("option", { value: one.uid }, inWords(one.titles)));
    const chosen = (event) => {
      this.activity = this.kit.activities.find((one) => one.uid === event.target.value);
      this.choose(this.screen);
    };
    return h("p", { class: "which" }, h("select", { "aria-label": t("Activity"), onchange: chosen }, options));
  }

  tabs() {
    const shown = this.over ? this.screens.filter((one) => LASTING.has(one.code)) : this.screens;
    this.menu.replaceChildren(
      ...shown.map((one) =>
        h("button", { type: "button", "aria-current": one === this.screen ? "page" : null, onclick: () => this.choose(one) }, t(one.title)),
      ),
    );
  }

  status() {
    const unsent = this.log.waiting;
    const minutes = Math.max(0, Math.round((this.now() - (this.contact?.at ?? this.kit.made_at)) / 60_000));
    const age = minutes < 120 ? t("List {n} min old", { n: minutes }) : t("List of {time}", { time: moment(this.contact?.at ?? this.kit.made_at) });
    const sent = unsent ? t("not sent yet: {n}", { n: unsent }) : t("all sent");
    this.state.textContent = `${age} · ${sent}`;
    this.state.classList.toggle("late", unsent > 0 || minutes >= 120);
  }
}
