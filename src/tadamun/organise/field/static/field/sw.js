/* The service worker: the app's files are on the phone, so that it opens without a network. Above this text the server
   writes VERSION and FILES; another version is another worker, which waits until it is asked to take over. */

const CACHE = `kit ${VERSION}`;
const SHELL = "/field/";

addEventListener("install", (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(old());
});

addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});

/* Pages and the app's files come from the phone; what is sent and asked goes to the server. */
addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && pathname === SHELL) event.respondWith(kept(SHELL, request));
  else if (FILES.includes(pathname)) event.respondWith(kept(pathname, request));
});

async function kept(name, request) {
  return (await caches.match(name, { cacheName: CACHE })) ?? fetch(request);
}
