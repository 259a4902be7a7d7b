import { readFileSync } from 'node:fs';
import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectPageTells } from '../../cases/published-cases.ts';
import { decimal, decimalFromInteger, formatDecimal, toNumber, type Decimal } from '../money/index.ts';
import { toInstantMs, type Zone } from '../time/index.ts';
import {
  aggregateBars,
  aggregateTicks,
  createBarBuilder,
  createRollUp,
  fillGaps,
  mergeBars,
  sessionFilter,
  stretchOf,
  volumeWeightedPrice,
  type Bar,
  type Interval,
  type Tick,
} from './index.ts';

type Row = readonly (number | string)[];

interface Case {
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

const file = (name: string): string => readFileSync(new URL(`../../cases/${name}`, import.meta.url), 'utf8');
const { cases } = JSON.parse(file('candles.json')) as { readonly cases: readonly Case[] };
const rowsOf = (name: string): readonly string[][] =>
  file(name)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

const ran = new Set<string>();

function caseOf(id: string): Case {
  ran.add(id);
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

const exact = (value: number | string | undefined): Decimal => decimal(String(value));
const newYork = (local: string): number => toInstantMs('America/New_York', Date.parse(`${local.replace(' ', 'T')}Z`));
const utc = (local: string): number => Date.parse(`${local}Z`);

function barFrom(row: Row, at: (local: string) => number): Bar {
  const [start, open, high, low, close, volume] = row;
  return { startAt: at(String(start)), open: exact(open), high: exact(high), low: exact(low), close: exact(close), volume: exact(volume) };
}

describe('published cases (cases/candles.json names source and licence of each)', () => {
  test('skender-gap-fill', () => {
    const { input, expected } = caseOf('skender-gap-fill');
    const shape = { interval: '1m', zone: 'UTC' } as const;
    const ticks = (input['ticks'] as Row[]).map(([at, price, quantity]) => ({
      at: utc(String(at)),
      price: exact(price),
      quantity: exact(quantity),
    }));
    const bars = aggregateTicks(ticks, shape);
    expect(bars).toHaveLength(2);
    expect(fillGaps(bars, shape)).toEqual((expected['bars'] as Row[]).map((row) => barFrom(row, utc)));
  });

  test('ts-merge', () => {
    const { input, expected } = caseOf('ts-merge');
    const [first, second] = (input['candles'] as number[][]).map((row) => barFrom(['1970-01-01T00:00', ...row], utc));
    if (first === undefined || second === undefined) throw new Error('two bars');
    expect(mergeBars(first, second)).toEqual(barFrom(['1970-01-01T00:00', ...(expected['merged'] as number[])], utc));
  });

  test('lean-bac-20131007: 390 minutes make the day', () => {
    const { input, expected } = caseOf('lean-bac-20131007');
    const minutes = rowsOf(String(input['data_file'])).map((row) => barFrom(row, newYork));
    expect(minutes).toHaveLength(390);
    const [on, ...figures] = expected['day'] as Row;
    expect(aggregateBars(minutes, { interval: '1d', zone: 'America/New_York' })).toEqual([barFrom([`${on} 00:00`, ...figures], newYork)]);
  });

  test('lean-ticks-to-minutes: 1,779 ticks make 18 minutes', () => {
    const { input, expected } = caseOf('lean-ticks-to-minutes');
    const midnight = newYork('2013-10-11 00:00');
    const ticks = rowsOf(String(input['data_file'])).map(([ms, price, size]) => ({
      at: midnight + Number(ms),
      price: exact(price),
      quantity: exact(size),
    }));
    const bars = aggregateTicks(ticks, { interval: '1m', zone: 'America/New_York' });
    expect(bars).toEqual((expected['bars'] as Row[]).map((row) => barFrom(row, newYork)));
    const prices = bars.map(({ startAt }) => volumeWeightedPrice(ticks.filter(({ at }) => at >= startAt && at < startAt + 60_000)));
    const published = expected['vwap_per_minute_computed_here'] as number[];
    prices.forEach((price, index) => expect(Math.abs(toNumber(price ?? exact(0)) - (published[index] ?? 0))).toBeLessThanOrEqual(1e-6));
  });

  test('every case is ours', () => {
    expect([...ran]).toEqual(cases.map(({ id }) => id));
    expectPageTells('candles.json', { ran, reasons: new Map() });
  });
});

describe('stretchOf', () => {
  test.each([
    // interval, zone, an instant, the stretch it falls into
    ['5m', 'UTC', '2025-01-02T14:34:59Z', '2025-01-02T14:30', '2025-01-02T14:35'],
    ['1h', 'Asia/Kolkata', '2025-01-02T03:45:00Z', '2025-01-02T03:30', '2025-01-02T04:30'],
    ['1d', 'Asia/Tokyo', '2025-01-02T15:00:00Z', '2025-01-02T15:00', '2025-01-03T15:00'],
    ['1d', 'America/New_York', '2025-03-09T12:00:00Z', '2025-03-09T05:00', '2025-03-10T04:00'],
    ['1w', 'UTC', '2025-01-05T23:59:59Z', '2024-12-30T00:00', '2025-01-06T00:00'],
    ['1mo', 'Europe/Berlin', '2024-12-31T23:30:00Z', '2024-12-31T23:00', '2025-01-31T23:00'],
  ] as const)('%s in %s at %s', (...[interval, zone, at, ...expected]) => {
    const { startAt, endAt } = stretchOf(interval, zone, Date.parse(at));
    expect([startAt, endAt].map((instant) => new Date(instant).toISOString().slice(0, 16))).toEqual(expected);
  });
});

const START = Date.UTC(2025, 2, 7);
const tickLists = array(
  record({ gap: integer({ min: 0, max: 5_000_000 }), price: integer({ min: 1, max: 500 }), quantity: integer({ min: 0, max: 9 }) }),
  {
    minLength: 1,
    maxLength: 60,
  },
).map((rows) => {
  let at = START;
  return rows.map(({ gap, price, quantity }): Tick => ({
    at: (at += gap),
    price: decimalFromInteger(price),
    quantity: decimalFromInteger(quantity),
  }));
});
const zones = constantFrom<Zone[]>('UTC', 'America/New_York', 'Asia/Kolkata');
const intervals = constantFrom<Interval[]>('1m', '5m', '15m', '1h', '1d', '1w', '1mo');

/** The slow and obvious way: sort the ticks into boxes, then look at each box. */
function boxes(ticks: readonly Tick[], interval: Interval, zone: Zone): readonly Bar[] {
  const starts = [...new Set(ticks.map(({ at }) => stretchOf(interval, zone, at).startAt))];
  return starts.map((startAt) => {
    const inside = ticks.filter(({ at }) => stretchOf(interval, zone, at).startAt === startAt);
    const sorted = inside.map(({ price }) => price).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const volume = inside.reduce((sum, { quantity }) => sum + quantity, 0n);
    return { startAt, open: inside[0]?.price, high: sorted.at(-1), low: sorted[0], close: inside.at(-1)?.price, volume } as Bar;
  });
}

describe('aggregation', () => {
  test('equals sorting the ticks into boxes, whether in one step or through minutes', () => {
    assert(
      property(tickLists, intervals, zones, (ticks, interval, zone) => {
        const expected = boxes(ticks, interval, zone);
        expect(aggregateTicks(ticks, { interval, zone })).toEqual(expected);
        expect(aggregateBars(aggregateTicks(ticks, { interval: '1m', zone }), { interval, zone })).toEqual(expected);
      }),
    );
  });

  test('order within an instant is the order of the file', () => {
    const at = START;
    const ticks = ['10', '12', '9', '11'].map((price) => ({ at, price: decimal(price), quantity: decimal('1') }));
    const [bar] = aggregateTicks(ticks, { interval: '1m', zone: 'UTC' });
    expect(bar && [bar.open, bar.high, bar.low, bar.close].map(formatDecimal)).toEqual(['10', '12', '9', '11']);
  });

  test('a piece older than the bar in the making is refused', () => {
    const builder = createBarBuilder({ interval: '1m', zone: 'UTC' });
    builder.addTick({ at: START + 60_000, price: decimal('1'), quantity: decimal('1') });
    expect([builder.isLate(START), builder.isLate(START + 60_000)]).toEqual([true, false]);
    expect(() => builder.addTick({ at: START, price: decimal('1'), quantity: decimal('1') })).toThrow(RangeError);
  });
});

describe('roll-up', () => {
  test('gives the same bars as aggregating each interval by itself, and shows those in the making without changing them', () => {
    assert(
      property(tickLists, zones, (ticks, zone) => {
        const emitted = new Map<Interval, Bar[]>();
        const put = (interval: Interval, bar: Bar): void => void emitted.set(interval, [...(emitted.get(interval) ?? []), bar]);
        const rollUp = createRollUp({ zone, intervals: ['5m', '1h', '1d'], inSession: () => true, emit: put });
        for (const tick of ticks) {
          expect(rollUp.add(tick)).toBe('kept');
          rollUp.current();
        }
        for (const [interval, bar] of rollUp.current()) put(interval, bar);
        for (const interval of ['1m', '5m', '1h', '1d'] as const) expect(emitted.get(interval)).toEqual(boxes(ticks, interval, zone));
      }),
    );
  });

  test('leaves out what is outside the session or late', () => {
    const rollUp = createRollUp({ zone: 'America/New_York', intervals: [], inSession: sessionFilter('NYSE'), emit: () => undefined });
    const tick = (local: string) => ({ at: newYork(local), price: decimal('10'), quantity: decimal('1') });
    expect(rollUp.current()).toEqual([]);
    expect(
      ['2025-07-03 09:29:59', '2025-07-03 09:30:00', '2025-07-03 12:59:59', '2025-07-03 10:00:00', '2025-07-03 13:00:00'].map((local) =>
        rollUp.add(tick(local)),
      ),
    ).toEqual(['outside', 'kept', 'kept', 'late', 'outside']);
  });
});
