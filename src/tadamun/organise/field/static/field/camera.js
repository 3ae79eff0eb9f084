/* Reading codes with the camera: by the browser's own detector where it has one, else by a reader that comes with the
   kit and works beside the page. Nothing is recorded or kept. */

import { h } from "./dom.js";
import { t } from "./words.js";

const AGAIN = 3_000;
const WIDEST = 960;

/* A button that begins, and the picture; `read(text)` hears each code once in three seconds and ends it with true.
   `every` is how many milliseconds lie between two looks. Null where there is no camera: then codes are typed. */
export function camera(read, { every = 150 } = {}) {
  if (!navigator.mediaDevices) return null;
  const picture = h("video", { class: "camera", muted: true, playsinline: true, hidden: true, "aria-label": t("Camera") });
  picture.muted = true;
  const state = { stream: null, last: "", at: 0, every };
  const button = h("button", { type: "button", onclick: () => (state.stream ? stop() : start()) }, t("Scan with the camera"));
  const stop = () => {
    for (const track of state.stream?.getTracks() ?? []) track.stop();
    state.stream = null;
    picture.hidden = true;
    button.textContent = t("Scan with the camera");
  };
  const start = async () => {
    try {
      state.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    } catch {
      button.textContent = t("The camera may not be used. Type the code.");
      return;
    }
    picture.srcObject = state.stream;
    picture.hidden = false;
    button.textContent = t("Stop the camera");
    await picture.play();
    look(picture, state, read, stop);
  };
  return h("div", { class: "scanner" }, picture, button);
}

async function look(picture, state, read, stop) {
  const reader = (await ownDetector()) ?? broughtReader();
  Object.assign(state, { last: "", at: 0 });
  while (state.stream) {
    if (!picture.isConnected) {
      stop();
      break;
    }
    const text = await reader.read(picture);
    if (state.stream && text && (text !== state.last || performance.now() - state.at > AGAIN)) {
      Object.assign(state, { last: text, at: performance.now() });
      if ((await read(text)) === true) stop();
    }
    await new Promise((done) => setTimeout(done, state.every));
  }
  reader.end();
}

async function ownDetector() {
  if (!("BarcodeDetector" in window)) return null;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const read = async (picture) => (await detector.detect(picture).catch(() => []))[0]?.rawValue;
  return { read, end: () => {} };
}

/* The reader works in a thread of its own, so that buttons answer meanwhile. */
function broughtReader() {
  const worker = new Worker(new URL("reader.js", import.meta.url), { type: "module" });
  const paper = document.createElement("canvas");
  const pen = paper.getContext("2d", { willReadFrequently: true });
  const read = (picture) => {
    if (!picture.videoWidth) return null;
    const scale = Math.min(1, WIDEST / picture.videoWidth);
    paper.width = Math.round(picture.videoWidth * scale);
    paper.height = Math.round(picture.videoHeight * scale);
    pen.drawImage(picture, 0, 0, paper.width, paper.height);
    const { data, width, height } = pen.getImageData(0, 0, paper.width, paper.height);
    return new Promise((done) => {
      worker.onmessage = (event) => done(event.data);
      worker.onerror = () => done(null);
      worker.postMessage({ data, width, height }, [data.buffer]);
    });
  };
  return { read, end: () => worker.terminate() };
}
