/**
 * Folds a portfolio's transactions, in the order in which they count, into what follows from them: cash, holdings, and what the ledger
 * should say of each. Differences of single transactions are told on the way.
 */
import { balancesOf, cashEffect, journal } from '@holdfast/engine/ledger';
import type { CostChange, Transaction } from '@holdfast/engine/ledger';
import { add, decimal, formatDecimal, isNegative, isPositive, multiplyMoney, ONE, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { RecordRefusal } from '@holdfast/engine/portfolio';
import { dayOfInstant, parseDay } from '@holdfast/engine/time';
import { offsetMinutes } from '../../platform/time-zone.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import { transactionOf } from '../ledger/index.ts';
import { differIf } from './difference.ts';
import type { Differ } from './difference.ts';
import { NEVER_HELD, openEpochBook } from './epoch-book.ts';
import type { EpochBook, RebuiltHolding } from './epoch-book.ts';
import type { FactRow, StoredEntry, StoredHead } from './rebuild-store.ts';

export interface FactsNeeds {
  readonly head: StoredHead;
  readonly rates: ExchangeRates;
  readonly differ: Differ;
}

export interface FactsRebuild {
  add(fact: FactRow): void;
  /** Entries of the ledger that belong to no transaction count in its sums too. */
  addStray(entry: StoredEntry): void;
  /** Of the present epoch, by currency. */
  readonly cash: ReadonlyMap<string, Decimal>;
  /** `key` as `holdingKey` makes it. */
  holding(key: string): RebuiltHolding;
  readonly holdingKeys: Iterable<string>;
  /** The sum over all accounts of the stored ledger, by currency: zero, or it was not written by transfers. */
  readonly ledgerSums: ReadonlyMap<string, Decimal>;
}

export function holdingKey(epoch: number, instrumentKey: number | string): string {
  return `${epoch} ${instrumentKey}`;
}

export function rebuildFromFacts(needs: FactsNeeds): FactsRebuild {
  const { head, differ } = needs;
  const rules = { baseCurrency: head.base_currency, costMethod: head.cost_method, cashMode: head.cash_mode, shorting: false };
  const books = new Map<number, EpochBook>();
  const bookOf = (epoch: number): EpochBook => {
    const book = books.get(epoch) ?? openEpochBook(rules);
    books.set(epoch, book);
    return book;
  };
  const ledgerSums = new Map<string, Decimal>();
  const sumUp = ([currency, , amount]: StoredEntry): void =>
    void ledgerSums.set(currency, add(ledgerSums.get(currency) ?? ZERO, decimal(amount)));

  return {
    ledgerSums,
    addStray: sumUp,
    get cash() {
      return bookOf(head.epoch).cash;
    },
    holding(key) {
      const [epoch = '', instrument = ''] = key.split(' ');
      return bookOf(Number(epoch)).holding(instrument) ?? NEVER_HELD;
    },
    get holdingKeys() {
      return [...books].flatMap(([epoch, { instruments }]) => [...instruments].map((instrument) => holdingKey(epoch, instrument)));
    },
    add(fact) {
      const stored = fact.entries ?? [];
      stored.forEach(sumUp);
      // What was taken back, or could never have been traded, moves nothing.
      if (fact.reversed || isImpossible(fact)) return compareEntries(fact, { stored, rebuilt: new Map() }, differ);
      const transaction = transactionFrom(fact, needs);
      const done = bookOf(fact.epoch).record(transaction);
      if ('code' in done) return differ(...refusalOf(fact, done));
      compareOwnFigures(fact, { transaction, gain: done.gain }, needs);
      compareEntries(fact, { stored, rebuilt: entriesOf(transaction, done, head) }, differ);
    },
  };
}

function transactionFrom(fact: FactRow, { head, rates }: FactsNeeds): Transaction {
  const at = fact.traded_at.getTime();
  const isBase = fact.currency === head.base_currency;
  // Where no rate is known, the desk counts one for one.
  const rate = isBase ? ONE : (rates.rate(fact.currency, head.base_currency, at) ?? (head.kind === 'paper' ? ONE : null));
  return transactionOf({
    id: fact.id,
    type: fact.type,
    tradedOn: dayOfInstant(at, offsetMinutes(head.time_zone, at)),
    instrument: fact.instrument_key === null ? null : String(fact.instrument_key),
    quantity: fact.quantity,
    amount: fact.amount,
    currency: fact.currency,
    fee: fact.fee,
    tax: fact.tax,
    counterAmount: fact.counter_amount,
    counterCurrency: fact.counter_currency,
    newShares: fact.new_shares,
    oldShares: fact.old_shares,
    newInstrument: fact.new_instrument_key === null ? null : String(fact.new_instrument_key),
    costShare: fact.cost_share,
    baseCost: fact.base_cost,
    acquiredOn: fact.acquired_on === null ? null : parseDay(fact.acquired_on),
    baseRate: fact.base_rate ?? (rate === null ? null : formatDecimal(rate)),
    lots: fact.lots,
  });
}

function refusalOf({ id, type }: FactRow, refusal: RecordRefusal): [what: string, stored: string, rebuilt: string] {
  if (refusal.code !== 'insufficient_quantity') return [`transaction ${id}`, type, `impossible: ${refusal.code}`];
  return [`transaction ${id}: quantity`, formatDecimal(refusal.asked), `at most ${formatDecimal(refusal.held)}, which was held`];
}

function compareOwnFigures(
  fact: FactRow,
  { transaction, gain }: { readonly transaction: Transaction; readonly gain: Decimal },
  { head, differ }: FactsNeeds,
): void {
  differIf(differ, `transaction ${fact.id}: cash effect`, [fact.cash_effect, cashEffect(transaction)]);
  if (transaction.type !== 'buy' && transaction.type !== 'sell') return;
  const amount = multiplyMoney(transaction.quantity, decimal(fact.price ?? '0'), fact.currency);
  differIf(differ, `transaction ${fact.id}: amount`, [fact.amount, amount]);
  // A tracked portfolio keeps gains in its ledger alone, because a later correction may change them.
  if (head.kind === 'paper' && transaction.type === 'sell')
    differIf(differ, `transaction ${fact.id}: realized gain`, [fact.realized_gain, gain]);
}

/** What the ledger should say, by "USD cash". */
function entriesOf(transaction: Transaction, change: CostChange, { cash_mode: mode }: StoredHead): ReadonlyMap<string, Decimal> {
  const entries = new Map<string, Decimal>();
  for (const [currency, accounts] of balancesOf(journal(transaction, change, mode)))
    for (const [account, amount] of accounts) if (amount !== ZERO) entries.set(`${currency} ${account}`, amount);
  return entries;
}

function compareEntries(
  fact: FactRow,
  entries: { readonly stored: readonly StoredEntry[]; readonly rebuilt: ReadonlyMap<string, Decimal> },
  differ: Differ,
): void {
  const stored = new Map(entries.stored.map(([currency, account, amount]) => [`${currency} ${account}`, decimal(amount)]));
  for (const name of new Set([...stored.keys(), ...entries.rebuilt.keys()])) {
    const [was, is] = [stored.get(name) ?? ZERO, entries.rebuilt.get(name) ?? ZERO];
    if (was !== is) differ(`ledger of transaction ${fact.id}: ${name}`, formatDecimal(was), formatDecimal(is));
  }
}

/** Lenient recording keeps what nobody can have traded, for the quality checks to find. */
function isImpossible({ quantity, price }: FactRow): boolean {
  return quantity !== null && (!isPositive(decimal(quantity)) || isNegative(decimal(price ?? '0')));
}
