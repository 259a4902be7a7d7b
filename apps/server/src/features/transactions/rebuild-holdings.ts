/**
 * Makes holdings, cash and ledger of a tracked portfolio follow changed transactions. A backdated fact changes what later sales cost, so
 * the ledger gets, for every transaction of the instrument, the difference between what it should say and what it says: appended,
 * never rewritten.
 */
import { journal, NO_COST_CHANGE, pairEntries } from '@holdfast/engine/ledger';
import type { Entry, LedgerAccount, Transaction, Transfer } from '@holdfast/engine/ledger';
import { add, formatDecimal, isZero, negate, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { PortfolioRules } from '@holdfast/engine/portfolio';
import { dayOfInstant, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Tx } from '../../platform/db/transact.ts';
import { offsetMinutes } from '../../platform/time-zone.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';
import { symbolOf } from '../instruments/index.ts';
import { insertTransfers, transactionOf } from '../ledger/index.ts';
import type { NewTransfer } from '../ledger/index.ts';
import type { Portfolio } from '../portfolios/index.ts';
import { NOTHING_REPLAYED, replayHoldings } from './replay-holdings.ts';
import { addCash, countFactsByKey, findFacts, findHeldKeys, findPosted, findTies, savePosition } from './transaction-store.ts';
import { isImpossible } from './transaction.ts';
import type { TransactionRow } from './transaction.ts';

export interface HoldingWork {
  readonly tx: Tx;
  readonly portfolio: Portfolio;
  readonly instruments: InstrumentBook;
  readonly rates: ExchangeRates;
  /** Epoch milliseconds. */
  readonly now: number;
}

interface Wanted {
  readonly version: number;
  readonly transfers: readonly Transfer[];
}

/**
 * `changed` are the rows as they are now and, where an instrument was left, as they were. Answers what each transaction of the
 * instruments concerned gained. Throws an AppError for the first fact that the others make impossible.
 */
export async function rebuildHoldings(work: HoldingWork, changed: readonly TransactionRow[]): Promise<ReadonlyMap<string, Decimal>> {
  const { tx, portfolio } = work;
  const of = { portfolioId: portfolio.id, epoch: portfolio.epoch };
  // The last one of a transaction counts: its row as it is now.
  const now = new Map(changed.map((row) => [row.id, row]));
  const keys = changed.flatMap(({ instrument_key: key, new_instrument_key: other }) => [key, other]).filter((key) => key !== null);
  const parts = await partsOf(work, tiedTogether(await findTies(tx, of), keys));
  const gains = new Map<string, Decimal>();
  for (const part of parts) {
    const own = [...now.values()].filter(({ instrument_key: key, new_instrument_key: other }) => part.has(key ?? other ?? NO_INSTRUMENT));
    for (const [id, gain] of await replayAndSave(work, [...part], wantedOf(work, own))) gains.set(id, gain);
  }
  const ofNone = [...now.values()].filter(({ instrument_key: key, new_instrument_key: other }) => (key ?? other) === null);
  await postDifferences(work, wantedOf(work, ofNone));
  return gains;
}

/** All holdings of the portfolio, after its days or its cost method have changed. */
export async function recountHoldings(work: HoldingWork): Promise<void> {
  const { tx, portfolio } = work;
  const of = { portfolioId: portfolio.id, epoch: portfolio.epoch };
  const keys = await findHeldKeys(tx, of);
  for (const part of await partsOf(work, tiedTogether(await findTies(tx, of), keys))) await replayAndSave(work, [...part], new Map());
}

/** No instrument has this key. */
const NO_INSTRUMENT = -1;
/** Facts that are replayed at one go: about as many as take 100 ms. */
const MOST_FACTS = 4_000;

/** What the ledger should say of these by themselves; where they belong to a holding, its replay knows better. */
function wantedOf(work: HoldingWork, rows: readonly TransactionRow[]): Map<string, Wanted> {
  return new Map(
    rows.map((row) => {
      const transfers = row.reversed || isImpossible(row) ? [] : journal(factOf(work, row), NO_COST_CHANGE, work.portfolio.cashMode);
      return [row.id, { version: row.version, transfers }];
    }),
  );
}

/** `wanted` is what the ledger should say of transactions; it is completed by those of the instruments. */
async function replayAndSave(
  work: HoldingWork,
  keys: readonly number[],
  wanted: Map<string, Wanted>,
): Promise<ReadonlyMap<string, Decimal>> {
  const { tx, portfolio } = work;
  const of = { portfolioId: portfolio.id, epoch: portfolio.epoch };
  const gains = new Map<string, Decimal>();
  const rows = (await findFacts(tx, { ...of, instrumentKeys: keys })).filter((row) => !isImpossible(row));
  const facts = rows.map((row) => factOf(work, row));
  const { holdings, changes } = replayHoldings(facts, rulesOf(portfolio), (instrument) => nameOf(work, instrument));
  rows.forEach((row, index) => {
    const [fact, change] = [facts[index], changes.get(row.id)];
    if (fact === undefined || change === undefined) return;
    wanted.set(row.id, { version: row.version, transfers: journal(fact, change, portfolio.cashMode) });
    if (change.gain !== null) gains.set(row.id, change.gain);
  });
  for (const instrumentKey of keys) {
    const held = holdings.get(String(instrumentKey)) ?? NOTHING_REPLAYED;
    await savePosition(tx, { ...of, instrumentKey, ...held });
  }
  await postDifferences(work, wanted);
  return gains;
}

/** Instruments with those that spin-offs and mergers tie to them: what happens to one set says nothing of another. */
export function tiedTogether(ties: readonly (readonly [number, number])[], keys: readonly number[]): readonly ReadonlySet<number>[] {
  const neighbours = new Map<number, number[]>();
  for (const [one, other] of [...ties, ...ties.map(([one, other]) => [other, one] as const)])
    neighbours.set(one, [...(neighbours.get(one) ?? []), other]);
  const seen = new Set<number>();
  const sets: ReadonlySet<number>[] = [];
  for (const key of keys) {
    if (seen.has(key)) continue;
    const set = new Set([key]);
    // A set is walked in the order of insertion, and what is added on the way is walked too.
    for (const member of set) for (const neighbour of neighbours.get(member) ?? []) set.add(neighbour);
    for (const member of set) seen.add(member);
    sets.push(set);
  }
  return sets;
}

/** As many sets in one part as can be replayed at one go, so that a long portfolio is neither held in memory as a whole nor holds up others. */
async function partsOf({ tx, portfolio }: HoldingWork, sets: readonly ReadonlySet<number>[]): Promise<readonly ReadonlySet<number>[]> {
  if (sets.length < 2) return sets;
  const counts = await countFactsByKey(tx, { portfolioId: portfolio.id, epoch: portfolio.epoch });
  const parts: Set<number>[] = [];
  let size = Infinity;
  for (const set of sets) {
    const own = [...set].reduce((total, key) => total + (counts.get(key) ?? 0), 0);
    if (size + own > MOST_FACTS) {
      parts.push(new Set());
      size = 0;
    }
    size += own;
    for (const key of set) parts.at(-1)?.add(key);
  }
  return parts;
}

function rulesOf({ baseCurrency, costMethod, cashMode }: Portfolio): PortfolioRules {
  return { baseCurrency, costMethod, cashMode, shorting: false };
}

function nameOf({ instruments }: HoldingWork, instrument: string): string {
  const known = instruments.byKey(Number(instrument));
  return known === null ? '' : symbolOf(known);
}

async function postDifferences(work: HoldingWork, wanted: ReadonlyMap<string, Wanted>): Promise<void> {
  const { tx, portfolio, now } = work;
  const posted = await findPosted(tx, portfolio.id, [...wanted.keys()]);
  const missing = new Map<string, Map<string, Decimal>>();
  const note = (id: string, currency: string, entry: Entry): void => {
    const key = `${id} ${currency}`;
    const accounts = missing.get(key) ?? new Map<string, Decimal>();
    accounts.set(entry.account, add(accounts.get(entry.account) ?? ZERO, entry.amount));
    missing.set(key, accounts);
  };
  for (const { transfers } of wanted.values()) {
    for (const { transactionId, currency, debitAccount, creditAccount, amount } of transfers) {
      note(transactionId, currency, { account: debitAccount, amount });
      note(transactionId, currency, { account: creditAccount, amount: negate(amount) });
    }
  }
  for (const { transactionId, currency, account, amount } of posted)
    note(transactionId, currency, { account: account as LedgerAccount, amount: negate(amount) });
  const transfers: NewTransfer[] = [];
  const cash = new Map<string, Decimal>();
  for (const [key, accounts] of missing) {
    const [id = '', currency = ''] = key.split(' ');
    const entries = [...accounts]
      .map(([account, amount]) => ({ account: account as LedgerAccount, amount }))
      .filter(({ amount }) => !isZero(amount));
    const of = { portfolioId: portfolio.id, epoch: portfolio.epoch, version: wanted.get(id)?.version ?? 1, recordedAt: new Date(now) };
    transfers.push(...pairEntries(id, currency, entries).map((transfer) => ({ ...transfer, ...of })));
    const moved = sum(entries.filter(({ account }) => account === 'cash').map(({ amount }) => amount));
    cash.set(currency, add(cash.get(currency) ?? ZERO, moved));
  }
  await insertTransfers(tx, transfers);
  for (const [currency, moved] of cash)
    if (!isZero(moved)) await addCash(tx, { portfolioId: portfolio.id, currency, baseCurrency: portfolio.baseCurrency }, moved);
}

type FactWork = Pick<HoldingWork, 'portfolio' | 'rates'>;

/** The stored row as the engine's transaction, on the portfolio's day and at the day's rate. */
export function factOf({ portfolio, rates }: FactWork, row: TransactionRow): Transaction {
  const { baseCurrency } = portfolio;
  const rate = () => rates.rate(row.currency, baseCurrency, row.traded_at.getTime());
  const dayRate = row.currency === baseCurrency ? null : rate();
  return transactionOf({
    id: row.id,
    type: row.type,
    tradedOn: dayOf(portfolio, row.traded_at),
    instrument: row.instrument_key === null ? null : String(row.instrument_key),
    quantity: row.quantity,
    amount: row.amount,
    currency: row.currency,
    fee: row.fee,
    tax: row.tax,
    counterAmount: row.counter_amount,
    counterCurrency: row.counter_currency,
    newShares: row.new_shares,
    oldShares: row.old_shares,
    newInstrument: row.new_instrument_key === null ? null : String(row.new_instrument_key),
    costShare: row.cost_share,
    baseCost: row.base_cost,
    acquiredOn: row.acquired_on === null ? null : parseDay(row.acquired_on),
    baseRate: row.base_rate ?? (dayRate === null ? null : formatDecimal(dayRate)),
    lots: row.lots,
  });
}

/** The day in the portfolio's time zone. */
export function dayOf({ timeZone }: Portfolio, at: Date): Day {
  return dayOfInstant(at.getTime(), offsetMinutes(timeZone, at.getTime()));
}
