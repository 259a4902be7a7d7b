import { decimal, formatDecimal } from '@holdfast/engine/money';
import { expect, test } from 'vitest';
import { fixedClock } from '../../../testing/fixed-clock.ts';
import type { ProvidedQuote } from '../market-data.ts';
import { replayMarketData } from './replay-market-data.ts';
import type { Tape } from './tape.ts';

const RECORDED = Date.parse('2022-04-05T04:00:00Z');
const NOW = Date.parse('2026-01-05T15:00:00Z');
const MINUTE = 60_000;
const none = { bid: null, bidSize: null, ask: null, askSize: null, open: null, high: null, low: null, previousClose: null, volume: null };
const profile = {
  symbol: 'SBIN',
  exchange: 'NSE',
  name: 'State Bank of India',
  assetClass: 'stock',
  currency: 'INR',
  sector: null,
  country: 'IN',
  tickSize: null,
  source: 'import',
} as const;

/** A report a minute for ten minutes: 500, 501, … */
const reports = Array.from({ length: 10 }, (_, minute) => ({
  symbol: 'SBIN',
  exchange: 'NSE',
  at: RECORDED + minute * MINUTE,
  last: decimal(String(500 + minute)),
  ...none,
}));
const tape: Tape = {
  listings: [profile],
  span: { fromMs: RECORDED, toMs: RECORDED + 9 * MINUTE },
  read: async ({ afterMs, untilMs }) => reports.filter(({ at }) => at > afterMs && at <= untilMs).slice(-1),
  bars: async (_symbol, { fromMs, toMs }) =>
    reports
      .filter(({ at }) => at >= fromMs && at < toMs)
      .map(({ at, last }) => ({ startAt: at, open: last, high: last, low: last, close: last, volume: decimal('0') })),
};

function play(speed: number, fromMs: number | null = null) {
  const clock = fixedClock(NOW);
  let next = (): void => undefined;
  const provider = replayMarketData({
    tape,
    clock,
    fromMs,
    speed,
    every: (beat) => {
      next = beat;
      return () => (next = () => undefined);
    },
  });
  const heard: ProvidedQuote[] = [];
  const stop = provider.stream?.([profile], { onQuotes: (quotes) => heard.push(...quotes), onEnd: () => undefined });
  /** Lets real seconds pass, and one beat. */
  const pass = async (seconds: number) => {
    clock.advance(seconds * 1_000);
    next();
    await new Promise(setImmediate);
    return heard.splice(0).map(({ last, at }) => `${formatDecimal(last)} ${(at - NOW) / 1_000}`);
  };
  return { provider, pass, stop, clock };
}

test.each([
  // Minute by minute at 60x a second each; at 1000x all nine are over within a second: 9 x 60 s / 1000 = 0.54 s.
  [60, ['500 0'], ['501 1'], ['503 3']],
  [1, ['500 0'], [], []],
  [1000, ['500 0'], ['509 0.54'], []],
])('at %ix', async (speed, first, afterOne, afterThree) => {
  const { pass } = play(speed);
  expect(await pass(0)).toEqual(first);
  expect(await pass(1)).toEqual(afterOne);
  expect(await pass(2)).toEqual(afterThree);
});

test('it begins on any instant, with the price of before', async () => {
  const { pass, provider } = play(60, RECORDED + 5.5 * MINUTE);
  expect(await pass(0)).toEqual(['505 0']);
  expect(await pass(1)).toEqual(['506 0.5']);
  expect((await provider.quotes([profile])).map(({ last }) => formatDecimal(last))).toEqual(['506']);
});

test('nobody looks ahead: the past ends where the playing is', async () => {
  const { provider, clock } = play(60);
  const all = { interval: '1m', fromMs: RECORDED - MINUTE, toMs: RECORDED + 100 * MINUTE } as const;
  expect((await provider.history(profile, all))?.bars).toHaveLength(0);
  clock.advance(3_000);
  expect((await provider.history(profile, all))?.bars.map(({ close }) => formatDecimal(close))).toEqual(['500', '501', '502']);
});

test('once stopped it says nothing more', async () => {
  const { pass, stop } = play(60);
  stop?.();
  expect(await pass(2)).toEqual([]);
});
