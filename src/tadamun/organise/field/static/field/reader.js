/* The thread in which pictures are searched for a code: gets {data, width, height}, gives its text or null. */

import { decodeQR } from "./vendor/qr/decode.js";

addEventListener("message", ({ data }) => {
  let text = null;
  try {
    text = decodeQR(data);
  } catch {
    // No code in this picture; the next one comes soon.
  }
  postMessage(text);
});
