import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { decimalFromInteger } from '../money/index.ts';
import { createAlertIndex, type Alert, type AlertIndex, type AlertMemory, type Condition } from './index.ts';

const SYMBOL = 'AAPL';
const PREVIOUS_CLOSE = 20;
const WINDOW_MS = 100_000;

const KINDS = [
  'priceAbove',
  'priceBelow',
  'crosses',
  'volumeAbove',
  'dayPercent',
  'sincePercent',
  'windowPercent',
  'newHigh',
  'newLow',
] as const;
type Kind = (typeof KINDS)[number];

interface Wish {
  readonly kind: Kind;
  readonly level: number;
  readonly once: boolean;
  readonly cooldownMs: number;
  readonly snoozedUntil: number | null;
  readonly expiresAt: number | null;
}

interface Sample {
  readonly at: number;
  readonly price: number;
  readonly volume: number;
}

/** What each direction of a wish says of the last of some samples: true, false, or null where it has nothing to look at. */
function answers({ kind, level }: Wish, samples: readonly Sample[]): readonly (boolean | null)[] {
  const now = samples.at(-1);
  if (now === undefined) return [];
  const before = samples.slice(0, -1).map(({ price }) => price);
  const beyond = (from: number | undefined): readonly (boolean | null)[] =>
    from === undefined ? [null, null] : [(now.price - from) * 100 >= level * from, (now.price - from) * 100 <= -level * from];
  switch (kind) {
    case 'priceAbove':
      return [now.price >= level];
    case 'priceBelow':
      return [now.price <= level];
    case 'crosses':
      return [now.price >= level, now.price <= level];
    case 'volumeAbove':
      return [now.volume >= level];
    case 'dayPercent':
    case 'sincePercent':
      return beyond(PREVIOUS_CLOSE);
    case 'windowPercent':
      return beyond(samples.findLast(({ at }) => at <= now.at - WINDOW_MS)?.price);
    case 'newHigh':
      return [now.price > Math.max(PREVIOUS_CLOSE, ...before)];
    case 'newLow':
      return [now.price < Math.min(PREVIOUS_CLOSE, ...before)];
  }
}

/** The instants a wish fires at, by going through all samples from the beginning. */
function obviousFirings(wish: Wish, samples: readonly Sample[]): number[] {
  const armed = answers(wish, samples).map(() => wish.kind !== 'crosses');
  const fired: number[] = [];
  let over = false;
  samples.forEach(({ at }, index) => {
    const passed = answers(wish, samples.slice(0, index + 1)).map((answer, leg) => {
      if (answer === null) return false;
      const passes = answer && armed[leg] === true;
      armed[leg] = !answer;
      return passes;
    });
    if (over || !passed.includes(true)) return;
    if (wish.expiresAt !== null && at >= wish.expiresAt) return;
    if (wish.snoozedUntil !== null && at < wish.snoozedUntil) return;
    const last = fired.at(-1);
    if (last !== undefined && at < last + wish.cooldownMs) return;
    fired.push(at);
    over = wish.once || fired.filter((earlier) => earlier > at - 180_000).length > 15;
  });
  return fired;
}

function conditionOf({ kind, level }: Wish): Condition {
  const threshold = decimalFromInteger(level);
  const percent = { kind: 'percentChange', symbol: SYMBOL, percent: threshold, direction: 'either' } as const;
  switch (kind) {
    case 'priceAbove':
    case 'priceBelow':
    case 'crosses':
    case 'volumeAbove':
      return { kind, symbol: SYMBOL, threshold };
    case 'dayPercent':
      return { ...percent, against: { kind: 'previousClose' } };
    case 'sincePercent':
      return { ...percent, against: { kind: 'price', price: decimalFromInteger(PREVIOUS_CLOSE) } };
    case 'windowPercent':
      return { ...percent, against: { kind: 'window', windowMs: WINDOW_MS } };
    case 'newHigh':
    case 'newLow':
      return { kind, symbol: SYMBOL, days: 20 };
  }
}

function alertOf(wish: Wish, number: number): Alert {
  const { cooldownMs, expiresAt, snoozedUntil } = wish;
  const repeat = wish.once ? 'once' : 'recurring';
  return { id: String(number), condition: conditionOf(wish), repeat, cooldownMs, createdAt: -1, expiresAt, snoozedUntil };
}

/** What is known of the market after some samples, for an index that starts then. */
function knownAfter(samples: readonly Sample[]): NonNullable<AlertMemory['known']> {
  const prices = [PREVIOUS_CLOSE, ...samples.map(({ price }) => price)];
  return {
    highest: decimalFromInteger(Math.max(...prices)),
    lowest: decimalFromInteger(Math.min(...prices)),
    past: samples.map(({ at, price }) => ({ at, price: decimalFromInteger(price) })),
  };
}

const wishes = array(
  record({
    kind: constantFrom(...KINDS),
    level: integer({ min: 5, max: 35 }),
    once: boolean(),
    cooldownMs: constantFrom(0, 25_000),
    snoozedUntil: constantFrom(null, 200_000),
    expiresAt: constantFrom(null, 500_000),
  }),
  { maxLength: 30 },
);
const moves = array(record({ price: integer({ min: 10, max: 30 }), volume: integer({ min: 0, max: 40 }) }), {
  minLength: 1,
  maxLength: 80,
});

test('every kind of alert fires as an evaluation of its whole past would, also when the index is opened anew on the way', () => {
  assert(
    property(wishes, moves, integer({ min: 0, max: 100 }), (asked, path, restartedAfter) => {
      const samples = path.map((move, step) => ({ at: step * 10_000, ...move }));
      const alerts = asked.map(alertOf);
      const fired = new Map(alerts.map(({ id }) => [id, [] as number[]]));
      const open = (index: AlertIndex, seen: readonly Sample[]): AlertIndex => {
        alerts.forEach((alert, number) => {
          const firedAt = fired.get(alert.id) ?? [];
          const expected = asked[number];
          const isOver = expected !== undefined && firedAt.length > 0 && (expected.once || isStorm(firedAt));
          if (!isOver) index.add(alert, { firedAt, known: knownAfter(seen) });
        });
        return index;
      };
      let index = open(createAlertIndex(), []);
      samples.forEach(({ at, price, volume }, step) => {
        if (step === restartedAfter) index = open(createAlertIndex(index.marks()), samples.slice(0, step));
        const tick = { symbol: SYMBOL, at, value: decimalFromInteger(price), previousClose: decimalFromInteger(PREVIOUS_CLOSE) };
        for (const { alertId } of index.tick({ ...tick, volume: decimalFromInteger(volume) })) fired.get(alertId)?.push(at);
      });
      expect([...fired.values()]).toEqual(asked.map((wish) => obviousFirings(wish, samples)));
    }),
    { numRuns: 400 },
  );
});

function isStorm(firedAt: readonly number[]): boolean {
  const last = firedAt.at(-1) ?? 0;
  return firedAt.filter((at) => at > last - 180_000).length > 15;
}
