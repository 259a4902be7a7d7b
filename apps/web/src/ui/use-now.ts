import { useSyncExternalStore } from 'react';

/** One clock for all ages on the page: a tick a second while anybody looks, none in a hidden tab. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function tick(): void {
  if (document.hidden) return;
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    now = Date.now();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** Milliseconds since the epoch, cut to `stepMs`, so that a component is drawn only as often as its figure can change. */
export function useNow(stepMs: number): number {
  return useSyncExternalStore(subscribe, () => now - (now % stepMs));
}
