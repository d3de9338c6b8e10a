// Keeps this ballot's pages, style and modules on the device, so that a reload works without network.
// A kept page is fetched without cookies: it holds the cards, and nothing of any person.

const PAGES = {{ pages | tojson }}; // its address -> where the copy to keep comes from
const FILES = {{ files | tojson }};
const FAMILY = {{ family | tojson }};
const CACHE = FAMILY + {{ version | tojson }};
const PATIENCE = 4000; // then the kept page is shown, as on a dead network

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && pathname in PAGES) event.respondWith(open(request, pathname));
  else if (FILES.includes(pathname)) event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all([...Object.entries(PAGES).map((entry) => keepPage(cache, entry)), cache.addAll(FILES)]);
  await skipWaiting();
}

async function keepPage(cache, [path, address]) {
  const page = await fetch(address, { credentials: "omit" });
  if (!page.ok) throw new Error("The ballot's page could not be kept.");
  await cache.put(path, page);
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

async function open(request, pathname) {
  const kept = await caches.match(pathname);
  if (!kept) return fetch(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout?.(PATIENCE) });
    return answer.status < 500 ? answer : kept;
  } catch {
    return kept;
  }
}
