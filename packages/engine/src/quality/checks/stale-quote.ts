import type { Check } from '../check.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Something held whose price is old or missing, so that its value is not today's. */
export const staleQuote: Check = {
  id: 'stale-quote',
  severity: 'low',
  advice: 'Check the symbol. If no provider has a price for it, enter one yourself.',
  find: ({ quotedAt, nowMs, staleAfterMs }) =>
    [...quotedAt].flatMap(([symbol, at]) => {
      if (at !== null && nowMs - at <= staleAfterMs) return [];
      const description =
        at === null ? `No price for ${symbol}: its value is not known.` : `Old price for ${symbol}: it is ${ageOf(nowMs - at)} old.`;
      return [{ subject: symbol, recordId: null, at: null, description }];
    }),
};

function ageOf(ms: number): string {
  const [unit, size] =
    ms >= 2 * DAY_MS ? (['days', DAY_MS] as const) : ms >= 2 * HOUR_MS ? (['hours', HOUR_MS] as const) : (['minutes', MINUTE_MS] as const);
  return `${Math.floor(ms / size)} ${unit}`;
}
