import { expect, it } from 'vitest';
import { add, decimalFromNumber, divide, subtract, sum, toNumber, ZERO, type Decimal } from '../money/index.ts';
import { expectWithin, publishedCases, readCasesFile, runPublishedCases, type PublishedCase } from '../../cases/published-cases.ts';
import { day, formatDay } from '../time/index.ts';
import {
  averagePrice,
  holdingTerm,
  lotsOf,
  openLotBook,
  receiveLot,
  releaseLots,
  splitLots,
  tradeLots,
  washSales,
  type CostMethod,
  type Lot,
  type LotBook,
  type LotChange,
  type LotRefusal,
  type RealizedGain,
} from './index.ts';

/** Figures as the files write them: [quantity, unit cost, day] for lots, [day, side, quantity, amount or price, …] for trades. */
type LotRow = readonly [quantity: number, unitCost: number, day: string];
type TradeRow = readonly [day: string, side: string, quantity: number, figure: number, more?: unknown, last?: unknown];

const exact = (value: number): Decimal => {
  const read = decimalFromNumber(value);
  if (read === null) throw new Error(`${value} has too many digits`);
  return read;
};
const changed = (change: LotChange | LotRefusal): LotChange => {
  if ('code' in change) throw new Error(change.code);
  return change;
};
let count = 0;
const trade = (book: LotBook, row: { side: string; on: string; quantity: number; amount: number }): readonly RealizedGain[] => {
  const amount = exact(row.amount);
  const side = row.side === 'buy' ? 'buy' : 'sell';
  return changed(
    tradeLots(book, { id: `t${(count += 1)}`, on: day(row.on), side, quantity: exact(row.quantity), amount, baseAmount: amount }),
  ).gains;
};
/** Trades whose figure is the whole amount, fees inside. */
const tradeAll = (book: LotBook, rows: readonly TradeRow[]): readonly RealizedGain[] =>
  rows.flatMap(([on, side, quantity, amount]) => trade(book, { on, side, quantity, amount }));
const rowsOf = ({ input }: PublishedCase): readonly TradeRow[] => input['transactions'] as readonly TradeRow[];
const gainOf = (gains: readonly RealizedGain[]): number => toNumber(sum(gains.map(({ gain }) => gain)));
const costOf = (gains: readonly RealizedGain[]): number => toNumber(sum(gains.map(({ cost }) => cost)));
const lotOf = ([quantity, unitCost, acquired]: LotRow, extra = 0): Lot => {
  const cost = exact(Math.round((quantity * unitCost + extra) * 1e6) / 1e6);
  return { id: `l${(count += 1)}`, acquiredOn: day(acquired), quantity: exact(quantity), cost, baseCost: cost };
};
const shown = (lots: readonly Lot[]): LotRow[] =>
  lots.map(({ quantity, cost, acquiredOn }) => [toNumber(quantity), toNumber(divide(cost, quantity)), formatDay(acquiredOn)]);
const byDay = (rows: readonly LotRow[]): LotRow[] => [...rows].sort((a, b) => (a[2] < b[2] ? -1 : 1));

const buysAndSells = (method: CostMethod) => (published: PublishedCase) => {
  const { expected, input } = published;
  const book = openLotBook(method);
  const gains = tradeAll(book, rowsOf(published));
  expect(toNumber(book.quantity)).toBe(input['shares_left']);
  expectWithin(published, toNumber(book.cost), { expected: expected['remaining_cost'] });
  expectWithin(published, gainOf(gains), { expected: expected['realised_gain'] });
  const value = toNumber(book.quantity) * (input['price'] as number);
  expectWithin(published, value - toNumber(book.cost), { expected: expected['unrealised_gain'] });
};

/** Buy amounts include fees and taxes and sale amounts are net of them; before fees and taxes each side is put back. */
const feesAndTaxes = (method: CostMethod) => (published: PublishedCase) => {
  const { expected, input } = published;
  const [net, gross] = [openLotBook(method), openLotBook(method)];
  const gains = tradeAll(net, rowsOf(published));
  const before = rowsOf(published).flatMap(([on, side, quantity, amount, costs]) => {
    const { fees = 0, taxes = 0 } = (costs ?? {}) as { fees?: number; taxes?: number };
    return trade(gross, { on, side, quantity, amount: side === 'buy' ? amount - fees - taxes : amount + fees + taxes });
  });
  const money = { tolerance: 'money' };
  expectWithin(published, gainOf(gains), { expected: expected['closed_profit'], ...money });
  // What the product calls profit before fees and taxes is the same under both of its methods: 8 at 100 sold for 1,200.
  expectWithin(published, gainOf(before), { expected: expected['closed_profit_before_fees_and_taxes'], ...money });
  expectWithin(published, gainOf(gains) / costOf(gains), { expected: expected['closed_return'], tolerance: 'return' });
  const open = toNumber(net.quantity) * (input['price_after'] as number) - toNumber(net.cost);
  expectWithin(published, open, { expected: expected['open_profit'], ...money });
  expectWithin(published, open / toNumber(net.cost), { expected: expected['open_return'], tolerance: 'return' });
};

const reductions = (published: PublishedCase): void => {
  const { input, expected } = published;
  const method = (input['method'] as string).toLowerCase() as CostMethod;
  const book = openLotBook(method, { lots: (input['lots_before'] as LotRow[]).map((row) => lotOf(row)) });
  const consumed: LotRow[] = [];
  for (const reduction of input['reductions'] as number[]) {
    const sold = tradeLots(book, {
      id: 's',
      on: day(input['date'] as string),
      side: 'sell',
      quantity: exact(-reduction),
      amount: ZERO,
      baseAmount: ZERO,
    });
    if ('code' in sold) expect([reduction === 0, sold.code]).toEqual([true, 'quantity_not_positive']);
    else
      for (const { quantity, cost, acquiredOn } of sold.gains)
        consumed.push([-toNumber(quantity), toNumber(divide(cost, quantity)), formatDay(acquiredOn)]);
  }
  expect(consumed).toEqual(expected['consumed_lots']);
  expect(shown(lotsOf(book))).toEqual(byDay(expected['remaining_lots'] as LotRow[]));
};

/** Trades at a price, each account a book of its own; "transfer" moves lots from one to the other. */
function accounts(published: PublishedCase, methodOf: (account: string) => CostMethod) {
  const books = new Map<string, LotBook>();
  const bookOf = (account: string): LotBook =>
    books.get(account) ?? books.set(account, openLotBook(methodOf(account))).get(account) ?? openLotBook('fifo');
  const gains: number[] = [];
  for (const [on, side, quantity, figure, more, last] of rowsOf(published)) {
    if (side === 'transfer') {
      const released = releaseLots(bookOf(figure as unknown as string), exact(quantity));
      if ('code' in released) throw new Error(released.code);
      for (const lot of released.lots) receiveLot(bookOf(more as string), lot);
      continue;
    }
    expect(last).toBeUndefined();
    const made = trade(bookOf((more as string | undefined) ?? ''), { on, side, quantity, amount: quantity * figure });
    if (side === 'sell') gains.push(gainOf(made));
  }
  return { books, gains };
}

runPublishedCases('average-cost.json', {
  'own-two-buys-one-sale': buysAndSells('average'),
  'own-fees-and-taxes': feesAndTaxes('average'),
  'own-pool-reduced': reductions,
  'own-pool-insufficient': ({ input, expected }) => {
    const book = openLotBook('average', { lots: (input['lots_before'] as LotRow[]).map((row) => lotOf(row)) });
    const [reduction = 0] = input['reductions'] as number[];
    const refused = tradeLots(book, { id: 's', on: 0, side: 'sell', quantity: exact(-reduction), amount: ZERO, baseAmount: ZERO });
    expect(refused).toMatchObject({ code: expected['error'] });
    expect(shown(lotsOf(book))).toEqual(expected['remaining_lots']);
  },
  'own-average-over-accounts': (published) => {
    // One portfolio over both brokers: cost basis is per portfolio.
    const book = openLotBook('average');
    const [first, second, sale] = rowsOf(published);
    for (const row of [first, second])
      if (row !== undefined) trade(book, { on: row[0], side: row[1], quantity: row[2], amount: row[2] * row[3] });
    expect(toNumber(averagePrice(book) ?? ZERO)).toBe(published.expected['average_cost']);
    const gains = sale === undefined ? [] : trade(book, { on: sale[0], side: sale[1], quantity: sale[2], amount: sale[2] * sale[3] });
    expect(gainOf(gains)).toBe(published.expected['gain']);
  },
  'own-average-transfer-out': (published) => {
    const { gains } = accounts(published, (account) => (account === 'avg' ? 'average' : 'fifo'));
    expect(gains).toEqual(published.expected['gains']);
  },
});

runPublishedCases('fifo.json', {
  'own-two-buys-one-sale': buysAndSells('fifo'),
  'own-fees-and-taxes': feesAndTaxes('fifo'),
  'own-transfers-over-four-accounts': (published) => {
    const depots = published.input['accounts'] as Record<string, readonly (readonly [string, string, number, number?, string?])[]>;
    const steps = Object.entries(depots).flatMap(([account, rows]) => rows.map((row) => ({ account, row })));
    const books = new Map(Object.keys(depots).map((account) => [account, openLotBook('fifo')]));
    const gains: RealizedGain[] = [];
    for (const { account, row } of steps.sort((a, b) => (a.row[0] < b.row[0] ? -1 : a.row[0] > b.row[0] ? 1 : 0))) {
      const [on, kind, quantity, amount = 0, target = ''] = row;
      const book = books.get(account) ?? openLotBook('fifo');
      if (kind === 'transfer_out') {
        const released = releaseLots(book, exact(quantity));
        const into = books.get(target.replace('to ', ''));
        if ('code' in released || into === undefined) throw new Error(`no transfer to ${target}`);
        for (const lot of released.lots) receiveLot(into, lot);
      } else if (kind !== 'transfer_in') gains.push(...trade(book, { on, side: kind, quantity, amount }));
    }
    expectWithin(published, costOf(gains), { expected: published.expected['sale_cost'] });
  },
  'own-two-lots-closed-one-open': (published) => {
    const { expected, input } = published;
    const book = openLotBook('fifo');
    const gains = tradeAll(book, rowsOf(published));
    expectWithin(published, gainOf(gains), { expected: expected['closed_profit'], tolerance: 'money' });
    expectWithin(published, gainOf(gains) / costOf(gains), { expected: expected['closed_return'], tolerance: 'rate' });
    expect(toNumber(book.quantity)).toBe(expected['open_shares']);
    const value = toNumber(book.quantity) * (input['price_after'] as number);
    expectWithin(published, value - toNumber(book.cost), { expected: expected['open_profit'], tolerance: 'money' });
    // Its internal rate of return is tested with the other rates, from these gains.
  },
  'own-part-of-the-oldest-lot': reductions,
  'own-part-of-the-third-lot': reductions,
  'own-accounts-apart': (published) => {
    const { books } = accounts(published, () => 'fifo');
    const remaining = [...books].flatMap(([account, book]) => shown(lotsOf(book)).map((row) => [...row, account]));
    expect(remaining).toEqual(published.expected['remaining_lots']);
  },
  'own-part-of-a-lot-moves': (published) => {
    const { input, expected } = published;
    type WithFee = readonly [number, number, string, { readonly fee: number }];
    const withFees = (rows: unknown) =>
      (rows as readonly WithFee[]).map(([quantity, unitCost, on, { fee }]) => lotOf([quantity, unitCost, on], fee));
    const book = openLotBook('fifo', { lots: withFees(input['lots_before']) });
    const released = releaseLots(book, exact(input['transfer'] as number));
    if ('code' in released) throw new Error(released.code);
    const plain = (lots: readonly Lot[]) => lots.map(({ quantity, cost, acquiredOn }) => [quantity, cost, acquiredOn]);
    expect(plain(released.lots)).toEqual(plain(withFees(expected['destination_lots'])));
    expect(toNumber(sum(released.lots.map(({ cost }) => cost)))).toBe(expected['destination_cost']);
    expect(toNumber(book.quantity)).toBe(expected['source_quantity_left']);
    // 4 of the shares at 90 are left, and their share of the fee.
    expect(toNumber(book.cost) - 4 * 90).toBe(expected['source_fee_left']);
  },
});

runPublishedCases('lifo-hifo.json', {
  'own-nothing-reduced': reductions,
  'own-two-newest-lots': reductions,
  'own-newest-first': (published) => {
    const { books, gains } = accounts(published, () => 'lifo');
    expect([...books.values()].flatMap((book) => shown(lotsOf(book)))).toEqual(published.expected['remaining_lots']);
    expect(gains).toEqual([published.expected['gain']]);
  },
  'own-dearest-first-by-account': (published) => {
    const { books, gains } = accounts(published, () => 'hifo');
    const remaining = [...books].flatMap(([account, book]) => shown(lotsOf(book)).map((row) => [...row, account]));
    expect(remaining).toEqual(published.expected['remaining_lots']);
    expect(gains).toEqual([published.expected['gain']]);
  },
});

const washed = ({ input }: PublishedCase, year: (on: string) => string) => {
  const book = openLotBook('fifo');
  const row = (name: string) => input[name] as readonly [string, number, number];
  const priced = (name: string, side: string) => {
    const [on, quantity, price] = row(name);
    return trade(book, { on: year(on), side, quantity, amount: quantity * price });
  };
  const acquired = (name: string) => {
    const lot = lotsOf(book).at(-1);
    if (lot === undefined) throw new Error(name);
    return { lotId: lot.id, acquiredOn: lot.acquiredOn, quantity: lot.quantity };
  };
  priced('buy', 'buy');
  const first = acquired('buy');
  const gains = priced('sell', 'sell');
  priced('rebuy', 'buy');
  const report = washSales(gains, [first, acquired('rebuy')]);
  const added = sum(report.additions.map(({ amount }) => amount));
  return {
    disallowed: toNumber(sum(report.gains.map(({ disallowedLoss }) => disallowedLoss))),
    normal: book.cost,
    basis: add(book.cost, added),
    book,
  };
};

runPublishedCases('tax-us.json', {
  'wash-xyz-2250': (published) => {
    const { disallowed, normal, basis } = washed(published, (on) => `2010-${on}`);
    const { expected } = published;
    expect([disallowed, toNumber(normal), toNumber(basis)]).toEqual([
      expected['disallowed_loss'],
      expected['normal_basis'],
      expected['new_basis'],
    ]);
  },
  'wash-after': (published) => {
    const { disallowed, basis, book } = washed(published, (on) => on);
    expect([disallowed, toNumber(divide(basis, book.quantity))]).toEqual([
      published.expected['disallowed_loss'],
      published.expected['new_basis_per_share'],
    ]);
  },
});

runPublishedCases('splits-dividends.json', {
  'irs-550-two-lots': (published) => {
    const { input, expected } = published;
    const [newShares = 0, oldShares = 0] = input['new_for_old'] as readonly number[];
    const book = openLotBook('fifo', {
      lots: (input['lots'] as readonly (readonly [number, number])[]).map(([q, c]) => lotOf([q, c, '2000-01-01'])),
    });
    splitLots(book, { newShares: exact(newShares), oldShares: exact(oldShares) });
    expect(shown(lotsOf(book)).map(([quantity, unitCost]) => [quantity, unitCost])).toEqual(expected['lots']);
  },
  'lasser-holding-period': (published) => {
    const { input, expected } = published;
    const book = openLotBook('fifo', { lots: [lotOf([10, 1, input['acquired'] as string])] });
    splitLots(book, { newShares: exact(11), oldShares: exact(10) });
    const [gain] = trade(book, { on: input['sold'] as string, side: 'sell', quantity: 11, amount: 20 });
    expect(gain?.term).toBe(expected['term']);
    // Counted from the stock dividend, the shares would have been held for four months.
    expect(holdingTerm(day(input['stock_dividend'] as string), day(input['sold'] as string))).toBe('short');
  },
  'own-split-9-for-15': ({ input, expected }) => {
    const book = openLotBook('fifo', { lots: [lotOf([input['shares'] as number, 1, '2000-01-01'])] });
    splitLots(book, { newShares: exact(input['new'] as number), oldShares: exact(input['old'] as number) });
    expect(toNumber(book.quantity)).toBe(expected['shares_after']);
  },
});

it('exact splits agree with the vendor factors of lean-aapl-factors within their rounding', () => {
  const [published] = publishedCases('splits-dividends.json').filter(({ id }) => id === 'lean-aapl-factors');
  const pairs = published?.expected['pairs'] as readonly { raw_close: readonly [number, number]; split_adjusted_return: number }[];
  [7, 4].forEach((ratio, index) => {
    const { raw_close: [before, after], split_adjusted_return: returned } = pairs[index] ?? { raw_close: [0, 0], split_adjusted_return: 0 }; // prettier-ignore
    const book = openLotBook('fifo', { lots: [lotOf([1, before, '2000-01-01'])] });
    splitLots(book, { newShares: exact(ratio), oldShares: exact(1) });
    const gain = subtract(exact(Math.round(toNumber(book.quantity) * after * 100) / 100), book.cost);
    expect(Math.abs(toNumber(gain) / before - returned)).toBeLessThan(1e-6);
  });
});

it('every case that is called not ours names a reason and exists', () => {
  const { cases } = readCasesFile('not-ours.json') as { readonly cases: readonly { file: string; id: string; reason: string }[] };
  for (const { file, id, reason } of cases) {
    expect(publishedCases(file).some((one) => one.id === id)).toBe(true);
    expect(reason.length).toBeGreaterThan(10);
  }
});
