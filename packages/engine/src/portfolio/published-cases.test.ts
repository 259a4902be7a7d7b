import { expect } from 'vitest';
import type { Transaction } from '../ledger/index.ts';
import { decimalFromNumber, divide, ONE, rateOn, rateTable, roundTo, sum, toNumber, ZERO, type Decimal } from '../money/index.ts';
import { expectWithin, readCasesFile, runPublishedCases } from '../../cases/published-cases.ts';
import { day, type Day } from '../time/index.ts';
import { recordHistory, valuePortfolio, type Market, type PortfolioRules } from './index.ts';

const exact = (value: number): Decimal => decimalFromNumber(value) ?? ZERO;
const rules = (baseCurrency: string, cashMode: 'full' | 'implied'): PortfolioRules => ({
  baseCurrency,
  costMethod: 'fifo',
  cashMode,
  shorting: false,
});
const costs = { fee: ZERO, tax: ZERO };
const priced = (price: Decimal): Market => ({ priceOf: () => price, baseRateOf: () => null });

runPublishedCases('fx.json', {
  // Reported in the instrument's own currency there is no currency effect, whatever the rates of the days were.
  'own-report-in-its-own-currency': (published) => {
    const { input, expected } = published;
    const rows = input['transactions'] as readonly (readonly [string, 'buy' | 'sell', number, { readonly USD: number }])[];
    const transactions = rows.map(([on, type, quantity, { USD }], index): Transaction => {
      return {
        ...costs,
        id: `t${index}`,
        tradedOn: day(on),
        currency: 'USD',
        type,
        instrument: 'X',
        quantity: exact(quantity),
        amount: exact(USD),
      };
    });
    const { book } = recordHistory(rules(input['report_currency'] as string, 'implied'), transactions);
    const valuation = valuePortfolio(book, priced(exact(input['price_usd'] as number)));
    const [position] = valuation.positions;
    expectWithin(published, toNumber(valuation.realizedGain), { expected: expected['fifo_realised'] });
    const ofCurrency = book.gains.map(({ gain, baseGain }) => (baseGain - gain) as Decimal);
    expectWithin(published, toNumber(sum(ofCurrency)), { expected: expected['fifo_realised_currency_part'] });
    expectWithin(published, toNumber(valuation.unrealizedGain), { expected: expected['fifo_unrealised'] });
    expectWithin(published, toNumber(position?.currencyEffect ?? ONE), { expected: expected['fifo_unrealised_currency_part'] });
  },
  // An instrument is kept in its own currency, so what was paid in euros enters as the dollars it was worth at that day's rate.
  'own-paid-in-two-currencies': (published) => {
    const { input, expected } = published;
    type Paid = { readonly EUR?: number; readonly USD?: number; readonly eurusd?: number };
    const rows = input['transactions'] as readonly (readonly [string, 'buy', number, Paid])[];
    const { fx_series_ecb: series } = readCasesFile('fx.json') as { readonly fx_series_ecb: Record<string, Record<string, number>> };
    const listed = Object.entries(series['EURUSD'] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const days = listed.map(([on]) => day(on));
    const table = rateTable('EUR', new Map([['USD', { days, unitsPerBase: listed.map(([, rate]) => exact(rate)) }]]));
    const eurPerUsd = (on: Day): Decimal => rateOn(table, { from: 'USD', to: 'EUR' }, on)?.rate ?? ZERO;
    const transactions = rows.map(([on, type, quantity, paid], index): Transaction => {
      const baseRate = paid.eurusd === undefined ? eurPerUsd(day(on)) : divide(ONE, exact(paid.eurusd));
      const amount = paid.USD === undefined ? roundTo(divide(exact(paid.EUR ?? 0), baseRate), 10) : exact(paid.USD);
      return {
        ...costs,
        id: `t${index}`,
        tradedOn: day(on),
        currency: 'USD',
        baseRate,
        type,
        instrument: 'X',
        quantity: exact(quantity),
        amount,
      };
    });
    const { book, refused } = recordHistory(rules('EUR', 'implied'), transactions);
    const [position] = valuePortfolio(book, priced(ONE)).positions;
    expect(refused).toEqual([]);
    expectWithin(published, toNumber(position?.baseCostBasis ?? ZERO), { expected: expected['fifo_cost_eur'] });
    (expected['parts_eur'] as readonly number[]).forEach((part, index) => {
      expectWithin(published, toNumber(position?.lots[index]?.baseCost ?? ZERO), { expected: part });
    });
    // The file's rule for days without a rate, last earlier one: 2015-08-03 is valued at the last day of the series.
    expect(eurPerUsd(day('2015-08-03'))).toBe(divide(ONE, exact(1.1588)));
  },
});

runPublishedCases('portfolio-statement.json', {
  'own-deposit-interest': (published) => {
    const { input, expected } = published;
    const transactions = (input['transactions'] as readonly (readonly [string, 'deposit' | 'interest', number])[]).map(
      ([on, type, amount], index): Transaction => ({
        ...costs,
        id: `t${index}`,
        tradedOn: day(on),
        currency: 'EUR',
        type,
        amount: exact(amount),
      }),
    );
    const at = (on: Day) => valuePortfolio(recordHistory(rules('EUR', 'full'), transactions.filter(({ tradedOn }) => tradedOn <= on)).book, priced(ONE)); // prettier-ignore
    const [start, end] = [at(day(input['from'] as string)), at(day(input['to'] as string))];
    expectWithin(published, toNumber(start.totalValue), { expected: expected['initial_value'] });
    expectWithin(published, toNumber(end.income) - toNumber(start.income), { expected: expected['earnings'] });
    expectWithin(published, toNumber(end.totalValue), { expected: expected['final_value'] });
  },
  // A delivery of shares counts as put in at its cost, 99, so the day's market value of 100 makes a gain of 1.
  'own-delivery-inside': (published) => {
    const { input, expected } = published;
    const rows = input['transactions'] as readonly (readonly [string, string, number, number])[];
    const prices = Object.entries(input['prices'] as Record<string, number>);
    const transactions = rows.map(([on, type, quantity, unitCost], index): Transaction => {
      const fact = { id: `t${index}`, tradedOn: day(on), currency: 'EUR', instrument: 'X', quantity: exact(quantity) };
      const paid = exact(quantity * unitCost);
      return type === 'buy' ? { ...fact, ...costs, type, amount: paid } : { ...fact, type: 'transferIn', cost: paid };
    });
    const at = (on: Day) => {
      const { book } = recordHistory(rules('EUR', 'implied'), transactions.filter(({ tradedOn }) => tradedOn <= on)); // prettier-ignore
      const [, price = 0] = prices.findLast(([known]) => day(known) <= on) ?? [];
      return valuePortfolio(book, priced(exact(price)));
    };
    const [start, end] = [at(day(input['from'] as string)), at(day(input['to'] as string))];
    expectWithin(published, toNumber(start.totalValue), { expected: expected['initial_value'] });
    expectWithin(published, toNumber(end.netGain) - toNumber(start.netGain), { expected: expected['capital_gains'] });
    expectWithin(published, toNumber(end.totalValue), { expected: expected['final_value'] });
  },
});
