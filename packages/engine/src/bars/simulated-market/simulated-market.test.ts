import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../time/index.ts';
import { barFault, mergeBars, type Bar } from '../bar.ts';
import type { IntradayInterval } from '../interval.ts';
import { createSimulatedMarket } from './simulated-market.ts';

const market = createSimulatedMarket({ seed: 'test', hours: 'always' });
const DAY_MS = 86_400_000;
const symbols = constantFrom(...market.symbols);
/** Any second from 2015 to 2035. */
const seconds = integer({ min: Date.UTC(2015, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 });

function quote(symbol: string, at: number) {
  const found = market.quoteAt(symbol, at);
  if (found === null) throw new Error(`no quote of ${symbol}`);
  return found;
}

function bars(symbol: string, interval: IntradayInterval, range: { fromMs: number; toMs: number }): readonly Bar[] {
  return market.bars(symbol, interval, range) ?? [];
}

/** The slow and obvious bar: every second's quote in turn. */
function barOfQuotes(symbol: string, fromMs: number, toMs: number): Omit<Bar, 'volume'> {
  const prices: bigint[] = [];
  for (let at = fromMs; at < toMs; at += 1000) prices.push(quote(symbol, at).last);
  const sorted = [...prices].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { startAt: fromMs, open: prices[0], high: sorted.at(-1), low: sorted[0], close: prices.at(-1) } as Omit<Bar, 'volume'>;
}

describe('the simulated market', () => {
  test('lists about a hundred instruments of every kind, each symbol once', () => {
    expect(market.symbols.length).toBeGreaterThanOrEqual(100);
    expect(new Set(market.symbols).size).toBe(market.symbols.length);
    const kinds = new Set(market.instruments.map((instrument) => instrument.assetClass));
    expect([...kinds].sort()).toEqual(['bond', 'cash', 'crypto', 'etf', 'fund', 'index', 'stock']);
    expect(market.quoteAt('NOSUCH', 0)).toBeNull();
  });

  test('is the same for the same seed whatever was asked before, and another for another seed', () => {
    assert(
      property(symbols, seconds, (symbol, second) => {
        const fresh = createSimulatedMarket({ seed: 'test', hours: 'always' });
        expect(fresh.quoteAt(symbol, second * 1000)).toEqual(quote(symbol, second * 1000));
      }),
      { numRuns: 30 },
    );
    const other = createSimulatedMarket({ seed: 'another', hours: 'always' });
    const at = Date.UTC(2026, 5, 1);
    expect(other.quoteAt('AAPL', at)?.last).not.toBe(quote('AAPL', at).last);
  });

  // A change of any figure here changes every installation's history: it must be meant, and be told in the changelog.
  test('keeps its prices from version to version', () => {
    const at = Date.UTC(2026, 0, 5, 15, 30, 7);
    expect(['AAPL', 'SPX', 'BTC', 'EURUSD', '7203'].map((symbol) => String(quote(symbol, at).last))).toMatchInlineSnapshot(`
      [
        "234050000000000000000",
        "4985190000000000000000",
        "143382520000000000000000",
        "1010280000000000000",
        "2368000000000000000000",
      ]
    `);
  });

  test('stands near the table of prices on the anchor day and keeps money funds at 1.00', () => {
    expect(market.dailyBars('AAPL', day('2025-01-02'), day('2025-01-02'))?.[0]?.close).toBe(243_850_000_000_000_000_000n);
    expect(quote('VMFXX', Date.UTC(2031, 3, 4)).ask).toBe(1_000_000_000_000_000_000n);
  });
});

describe('quotes and bars of the simulated market', () => {
  test('quotes: positive, on the tick, last between bid and ask and between low and high', () => {
    assert(
      property(symbols, seconds, (symbol, second) => {
        const { last, bid, ask, open, high, low, previousClose, volume, at } = quote(symbol, second * 1000);
        const tick = market.instruments.find((instrument) => instrument.symbol === symbol)?.tickSize ?? 0n;
        for (const price of [last, bid, ask, open, high, low, previousClose]) {
          expect(price > 0n && price % tick === 0n).toBe(true);
        }
        expect(bid <= last && last <= ask && low <= last && last <= high && low <= open && open <= high && volume >= 0n).toBe(true);
        expect(at).toBe(second * 1000);
      }),
      { numRuns: 500 },
    );
  });

  test('an hour of quotes is the hour bar, and the minute bars together are it too', () => {
    assert(
      property(symbols, integer({ min: 0, max: 24 * 365 * 10 }), (symbol, hours) => {
        const fromMs = Date.UTC(2018, 0, 1) + hours * 3_600_000;
        const toMs = fromMs + 3_600_000;
        const [hour, ...more] = bars(symbol, '1h', { fromMs, toMs });
        expect(more).toEqual([]);
        expect(hour).toMatchObject(barOfQuotes(symbol, fromMs, toMs));
        expect(bars(symbol, '1m', { fromMs, toMs }).reduce(mergeBars)).toEqual(hour);
        expect(bars(symbol, '15m', { fromMs, toMs })).toHaveLength(4);
      }),
      { numRuns: 25 },
    );
  });

  test('a day bar is its five-minute bars together, the quote of its last second, and follows the day before without a gap', () => {
    assert(
      property(symbols, integer({ min: day('2010-01-01'), max: day('2040-01-01') }), (symbol, on) => {
        const [before, bar] = market.dailyBars(symbol, on - 1, on) ?? [];
        const fromMs = on * DAY_MS;
        expect(bars(symbol, '5m', { fromMs, toMs: fromMs + DAY_MS }).reduce(mergeBars)).toEqual({ ...bar, on: undefined });
        const { open, high, low, last, volume, previousClose } = quote(symbol, fromMs + DAY_MS - 1);
        expect({ open, high, low, close: last, volume }).toEqual({ ...bar, on: undefined, startAt: undefined });
        expect([previousClose, bar?.open, bar?.on]).toEqual([before?.close, before?.close, on]);
        expect(bar && barFault(bar)).toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  test('the bar in the making holds the seconds so far', () => {
    const fromMs = Date.UTC(2026, 1, 3, 14, 0, 0);
    assert(
      property(symbols, integer({ min: 1, max: 3600 }), (symbol, passed) => {
        const toMs = fromMs + passed * 1000;
        expect(bars(symbol, '1h', { fromMs, toMs })).toMatchObject([barOfQuotes(symbol, fromMs, toMs)]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a simulated market that keeps exchange hours', () => {
  const closing = createSimulatedMarket({ seed: 'test', hours: 'exchange' });

  test('stands still at night, over the weekend and on a holiday', () => {
    // 2025-11-27 is Thanksgiving; trading on the day before ended at 21:00 UTC.
    const wednesday = closing.quoteAt('AAPL', Date.UTC(2025, 10, 26, 21) - 1);
    expect(wednesday?.at).toBe(Date.UTC(2025, 10, 26, 20, 59, 59));
    expect(closing.quoteAt('AAPL', Date.UTC(2025, 10, 28, 14, 29, 59))).toEqual(wednesday);
    expect(closing.quoteAt('AAPL', Date.UTC(2025, 10, 28, 14, 30))?.previousClose).toBe(wednesday?.last);
    expect(closing.quoteAt('BTC', Date.UTC(2025, 10, 27))?.at).toBe(Date.UTC(2025, 10, 27));
    expect(['AAPL', 'BTC', 'NOSUCH'].map((symbol) => closing.isOpen(symbol, Date.UTC(2025, 10, 27, 15)))).toEqual([false, true, false]);
    expect([closing.zoneOf('7203'), market.zoneOf('7203'), market.isOpen('AAPL', 0)]).toEqual(['Asia/Tokyo', 'UTC', true]);
  });

  test('has a bar for each session and hours that end with it', () => {
    const on = closing.dailyBars('AAPL', day('2025-11-24'), day('2025-12-01'))?.map((bar) => bar.on);
    expect(on).toEqual(['2025-11-24', '2025-11-25', '2025-11-26', '2025-11-28', '2025-12-01'].map(day));
    // The short Friday: half an hour from 14:30, then 15, 16 and 17 to 18 o'clock UTC.
    const fridayMs = Date.UTC(2025, 10, 28);
    const hours = closing.bars('AAPL', '1h', { fromMs: fridayMs, toMs: fridayMs + DAY_MS });
    expect(hours?.map((bar) => new Date(bar.startAt).getUTCHours())).toEqual([14, 15, 16, 17]);
    expect(closing.bars('7203', '1h', { fromMs: fridayMs, toMs: fridayMs + DAY_MS })).toHaveLength(7);
  });

  test('every day is its minutes together, and the quote of a minute its last second', () => {
    const listed = constantFrom(...closing.symbols.filter((symbol) => symbol !== 'VMFXX'));
    assert(
      property(listed, integer({ min: day('2012-01-02'), max: day('2030-01-01') }), (symbol, from) => {
        const [bar] = closing.dailyBars(symbol, from, from + 6) ?? [];
        if (bar === undefined) throw new Error(`${symbol} does not trade in the week of ${from}`);
        const minutes = closing.bars(symbol, '1m', { fromMs: bar.startAt, toMs: bar.startAt + DAY_MS }) ?? [];
        expect(minutes.reduce(mergeBars)).toEqual({ ...bar, on: undefined, startAt: minutes[0]?.startAt });
        const middle = minutes[Math.floor(minutes.length / 2)];
        expect(closing.quoteAt(symbol, (middle?.startAt ?? 0) + 59_000)?.last).toBe(middle?.close);
      }),
      { numRuns: 60 },
    );
  });
});

describe('prices of the simulated market', () => {
  test('no second moves a price by more than a twentieth of the yearly deviation', () => {
    // AAPL deviates by 27 % a year, and a minute's range can come close to a day's 1.4 %: 27 % / 20 = 1.35 %.
    const startMs = Date.UTC(2025, 5, 1);
    let widest = 0;
    for (let second = 1; second < 2 * 86_400; second += 1) {
      const [before, after] = [quote('AAPL', startMs + second * 1000 - 1000).last, quote('AAPL', startMs + second * 1000).last];
      widest = Math.max(widest, Math.abs(Number(after - before)) / Number(before));
    }
    expect(widest).toBeLessThan(0.0135);
  });

  test('decades stay plausible: between a fiftieth and fifty times the price', () => {
    for (const symbol of ['AAPL', 'SPX', 'EURUSD', 'BND', 'VOD']) {
      const anchor = quote(symbol, Date.UTC(2025, 0, 2)).last;
      const closes = (market.dailyBars(symbol, day('1995-01-01'), day('2055-01-01')) ?? []).map((bar) => bar.close);
      expect(closes.filter((close) => close * 50n < anchor || close > anchor * 50n)).toEqual([]);
    }
  });

  test('shares of one sector move together more than shares of two, and an index fund moves with its index', () => {
    const returns = (symbol: string): readonly number[] => {
      const closes = (market.dailyBars(symbol, day('2015-01-01'), day('2025-01-01')) ?? []).map((bar) => Number(bar.close));
      return closes.slice(1).map((close, index) => close / (closes[index] ?? 1) - 1);
    };
    expect(correlation(returns('SPY'), returns('SPX'))).toBeGreaterThan(0.97);
    expect(correlation(returns('JPM'), returns('BAC'))).toBeGreaterThan(correlation(returns('JPM'), returns('LLY')));
    expect(Math.abs(correlation(returns('BTC'), returns('TLT')))).toBeLessThan(0.1);
  });

  test('refuses a time it does not live in', () => {
    expect(() => market.quoteAt('AAPL', Date.UTC(1969, 11, 31))).toThrow(RangeError);
    expect(() => market.dailyBars('AAPL', 0, 50_000)).toThrow('1970 to 2099');
    expect(() => market.quoteAt('AAPL', Number.NaN)).toThrow(RangeError);
  });
});

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = (values: readonly number[]) => {
    const middle = mean(values);
    return values.map((value) => value - middle);
  };
  const [x, y] = [centred(a), centred(b)];
  const product = (u: readonly number[], v: readonly number[]) => mean(u.map((value, index) => value * (v[index] ?? 0)));
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}
