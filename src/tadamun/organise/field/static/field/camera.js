/* Reading codes with the camera, where the browser has a detector of its own. Nothing is recorded or kept. */

import { h } from "./dom.js";
import { t } from "./words.js";

const AGAIN = 3_000;

/* A button that begins, and the picture; `read(text)` hears each code once in three seconds. Null where there is no
   detector: then codes are typed. */
export function camera(read) {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return null;
  const picture = h("video", { class: "camera", muted: true, playsinline: true, hidden: true, "aria-label": t("Camera") });
  const state = { stream: null, last: "", at: 0 };
  const button = h("button", { type: "button", onclick: () => (state.stream ? stop() : start()) }, t("Scan with the camera"));
  const stop = () => {
    for (const track of state.stream?.getTracks() ?? []) track.stop();
    state.stream = null;
    picture.hidden = true;
    button.textContent = t("Scan with the camera");
  };
  const start = async () => {
    try {
      state.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
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
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (state.stream) {
    if (!picture.isConnected) return stop();
    const found = await detector.detect(picture).catch(() => []);
    const text = found[0]?.rawValue;
    if (text && (text !== state.last || performance.now() - state.at > AGAIN)) {
      Object.assign(state, { last: text, at: performance.now() });
      await read(text);
    }
    await new Promise((done) => setTimeout(done, 150));
  }
}
