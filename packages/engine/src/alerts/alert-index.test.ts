import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal, decimalFromInteger, formatDecimal, type Decimal } from '../money/index.ts';
import { createAlertIndex, seriesName, type Alert, type AlertMemory, type Condition } from './index.ts';

const AAPL = 'AAPL';
const price = (kind: 'priceAbove' | 'priceBelow' | 'crossesUp' | 'crossesDown' | 'crosses', threshold: string): Condition => ({
  kind,
  symbol: AAPL,
  threshold: decimal(threshold),
});
const alert = (condition: Condition, changes: Partial<Alert> = {}): Alert => ({
  id: 'a',
  condition,
  repeat: 'recurring',
  cooldownMs: 0,
  createdAt: 0,
  expiresAt: null,
  snoozedUntil: null,
  ...changes,
});

/** The prices of one tick a second at which an alert fires. */
function firedAt(standing: Alert, prices: string, memory: AlertMemory = {}): string {
  const index = createAlertIndex();
  index.add(standing, memory);
  return prices
    .split(' ')
    .filter((value, second) => index.tick({ symbol: AAPL, at: (second + 1) * 1000, value: decimal(value) }).length > 0)
    .join(' ');
}

describe('edges', () => {
  test.each([
    // condition, repeat, prices, prices that fire
    [price('priceAbove', '200'), 'recurring', '199 201 202 199 203', '201 203'],
    [price('priceAbove', '200'), 'once', '199 201 199 203', '201'],
    // A state that is true already fires at the next price, exactly on the level too; a crossing does not.
    [price('priceAbove', '200'), 'recurring', '201 202', '201'],
    [price('priceAbove', '200'), 'recurring', '199.99 200', '200'],
    [price('priceBelow', '200'), 'recurring', '199 198 201 200', '199 200'],
    [price('crossesUp', '200'), 'recurring', '201 202 199 203', '203'],
    [price('crossesUp', '200'), 'recurring', '199 200 200 199 200', '200 200'],
    [price('crossesDown', '200'), 'recurring', '199 201 198', '198'],
    [price('crosses', '200'), 'recurring', '201 199 198 202 200', '199 202 200'],
    [price('crosses', '200'), 'once', '201 199 202', '199'],
    // A gap over the level is a crossing.
    [price('crossesUp', '200'), 'recurring', '150 250', '250'],
  ] as const)('%o %s: %s', (...[condition, repeat, prices, expected]) => {
    expect(firedAt(alert(condition, { repeat }), prices)).toBe(expected);
  });

  test('the last value from before the alert counts as seen', () => {
    expect(firedAt(alert(price('crossesUp', '200')), '201', { lastValue: decimal('199') })).toBe('201');
    expect(firedAt(alert(price('crossesUp', '200')), '201', { lastValue: decimal('200') })).toBe('');
  });

  test('after a restart an alert that has fired waits for its condition to be false', () => {
    const memory = { firedAt: [-5000] };
    expect(firedAt(alert(price('priceAbove', '200')), '201 199 202', memory)).toBe('202');
    expect(firedAt(alert(price('priceAbove', '200')), '201', { ...memory, lastValue: decimal('199') })).toBe('201');
  });

  test('an event tells the value before and after and the level', () => {
    const index = createAlertIndex();
    index.add(alert(price('priceAbove', '200')));
    index.tick({ symbol: AAPL, at: 1, value: decimal('199') });
    expect(index.tick({ symbol: AAPL, at: 2, value: decimal('201') })).toEqual([
      {
        alertId: 'a',
        at: 2,
        before: decimal('199'),
        value: decimal('201'),
        level: decimal('200'),
        settled: decimal('201'),
        price: decimal('201'),
        priceBefore: decimal('199'),
        direction: 'rising',
        paused: false,
      },
    ]);
    expect(index.tick({ symbol: 'MSFT', at: 3, value: decimal('500') })).toEqual([]);
  });
});

describe('between two looks', () => {
  const spike = { at: 60_000, value: decimal('199'), high: decimal('205'), low: decimal('198'), fromAt: 1000 };

  test('a spike over the level fires once and leaves the alert armed', () => {
    const index = createAlertIndex();
    index.add(alert(price('priceAbove', '200')));
    expect(index.tick({ symbol: AAPL, ...spike }).map(({ value }) => formatDecimal(value))).toEqual(['205']);
    expect(index.tick({ symbol: AAPL, at: 61_000, value: decimal('201') })).toHaveLength(1);
  });

  test('a dip and recovery fires again, a spike from before the alert does not', () => {
    const index = createAlertIndex();
    index.add(alert(price('crossesUp', '200')), { lastValue: decimal('201') });
    expect(index.tick({ symbol: AAPL, ...spike, value: decimal('202') })).toHaveLength(1);
    index.add(alert(price('priceAbove', '200'), { id: 'young', createdAt: 61_500 }));
    expect(index.tick({ symbol: AAPL, ...spike, at: 62_000, fromAt: 61_000 })).toEqual([]);
    expect(
      index
        .tick({ symbol: AAPL, at: 63_000, value: decimal('200') })
        .map(({ alertId }) => alertId)
        .toSorted(),
    ).toEqual(['a', 'young']);
  });
});

describe('between two starts', () => {
  const recurring = alert(price('priceAbove', '200'));
  const fires = (index: ReturnType<typeof createAlertIndex>, at: number, value: string) =>
    index.tick({ symbol: AAPL, at, value: decimal(value) }).map(({ before }) => (before === null ? null : formatDecimal(before)));

  test('a crossing while nobody looked is seen at the next start, with the price before', () => {
    const before = createAlertIndex();
    before.add(recurring);
    fires(before, 1000, '199');
    const after = createAlertIndex(before.marks());
    after.add(recurring);
    expect(fires(after, 5000, '201')).toEqual(['199']);
  });

  test('what another index has told of is not told again, however late its ticks come', () => {
    const late = createAlertIndex();
    late.add(recurring);
    fires(late, 1000, '199');
    // Elsewhere it fired at 2,000 and stood at 201 then.
    late.add(recurring, { firedAt: [2000], lastValue: decimal('201'), lastAt: 2000, seenAt: 2000 });
    expect([fires(late, 1500, '199'), fires(late, 2000, '201'), fires(late, 3000, '202')]).toEqual([[], [], []]);
    expect([fires(late, 4000, '199'), fires(late, 5000, '203')]).toEqual([[], ['199']]);
  });

  test('one that was silent when its condition became true does not fire for having been started again', () => {
    const snoozed = { ...recurring, snoozedUntil: 10_000 };
    const before = createAlertIndex();
    before.add(snoozed);
    expect([fires(before, 1000, '199'), fires(before, 2000, '201')]).toEqual([[], []]);
    const after = createAlertIndex(before.marks());
    after.add(snoozed);
    expect(fires(after, 20_000, '202')).toEqual([]);
  });

  test('a window that is told of the past need not fill up', () => {
    const index = createAlertIndex();
    const condition = { kind: 'percentChange', symbol: AAPL, percent: decimal('5'), direction: 'up' } as const;
    const past = [{ at: -3_600_000, price: decimal('100') }];
    index.add(alert({ ...condition, against: { kind: 'window', windowMs: 3_600_000 } }), { known: { past } });
    expect(fires(index, 0, '105')).toHaveLength(1);
  });
});

describe('silence', () => {
  test('a snoozed alert looks on and says nothing', () => {
    // Seconds 1 to 5; snoozed until second 3: the crossing of second 2 is lost, that of second 5 is told.
    expect(firedAt(alert(price('priceAbove', '200'), { snoozedUntil: 3000 }), '199 201 202 199 203')).toBe('203');
    expect(firedAt(alert(price('priceAbove', '200'), { snoozedUntil: 2000 }), '199 201')).toBe('201');
  });

  test('a crossing within the cooldown is not told, and the alert is not armed by it', () => {
    // Seconds 1 to 6; the cooldown of 2.5 s after second 2 covers second 4.
    expect(firedAt(alert(price('crossesUp', '200'), { cooldownMs: 2500 }), '199 201 199 202 199 203')).toBe('201 203');
    expect(firedAt(alert(price('crossesUp', '200'), { cooldownMs: 2500 }), '199 201 199 202 204 205')).toBe('201');
  });

  test('an expired alert is over', () => {
    expect(firedAt(alert(price('crosses', '200'), { expiresAt: 3000 }), '199 201 199 201')).toBe('201');
  });

  test('the sixteenth event within three minutes is the last and says so', () => {
    const index = createAlertIndex();
    index.add(alert(price('crosses', '200')));
    const events = Array.from({ length: 40 }, (_, second) =>
      index.tick({ symbol: AAPL, at: second * 1000, value: decimal(second % 2 === 0 ? '199' : '201') }),
    ).flat();
    expect(events.map(({ paused }) => paused)).toEqual([...Array.from({ length: 15 }, () => false), true]);
    expect(index.size()).toBe(0);
    // One every 13 seconds is no storm: 14 within any three minutes.
    const calm = createAlertIndex();
    calm.add(alert(price('crosses', '200')));
    const told = Array.from({ length: 40 }, (_, step) =>
      calm.tick({ symbol: AAPL, at: step * 13_000, value: decimal(step % 2 === 0 ? '199' : '201') }),
    ).flat();
    expect(told).toHaveLength(39);
  });

  test('a removed alert says nothing, a replaced one keeps when it had fired', () => {
    const index = createAlertIndex();
    index.add(alert(price('priceAbove', '200'), { cooldownMs: 60_000 }));
    expect(index.tick({ symbol: AAPL, at: 1000, value: decimal('201') })).toHaveLength(1);
    index.add(alert(price('priceAbove', '190'), { cooldownMs: 60_000 }));
    expect(index.tick({ symbol: AAPL, at: 2000, value: decimal('180') })).toEqual([]);
    expect(index.tick({ symbol: AAPL, at: 3000, value: decimal('195') })).toEqual([]);
    index.remove('a');
    index.remove('a');
    expect([index.size(), index.tick({ symbol: AAPL, at: 90_000, value: decimal('180') })]).toEqual([0, []]);
  });
});

describe('conditions beyond the price', () => {
  const tick = (at: number, value: string, more: { previousClose?: string; volume?: string } = {}) => ({
    symbol: AAPL,
    at,
    value: decimal(value),
    previousClose: more.previousClose === undefined ? undefined : decimal(more.previousClose),
    volume: more.volume === undefined ? undefined : decimal(more.volume),
  });
  const percent = (value: string, against: Extract<Condition, { kind: 'percentChange' }>['against']): Condition => ({
    kind: 'percentChange',
    symbol: AAPL,
    percent: decimal(value),
    direction: 'either',
    against,
  });

  test('5 % against the previous close of 200 is 210 or 190', () => {
    const index = createAlertIndex();
    index.add(alert(percent('5', { kind: 'previousClose' })));
    const fired = ['209.99', '210', '200', '190'].map((value, second) => index.tick(tick(second, value, { previousClose: '200' })).length);
    expect(fired).toEqual([0, 1, 0, 1]);
    expect(index.tick(tick(9, '400'))).toEqual([]);
  });

  test('10 % against a price of 50 is 55 or 45', () => {
    expect(firedAt(alert(percent('10', { kind: 'price', price: decimal('50') })), '54 55 50 45')).toBe('55 45');
  });

  test('5 % within an hour', () => {
    const index = createAlertIndex();
    index.add(alert(percent('5', { kind: 'window', windowMs: 3_600_000 })));
    const minutes = [0, 30, 59, 60, 90, 100];
    // After an hour 104 against 100 is 4 %, after 90 minutes 105 against 100 (of minute 30) is 5 %.
    const values = ['100', '100', '200', '104', '105', '105'];
    expect(minutes.map((minute, step) => index.tick(tick(minute * 60_000, values[step] ?? '')).length)).toEqual([0, 0, 0, 0, 1, 0]);
  });

  test('volume, a new high, a significant move', () => {
    const volume = createAlertIndex();
    volume.add(alert({ kind: 'volumeAbove', symbol: AAPL, threshold: decimal('1000') }));
    expect(['900', '1000', '1100', '5'].map((value, second) => volume.tick(tick(second, '1', { volume: value })).length)).toEqual([
      0, 1, 0, 0,
    ]);

    const high = createAlertIndex();
    high.add(alert({ kind: 'newHigh', symbol: AAPL, days: 252 }), { known: { highest: decimal('210') } });
    high.add(alert({ kind: 'newLow', symbol: AAPL, days: 252 }, { id: 'low' }));
    // 215 is the high to beat from then on: 214 after a dip is none.
    const told = ['210', '210.01', '215', '205', '214', '216'].map((value, second) =>
      high.tick(tick(second, value)).map((event) => [event.value, event.level].map(formatDecimal).join(' over ')),
    );
    expect(told).toEqual([[], ['210.01 over 210'], [], [], [], ['216 over 215']]);

    // 3 deviations of 1.2 % are 3.6 %, less than 5 %: 200 * 1.036 = 207.2.
    const move = createAlertIndex();
    const condition = { kind: 'significantMove', symbol: AAPL, percent: decimal('5'), sigmas: decimal('3') } as const;
    move.add(alert(condition), { known: { dailyDeviationPercent: decimal('1.2') } });
    move.add(alert(condition, { id: 'unknown deviation' }));
    expect(
      ['207.19', '207.2', '210'].map((value, second) =>
        move.tick(tick(second, value, { previousClose: '200' })).map(({ alertId }) => alertId),
      ),
    ).toEqual([[], ['a'], ['unknown deviation']]);
  });

  test('indicators and portfolios are observed by the name of their series', () => {
    const index = createAlertIndex();
    index.add(
      alert({ kind: 'averageCross', symbol: AAPL, average: 'sma', period: 50, interval: '1d', direction: 'up' }, { id: 'average' }),
    );
    index.add(
      alert({ kind: 'rsiCross', symbol: AAPL, period: 14, interval: '1h', threshold: decimal('70'), direction: 'either' }, { id: 'rsi' }),
    );
    index.add(alert({ kind: 'portfolioDayChange', portfolioId: 'p', percent: decimal('2'), direction: 'down' }, { id: 'day' }));
    index.add(alert({ kind: 'positionWeightAbove', portfolioId: 'p', symbol: AAPL, threshold: decimal('0.25') }, { id: 'weight' }));
    index.add(alert({ kind: 'portfolioValueBelow', portfolioId: 'p', threshold: decimal('1000') }, { id: 'value' }));
    const observe = (series: string, ...values: string[]) =>
      values.flatMap((value, at) => index.observe(series, { at, value: decimal(value) }).map(({ alertId }) => `${alertId} ${value}`));
    expect(observe(seriesName.averageGap(AAPL, { average: 'sma', period: 50, interval: '1d' }), '-1', '0.5', '2')).toEqual(['average 0.5']);
    expect(observe(seriesName.rsi(AAPL, { period: 14, interval: '1h' }), '65', '71', '69')).toEqual(['rsi 71', 'rsi 69']);
    expect(observe(seriesName.portfolioDayPercent('p'), '-1.9', '-2')).toEqual(['day -2']);
    expect(observe(seriesName.positionWeight('p', AAPL), '0.24', '0.26')).toEqual(['weight 0.26']);
    expect(observe(seriesName.portfolioValue('p'), '999.99')).toEqual(['value 999.99']);
    expect(observe(seriesName.rsi('MSFT', { period: 14, interval: '1h' }), '99')).toEqual([]);
  });
});

interface Scanned {
  readonly standing: Alert & { readonly condition: Extract<Condition, { readonly threshold: Decimal; readonly symbol: string }> };
  readonly sides: { readonly up: boolean; armed: boolean }[];
  lastFiredAt: number;
  over: boolean;
}

interface Glance {
  readonly at: number;
  readonly value: bigint;
  readonly high: bigint;
  readonly low: bigint;
}

/** The slow and obvious way: every alert keeps its own flags, and every look goes through all of them. */
function scan(alerts: readonly Scanned[], { at, value, high, low }: Glance): string[] {
  return alerts
    .filter((one) => {
      if (one.over) return false;
      const level: bigint = one.standing.condition.threshold;
      const passed = one.sides.filter((side) => {
        const isTrue = side.up ? value >= level : value <= level;
        const everTrue = side.up ? high >= level : low <= level;
        const everFalse = side.up ? low < level : high > level;
        const fires = side.armed ? everTrue : everFalse && isTrue;
        side.armed = side.armed ? !(everTrue && isTrue) : everFalse && !isTrue;
        return fires;
      });
      if (passed.length === 0 || at < one.lastFiredAt + one.standing.cooldownMs) return false;
      one.lastFiredAt = at;
      one.over = one.standing.repeat === 'once';
      return true;
    })
    .map(({ standing }) => standing.id);
}

test('the index fires what a scan over all alerts would fire', () => {
  const kinds = constantFrom('priceAbove', 'priceBelow', 'crossesUp', 'crossesDown', 'crosses');
  const alertLists = array(
    record({ kind: kinds, level: integer({ min: 1, max: 30 }), once: boolean(), cooldownMs: constantFrom(0, 30_000) }),
    { maxLength: 40 },
  );
  const looks = array(
    record({
      value: integer({ min: 1, max: 30 }),
      above: integer({ min: 0, max: 3 }),
      below: integer({ min: 0, max: 3 }),
      removed: integer({ min: 0, max: 200 }),
    }),
    {
      maxLength: 60,
    },
  );
  assert(
    property(alertLists, looks, (rows, glances) => {
      const index = createAlertIndex();
      const scanned = rows.map(({ kind, level, once, cooldownMs }, number): Scanned => {
        const condition = { kind, symbol: AAPL, threshold: decimalFromInteger(level) } as const;
        const standing = { ...alert(condition, { id: String(number), repeat: once ? 'once' : 'recurring', cooldownMs }), condition };
        index.add(standing);
        const armed = kind === 'priceAbove' || kind === 'priceBelow';
        const ups = kind === 'crosses' ? [true, false] : [kind === 'priceAbove' || kind === 'crossesUp'];
        return { standing, sides: ups.map((up) => ({ up, armed })), lastFiredAt: Number.NEGATIVE_INFINITY, over: false };
      });
      glances.forEach(({ value, above, below, removed }, step) => {
        // A look every 20 seconds: 9 in three minutes, never a storm.
        const at = (step + 1) * 20_000;
        const glance = {
          at,
          value: decimalFromInteger(value),
          high: decimalFromInteger(value + above),
          low: decimalFromInteger(value - below),
          fromAt: at - 20_000,
        };
        const fired = index.tick({ symbol: AAPL, ...glance }).map(({ alertId }) => alertId);
        expect(fired.toSorted()).toEqual(scan(scanned, glance).toSorted());
        const leaving = scanned[removed];
        if (leaving === undefined) return;
        leaving.over = true;
        index.remove(leaving.standing.id);
      });
      expect(index.size()).toBe(scanned.filter(({ over }) => !over).length);
    }),
    { numRuns: 300 },
  );
});
