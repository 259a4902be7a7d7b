/** Every key the app knows, as data: the list on screen and what happens come from the same rows. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly name:
    | 'palette'
    | 'keys'
    | 'home'
    | 'portfolios'
    | 'trade'
    | 'markets'
    | 'watchlists'
    | 'alerts'
    | 'settings'
    | 'buy'
    | 'sell'
    | 'sidebar'
    | 'amounts'
    | 'ticket';
  /** A key alone can be switched off, since dictation and assistive tools press keys too (WCAG 2.1.4). */
  readonly single: boolean;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['Ctrl', 'K'], name: 'palette', single: false },
  { keys: ['/'], name: 'palette', single: true },
  { keys: ['?'], name: 'keys', single: true },
  { keys: ['g', 'h'], name: 'home', single: true },
  { keys: ['g', 'p'], name: 'portfolios', single: true },
  { keys: ['g', 't'], name: 'trade', single: true },
  { keys: ['g', 'm'], name: 'markets', single: true },
  { keys: ['g', 'w'], name: 'watchlists', single: true },
  { keys: ['g', 'a'], name: 'alerts', single: true },
  { keys: ['g', 's'], name: 'settings', single: true },
  { keys: ['b'], name: 'buy', single: true },
  { keys: ['s'], name: 'sell', single: true },
  { keys: ['['], name: 'sidebar', single: true },
  { keys: ['Shift', 'H'], name: 'amounts', single: true },
  { keys: ['Ctrl', 'Enter'], name: 'ticket', single: false },
];

const SEQUENCE_MS = 1200;

export interface PressedKey {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly at: number;
}

/** Reads keys as they come; a sequence such as g h must be typed within 1.2 seconds. Ctrl Enter belongs to the ticket and is not read here. */
export function createShortcutReader(): (pressed: PressedKey, singleKeys: boolean) => Shortcut['name'] | null {
  let lead: { readonly key: string; readonly at: number } | null = null;
  return (pressed, singleKeys) => {
    const before = lead !== null && pressed.at - lead.at <= SEQUENCE_MS ? lead.key : null;
    lead = null;
    if (pressed.alt) return null;
    if (pressed.ctrl) return pressed.key.toLowerCase() === 'k' ? 'palette' : null;
    if (!singleKeys) return null;
    const found = SHORTCUTS.find((shortcut) => shortcut.single && matches(shortcut.keys, before, pressed.key));
    if (found !== undefined) return found.name;
    if (pressed.key === 'g') lead = { key: 'g', at: pressed.at };
    return null;
  };
}

function matches(keys: readonly string[], before: string | null, key: string): boolean {
  const [first = '', second] = keys;
  if (second === undefined) return before === null && key === first;
  return first === 'Shift' ? key === second : before === first && key === second;
}
