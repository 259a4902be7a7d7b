/** All SQL of transactions. */
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Lot } from '@holdfast/engine/lots';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { storedLots } from '../desk/index.ts';
import type { TransactionRow } from './transaction.ts';

const STORED = [
  't.portfolio_id', 't.id', 't.version', 't.epoch', 't.type', 't.instrument_key', 't.quantity', 't.price', 't.amount', 't.currency', 't.fee', 't.tax',
  't.cash_effect', 't.traded_at', 't.recorded_at', 't.order_id', 't.note', 't.source', 't.reversed',
  't.counter_amount', 't.counter_currency', 't.new_shares', 't.old_shares', 't.new_instrument_key', 't.cost_share', 't.base_cost', 't.acquired_on',
  't.base_rate', 't.external_id', 't.import_id',
] as const; // prettier-ignore

const LOTS = sql<TransactionRow['lots']>`t.lots`.as('lots');

/**
 * What a sale gained. A paper portfolio's fill keeps it in its row; in a tracked portfolio a later correction may change it, so there it
 * is what the ledger says, up to the version that is read.
 */
const REALIZED_GAIN = sql<
  string | null
>`coalesce(t.realized_gain, case when t.type in ('sell', 'returnOfCapital', 'split', 'merger') and not t.reversed then (
  select coalesce(sum(case when m.credit_account = 'realizedGain' then m.amount else -m.amount end), 0) from transfers m
  where m.portfolio_id = t.portfolio_id and m.transaction_id = t.id and m.transaction_version <= t.version
    and 'realizedGain' in (m.debit_account, m.credit_account)) end)`.as('realized_gain');

const COLUMNS = [...STORED, LOTS, REALIZED_GAIN] as const;

export interface TransactionFilter {
  readonly userId: string;
  /** One portfolio (its present epoch), or all of the user's. */
  readonly portfolioId: string | null;
  readonly search: string | null;
  readonly type: string | null;
  readonly instrumentKeys: readonly number[] | null;
  readonly from: Date | null;
  readonly before: Date | null;
  readonly minAmount: string | null;
}

export type TransactionSort = 'tradedAt' | '-tradedAt' | 'amount' | '-amount';

export interface TransactionPlace {
  readonly value: string;
  readonly id: string;
}

export async function findTransactions(
  db: Db,
  filter: TransactionFilter,
  page: { readonly sort: TransactionSort; readonly limit: number; readonly after: TransactionPlace | null },
): Promise<readonly TransactionRow[]> {
  const column = page.sort.endsWith('amount') ? 't.amount' : 't.traded_at';
  const direction = page.sort.startsWith('-') ? 'desc' : 'asc';
  let query = filtered(db, filter)
    .orderBy(column, direction)
    .orderBy('t.id', direction)
    .limit(page.limit + 1);
  const { after } = page;
  if (after !== null) {
    const value = column === 't.amount' ? after.value : new Date(after.value);
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple(column, 't.id'), direction === 'desc' ? '<' : '>', tuple(value as never, after.id)),
    );
  }
  return query.execute();
}

/** The statement that reads them all, oldest first, for one who reads with a cursor elsewhere. */
export function compileTransactions(db: Db, filter: TransactionFilter): { readonly text: string; readonly values: readonly unknown[] } {
  const { sql: text, parameters } = filtered(db, filter).orderBy('t.traded_at').orderBy('t.id').compile();
  return { text, values: parameters };
}

function filtered(db: Db, filter: TransactionFilter) {
  let query = db
    .selectFrom('transactions as t')
    .innerJoin('portfolios as p', (join) => join.onRef('p.id', '=', 't.portfolio_id').onRef('p.epoch', '=', 't.epoch'))
    .select(COLUMNS)
    .where('p.user_id', '=', filter.userId)
    .where('t.superseded_at', 'is', null)
    .where('t.reversed', '=', false);
  if (filter.portfolioId !== null) query = query.where('t.portfolio_id', '=', filter.portfolioId);
  if (filter.type !== null) query = query.where('t.type', '=', filter.type);
  if (filter.from !== null) query = query.where('t.traded_at', '>=', filter.from);
  if (filter.before !== null) query = query.where('t.traded_at', '<', filter.before);
  if (filter.minAmount !== null) query = query.where('t.amount', '>=', filter.minAmount);
  const { search, instrumentKeys } = filter;
  if (search !== null) {
    const note = sql<boolean>`t.note ilike ${`%${search.replace(/[\\%_]/g, '\\$&')}%`}`;
    query = query.where(({ eb, or }) =>
      instrumentKeys === null || instrumentKeys.length === 0 ? note : or([note, eb('t.instrument_key', 'in', [...instrumentKeys])]),
    );
  } else if (instrumentKeys !== null)
    query = query.where('t.instrument_key', 'in', instrumentKeys.length === 0 ? [-1] : [...instrumentKeys]);
  return query;
}

/** The newest version of a transaction of one of the user's portfolios; null when it is not theirs or taken back. */
export async function findTransaction(
  db: Db | Tx,
  asked: { readonly userId: string; readonly portfolioId: string; readonly id: string },
): Promise<TransactionRow | null> {
  const row = await versions(db, asked).where('t.superseded_at', 'is', null).where('t.reversed', '=', false).executeTakeFirst();
  return row ?? null;
}

export async function findVersions(
  db: Db,
  asked: { readonly userId: string; readonly portfolioId: string; readonly id: string },
): Promise<readonly TransactionRow[]> {
  return versions(db, asked).orderBy('t.version').execute();
}

function versions(db: Db | Tx, asked: { readonly userId: string; readonly portfolioId: string; readonly id: string }) {
  return db
    .selectFrom('transactions as t')
    .innerJoin('portfolios as p', 'p.id', 't.portfolio_id')
    .select(COLUMNS)
    .where('p.user_id', '=', asked.userId)
    .where('t.portfolio_id', '=', asked.portfolioId)
    .where('t.id', '=', asked.id);
}

/**
 * Everything of the present epoch that concerns these instruments, oldest first: what their holdings are made of. A spin-off or merger
 * concerns two, so that the other one may have to be asked for too.
 */
export async function findFacts(
  tx: Tx,
  of: { readonly portfolioId: string; readonly epoch: number; readonly instrumentKeys: readonly number[] },
): Promise<readonly TransactionRow[]> {
  const keys = [...of.instrumentKeys];
  if (keys.length === 0) return [];
  return tx
    .selectFrom('transactions as t')
    .select([...STORED, LOTS, 't.realized_gain'])
    .where('t.portfolio_id', '=', of.portfolioId)
    .where('t.epoch', '=', of.epoch)
    .where(({ eb, or }) => or([eb('t.instrument_key', 'in', keys), eb('t.new_instrument_key', 'in', keys)]))
    .where('t.superseded_at', 'is', null)
    .where('t.reversed', '=', false)
    .orderBy('t.traded_at')
    .orderBy('t.id')
    .execute();
}

/** How many facts of the present epoch there are of each instrument. */
export async function countFactsByKey(tx: Tx, of: OfPortfolio): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ key: number; count: number }>`
    select instrument_key as key, count(*)::int as count from transactions
    where portfolio_id = ${of.portfolioId} and epoch = ${of.epoch} and superseded_at is null and not reversed and instrument_key is not null
    group by 1`.execute(tx);
  return new Map(rows.map(({ key, count }) => [key, count]));
}

/** Every instrument that a fact of the present epoch concerns. */
export async function findHeldKeys(tx: Tx, of: { readonly portfolioId: string; readonly epoch: number }): Promise<readonly number[]> {
  const { rows } = await sql<{ key: number }>`
    select instrument_key as key from transactions where portfolio_id = ${of.portfolioId} and epoch = ${of.epoch} and instrument_key is not null
    union
    select new_instrument_key from transactions where portfolio_id = ${of.portfolioId} and epoch = ${of.epoch} and new_instrument_key is not null`.execute(
    tx,
  );
  return rows.map(({ key }) => key);
}

/** The instruments that spin-offs and mergers tie to one another in the present epoch. */
export async function findTies(
  tx: Tx,
  of: { readonly portfolioId: string; readonly epoch: number },
): Promise<readonly (readonly [one: number, other: number])[]> {
  const rows = await tx
    .selectFrom('transactions as t')
    .select(['t.instrument_key', 't.new_instrument_key'])
    .where('t.portfolio_id', '=', of.portfolioId)
    .where('t.epoch', '=', of.epoch)
    .where('t.new_instrument_key', 'is not', null)
    .where('t.superseded_at', 'is', null)
    .where('t.reversed', '=', false)
    .execute();
  return rows.flatMap(({ instrument_key: one, new_instrument_key: other }) =>
    one === null || other === null ? [] : [[one, other] as const],
  );
}

export interface PostedEntry {
  readonly transactionId: string;
  readonly currency: string;
  readonly account: string;
  /** Debits less credits so far. */
  readonly amount: Decimal;
}

/** What the ledger says so far of these transactions, account by account. */
export async function findPosted(tx: Tx, portfolioId: string, ids: readonly string[]): Promise<readonly PostedEntry[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ transaction_id: string; currency: string; account: string; amount: string }>`
    select transaction_id, currency, account, sum(amount) as amount from (
      select transaction_id, currency, debit_account as account, amount from transfers where portfolio_id = ${portfolioId} and transaction_id = any(${[...ids]}::uuid[])
      union all
      select transaction_id, currency, credit_account, -amount from transfers where portfolio_id = ${portfolioId} and transaction_id = any(${[...ids]}::uuid[])
    ) entries group by transaction_id, currency, account having sum(amount) <> 0`.execute(tx);
  return rows.map((row) => ({
    transactionId: row.transaction_id,
    currency: row.currency,
    account: row.account,
    amount: decimal(row.amount),
  }));
}

export interface HeldPosition {
  readonly portfolioId: string;
  readonly epoch: number;
  readonly instrumentKey: number;
  readonly quantity: Decimal;
  readonly costBasis: Decimal;
  readonly baseCost: Decimal;
  readonly realizedGain: Decimal;
  readonly baseTransferredOut: Decimal;
  readonly lots: readonly Lot[] | null;
}

export async function savePosition(tx: Tx, held: HeldPosition): Promise<void> {
  const figures = {
    quantity: formatDecimal(held.quantity),
    cost_basis: formatDecimal(held.costBasis),
    base_cost_basis: formatDecimal(held.baseCost),
    realized_gain: formatDecimal(held.realizedGain),
    base_transferred_out: formatDecimal(held.baseTransferredOut),
    lots: storedLots(held.lots),
  };
  await tx
    .insertInto('positions')
    .values({ portfolio_id: held.portfolioId, epoch: held.epoch, instrument_key: held.instrumentKey, ...figures })
    .onConflict((conflict) => conflict.columns(['portfolio_id', 'epoch', 'instrument_key']).doUpdateSet(figures))
    .execute();
}

/** Adds to the cash of a tracked portfolio, which may go below zero; quality checks flag that. */
export async function addCash(
  tx: Tx,
  to: { readonly portfolioId: string; readonly currency: string; readonly baseCurrency: string },
  change: Decimal,
): Promise<void> {
  const amount = formatDecimal(change);
  if (to.currency === to.baseCurrency) {
    await tx
      .updateTable('portfolio_heads')
      .set({ cash: sql`cash + ${amount}` })
      .where('portfolio_id', '=', to.portfolioId)
      .execute();
    return;
  }
  await tx
    .insertInto('foreign_cash')
    .values({ portfolio_id: to.portfolioId, currency: to.currency, balance: amount, guarded: false })
    .onConflict((conflict) =>
      conflict.columns(['portfolio_id', 'currency']).doUpdateSet({ balance: sql`foreign_cash.balance + excluded.balance` }),
    )
    .execute();
}

interface OfPortfolio {
  readonly portfolioId: string;
  readonly epoch: number;
}

/** Purchases of a portfolio's present epoch, newest first unless asked otherwise. */
export async function findPurchases(
  db: Db,
  of: OfPortfolio,
  page: { readonly skip: number; readonly limit: number; readonly oldestFirst?: boolean },
): Promise<readonly TransactionRow[]> {
  const direction = page.oldestFirst === true ? 'asc' : 'desc';
  return purchases(db, of)
    .select([...STORED, LOTS, 't.realized_gain'])
    .orderBy('t.traded_at', direction)
    .orderBy('t.id', direction)
    .offset(page.skip)
    .limit(page.limit)
    .execute();
}

export async function countPurchases(db: Db, of: OfPortfolio): Promise<number> {
  const row = await purchases(db, of)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

function purchases(db: Db, of: OfPortfolio) {
  return db
    .selectFrom('transactions as t')
    .where('t.portfolio_id', '=', of.portfolioId)
    .where('t.epoch', '=', of.epoch)
    .where('t.type', '=', 'buy')
    .where('t.superseded_at', 'is', null)
    .where('t.reversed', '=', false);
}
