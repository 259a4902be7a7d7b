import { useSyncExternalStore } from 'react';

const WORKER = '/push-worker.js';
const listeners = new Set<() => void>();
let keptAt: number | null = null;

/**
 * Lets a service worker keep the app and its last figures for moments without a network. Where there is none (an old browser, a page
 * without TLS outside this machine) the app works as before, only not offline.
 */
export function keepOffline(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  navigator.serviceWorker.addEventListener('message', (event: MessageEvent<unknown>) => {
    const at = readKept(event.data);
    if (at === null) return;
    keptAt = keptAt === null ? at : Math.min(keptAt, at);
    for (const listener of listeners) listener();
  });
  navigator.serviceWorker.register(WORKER, { scope: '/' }).catch(() => undefined);
}

/** Figures belong to who is signed in: they leave with the session. */
export function forgetFigures(): void {
  if ('serviceWorker' in navigator) navigator.serviceWorker.controller?.postMessage('forget');
}

/** When the oldest figure that was given instead of a new one is from; null while all are new. In milliseconds. */
export function useKeptAt(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => keptAt,
  );
}

function readKept(message: unknown): number | null {
  if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'kept') return null;
  return 'at' in message && typeof message.at === 'number' && message.at > 0 ? message.at : null;
}
