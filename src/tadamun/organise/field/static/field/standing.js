/* While the kit is locked, the server can still order it erased: asked by a token that opens nothing else. */

import { hmac, toBase64, utf8 } from "./bytes.js";

const EVERY = 15 * 60_000;
const PATIENCE = 20_000;
const TOKEN = 16;

/* The token, made one way from the kit's key, so that it may lie on the phone as it is. */
export const tokenOf = async (key) => toBase64((await hmac(key, utf8("tadamun standing 1"))).slice(0, TOKEN));

/* Whether the server orders it; without a network, or with any other answer, it does not. */
async function isOrdered(token) {
  const answer = await fetch("/field/standing", {
    method: "POST",
    body: JSON.stringify({ token }),
    headers: { "Content-Type": "application/json" },
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => null);
  return answer?.ok ? (await answer.json().catch(() => ({}))).erase === true : false;
}

/* Asks now, every quarter of an hour and when there is a network again. `locked()` gives the token while the kit is
   locked, else null; `erase` empties the phone. */
export function watchOrders(locked, erase) {
  let heard = -EVERY;
  const ask = async () => {
    const token = await locked();
    if (!token || performance.now() - heard < EVERY || !navigator.onLine) return;
    heard = performance.now();
    if ((await isOrdered(token)) && (await locked())) await erase();
  };
  addEventListener("online", ask);
  setInterval(ask, EVERY / 3);
  return ask();
}
