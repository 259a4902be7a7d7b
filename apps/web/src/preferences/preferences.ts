/** How this browser shows things. Kept in the browser, so that it holds before anybody is signed in. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly direction: Direction;
  readonly density: 'compact' | 'normal' | 'roomy';
  readonly language: Language;
  readonly motion: 'system' | 'reduced';
  readonly hideAmounts: boolean;
  readonly singleKeys: boolean;
  readonly rail: boolean;
}

/** Which colour means up. `ink` leaves colour out: arrow and sign say it alone. */
export type Direction = 'classic' | 'red-up' | 'red-blue' | 'blue-orange' | 'ink';
export type Language = 'en' | 'de';

export const DIRECTIONS = ['classic', 'red-up', 'red-blue', 'blue-orange', 'ink'] as const satisfies readonly Direction[];
export const LANGUAGES = ['en', 'de'] as const satisfies readonly Language[];

/** First visit: the convention of the reader's region is proposed, everything else follows the system. */
export function proposedPreferences(languages: readonly string[]): Preferences {
  return {
    theme: 'system',
    direction: directionOf(languages[0] ?? 'en'),
    density: 'normal',
    language:
      languages
        .find((tag) => /^(de|en)\b/i.test(tag))
        ?.toLowerCase()
        .startsWith('de') === true
        ? 'de'
        : 'en',
    motion: 'system',
    hideAmounts: false,
    singleKeys: true,
    rail: false,
  };
}

function directionOf(tag: string): Direction {
  if (/^(zh|ja)\b/i.test(tag)) return 'red-up';
  if (/^ko\b/i.test(tag)) return 'red-blue';
  return 'classic';
}

/** Keeps of a stored text what still has a meaning; the rest is as proposed. */
export function readPreferences(stored: string | null, proposed: Preferences): Preferences {
  const found = parse(stored);
  const pick = <Value>(name: keyof Preferences, allowed: readonly Value[], fallback: Value): Value =>
    allowed.find((value) => value === found[name]) ?? fallback;
  return {
    theme: pick('theme', ['system', 'light', 'dark'] as const, proposed.theme),
    direction: pick('direction', DIRECTIONS, proposed.direction),
    density: pick('density', ['compact', 'normal', 'roomy'] as const, proposed.density),
    language: pick('language', LANGUAGES, proposed.language),
    motion: pick('motion', ['system', 'reduced'] as const, proposed.motion),
    hideAmounts: pick('hideAmounts', [true, false], proposed.hideAmounts),
    singleKeys: pick('singleKeys', [true, false], proposed.singleKeys),
    rail: pick('rail', [true, false], proposed.rail),
  };
}

function parse(stored: string | null): Partial<Record<keyof Preferences, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
