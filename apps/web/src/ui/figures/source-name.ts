import type { Translate } from '../../i18n/i18n.ts';

const KNOWN = ['simulated', 'import', 'manual'] as const;

/** Where a price comes from, in the reader's words; a provider has a name of its own. */
export function sourceName(source: string, t: Translate): string {
  const known = KNOWN.find((name) => name === source);
  return known === undefined ? source : t(`figure.source.${known}`);
}
