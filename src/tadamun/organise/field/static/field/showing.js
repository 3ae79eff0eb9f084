/* Codes shown one after another, for another phone's camera. */

import { h } from "./dom.js";
import { codesOf, SIZES } from "./series.js";
import { encodeQR } from "./vendor/qr/index.js";
import { t } from "./words.js";

const EACH = 500;
const QUIET_ZONE = 4;

const squaresOf = (text, version) => encodeQR(text, "raw", { ecc: "medium", border: QUIET_ZONE, version });

/* The version of the first code is that of all, so that the picture does not jump when the last one is short. */
const versionOf = (text) => (squaresOf(text).length - 2 * QUIET_ZONE - 17) / 4;

/* A code as squares, always dark on light: a camera reads it so in the dark too. */
function draw(paper, text, version) {
  const squares = squaresOf(text, version);
  const scale = Math.max(1, Math.floor(1_000 / squares.length));
  paper.width = paper.height = squares.length * scale;
  const pen = paper.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, paper.width, paper.height);
  pen.fillStyle = "#000";
  squares.forEach((row, down) => row.forEach((dark, right) => dark && pen.fillRect(right * scale, down * scale, scale, scale)));
}

/* The bytes as a series of codes with its buttons. Where movement is not wanted it waits for a thumb. */
export class Showing {
  constructor(bytes) {
    Object.assign(this, { bytes, at: 0, size: 0, codes: [], timer: null });
    this.paper = h("canvas", { class: "code", role: "img" });
    this.where = h("p", { class: "sums", "aria-live": "off" });
    this.bar = h("progress", { max: 1, value: 0, "aria-hidden": "true" });
    const button = (label, act) => h("button", { type: "button", class: "quiet", onclick: act }, label);
    this.pause = button(t("Pause"), () => (this.timer ? this.stop() : this.run()));
    const row = h("div", { class: "grid" }, button(t("Code before"), () => this.step(-1)), this.pause, button(t("Next code"), () => this.step(1)));
    this.coarser = button(t("Larger squares, for a bad camera"), () => this.resize());
    this.shown = h("div", { class: "series" }, this.paper, this.where, this.bar, row, this.coarser);
  }

  /* False when it is too much for codes. */
  async begin() {
    if (!(await this.cut())) return false;
    this.show(0);
    if (this.codes.length > 1 && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.run();
    else this.stop();
    return true;
  }

  async cut() {
    this.codes = await codesOf(this.bytes, SIZES[this.size]);
    if (this.codes) this.version = versionOf(this.codes[0]);
    return this.codes;
  }

  show(at) {
    this.at = (at + this.codes.length) % this.codes.length;
    draw(this.paper, this.codes[this.at], this.version);
    const said = t("Code {n} of {all}", { n: this.at + 1, all: this.codes.length });
    this.paper.setAttribute("aria-label", said);
    this.where.textContent = said;
    this.bar.max = this.codes.length;
    this.bar.value = this.at + 1;
  }

  step(by) {
    this.stop();
    this.show(this.at + by);
  }

  run() {
    clearInterval(this.timer);
    this.timer = setInterval(() => (this.paper.isConnected ? this.show(this.at + 1) : this.stop()), EACH);
    this.pause.textContent = t("Pause");
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.pause.textContent = t("Go on showing");
  }

  /* The same bytes in other codes; what the other phone has read already stays read. */
  async resize() {
    const running = this.timer !== null;
    const before = this.at * SIZES[this.size];
    this.size = (this.size + 1) % SIZES.length;
    this.coarser.textContent = this.size + 1 < SIZES.length ? t("Larger squares, for a bad camera") : t("Small squares again");
    await this.cut();
    this.show(Math.floor(before / SIZES[this.size]));
    if (running) this.run();
  }
}
