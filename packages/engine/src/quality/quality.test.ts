import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decimal } from '../money/index.ts';
import { day } from '../time/index.ts';
import { ALL_CHECKS, plainName, runChecks, type QualityInput, type QualityRecord } from './index.ts';

const NOW = Date.UTC(2025, 5, 30, 12);
const DAY_MS = 86_400_000;

/** A purchase of 10 AAPL at 200 on Monday, 2 June 2025, at 10 in New York. */
const purchase: QualityRecord = {
  id: '42',
  kind: 'buy',
  symbol: 'AAPL',
  exchange: 'NASDAQ',
  currency: 'USD',
  quantity: decimal('10'),
  price: decimal('200'),
  tradedAt: Date.UTC(2025, 5, 2, 14),
  tradedOn: day('2025-06-02'),
  hasTime: true,
};

function inputWith(records: readonly QualityRecord[], changes: Partial<QualityInput> = {}): QualityInput {
  return {
    records,
    nowMs: NOW,
    tradedDay: () => null,
    quotedAt: new Map(),
    staleAfterMs: 3_600_000,
    splits: [],
    cashDays: [],
    nameOf: ({ id }) => `order_id=${id}`,
    ...changes,
  };
}

/** The issues as "severity check: description". */
function issues(records: readonly QualityRecord[], changes: Partial<QualityInput> = {}): readonly string[] {
  return runChecks(ALL_CHECKS, inputWith(records, changes), 'p').map(
    ({ severity, check, description }) => `${severity} ${check}: ${description}`,
  );
}

test('the worked example of the front page', () => {
  const [issue, ...more] = runChecks(ALL_CHECKS, inputWith([{ ...purchase, price: decimal('-5') }]), 'portfolio');
  expect(more).toEqual([]);
  expect(issue).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) as string,
    check: 'invalid-price',
    severity: 'high',
    description: 'Invalid purchase price for order_id=42: -5 is not above zero.',
    advice: 'Enter the price per unit as your broker confirmed it.',
    recordId: '42',
    at: purchase.tradedAt,
    fix: { kind: 'reverse', recordId: '42' },
  });
});

describe('one record', () => {
  const sale = { ...purchase, id: '43', kind: 'sell', tradedAt: purchase.tradedAt + 60_000 } as const;
  const known = { tradedDay: () => ({ high: decimal('203.77'), low: decimal('199.5'), volume: decimal('1000') }) };

  test('that is right has no issue', () => {
    expect(issues([purchase], known)).toEqual([]);
    expect(issues([purchase, sale], { ...known, quotedAt: new Map([['AAPL', NOW - 3_600_000]]) })).toEqual([]);
  });

  test.each([
    [{ price: null }, 'high invalid-price: Invalid purchase price for order_id=42: there is none.'],
    [{ price: decimal('0') }, 'high invalid-price: Invalid purchase price for order_id=42: 0 is not above zero.'],
    [{ quantity: decimal('-3') }, 'high invalid-quantity: Invalid purchase quantity for order_id=42: -3 is not above zero.'],
    [{ quantity: null }, 'high invalid-quantity: Invalid purchase quantity for order_id=42: there is none.'],
    [{ currency: null }, 'high missing-currency: Missing currency for order_id=42.'],
    [{ currency: 'DOL' }, 'high missing-currency: Missing currency for order_id=42: "DOL" is not known.'],
    [
      { price: decimal('20') },
      'medium price-outside-range: Unlikely purchase price for order_id=42: 20, while AAPL traded between 199.5 and 203.77 on 2025-06-02.',
    ],
    [
      { quantity: decimal('2000') },
      'medium quantity-above-volume: Unlikely purchase quantity for order_id=42: 2000, while only 1000 of AAPL were traded on 2025-06-02.',
    ],
    [
      { tradedAt: Date.UTC(2025, 5, 2, 13, 29) },
      'low out-of-session: Time outside trading hours for order_id=42: NASDAQ was closed at that time on 2025-06-02.',
    ],
    [
      { tradedAt: Date.UTC(2025, 5, 1), tradedOn: day('2025-06-01'), hasTime: false },
      'low out-of-session: Time outside trading hours for order_id=42: NASDAQ was closed on 2025-06-01.',
    ],
  ])('%o', (changes: Partial<QualityRecord>, expected) => {
    expect(issues([{ ...purchase, ...changes }], known)).toEqual([expected]);
  });

  test('of the future', () => {
    const tomorrow = { ...purchase, tradedAt: Date.UTC(2025, 6, 1, 14), tradedOn: day('2025-07-01') };
    expect(issues([tomorrow])).toEqual(['high future-time: Timestamp in the future for order_id=42: 2025-07-01 has not come yet.']);
    expect(issues([{ ...purchase, tradedAt: NOW + 60_000, tradedOn: day('2025-06-30'), exchange: null }])).toEqual([]);
  });

  test('of an exchange without a calendar, or of a day at which nothing is known, is not judged by it', () => {
    expect(issues([{ ...purchase, exchange: 'MOON', tradedAt: Date.UTC(2025, 5, 1) }])).toEqual([]);
    expect(
      issues([{ ...purchase, quantity: decimal('2000') }], {
        tradedDay: () => ({ high: decimal('300'), low: decimal('1'), volume: decimal('0') }),
      }),
    ).toEqual([]);
  });
});

describe('records together', () => {
  const later = (id: string, kind: QualityRecord['kind'], [quantity, days]: [string, number]): QualityRecord => ({
    ...purchase,
    id,
    kind,
    quantity: decimal(quantity),
    tradedAt: purchase.tradedAt + days * DAY_MS,
    tradedOn: purchase.tradedOn + days,
  });

  test('the same purchase twice', () => {
    const again = { ...purchase, id: '44' };
    expect(issues([purchase, again])).toEqual([
      'medium duplicate: Possible duplicate for order_id=44: it equals order_id=42 in every figure.',
    ]);
    expect(issues([purchase, { ...again, price: decimal('200.01') }])).toEqual([]);
  });

  test('a sale of more than was held, and what follows from it', () => {
    expect(issues([purchase, later('s', 'sell', ['10', 1])])).toEqual([]);
    expect(issues([purchase, later('s', 'sell', ['10.5', 1]), later('t', 'sell', ['1', 2])])).toEqual([
      'high sale-beyond-holding: More left than was held for order_id=s: 10.5 of AAPL, while 10 were held on 2025-06-03.',
      'high sale-beyond-holding: More left than was held for order_id=t: 1 of AAPL, while none were held on 2025-06-04.',
    ]);
  });

  test('a split makes the sale possible', () => {
    const split = { ...later('x', 'split', ['1', 1]), quantity: null, price: null, ratio: decimal('4') };
    expect(issues([purchase, split, later('s', 'sell', ['40', 2])])).toEqual([]);
    const splits = [{ symbol: 'AAPL', exOn: day('2025-06-03'), newShares: decimal('4'), oldShares: decimal('1') }];
    expect(issues([purchase, split], { splits })).toEqual([]);
    expect(issues([purchase], { splits })).toEqual([
      'high split-unaccounted: Split not recorded for AAPL: 10 were held on 2025-06-03, when each became 4.',
    ]);
    // Nothing was held when it happened, or it was another share's.
    expect(
      issues([purchase], { splits: [{ symbol: 'AAPL', exOn: day('2025-06-02'), newShares: decimal('4'), oldShares: decimal('1') }] }),
    ).toEqual([]);
    expect(
      issues([purchase], { splits: [{ symbol: 'MSFT', exOn: day('2025-06-03'), newShares: decimal('4'), oldShares: decimal('1') }] }),
    ).toEqual([]);
  });
});

describe('the portfolio', () => {
  test('a run of days below zero is one issue', () => {
    const cashDays = ['5', '-1200.5', '-3', '0', '-1'].map((balance, index) => ({
      currency: 'USD',
      on: day('2025-06-02') + index,
      balance: decimal(balance),
    }));
    expect(issues([], { cashDays })).toEqual([
      'medium negative-cash: Negative cash on 2025-06-03: the balance fell to -1,200.50 USD.',
      'medium negative-cash: Negative cash on 2025-06-06: the balance fell to -1.00 USD.',
    ]);
  });

  test('prices that are old or missing', () => {
    const quotedAt = new Map([
      ['AAPL', NOW - 3_600_000],
      ['MSFT', NOW - 3_600_001],
      ['BMW', NOW - 50 * 3_600_000],
      ['HOUSE', null],
    ]);
    expect(issues([], { quotedAt })).toEqual([
      'low stale-quote: Old price for MSFT: it is 60 minutes old.',
      'low stale-quote: Old price for BMW: it is 2 days old.',
      'low stale-quote: No price for HOUSE: its value is not known.',
    ]);
  });
});

describe('issues', () => {
  test('have the same id each time, and another for each scope, check and record', () => {
    const wrong = { ...purchase, price: null, quantity: null };
    const ids = (scope: string) =>
      runChecks(ALL_CHECKS, inputWith([wrong, { ...wrong, id: '43', tradedAt: wrong.tradedAt + 1 }]), scope).map(({ id }) => id);
    expect(ids('p')).toEqual(ids('p'));
    expect(new Set([...ids('p'), ...ids('q')]).size).toBe(8);
  });

  test('come gravest first, then oldest', () => {
    const early = { ...purchase, id: '1', price: null, tradedAt: purchase.tradedAt - DAY_MS * 3, tradedOn: purchase.tradedOn - 3 };
    const found = runChecks(
      ALL_CHECKS,
      inputWith([purchase, { ...purchase, id: '2' }, early, { ...purchase, id: '3', quantity: null }]),
      'p',
    );
    expect(found.map(({ check, recordId }) => `${check} ${recordId ?? ''}`)).toEqual([
      'invalid-price 1',
      'invalid-quantity 3',
      'duplicate 2',
    ]);
  });

  test('every check has a name of its own, advice that is a sentence, and a file of that name', () => {
    const files = readdirSync(new URL('./checks/', import.meta.url)).filter((file) => file !== 'holdings.ts');
    expect(ALL_CHECKS.map(({ id }) => `${id}.ts`).toSorted()).toEqual(files.toSorted());
    for (const { advice } of ALL_CHECKS) expect(advice).toMatch(/^[A-Z].*\.$/);
  });

  test('a record is named plainly where no other name is asked for', () => {
    expect(plainName(purchase)).toBe('the purchase of AAPL on 2025-06-02');
    expect(plainName({ ...purchase, kind: 'cash', symbol: null })).toBe('the record of cash on 2025-06-02');
  });
});

describe('the one step that puts it right', () => {
  const fixes = (records: readonly QualityRecord[], changes: Partial<QualityInput> = {}) =>
    runChecks(ALL_CHECKS, inputWith(records, changes), 'p').map(({ check, fix }) => [check, fix]);

  test('is there where it can do no harm', () => {
    const splits = [{ symbol: 'AAPL', exOn: day('2025-06-03'), newShares: decimal('4'), oldShares: decimal('1') }];
    expect(fixes([purchase], { splits })).toEqual([['split-unaccounted', { kind: 'recordSplit', ...splits[0] }]]);
    expect(fixes([purchase, { ...purchase, id: '43' }])).toEqual([['duplicate', { kind: 'reverse', recordId: '43' }]]);
    // The worst of the run: with less than that, a later day would be below zero still.
    const cashDays = ['-10', '-250', '-30', '0', '-7'].map((balance, index) => ({ currency: 'USD', on: index, balance: decimal(balance) }));
    expect(fixes([], { cashDays })).toEqual([
      ['negative-cash', { kind: 'deposit', currency: 'USD', on: 0, amount: decimal('250') }],
      ['negative-cash', { kind: 'deposit', currency: 'USD', on: 4, amount: decimal('7') }],
    ]);
  });

  test('is not there where somebody has to decide', () => {
    expect(fixes([{ ...purchase, kind: 'sell' }])).toEqual([['sale-beyond-holding', null]]);
    expect(fixes([{ ...purchase, tradedAt: NOW + DAY_MS }])[0]).toEqual(['future-time', null]);
  });
});
