import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { changePreferences, preferences } from '../preferences/preferences-store.ts';
import { createShortcutReader, type Shortcut } from './shortcuts.ts';

const PLACES = {
  home: '/home',
  portfolios: '/portfolios',
  trade: '/trade',
  markets: '/markets',
  watchlists: '/watchlists',
  alerts: '/alerts',
  settings: '/settings',
} as const;

/** What lies over the page, or will as soon as its script has come. */
export type Layer = 'palette' | 'keys';

/** Listens to keys while the app is open. Fields keep their letters; an open layer, also one on its way, keeps all of them. */
export function useShortcuts(layer: Layer | null, open: (layer: Layer) => void): void {
  const navigate = useNavigate();
  const { symbol } = useParams({ strict: false });
  const act = (name: Shortcut['name']): void => {
    if (name === 'palette' || name === 'keys') open(name);
    else if (name === 'sidebar') changePreferences({ rail: !preferences().rail });
    else if (name === 'amounts') changePreferences({ hideAmounts: !preferences().hideAmounts });
    else if (name === 'buy' || name === 'sell')
      void navigate({ to: '/trade', search: symbol === undefined ? { side: name } : { symbol, side: name } });
    else if (name !== 'ticket') void navigate({ to: PLACES[name] });
  };
  const latest = useRef({ act, layer });
  useEffect(() => {
    latest.current = { act, layer };
  });
  useEffect(() => {
    const read = createShortcutReader();
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || latest.current.layer !== null || document.querySelector('dialog[open]') !== null) return;
      const ctrl = event.ctrlKey || event.metaKey;
      if (!ctrl && isField(event.target)) return;
      const name = read({ key: event.key, ctrl, alt: event.altKey, at: event.timeStamp }, preferences().singleKeys);
      if (name === null) return;
      event.preventDefault();
      latest.current.act(name);
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable);
}
