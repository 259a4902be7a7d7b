import { useSyncExternalStore } from 'react';
import { proposedPreferences, readPreferences, type Preferences } from './preferences.ts';

const KEY = 'holdfast.preferences';
const listeners = new Set<() => void>();
let current: Preferences = readPreferences(stored(), proposedPreferences(navigator.languages));

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function preferences(): Preferences {
  return current;
}

/** Changes some of them at once, for this page and for the next visit. */
export function changePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage may be forbidden; the choice then holds until the page is left.
  }
  applyPreferences();
  for (const listener of listeners) listener();
}

/** Puts them where the style sheets look: attributes of the root element. `system` is no attribute. */
export function applyPreferences(): void {
  const root = document.documentElement;
  set(root, 'theme', current.theme === 'system' ? null : current.theme);
  set(root, 'direction', current.direction === 'classic' ? null : current.direction);
  set(root, 'density', current.density === 'normal' ? null : current.density);
  set(root, 'motion', current.motion === 'system' ? null : current.motion);
  root.lang = current.language;
}

function set(root: HTMLElement, name: string, value: string | null): void {
  if (value === null) delete root.dataset[name];
  else root.dataset[name] = value;
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribePreferences, preferences);
}
