import type { QuoteEvent, StreamListener } from '@holdfast/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createQuoteStore, mergeQuote } from './quote-store.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const quote = (last: string, at: string): QuoteEvent => ({
  ...(mergeQuote(undefined, 'AAPL', { last, at, source: 'simulated' }) as QuoteEvent),
});

function bench() {
  const channels = new Map<string, StreamListener>();
  const store = createQuoteStore({
    subscribe: (channel, listener) => {
      channels.set(channel, listener);
      return () => channels.delete(channel);
    },
  });
  return {
    store,
    channels,
    tick: (part: Partial<QuoteEvent>) => channels.get('quotes:AAPL')?.({ kind: 'event', data: part, sequence: 1 }),
  };
}

test('many ticks are one notice, and the last one counts', () => {
  const b = bench();
  let notices = 0;
  b.store.watch('AAPL', () => (notices += 1));
  for (const second of ['01', '02', '03']) b.tick({ last: `1.${second}`, at: `2026-01-05T10:00:${second}.000Z` });
  expect(notices).toBe(0);
  vi.advanceTimersByTime(250);
  expect([notices, b.store.get('AAPL')?.last]).toEqual([1, '1.03']);
});

test('an older quote never replaces a newer one', () => {
  const b = bench();
  b.store.seed([quote('2.00', '2026-01-05T10:00:09.000Z')]);
  b.store.seed([quote('1.00', '2026-01-05T10:00:01.000Z')]);
  expect(b.store.get('AAPL')?.last).toBe('2.00');
});

test('a tick that carries only the price keeps the rest', () => {
  const known = mergeQuote(undefined, 'AAPL', { last: '1', at: '2026-01-05T10:00:00.000Z', previousClose: '0.90' });
  expect(mergeQuote(known ?? undefined, 'AAPL', { last: '1.10' })).toMatchObject({ last: '1.10', previousClose: '0.90' });
  expect(mergeQuote(undefined, 'AAPL', { bid: '1' })).toBeNull();
});

test('two who look share one channel, which is left when nobody looks for a while', () => {
  const b = bench();
  const first = b.store.watch('AAPL', () => undefined);
  const second = b.store.watch('AAPL', () => undefined);
  first();
  vi.advanceTimersByTime(10_000);
  expect(b.channels.size).toBe(1);
  second();
  const again = b.store.watch('AAPL', () => undefined);
  vi.advanceTimersByTime(10_000);
  expect(b.channels.size).toBe(1);
  again();
  vi.advanceTimersByTime(10_000);
  expect(b.channels.size).toBe(0);
});
