/** What every source of prices is put through, whatever it stands on. */
import { barFault } from '@holdfast/engine/bars';
import type { ListedSymbol } from '@holdfast/engine/instruments';
import { findCurrency } from '@holdfast/engine/money';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MarketDataProvider, ProvidedQuote } from './market-data.ts';

export interface ProviderUnderTest {
  readonly provider: MarketDataProvider;
  /** A listing that it has prices of, with days of history within `span`, and an instant by which they are all over. */
  readonly known: ListedSymbol;
  /** A symbol of its shape that it does not know. */
  readonly unknown: ListedSymbol;
  readonly span: { readonly fromMs: number; readonly toMs: number };
  /** A stretch of a session within which it has minutes of `known`; null for a provider that has none. */
  readonly minutes: { readonly fromMs: number; readonly toMs: number } | null;
  readonly now: number;
  /** Words that find `known`. */
  readonly words: string;
  /** Makes the stream say a price of `known`, where there is one. */
  readonly speak?: () => Promise<void> | void;
  readonly close?: () => Promise<void>;
}

const DAY_MS = 86_400_000;

export function marketDataProviderSuite(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(name, () => {
    let under: ProviderUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under.close?.());

    const sound = (quote: ProvidedQuote | undefined): void => {
      const { provider, known, now } = under;
      expect(quote).toMatchObject({ source: provider.name, listing: { symbol: known.symbol } });
      for (const figure of [quote?.last, quote?.bid, quote?.ask, quote?.open, quote?.high, quote?.low, quote?.previousClose])
        expect(figure === null || (typeof figure === 'bigint' && figure > 0n)).toBe(true);
      expect(quote?.volume === null || (quote?.volume ?? -1n) >= 0n).toBe(true);
      expect(quote?.at).toBeLessThanOrEqual(now);
      expect(quote?.at).toBeGreaterThan(0);
    };

    test('a quote is positive, names its source and its instant, and is not from the future', async () => {
      const [quote, ...more] = await under.provider.quotes([under.known]);
      sound(quote);
      expect(more).toEqual([]);
    });

    test('what it does not know has no quote, no profile, and nothing is made up', async () => {
      const { provider, unknown } = under;
      expect(await provider.quotes([unknown])).toEqual([]);
      expect(await provider.quotes([])).toEqual([]);
      expect(await provider.profile(unknown)).toBeNull();
      expect((await provider.history(unknown, { interval: '1d', ...under.span }))?.bars ?? []).toEqual([]);
    });

    test('it says what it covers', () => {
      expect(under.provider.covers(under.known)).toBe(true);
      expect(under.provider.covers({ symbol: under.known.symbol, exchange: 'MCX' })).toBe(false);
      expect(under.provider.intervals).toContain('1d');
    });

    test('days come in order, each once, whole, and from within the range', async () => {
      const { provider, known, span } = under;
      const history = await provider.history(known, { interval: '1d', ...span });
      expect(history?.source).toBe(provider.name);
      const bars = history?.bars ?? [];
      expect(bars.length).toBeGreaterThan(1);
      const starts = bars.map(({ startAt }) => startAt);
      expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
      for (const bar of bars) {
        expect(barFault(bar)).toBeNull();
        expect(bar.startAt >= span.fromMs && bar.startAt < span.toMs).toBe(true);
      }
      const cut = await provider.history(known, { interval: '1d', fromMs: span.fromMs, toMs: bars.at(-1)?.startAt ?? 0 });
      expect(cut?.bars).toEqual(bars.slice(0, -1));
    });

    test('minutes come in order, each once, whole, on the minute, and from within the range', async () => {
      const { provider, known, unknown, minutes } = under;
      expect(provider.intervals.includes('1m')).toBe(minutes !== null);
      if (minutes === null) return;
      const ask = (range: { readonly fromMs: number; readonly toMs: number }, listing = known) =>
        provider.history(listing, { interval: '1m', ...range });
      const bars = (await ask(minutes))?.bars ?? [];
      expect(bars.length).toBeGreaterThan(1);
      const starts = bars.map(({ startAt }) => startAt);
      expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
      for (const bar of bars) {
        expect(barFault(bar)).toBeNull();
        expect(bar.startAt % 60_000).toBe(0);
        expect(bar.startAt >= minutes.fromMs && bar.startAt < minutes.toMs).toBe(true);
      }
      const cut = await ask({ fromMs: bars[1]?.startAt ?? 0, toMs: bars.at(-1)?.startAt ?? 0 });
      expect(cut?.bars).toEqual(bars.slice(1, -1));
      expect((await ask(minutes, unknown))?.bars ?? []).toEqual([]);
    });

    test('an interval that it has no bars of is null or empty, never another interval', async () => {
      const { provider, known, span } = under;
      if (provider.intervals.includes('1w')) return expect(provider.intervals).toContain('1mo');
      expect(await provider.history(known, { interval: '1w', ...span })).toBeNull();
      return undefined;
    });

    test('words find it, and its profile says what it is', async () => {
      const { provider, known, words } = under;
      const found = await provider.search(words, 5);
      expect(found.map(({ symbol }) => symbol)).toContain(known.symbol);
      expect(await provider.search(words, 1)).toHaveLength(1);
      const profile = await provider.profile(known);
      expect(profile).toMatchObject({ symbol: known.symbol });
      expect(profile?.name).not.toBe('');
      expect(findCurrency(profile?.currency ?? '')).not.toBeNull();
    });

    test('corporate actions and exchange rates are of the days asked for, or it says that it has none', async () => {
      const { provider, known, span } = under;
      const range = { from: Math.floor(span.fromMs / DAY_MS), to: Math.floor(span.toMs / DAY_MS) };
      for (const { exOn } of (await provider.actions(known, range)) ?? []) expect(exOn >= range.from && exOn <= range.to).toBe(true);
      const rates = (await provider.exchangeRates({ from: 'EUR', to: 'USD' }, range)) ?? [];
      const days = rates.map(({ day }) => day);
      expect(days).toEqual([...new Set(days)].sort((a, b) => a - b));
      for (const { day, rate, source } of rates) {
        expect(day >= range.from && day <= range.to && rate > 0n).toBe(true);
        expect(source).toBe(provider.name);
      }
    });

    test('a stream sends prices until it is stopped', async () => {
      const { provider, known, speak } = under;
      if (provider.stream === null) return expect(speak).toBeUndefined();
      const heard: ProvidedQuote[] = [];
      let wake = (): void => undefined;
      const first = new Promise<void>((resolve) => (wake = resolve));
      const stop = provider.stream([known], {
        onQuotes: (quotes) => {
          heard.push(...quotes);
          wake();
        },
        onEnd: (error) => expect(error).toBeUndefined(),
      });
      await speak?.();
      await first;
      stop();
      sound(heard[0]);
      return undefined;
    });
  });
}
