/*
 * Stands between the app and the network. It shows push messages while no page is open, and keeps the app itself and the last known
 * figures for moments without a network. The network always goes first: what is kept is only given when nothing else can be had, and
 * the page is told of when it is, so that no old figure looks new. Signing out throws the figures away.
 */
const SHELL = 'holdfast-shell';
const FIGURES = 'holdfast-figures';
const MOST_FILES = 200;
const KEPT_AT = 'x-kept-at';

/** What a reader wants to see again without a network: who they are, their portfolios and what these are worth. */
const KEPT = [
  /^\/api\/v1\/me$/,
  /^\/api\/v1\/portfolios$/,
  /^\/api\/v1\/portfolios\/[^/]+$/,
  /^\/api\/v1\/portfolios\/[^/]+\/(summary|positions|allocation|performance|transactions|quality-issues|orders)$/,
  /^\/api\/v1\/(transactions|exchange-rates|quotes|instruments)$/,
];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(['/', '/favicon.svg', '/manifest.webmanifest'])));
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && !/^\/(api|docs)\b/.test(address.pathname)) event.respondWith(page(request));
  else if (address.pathname.startsWith('/assets/')) event.respondWith(file(request));
  else if (KEPT.some((path) => path.test(address.pathname))) event.respondWith(figures(request, event.clientId));
});

self.addEventListener('message', (event) => {
  if (event.data === 'forget') event.waitUntil(caches.delete(FIGURES));
});

/** Every address of the app is the same page: the last one that was fetched stands in for all of them. */
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(SHELL)).put('/', answer.clone());
    return answer;
  } catch (error) {
    const kept = await caches.match('/', { cacheName: SHELL });
    if (kept === undefined) throw error;
    return kept;
  }
}

/** Files of the app carry their content in their name, so a kept one is never old. */
async function file(request) {
  const shell = await caches.open(SHELL);
  const kept = await shell.match(request);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    await shell.put(request, answer.clone());
    const names = (await shell.keys()).filter(({ url }) => new URL(url).pathname.startsWith('/assets/'));
    await Promise.all(names.slice(0, Math.max(0, names.length - MOST_FILES)).map((name) => shell.delete(name)));
  }
  return answer;
}

async function figures(request, clientId) {
  const store = await caches.open(FIGURES);
  try {
    const answer = await fetch(request);
    if (answer.status === 401) await caches.delete(FIGURES);
    else if (answer.ok) await store.put(request, await dated(answer.clone()));
    return answer;
  } catch (error) {
    const kept = await store.match(request);
    if (kept === undefined) throw error;
    const client = await self.clients.get(clientId);
    client?.postMessage({ type: 'kept', at: Number(kept.headers.get(KEPT_AT)) });
    return kept;
  }
}

/** The same answer, with the time at which it was given. */
async function dated(answer) {
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, String(Date.now()));
  return new Response(await answer.blob(), { status: answer.status, headers });
}

self.addEventListener('push', (event) => {
  const message = event.data === null ? {} : event.data.json();
  const { id, title = 'Holdfast', body = '', link = null } = message;
  // The same id takes the place of the one that is shown: a message that comes twice is seen once.
  event.waitUntil(self.registration.showNotification(title, { body, tag: id, data: { link }, icon: '/favicon.svg' }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { link } = event.notification.data ?? {};
  const target = new URL(typeof link === 'string' ? link : '/notifications', self.location.origin);
  // Only pages of ours, whatever the message says.
  const address = target.origin === self.location.origin ? target.href : new URL('/notifications', self.location.origin).href;
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then(async (windows) => {
      const open = windows.find((client) => 'navigate' in client);
      if (open === undefined) return self.clients.openWindow(address);
      await open.focus();
      return open.navigate(address);
    }),
  );
});
