import { describe, expect, it } from 'vitest';
import type { Transaction } from '../ledger/index.ts';
import { decimal, formatDecimal, ONE, ZERO, type Decimal } from '../money/index.ts';
import {
  explain,
  openPortfolioBook,
  positionsOf,
  recordHistory,
  recordTransaction,
  valuePortfolio,
  type Market,
  type PortfolioRules,
  type Trail,
} from './index.ts';

const d = decimal;
const none = { fee: ZERO, tax: ZERO };
const euro: PortfolioRules = { baseCurrency: 'EUR', costMethod: 'fifo', cashMode: 'full', shorting: false };
const market = (prices: Record<string, string>, rates: Record<string, string> = {}): Market => ({
  priceOf: (instrument) => (prices[instrument] === undefined ? null : d(prices[instrument])),
  baseRateOf: (currency) => (rates[currency] === undefined ? null : d(rates[currency])),
});

let count = 0;
const fact = (on: number, currency = 'EUR', baseRate?: string) => ({
  id: `t${(count += 1)}`,
  tradedOn: on,
  currency,
  ...(baseRate === undefined ? {} : { baseRate: d(baseRate) }),
});
const trade = (type: 'buy' | 'sell', quantity: string, amount: string): Transaction => ({
  ...fact(0),
  ...none,
  type,
  instrument: 'ACME',
  quantity: d(quantity),
  amount: d(amount),
});
const figures = (values: Record<string, Decimal | null>): Record<string, string | null> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === null ? null : formatDecimal(value)]));

const example: Transaction[] = [
  { ...fact(0), type: 'deposit', amount: d('1000'), fee: ZERO },
  { ...fact(1), type: 'exchange', amount: d('900'), counterCurrency: 'USD', counterAmount: d('1000'), fee: ZERO },
  { ...fact(2, 'USD', '0.90'), ...none, type: 'buy', instrument: 'ACME', quantity: d('10'), amount: d('500') },
];

describe('the worked example of the front door', () => {
  const { book } = recordHistory(euro, example);
  const valuation = valuePortfolio(book, market({ ACME: '60' }, { USD: '0.95' }));

  it('is worth 1,145 EUR, a net gain of 145', () => {
    const { totalValue, marketValue, cashValue, unrealizedGain, cashCurrencyGain, netGain, investedCapital, simpleReturn } = valuation;
    expect(
      figures({ totalValue, marketValue, cashValue, unrealizedGain, cashCurrencyGain, netGain, investedCapital, simpleReturn }),
    ).toEqual({
      totalValue: '1145',
      marketValue: '570',
      cashValue: '575',
      unrealizedGain: '120',
      cashCurrencyGain: '25',
      netGain: '145',
      investedCapital: '1000',
      simpleReturn: '0.145',
    });
    const [position] = valuation.positions;
    expect(position).toMatchObject({ priceEffect: d('90'), currencyEffect: d('30'), unrealizedGain: d('100'), averagePrice: d('50') });
  });

  it('can show where each figure comes from', () => {
    const shown = (trail: Trail, depth = 0): string[] => [
      `${'  '.repeat(depth)}${trail.figure} ${formatDecimal(trail.value)}${trail.operation === 'given' ? '' : ` = ${trail.operation}`}`,
      ...(trail.operation === 'given' ? [] : trail.inputs.flatMap((input) => shown(input, depth + 1))),
    ];
    const trail = explain(book, valuation, 'unrealizedGain');
    expect(trail === null ? [] : shown(trail)).toEqual([
      'unrealizedGain 120 = difference',
      '  marketValue 570 = sum',
      '    marketValue 570 = product',
      '      quantity 10',
      '      price 60',
      '      baseRate 0.95',
      '  costBasis 450 = sum',
      '    costBasis 450 = sum',
      '      cost 450',
    ]);
  });
});

describe('a tracked portfolio with implied cash', () => {
  it('counts a purchase as put in, a sale and a net dividend as taken out, and keeps no cash', () => {
    const { book } = recordHistory({ ...euro, cashMode: 'implied' }, [
      trade('buy', '10', '1000'),
      { ...fact(1), type: 'dividend', instrument: 'ACME', amount: d('20'), fee: ZERO, tax: d('5') },
      trade('sell', '5', '600'),
    ]);
    const { putIn, takenOut, netGain, totalValue, cash } = valuePortfolio(book, market({ ACME: '110' }));
    // Gain: 600 - 500 realized, 5 * 110 - 500 unrealized, 20 income, 5 tax: 165 = 550 + 615 - 1,000.
    expect(figures({ putIn, takenOut, netGain, totalValue })).toEqual({
      putIn: '1000',
      takenOut: '615',
      netGain: '165',
      totalValue: '550',
    });
    expect(cash).toEqual([]);
  });
});

describe('a valuation', () => {
  it('counts at cost what the market does not price, and names it', () => {
    const { book } = recordHistory(euro, example);
    const blind = valuePortfolio(book, market({}, { USD: '0.95' }));
    expect(figures({ value: blind.marketValue, gain: blind.unrealizedGain })).toEqual({ value: '450', gain: '0' });
    expect(blind.unpriced).toEqual(['ACME']);
    expect(valuePortfolio(book, market({ ACME: '60' })).unpriced).toEqual(['ACME', 'USD']);
  });

  it('keeps a closed position with what it gained, and asks no price for it', () => {
    const { book } = recordHistory({ ...euro, cashMode: 'implied' }, [trade('buy', '1', '10'), trade('sell', '1', '15')]);
    const asked: string[] = [];
    const valuation = valuePortfolio(book, { priceOf: (instrument) => (asked.push(instrument), ONE), baseRateOf: () => null });
    expect(asked).toEqual([]);
    expect(valuation.positions).toMatchObject([{ quantity: ZERO, averagePrice: null, realizedGain: d('5'), unrealizedReturn: null }]);
  });

  it('of nothing is nothing, and has no return', () => {
    const valuation = valuePortfolio(openPortfolioBook(euro), market({}));
    expect([valuation.totalValue, valuation.netGain, valuation.simpleReturn]).toEqual([ZERO, ZERO, null]);
    expect(explain(openPortfolioBook(euro), valuation, 'simpleReturn')).toBeNull();
  });

  it('shows a short position as negative value and gains when the price falls', () => {
    const { book } = recordHistory({ ...euro, shorting: true }, [trade('sell', '2', '200')]);
    const { totalValue, netGain, positions } = valuePortfolio(book, market({ ACME: '80' }));
    expect(figures({ totalValue, netGain })).toEqual({ totalValue: '40', netGain: '40' });
    expect(positions[0]).toMatchObject({ quantity: d('-2'), averagePrice: d('100'), unrealizedReturn: d('0.2') });
  });
});

describe('a refused transaction', () => {
  const start = (): ReturnType<typeof recordHistory>['book'] => recordHistory(euro, [...example]).book;
  const acme = { ...fact(9, 'USD', '0.9'), instrument: 'ACME' };
  it.each<[string, Transaction]>([
    ['insufficient_quantity', { ...acme, ...none, type: 'sell', quantity: d('11'), amount: ONE }],
    ['insufficient_quantity', { ...acme, type: 'transferOut', quantity: d('11') }],
    ['quantity_not_positive', { ...acme, type: 'transferIn', quantity: ZERO, cost: ONE }],
    ['insufficient_quantity', { ...fact(9), ...none, type: 'sell', instrument: 'NONE', quantity: ONE, amount: ONE }],
    ['nothing_held', { ...fact(9), ...none, type: 'returnOfCapital', instrument: 'NONE', amount: ONE }],
    ['nothing_held', { ...fact(9), type: 'merger', instrument: 'NONE', newInstrument: 'MEGA', quantity: ONE, amount: ONE }],
    ['quantity_not_positive', { ...acme, type: 'spinOff', newInstrument: 'BABY', quantity: ZERO, costShare: ONE }],
    ['no_fraction', { ...acme, type: 'split', newShares: d('2'), oldShares: ONE, cashInLieu: ONE }],
    ['same_instrument', { ...acme, type: 'merger', newInstrument: 'ACME', quantity: ONE, amount: ZERO }],
    ['currency_mismatch', { ...fact(9), ...none, type: 'buy', instrument: 'ACME', quantity: ONE, amount: ONE }],
    ['no_exchange_rate', { ...fact(9, 'USD'), ...none, type: 'buy', instrument: 'ACME', quantity: ONE, amount: ONE }],
    ['lots_not_selectable', { ...acme, ...none, type: 'sell', quantity: ONE, amount: ONE, lots: [{ lotId: 'x', quantity: ONE }] }],
  ])('says %s and changes nothing', (code, transaction) => {
    const book = start();
    expect(recordTransaction(book, transaction)).toMatchObject({ code });
    expect(positionsOf(book)).toEqual(positionsOf(start()));
    const { cash, flows, income, costs, gains } = start();
    expect([book.cash, book.flows, book.income, book.costs, book.gains]).toEqual([cash, flows, income, costs, gains]);
    expect(recordHistory(euro, [...example, transaction]).refused).toMatchObject([{ transaction, refusal: { code } }]);
  });
});
