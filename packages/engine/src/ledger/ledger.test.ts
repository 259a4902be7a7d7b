import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, decimalFromInteger, formatDecimal, negate, sum, ZERO } from '../money/index.ts';
import {
  accountKind,
  balancesOf,
  cashEffect,
  instrumentOfAccount,
  journal,
  LedgerError,
  naturalBalance,
  NO_COST_CHANGE,
  normalSide,
  pairEntries,
  realizedGainOf,
  securitiesAccount,
  trialBalance,
  type CashMode,
  type CostChange,
  type LedgerAccount,
  type Transaction,
  type Transfer,
} from './index.ts';

const d = decimal;
const head = { id: 't', tradedOn: 0, currency: 'USD' };
const acme = { ...head, instrument: 'ACME' };

const shown = (transfers: readonly Transfer[]): string[] =>
  transfers.map(
    ({ debitAccount, creditAccount, amount, currency }) => `${debitAccount} from ${creditAccount} ${formatDecimal(amount)} ${currency}`,
  );

const trade = (type: 'buy' | 'sell', quantity: string, amounts: readonly [amount: string, fee: string, tax: string]): Transaction => {
  const [amount, fee, tax] = amounts;
  return { ...acme, type, quantity: d(quantity), amount: d(amount), fee: d(fee), tax: d(tax) };
};
const cost = (text: string, newCost?: string): CostChange =>
  newCost === undefined ? { cost: d(text) } : { cost: d(text), newCost: d(newCost) };

describe('the worked example of the front door', () => {
  const transfers = [
    ...journal({ ...head, type: 'deposit', amount: d('1000'), fee: ZERO }, NO_COST_CHANGE),
    ...journal(trade('buy', '10', ['500', '2', '0']), cost('502')),
    ...journal(trade('sell', '4', ['240', '2', '0']), cost('-200.80')),
  ];

  it('gives these four rows', () => {
    expect(shown(transfers)).toEqual([
      'cash from external 1000 USD',
      'securities:ACME from cash 502 USD',
      'cash from securities:ACME 200.8 USD',
      'cash from realizedGain 37.2 USD',
    ]);
  });

  it('adds up', () => {
    const balances = balancesOf(transfers);
    const natural = (account: LedgerAccount): string => formatDecimal(naturalBalance(balances, 'USD', account));
    expect([natural('cash'), natural('securities:ACME'), natural('external'), natural('realizedGain')]).toEqual([
      '736',
      '301.2',
      '1000',
      '37.2',
    ]);
    expect(trialBalance(balances, 'USD')).toBe(ZERO);
    expect(formatDecimal(realizedGainOf(transfers))).toBe('37.2');
  });
});

const rows: readonly (readonly [name: string, transaction: Transaction, change: CostChange, expected: readonly string[]])[] = [
  [
    'a deposit with a fee',
    { ...head, type: 'deposit', amount: d('100'), fee: d('1') },
    NO_COST_CHANGE,
    ['cash from external 99 USD', 'fees from external 1 USD'],
  ],
  [
    'a withdrawal',
    { ...head, type: 'withdrawal', amount: d('100'), fee: d('1') },
    NO_COST_CHANGE,
    ['external from cash 100 USD', 'fees from cash 1 USD'],
  ],
  [
    'a dividend with withheld tax',
    { ...acme, type: 'dividend', amount: d('10'), fee: ZERO, tax: d('1.5') },
    NO_COST_CHANGE,
    ['cash from income 8.5 USD', 'taxes from income 1.5 USD'],
  ],
  ['interest', { ...head, type: 'interest', amount: d('3'), fee: ZERO, tax: ZERO }, NO_COST_CHANGE, ['cash from income 3 USD']],
  ['a fee', { ...head, type: 'fee', amount: d('5') }, NO_COST_CHANGE, ['fees from cash 5 USD']],
  ['a tax', { ...head, type: 'tax', amount: d('5') }, NO_COST_CHANGE, ['taxes from cash 5 USD']],
  [
    'a sale at a loss',
    trade('sell', '1', ['80', '1', '0']),
    cost('-100'),
    ['cash from securities:ACME 79 USD', 'realizedGain from securities:ACME 21 USD'],
  ],
  // 0.50 gross less a fee of 2.00: the sale costs 1.50 of cash on top of the 10.00 the share had cost.
  [
    'a sale eaten by its fee',
    trade('sell', '1', ['0.5', '2', '0']),
    cost('-10'),
    ['realizedGain from cash 1.5 USD', 'realizedGain from securities:ACME 10 USD'],
  ],
  ['a short sale', trade('sell', '1', ['100', '1', '0']), cost('-99'), ['cash from securities:ACME 99 USD']],
  [
    'a short sale bought back cheaper',
    trade('buy', '1', ['80', '1', '0']),
    cost('99'),
    ['securities:ACME from cash 81 USD', 'securities:ACME from realizedGain 18 USD'],
  ],
  ['a split', { ...acme, type: 'split', newShares: d('4'), oldShares: d('1'), cashInLieu: ZERO }, NO_COST_CHANGE, []],
  [
    'a split with cash in lieu',
    { ...acme, type: 'split', newShares: d('1'), oldShares: d('10'), cashInLieu: d('7') },
    cost('-5'),
    ['cash from securities:ACME 5 USD', 'cash from realizedGain 2 USD'],
  ],
  ['a transfer in', { ...acme, type: 'transferIn', quantity: d('1'), cost: d('50') }, cost('50'), ['securities:ACME from external 50 USD']],
  ['a transfer out', { ...acme, type: 'transferOut', quantity: d('1') }, cost('-50'), ['external from securities:ACME 50 USD']],
  [
    'an exchange',
    { ...head, type: 'exchange', amount: d('110'), counterCurrency: 'EUR', counterAmount: d('100'), fee: d('1') },
    NO_COST_CHANGE,
    ['conversion from cash 110 USD', 'fees from cash 1 USD', 'cash from conversion 100 EUR'],
  ],
  [
    'a return of capital',
    { ...acme, type: 'returnOfCapital', amount: d('30'), fee: ZERO, tax: ZERO },
    cost('-30'),
    ['cash from securities:ACME 30 USD'],
  ],
  [
    'a return of more than the cost',
    { ...acme, type: 'returnOfCapital', amount: d('30'), fee: ZERO, tax: d('2') },
    cost('-20'),
    ['cash from securities:ACME 20 USD', 'cash from realizedGain 8 USD', 'taxes from realizedGain 2 USD'],
  ],
  [
    'a spin-off',
    { ...acme, type: 'spinOff', newInstrument: 'BABY', quantity: d('1'), costShare: d('0.2') },
    cost('-20', '20'),
    ['securities:BABY from securities:ACME 20 USD'],
  ],
  [
    'a merger for shares and money',
    { ...acme, type: 'merger', newInstrument: 'MEGA', quantity: d('1'), amount: d('30') },
    cost('-100', '70'),
    ['cash from securities:ACME 30 USD', 'securities:MEGA from securities:ACME 70 USD'],
  ],
  [
    'a merger for money',
    { ...acme, type: 'merger', newInstrument: null, quantity: ZERO, amount: d('130') },
    cost('-100'),
    ['cash from securities:ACME 100 USD', 'cash from realizedGain 30 USD'],
  ],
];

describe('the journal', () => {
  for (const [name, transaction, change, expected] of rows) {
    it(`of ${name}`, () => {
      expect(shown(journal(transaction, change))).toEqual(expected);
    });
  }

  it('lets the owner pay and receive where cash is implied', () => {
    const implied = (transaction: Transaction, change: CostChange) => shown(journal(transaction, change, 'implied'));
    expect(implied(trade('buy', '1', ['100', '1', '0']), cost('101'))).toEqual(['securities:ACME from external 101 USD']);
    expect(implied(trade('sell', '1', ['150', '0', '0']), cost('-101'))).toEqual([
      'external from securities:ACME 101 USD',
      'external from realizedGain 49 USD',
    ]);
    expect(implied({ ...head, type: 'deposit', amount: d('100'), fee: ZERO }, NO_COST_CHANGE)).toEqual([]);
  });

  it('balances in every currency and moves cash by the cash effect, whatever the figures', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 }).map((cents) => d((cents / 100).toFixed(2)));
    const signed = fc.tuple(amount, fc.boolean()).map(([value, down]) => (down ? negate(value) : value));
    const anything = fc.constantFrom(...rows.map(([, transaction]) => transaction));
    const history = fc.array(fc.record({ transaction: anything, amount, fee: amount, cost: signed, newCost: signed }), { maxLength: 30 });
    fc.assert(
      fc.property(history, fc.constantFrom<CashMode>('full', 'implied'), (steps, mode) => {
        const transactions = steps.map(({ transaction, amount: drawn, fee }) => ({
          ...transaction,
          ...('amount' in transaction ? { amount: drawn } : {}),
          ...('fee' in transaction ? { fee } : {}),
        })) as Transaction[];
        const transfers = transactions.flatMap((transaction, index) => [...journal(transaction, steps[index] ?? NO_COST_CHANGE, mode)]);
        const balances = balancesOf(transfers);
        expect([trialBalance(balances, 'USD'), trialBalance(balances, 'EUR')]).toEqual([ZERO, ZERO]);
        expect(transfers.every((row) => row.amount > 0n && row.debitAccount !== row.creditAccount)).toBe(true);
        const cash = mode === 'full' ? sum(transactions.map(cashEffect)) : ZERO;
        expect(naturalBalance(balances, 'USD', 'cash')).toBe(cash);
      }),
    );
  });
});

describe('entries', () => {
  it('that do not sum to zero are a bug and stop', () => {
    const entry = (account: LedgerAccount, amount: number) => ({ account, amount: decimalFromInteger(amount) });
    expect(() => pairEntries('t', 'USD', [entry('cash', 1)])).toThrow(LedgerError);
    expect(() => pairEntries('t', 'USD', [entry('cash', -1), entry('fees', 2)])).toThrow(
      'The USD entries of transaction t do not balance.',
    );
    expect(() => pairEntries('t', 'USD', [entry('cash', -2), entry('fees', 1)])).toThrow(LedgerError);
  });
});

describe('an account', () => {
  it('knows its kind, its instrument and the side it grows on', () => {
    expect([accountKind('cash'), accountKind(securitiesAccount('cash'))]).toEqual(['cash', 'securities']);
    expect([instrumentOfAccount('cash'), instrumentOfAccount(securitiesAccount('a:b'))]).toEqual([null, 'a:b']);
    expect([normalSide('conversion'), normalSide('external')]).toEqual(['debit', 'credit']);
  });
});
