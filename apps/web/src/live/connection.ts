import { useSyncExternalStore } from 'react';
import { stream } from './stream.ts';

/** `late` is a loss that lasts longer than three seconds: from then on the reader is told. */
export interface Connection {
  readonly state: 'idle' | 'live' | 'joining' | 'late' | 'offline';
  /** When figures last arrived, in milliseconds since the epoch; null before the first. */
  readonly heardAt: number | null;
}

const PATIENCE_MS = 3000;
const listeners = new Set<() => void>();
let current: Connection = { state: 'idle', heardAt: null };
let patience: ReturnType<typeof setTimeout> | null = null;
let late = false;

function stateNow(): Connection['state'] {
  if (!navigator.onLine) return 'offline';
  if (stream.status === 'open') return 'live';
  if (stream.status === 'idle' || stream.status === 'closed') return 'idle';
  return late ? 'late' : 'joining';
}

function refresh(heardAt: number | null = current.heardAt): void {
  const state = stateNow();
  if (state === current.state && heardAt === current.heardAt) return;
  current = { state, heardAt };
  for (const listener of listeners) listener();
}

stream.onStatus((status) => {
  if (status === 'open') {
    late = false;
    if (patience !== null) clearTimeout(patience);
    patience = null;
    refresh(Date.now());
    return;
  }
  patience ??= setTimeout(() => {
    patience = null;
    late = true;
    refresh();
  }, PATIENCE_MS);
  refresh();
});

stream.onFrame(() => {
  const now = Date.now();
  if (current.heardAt === null || now - current.heardAt >= 1000) refresh(now);
});

addEventListener('online', () => {
  refresh();
});
addEventListener('offline', () => {
  refresh();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How well this page hears the server. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => current);
}
