import { isPlaceholder } from './secret-rules.ts';
import type { Setting } from './setting.ts';
import { settings, type SettingValues } from './settings.ts';

/** The value of a variable, undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

export type SettingsRead = {
  readonly values: SettingValues;
  /** The names under which settings were given, for messages that must name what the reader wrote. */
  readonly givenAs: ReadonlyMap<string, string>;
  readonly faults: readonly string[];
};

/** Reads every setting by its type; what cannot be read becomes a fault and leaves the default. An empty value counts as not set. */
export function readSettings(lookup: Lookup): SettingsRead {
  const faults: string[] = [];
  const givenAs = new Map<string, string>();
  const values = Object.entries(settings).map(([key, row]: [string, Setting<unknown>]) => {
    const given = firstGiven(row, lookup);
    if (given === null) return [key, row.default];
    givenAs.set(row.name, given.name);
    if (!row.secret && isUnfilled(given.text)) {
      faults.push(fault(row, given, 'a value of your own instead of the example, or remove the line'));
      return [key, row.default];
    }
    const reading = row.type.read(given.text);
    if ('value' in reading) return [key, reading.value];
    faults.push(fault(row, given, reading.wanted));
    return [key, row.default];
  });
  // Each row gives the value of its own type, which Object.entries cannot follow.
  return { values: Object.freeze(Object.fromEntries(values)) as SettingValues, givenAs, faults };
}

type Given = { readonly name: string; readonly text: string };

function firstGiven(row: Setting<unknown>, lookup: Lookup): Given | null {
  for (const name of [row.name, ...row.aliases]) {
    const text = lookup(name)?.trim();
    if (text !== undefined && text !== '') return { name, text };
  }
  return null;
}

/** Only the angle brackets of the documents count here: "example" may well be a host's name. */
function isUnfilled(text: string): boolean {
  return /^<.*>$/.test(text) && isPlaceholder(text);
}

function fault(row: Setting<unknown>, given: Given, wanted: string): string {
  return `${given.name}: got ${shown(row, given.text)}. Write ${wanted}.`;
}

/** What may be repeated of a value: nothing of a secret, and of others no more than a line. */
function shown(row: Setting<unknown>, text: string): string {
  if (row.secret) return `a text of ${String(text.length)} characters (not shown)`;
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
