/** Rows among what is recorded: found or asked for, duplicates with their number, sales of what is not held, splits without a ratio. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createInstrumentBook } from '../instruments/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { planStatement, unresolvedOf } from './plan-statement.ts';
import type { PlanNeeds, StatementPlan } from './plan-statement.ts';
import { statementRow } from './statement-row.ts';
import type { StatementRow } from './statement-row.ts';

const OWNER = 'owner';

function instrument(key: number, given: Partial<Instrument>): Instrument {
  return {
    id: String(key),
    key,
    symbol: 'AAPL',
    exchange: 'NASDAQ',
    isPrimary: true,
    name: '',
    assetClass: 'stock',
    currency: 'USD',
    sector: null,
    country: null,
    isin: null,
    tickSize: null,
    status: 'active',
    source: 'simulated',
    ownerId: null,
    ...given,
  };
}

const AAPL = instrument(1, { isin: 'US0378331005' });
const SAP_XETRA = instrument(2, { symbol: 'SAP', exchange: 'XETRA', currency: 'EUR', isin: 'DE0007164600' });
const SAP_NYSE = instrument(3, { symbol: 'SAP', exchange: 'NYSE', isPrimary: false, isin: 'DE0007164600' });
const BTC = instrument(4, { symbol: 'BTC', exchange: 'CRYPTO', assetClass: 'crypto' });
const BRK = instrument(5, { symbol: 'BRK.B', exchange: 'NYSE' });
const HOUSE = instrument(6, { symbol: 'HOUSE', exchange: null, currency: 'EUR', ownerId: OWNER });
const OTHERS = instrument(7, { symbol: 'SECRET', exchange: null, currency: 'EUR', ownerId: 'somebody else' });

const book = createInstrumentBook();
book.put([AAPL, SAP_XETRA, SAP_NYSE, BTC, BRK, HOUSE, OTHERS]);

const NEEDS: PlanNeeds = {
  book,
  userId: OWNER,
  symbols: {},
  portfolio: { baseCurrency: 'USD', timeZone: 'UTC', cashMode: 'full' },
  format: 'schwab',
  recorded: [],
  holdings: [],
  now: Date.UTC(2026, 0, 5),
};

type Given = Partial<Omit<StatementRow, 'quantity' | 'price' | 'amount' | 'fee' | 'counterAmount'>> &
  Partial<Record<'quantity' | 'price' | 'amount' | 'fee' | 'counterAmount', string>>;

let lines = 1;
function row({ quantity, price, amount, fee, counterAmount, ...rest }: Given): StatementRow {
  lines += 1;
  return statementRow({
    line: lines,
    type: 'buy',
    tradedAt: '2025-03-03',
    symbol: 'AAPL',
    currency: 'USD',
    ...rest,
    quantity: quantity === undefined ? null : decimal(quantity),
    price: price === undefined ? null : decimal(price),
    amount: decimal(amount ?? '0'),
    fee: decimal(fee ?? '0'),
    counterAmount: counterAmount === undefined ? null : decimal(counterAmount),
  });
}

const buy = (given: Given = {}) => row({ quantity: '10', price: '100', amount: '1000', ...given });
const sell = (given: Given = {}) => buy({ type: 'sell', tradedAt: '2025-04-01', ...given });

function plan(rows: readonly StatementRow[], needs: Partial<PlanNeeds> = {}): StatementPlan {
  return planStatement({ ...NEEDS, ...needs }, { rows, problems: [], passed: [] });
}

const outcomes = (made: StatementPlan) => made.rows.map(({ outcome }) => outcome);

describe('instruments', () => {
  test.each([
    ['by symbol', { symbol: 'AAPL' }, 1],
    ['by ISIN, whatever the symbol', { symbol: 'APC', isin: 'US0378331005' }, 1],
    ['the listing in the row’s currency', { symbol: null, isin: 'DE0007164600', currency: 'EUR' }, 2],
    ['the other listing for dollars', { symbol: null, isin: 'DE0007164600', currency: 'USD' }, 3],
    ['a vendor’s suffix', { symbol: 'SAP.DE', currency: 'EUR' }, 2],
    ['a coin as vendors write it', { symbol: 'BTC-USD' }, 4],
    ['a share class', { symbol: 'BRK B' }, 5],
    ['a private one', { symbol: 'HOUSE', currency: 'EUR' }, 6],
    ['no currency in the file', { symbol: 'SAP.XETRA', currency: null }, 2],
    [
      'in another currency',
      { symbol: 'SAP.XETRA', currency: 'GBP' },
      'SAP is in EUR and the row in GBP. Name a listing in GBP, or create a private instrument.',
    ],
    [
      'somebody else’s',
      { symbol: 'SECRET', currency: 'EUR' },
      'No instrument here is known as SECRET. Say which one it is in `symbols`, or create a private instrument.',
    ],
    [
      'an ISIN that contradicts the symbol',
      { symbol: 'AAPL', isin: 'US5949181045' },
      'No instrument here is known as US5949181045. Say which one it is in `symbols`, or create a private instrument.',
    ],
  ])('%s', (_name, given, expected) => {
    const [only] = plan([buy(given)]).rows;
    expect(only?.instrument?.key ?? only?.message).toBe(expected);
  });

  test('the owner’s word comes first, by any name the file has; a wrong word is told', () => {
    const flat = buy({ symbol: null, name: 'A flat in Graz', currency: 'EUR' });
    expect(plan([flat], { symbols: { 'A flat in Graz': 'HOUSE' } }).rows[0]?.instrument).toBe(HOUSE);
    expect(plan([buy()], { symbols: { AAPL: 'SAP.NYSE' } }).rows[0]?.instrument).toBe(SAP_NYSE);
    expect(plan([flat], { symbols: { 'A flat in Graz': 'NOSUCH' } }).rows[0]?.message).toBe('No instrument has the symbol NOSUCH.');
    expect(unresolvedOf(plan([flat, flat, buy()]))).toMatchObject([{ writtenAs: 'A flat in Graz', rows: 2, currency: 'EUR' }]);
  });
});

describe('duplicates', () => {
  const recorded = {
    id: 't1',
    type: 'buy',
    instrumentKey: 1,
    quantity: '10',
    amount: '1000',
    currency: 'USD',
    at: Date.UTC(2025, 2, 3, 14),
    externalId: null,
  };

  test('of equal rows as many are duplicates as are recorded', () => {
    const three = [buy(), buy(), buy()];
    expect(outcomes(plan(three))).toEqual(['record', 'record', 'record']);
    expect(outcomes(plan(three, { recorded: [recorded] }))).toEqual(['duplicate', 'record', 'record']);
    const two = plan(three, { recorded: [recorded, { ...recorded, id: 't2' }] });
    expect(two.rows.map(({ transactionId }) => transactionId)).toEqual(['t1', 't2', null]);
  });

  test.each([
    ['another day', { at: Date.UTC(2025, 2, 4) }],
    ['another quantity', { quantity: '11' }],
    ['another amount', { amount: '1000.01' }],
    ['another instrument', { instrumentKey: 5 }],
    ['another type', { type: 'sell' }],
  ])('%s is another transaction', (_name, other) => {
    expect(outcomes(plan([buy()], { recorded: [{ ...recorded, ...other }] }))).toEqual(['record']);
  });

  test('the day is that of the portfolio’s zone', () => {
    const late = { ...recorded, at: Date.UTC(2025, 2, 4, 2) };
    expect(outcomes(plan([buy()], { recorded: [late] }))).toEqual(['record']);
    const portfolio = { ...NEEDS.portfolio, timeZone: 'America/New_York' };
    expect(outcomes(plan([buy()], { recorded: [late], portfolio }))).toEqual(['duplicate']);
  });

  test('the broker’s number counts more than the figures, also when they were corrected', () => {
    const numbered = { ...recorded, externalId: 'schwab:A', amount: '999' };
    expect(outcomes(plan([buy({ brokerId: 'A' }), buy({ brokerId: 'B' })], { recorded: [numbered] }))).toEqual(['duplicate', 'record']);
    // Two equal purchases with numbers of their own are two; the same number twice in a file is one.
    expect(outcomes(plan([buy({ brokerId: 'B' })], { recorded: [{ ...recorded, externalId: 'schwab:A' }] }))).toEqual(['record']);
    expect(outcomes(plan([buy({ brokerId: 'B' }), buy({ brokerId: 'B' })]))).toEqual(['record', 'duplicate']);
    // Another broker's number, or none, says nothing against it.
    expect(outcomes(plan([buy({ brokerId: 'B' })], { recorded: [{ ...recorded, externalId: 'fidelity:A' }] }))).toEqual(['duplicate']);
  });

  test('whatever is recorded from a file is what the file brings again', () => {
    const rows = fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 3 }),
        quantity: fc.integer({ min: 1, max: 3 }),
        id: fc.option(fc.constantFrom('A', 'B', 'C', 'D')),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(rows, (given) => {
        const made = given.map(({ day, quantity, id }) =>
          buy({ tradedAt: `2025-03-0${day}`, quantity: String(quantity), amount: String(quantity * 100), brokerId: id }),
        );
        const first = plan(made);
        const stored = first.inOrder.flatMap(({ outcome, row: from, recordings: [only] }, index) =>
          outcome !== 'record' || from === null || only === undefined
            ? []
            : [
                {
                  id: String(index),
                  type: 'buy',
                  instrumentKey: 1,
                  quantity: formatDecimal(from.quantity ?? from.amount),
                  amount: formatDecimal(from.amount),
                  currency: 'USD',
                  at: Date.parse(only.input.tradedAt ?? ''),
                  externalId: only.externalId ?? null,
                },
              ],
        );
        expect(outcomes(plan(made, { recorded: stored })).every((outcome) => outcome === 'duplicate')).toBe(true);
      }),
    );
  });
});

describe('what can be', () => {
  test('a sale of more than is held that day is told, and the next one is judged without it', () => {
    const rows = [buy(), sell({ quantity: '12', amount: '1200' }), sell({ quantity: '10' }), sell({ quantity: '1', amount: '100' })];
    expect(outcomes(plan(rows))).toEqual(['record', 'problem', 'record', 'problem']);
    expect(plan(rows).rows[1]?.message).toBe('12 AAPL would leave and 10 were held on that day. Import or record the purchase first.');
  });

  test('a file may begin with the newest, and what is recorded counts', () => {
    expect(outcomes(plan([sell(), buy()]))).toEqual(['record', 'record']);
    const held = {
      type: 'buy',
      instrumentKey: 1,
      newInstrumentKey: null,
      quantity: decimal('10'),
      newShares: null,
      oldShares: null,
      at: Date.UTC(2025, 0, 1),
    };
    expect(outcomes(plan([sell()], { holdings: [held] }))).toEqual(['record']);
    expect(outcomes(plan([sell({ tradedAt: '2024-12-31' })], { holdings: [held] }))).toEqual(['problem']);
  });

  test('a sale before one that is recorded may not take what that one needs', () => {
    const held = (type: string, at: number) => ({
      type,
      instrumentKey: 1,
      newInstrumentKey: null,
      quantity: decimal('10'),
      newShares: null,
      oldShares: null,
      at,
    });
    const [only] = plan([sell({ quantity: '4', amount: '400' })], {
      holdings: [held('buy', Date.UTC(2025, 0, 1)), held('sell', Date.UTC(2025, 5, 1))],
    }).rows;
    expect(only?.message).toBe('With it, a sale that is recorded for a later day would find 4 too little. Correct that sale first.');
  });

  test('a split that says only how many shares came has the ratio of what was held', () => {
    const split = row({ type: 'split', quantity: '30', tradedAt: '2025-03-10' });
    const made = plan([buy(), split, sell({ quantity: '40', amount: '4000' })]);
    expect(outcomes(made)).toEqual(['record', 'record', 'record']);
    // 10 held and 30 more: 40 for 10.
    const [planned] = made.rows.filter(({ row: from }) => from?.type === 'split');
    expect(planned?.recordings[0]?.input).toMatchObject({ newShares: '40', oldShares: '10' });
    expect(plan([split]).rows[0]?.message).toContain('No AAPL was held on that day');
  });

  test.each([
    ['tomorrow', buy({ tradedAt: '2026-01-07' }), 'problem'],
    ['long ago', buy({ tradedAt: '1850-01-01' }), 'problem'],
    ['nothing', row({ type: 'dividend', amount: '0.004' }), 'passed'],
    ['more tax than dividend', { ...row({ type: 'dividend', amount: '1' }), tax: decimal('2') }, 'problem'],
    ['more than anybody has', buy({ quantity: '2000000000000' }), 'problem'],
    ['a currency of no country', buy({ symbol: 'AAPL', currency: null }), 'record'],
  ])('%s', (_name, given, outcome) => {
    expect(outcomes(plan([given]))).toEqual([outcome]);
  });

  test('a portfolio without cash passes over what only moves cash', () => {
    const portfolio = { ...NEEDS.portfolio, cashMode: 'implied' as const };
    const cash = row({ type: 'deposit', symbol: null, amount: '100' });
    expect(outcomes(plan([cash, buy()], { portfolio }))).toEqual(['passed', 'record']);
    expect(outcomes(plan([cash, buy()]))).toEqual(['record', 'record']);
  });
});

describe('what is recorded', () => {
  test('the price at which the quantity comes to the amount', () => {
    // 1.6531 x 420.10 is 694.47, and 694.48 was booked: 694.48 / 1.6531 = 420.107676486600931...
    const [only] = plan([buy({ quantity: '1.6531', price: '420.10', amount: '694.48' })]).rows;
    expect(only?.recordings[0]?.input.price).toMatch(/^420\.10767648/);
    expect(plan([buy()]).rows[0]?.recordings[0]?.input).toMatchObject({
      quantity: '10',
      price: '100',
      currency: 'USD',
      tradedAt: '2025-03-03T00:00:00.000Z',
    });
  });

  test('what was booked in another currency brings its exchange along, before a purchase and after a sale', () => {
    const portfolio = { ...NEEDS.portfolio, baseCurrency: 'EUR' };
    const given = { fee: '1', counterAmount: '910', counterCurrency: 'EUR' };
    const bought = plan([buy(given)], { portfolio }).rows[0]?.recordings ?? [];
    expect(bought.map(({ type }) => type)).toEqual(['exchange', 'buy']);
    expect(bought[0]?.input).toMatchObject({ amount: '910', currency: 'EUR', counterAmount: '1001', counterCurrency: 'USD' });
    // 910 euros for 1,001 dollars.
    expect(bought[1]?.input.baseRate).toBe('0.909090909090909091');
    const sold = plan([buy(), sell(given)], { portfolio }).rows[1]?.recordings ?? [];
    expect(sold.map(({ type }) => type)).toEqual(['sell', 'exchange']);
    expect(sold[1]?.input).toMatchObject({ amount: '999', currency: 'USD', counterAmount: '910', counterCurrency: 'EUR' });
    const implied = { ...portfolio, cashMode: 'implied' as const };
    expect(plan([buy(given)], { portfolio: implied }).rows[0]?.recordings.map(({ type }) => type)).toEqual(['buy']);
  });
});
