/* Quick hide: an ordinary calculator, at once. It calculates; six or more digits followed by = are tried as the PIN. */

import { h } from "./dom.js";
import { LEAST } from "./pin.js";

const KEYS = ["7", "8", "9", "÷", "4", "5", "6", "×", "1", "2", "3", "−", "C", "0", "=", "+"];
const SIGNS = { "÷": (a, b) => a / b, "×": (a, b) => a * b, "−": (a, b) => a - b, "+": (a, b) => a + b };
const TYPED = { "/": "÷", "*": "×", "-": "−", Enter: "=", Escape: "C", c: "C", ".": "." };

export class Calculator {
  constructor(tried) {
    this.tried = tried;
    this.clear();
  }

  clear() {
    Object.assign(this, { shown: "0", left: null, sign: null, fresh: true, plain: true });
  }

  press(key) {
    if (key === "C") this.clear();
    else if (key in SIGNS) this.operate(key);
    else if (key === "=") this.finish();
    else if (/^[0-9.]$/.test(key)) this.digit(key);
    return this.shown;
  }

  digit(key) {
    this.shown = this.fresh ? key : this.shown + key;
    this.fresh = false;
  }

  operate(key) {
    this.resolve();
    Object.assign(this, { left: Number(this.shown), sign: key, fresh: true, plain: false });
  }

  finish() {
    const pin = this.shown;
    if (this.plain && !this.fresh && pin.length >= LEAST) this.tried(pin);
    this.resolve();
    Object.assign(this, { left: null, sign: null, fresh: true, plain: true });
  }

  resolve() {
    if (this.sign === null || this.fresh) return;
    const value = SIGNS[this.sign](this.left, Number(this.shown));
    this.shown = String(Number.isFinite(value) ? Number(value.toPrecision(10)) : 0);
  }
}

/* Shows the calculator in place of everything; `tried(pin)` opens or does nothing that shows. Returns how to end it. */
export function showCalculator(tried) {
  const calculator = new Calculator(tried);
  const screen = h("output", { class: "sum", dir: "ltr" }, "0");
  const press = (key) => {
    screen.textContent = calculator.press(key);
  };
  const typed = (event) => {
    const key = TYPED[event.key] ?? event.key;
    if (![...KEYS, "."].includes(key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    press(key);
  };
  const keys = KEYS.map((key) => h("button", { type: "button", onclick: () => press(key) }, key));
  document.title = "1 + 1";
  document.body.replaceChildren(h("main", { class: "calculator", dir: "ltr" }, screen, h("div", { class: "keys" }, keys)));
  addEventListener("keydown", typed);
  return () => removeEventListener("keydown", typed);
}

/* Escape twice within a second hides. */
export function watchEscape(hide) {
  let last = 0;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 1_000) hide();
    last = event.timeStamp;
  });
}
